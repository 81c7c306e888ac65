import { sql } from 'kysely';
import { inOneTurn } from '../database/in-one-turn.ts';
import { newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { Records, StaffRole } from '../database/records.ts';
import type { Opener, Sealer, Vault } from '../vault/vault.ts';
import { session } from './holdings.ts';
import { rememberNetwork } from './known-networks.ts';
import { hashOf, isTokenOf, newToken, readToken, writeToken } from './tokens.ts';
import type { Token, TokenUse } from './tokens.ts';

/** A session of a customer ends this long after it was last used. */
export const customerIdleDays = 30;
/**
 * A session of staff ends after a working day, used or not, and after an hour without use: it opens what belongs to
 * others, at desks that people leave. OWASP ASVS 5.0 (V7.3.1, V7.3.2) asks for both times and for the reasons.
 */
export const staffHours = 12;
export const staffIdleMinutes = 60;
/** How stale `used_at` may be: not every request writes. Staff's hour is short by at most this much. */
const usedAtMinutes = { account: 60, staff: 2 } as const;
const sessionsMax = 50;

/** For how long who has confirmed that it is them need not do it again. */
export const confirmedMinutes = 10;
/** A form may be filled in meanwhile: what is sent within this time is taken. */
export const confirmedToSendMinutes = 30;

export type SignedIn = {
  readonly owner: OwnerId;
  readonly sessionId: RowId;
  readonly role: StaffRole | null;
  readonly confirmedAt: Temporal.Instant | null;
};

/** Begins a session and returns the token for the cookie; it is stored only as a hash. */
export async function beginSession(
  op: WriteOperation,
  sealer: Sealer,
  device: string,
  role: StaffRole | null = null,
): Promise<string> {
  const session_id = newRowId(op.now);
  const token = newToken(sealer.owner, session_id);
  await rememberNetwork(op, sealer, op.network);
  await op.db
    .insertInto('accounts.session')
    .values({
      owner_id: sealer.owner,
      session_id,
      token_hash: hashOf(op.vault, useOf(role), token),
      created_at: op.now,
      used_at: op.now,
      sealed: sealer.seal(session, session_id, { device }),
    })
    .execute();
  return writeToken(token);
}

/** Who holds this token, or null. Asked at every request: one row by its primary key. */
export async function findSession(
  { db, vault }: { readonly db: Records; readonly vault: Vault },
  cookie: string,
  kind: 'account' | 'staff',
  now: Temporal.Instant,
): Promise<SignedIn | null> {
  const token = readToken(cookie);
  if (token === null) return null;
  const row = await readSession(db, token);
  if (row?.kind !== kind || row.left_at !== null) return null;
  if (!isTokenOf(vault, useOf(row.role), token, row.token_hash)) return null;
  if (isOver(row, kind, now)) return null;
  const { role, confirmed_at: confirmedAt } = row;
  const signedIn = { owner: token.owner, sessionId: token.row, role, confirmedAt };
  if (now.since(row.used_at).total('minutes') >= usedAtMinutes[kind]) {
    await touch(db, signedIn, now);
    if (kind === 'account') await noteUse(db, token.owner, now);
  }
  return signedIn;
}

/** The row that a token names, while its owner is not being erased. */
const readSession = inOneTurn(async (db: Records, tokens: readonly Token[]) => {
  const rows = await db
    .selectFrom('accounts.session as s')
    .innerJoin('vault.owner as o', 'o.owner_id', 's.owner_id')
    .leftJoin('accounts.staff as t', 't.owner_id', 's.owner_id')
    .select(['s.session_id', 's.owner_id', 's.token_hash', 's.created_at', 's.used_at'])
    .select(['s.confirmed_at', 'o.kind', 't.role', 't.left_at'])
    .where('s.owner_id', '=', anyOf(tokens.map(({ owner }) => owner)))
    .where('s.session_id', '=', anyOf(tokens.map(({ row }) => row)))
    .where('o.fenced_at', 'is', null)
    .execute();
  return tokens.map(({ owner, row }) =>
    rows.find(({ owner_id, session_id }) => owner_id === owner && session_id === row),
  );
});

function anyOf<Id extends OwnerId | RowId>(ids: Id[]) {
  return sql<Id>`any (${ids}::uuid[])`;
}

function useOf(role: StaffRole | null): TokenUse {
  return role === null ? 'session of a customer' : `session of ${role}`;
}

/**
 * Has the person at this device shown anew, not long ago, who they are? Signing in alone is not enough: a session can
 * be stolen, and what it opens then must not be everything.
 */
export function isConfirmed(
  { confirmedAt }: SignedIn,
  now: Temporal.Instant,
  minutes = confirmedMinutes,
): boolean {
  return confirmedAt !== null && now.since(confirmedAt).total('minutes') < minutes;
}

/** Notes that the person at this device has just shown who they are, for the account of this very session. */
export async function noteConfirmed(
  db: Records,
  { owner, sessionId }: SignedIn,
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('accounts.session')
    .set({ confirmed_at: now })
    .where('owner_id', '=', owner)
    .where('session_id', '=', sessionId)
    .execute();
}

/**
 * Gives a session a new token, as each time that somebody shows who they are; whoever holds the old one is out.
 * @returns the new token for the cookie
 * @throws Problem `sign-in-needed` when the session has ended meanwhile
 */
export async function renewToken(
  { db, vault }: { readonly db: Records; readonly vault: Vault },
  { owner, sessionId, role }: SignedIn,
): Promise<string> {
  const token = newToken(owner, sessionId);
  const renewed = await db
    .updateTable('accounts.session')
    .set({ token_hash: hashOf(vault, useOf(role), token) })
    .where('owner_id', '=', owner)
    .where('session_id', '=', sessionId)
    .executeTakeFirst();
  if (renewed.numUpdatedRows !== 1n) throw new Problem('sign-in-needed');
  return writeToken(token);
}

/** A session with what its owner may know of it. */
export type ListedSession = {
  readonly sessionId: RowId;
  readonly device: string;
  readonly createdAt: Temporal.Instant;
  readonly usedAt: Temporal.Instant;
};

export async function listSessions(op: Operation, opener: Opener): Promise<ListedSession[]> {
  const rows = await op.db
    .selectFrom('accounts.session')
    .select(['session_id', 'created_at', 'used_at', 'sealed'])
    .where('owner_id', '=', opener.owner)
    .orderBy('used_at', 'desc')
    .limit(sessionsMax)
    .execute();
  return rows.map((row) => ({
    sessionId: row.session_id,
    device: opener.open(session, row.session_id, row.sealed).device,
    createdAt: row.created_at,
    usedAt: row.used_at,
  }));
}

/** Ends one session of an owner; one that is not there, or is somebody else's, is as good as ended. */
export async function endSession(db: Records, owner: OwnerId, sessionId: RowId): Promise<void> {
  await db
    .deleteFrom('accounts.session')
    .where('owner_id', '=', owner)
    .where('session_id', '=', sessionId)
    .execute();
}

/** Ends all sessions of an owner but the one in use. */
export async function endOtherSessions(db: Records, owner: OwnerId, kept: RowId): Promise<void> {
  await db
    .deleteFrom('accounts.session')
    .where('owner_id', '=', owner)
    .where('session_id', '<>', kept)
    .execute();
}

function isOver(
  row: { readonly created_at: Temporal.Instant; readonly used_at: Temporal.Instant },
  kind: 'account' | 'staff',
  now: Temporal.Instant,
): boolean {
  const ends =
    kind === 'account'
      ? [row.used_at.add({ hours: customerIdleDays * 24 })]
      : [row.created_at.add({ hours: staffHours }), row.used_at.add({ minutes: staffIdleMinutes })];
  return ends.some((end) => Temporal.Instant.compare(now, end) >= 0);
}

async function touch(
  db: Records,
  { owner, sessionId }: SignedIn,
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('accounts.session')
    .set({ used_at: now })
    .where('owner_id', '=', owner)
    .where('session_id', '=', sessionId)
    .execute();
}

/** An account that is used stays: from here the time counts after which an unused one is closed. */
async function noteUse(db: Records, owner: OwnerId, now: Temporal.Instant): Promise<void> {
  await db
    .updateTable('accounts.account')
    .set({ used_at: now })
    .where('owner_id', '=', owner)
    .where('used_at', '<', now)
    .execute();
}
