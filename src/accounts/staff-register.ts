import type { StaffRole } from '../database/records.ts';
import type { OwnerId } from '../ids.ts';
import { writeMail } from '../messages/outbox.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { notice } from '../policy/notice.ts';
import { Problem } from '../problem.ts';
import type { Language } from '../text/bilingual.ts';
import { staffLetters } from '../text/console-staff-letters.ts';
import { consoleText } from '../text/console.ts';
import type { Sealer } from '../vault/vault.ts';
import { endAllEngagements } from './engagements.ts';
import * as accounts from './holdings.ts';
import { isAnotherAdministrator } from './staff-administrators.ts';
import type { StaffChange } from './staff-administrators.ts';
import { forgetWaitingLetters, writeInvitation } from './staff-invitations.ts';
import type { StaffLetter } from './staff-invitations.ts';

/** Somebody who works here, or did. */
export type Colleague = {
  readonly owner: OwnerId;
  readonly name: string;
  /** Null once the person has left. */
  readonly email: string | null;
  readonly role: StaffRole;
  readonly createdAt: Temporal.Instant;
  readonly leftAt: Temporal.Instant | null;
  /** False from when their sign-in was reset until they have chosen a new one, and when they have left. */
  readonly canSignIn: boolean;
};

const colleaguesMax = 500;

/**
 * Everybody who works here, or who performs services, or did not long ago. Each of them sees that an administrator has
 * looked.
 */
export async function listColleagues(
  op: Operation,
  as: 'staff' | 'provider',
): Promise<Colleague[]> {
  const rows = await colleagues(op)
    .where('s.role', as === 'provider' ? '=' : '<>', 'provider')
    .limit(colleaguesMax)
    .execute();
  return Promise.all(rows.map((row) => openColleague(op, row)));
}

export type StaffCounts = {
  readonly working: Readonly<Record<StaffRole, number>>;
  readonly invited: number;
  readonly left: number;
};

/** How many work here, by role, are invited, and left not long ago. Opens nothing. */
export async function countStaff(op: Operation): Promise<StaffCounts> {
  const rows = await op.db.selectFrom('accounts.staff').select(['role', 'left_at']).execute();
  const invitations = await op.db
    .selectFrom('accounts.invitation')
    .select('owner_id')
    .where('kind', '=', 'new')
    .execute();
  const working = rows.filter(({ left_at }) => left_at === null);
  const count = (role: StaffRole) => working.filter((row) => row.role === role).length;
  return {
    working: {
      support: count('support'),
      administrator: count('administrator'),
      bookkeeper: count('bookkeeper'),
      provider: count('provider'),
    },
    invited: invitations.length,
    left: rows.length - working.length,
  };
}

/**
 * Is this owner one of the staff, or somebody who performs services? Null for who is neither. Opens nothing, so that
 * nobody is told of a look.
 */
export async function kindOfColleague(
  op: Operation,
  owner: OwnerId,
): Promise<'staff' | 'provider' | null> {
  const row = await op.db
    .selectFrom('vault.owner as o')
    .leftJoin('accounts.staff as s', 's.owner_id', 'o.owner_id')
    .leftJoin('accounts.engagement as e', 'e.owner_id', 'o.owner_id')
    .select(['s.role', 'e.recipient_id'])
    .where('o.owner_id', '=', owner)
    .where('o.kind', '=', 'staff')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  const isProvider = row.role === null ? row.recipient_id !== null : row.role === 'provider';
  return isProvider ? 'provider' : 'staff';
}

/** @throws Problem `not-found` */
export async function readColleague(op: Operation, owner: OwnerId): Promise<Colleague> {
  const row = await colleagues(op).where('s.owner_id', '=', owner).executeTakeFirst();
  if (!row) throw new Problem('not-found');
  return openColleague(op, row);
}

/**
 * Gives a member of staff another role and ends their sessions, which were for the old one. They are told by letter.
 * @throws Problem `not-found` for who has left, `not-allowed` where a provider would become staff, or staff a provider
 */
export async function changeRole(
  op: Operation,
  owner: OwnerId,
  role: StaffRole,
  language: Language,
): Promise<StaffChange> {
  const { name, email, role: before } = await readWorking(op, owner);
  if (role === before) return 'done';
  if (role === 'provider' || before === 'provider')
    throw new Problem('not-allowed', 'a provider is invited as one, and stays one');
  return inTransaction(op, async (write) => {
    if (before === 'administrator' && !(await isAnotherAdministrator(write, owner))) {
      return 'last-administrator';
    }
    const sealer = await write.vault.sealFor(write, owner);
    const sealed = sealer.seal(accounts.staff, owner, { name, email, role });
    await updateWorking(write, owner, { role, sealed });
    await endSessions(write, owner);
    if (email !== null) await tellOfRole(write, sealer, { email, role, language });
    return 'done';
  });
}

/**
 * Takes away all that a member of staff signs in with, ends their sessions and sends a link with which they choose
 * anew. Nobody chooses for them. Their address stays theirs.
 * @returns the token of the link, or why not
 * @throws Problem `not-found` for who has left
 */
export async function resetSignIn(
  op: Operation,
  owner: OwnerId,
  letter: StaffLetter | null,
): Promise<{ readonly token: string } | 'last-administrator'> {
  const { name, email, role } = await readWorking(op, owner);
  if (email === null) throw new Problem('not-found');
  return inTransaction(op, async (write) => {
    if (role === 'administrator' && !(await isAnotherAdministrator(write, owner))) {
      return 'last-administrator';
    }
    const sealer = await write.vault.sealFor(write, owner);
    await removeCredentials(write, owner);
    await removeInvitation(write, owner);
    await forgetWaitingLetters(write, owner);
    const token = await writeInvitation(
      write,
      sealer,
      { kind: 'reset', email, name, role },
      letter,
    );
    return { token };
  });
}

/** Signs a member of staff out everywhere. */
export async function endSessionsOf(op: Operation, owner: OwnerId): Promise<void> {
  await inTransaction(op, (write) => endSessions(write, owner));
}

/**
 * Ends an employment: from this moment no sign-in, no session, no address that leads here. Name and role stay as long
 * as the notice says, because customers are shown who has looked.
 * @throws Problem `not-found` for who has left already
 */
export async function endEmployment(op: Operation, owner: OwnerId): Promise<StaffChange> {
  const { name, role } = await readWorking(op, owner);
  return inTransaction(op, async (write) => {
    if (role === 'administrator' && !(await isAnotherAdministrator(write, owner))) {
      return 'last-administrator';
    }
    const sealer = await write.vault.sealFor(write, owner);
    const sealed = sealer.seal(accounts.staff, owner, { name, email: null, role });
    await updateWorking(write, owner, { left_at: op.now, sealed });
    await removeCredentials(write, owner);
    await removeInvitation(write, owner);
    await forgetWaitingLetters(write, owner);
    await endAllEngagements(write, owner);
    // Last, inside the transaction: what cannot be committed leaves an address that leads nowhere, and is repeated.
    await write.vault.forgetClaims(owner);
    return 'done';
  });
}

function colleagues(op: Operation) {
  return op.db
    .selectFrom('accounts.staff as s')
    .innerJoin('vault.owner as o', 'o.owner_id', 's.owner_id')
    .select(['s.owner_id', 's.created_at', 's.left_at', 's.sealed'])
    .select(({ or, exists, selectFrom }) =>
      or([
        exists(
          selectFrom('accounts.credential as c')
            .select('c.owner_id')
            .whereRef('c.owner_id', '=', 's.owner_id'),
        ),
        exists(
          selectFrom('accounts.passkey as p')
            .select('p.owner_id')
            .whereRef('p.owner_id', '=', 's.owner_id'),
        ),
      ])
        .$castTo<boolean>()
        .as('can_sign_in'),
    )
    .where('o.fenced_at', 'is', null)
    .orderBy('s.left_at', (order) => order.desc().nullsFirst())
    .orderBy('s.created_at');
}

type Row = {
  readonly owner_id: OwnerId;
  readonly created_at: Temporal.Instant;
  readonly left_at: Temporal.Instant | null;
  readonly can_sign_in: boolean;
  readonly sealed: Uint8Array;
};

async function openColleague(op: Operation, row: Row): Promise<Colleague> {
  const opener = await op.vault.openFor(op, row.owner_id, ['staff']);
  const { name, email, role } = opener.open(accounts.staff, row.owner_id, row.sealed);
  return {
    owner: row.owner_id,
    name,
    email,
    role: role as StaffRole,
    createdAt: row.created_at,
    leftAt: row.left_at,
    canSignIn: row.can_sign_in,
  };
}

async function readWorking(op: Operation, owner: OwnerId): Promise<Colleague> {
  const colleague = await readColleague(op, owner);
  if (colleague.leftAt !== null) throw new Problem('not-found');
  return colleague;
}

/** Of two who change the same person at once, one of whom ends the employment, none brings it back. */
async function updateWorking(
  write: WriteOperation,
  owner: OwnerId,
  change: { role?: StaffRole; left_at?: Temporal.Instant; sealed: Uint8Array },
): Promise<void> {
  const updated = await write.db
    .updateTable('accounts.staff')
    .set(change)
    .where('owner_id', '=', owner)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  if (updated.numUpdatedRows !== 1n) throw new Problem('conflict', 'The person has left.');
}

async function endSessions(write: WriteOperation, owner: OwnerId): Promise<void> {
  await write.db.deleteFrom('accounts.session').where('owner_id', '=', owner).execute();
}

async function removeInvitation(write: WriteOperation, owner: OwnerId): Promise<void> {
  await write.db.deleteFrom('accounts.invitation').where('owner_id', '=', owner).execute();
}

/**
 * Removes sessions and all that one signs in with, by the declared holdings, so that a new way in is not forgotten here.
 * @param which `older` leaves a passkey that was made in this very transaction
 */
export async function removeCredentials(
  write: WriteOperation,
  owner: OwnerId,
  which: 'all' | 'older' = 'all',
): Promise<void> {
  for (const { table, category, owners } of Object.values(accounts)) {
    const isTheirs = owners.some((kind) => kind === 'staff');
    if (category !== 'credentials' || !isTheirs) continue;
    const removal = write.db.deleteFrom(table).where('owner_id' as never, '=', owner as never);
    const older = removal.where('added_at' as never, '<', write.now as never);
    await (which === 'older' && table === 'accounts.passkey' ? older : removal).execute();
  }
  // Last, so that no sign-in under way comes between.
  await endSessions(write, owner);
}

async function tellOfRole(
  write: WriteOperation,
  sealer: Sealer,
  told: { readonly email: string; readonly role: StaffRole; readonly language: Language },
): Promise<void> {
  const { email, role, language } = told;
  const { subject, text } = staffLetters[language].role;
  const company = notice.controller.name;
  const letter = { subject, text: text(company, consoleText[language].roles[role]) };
  await writeMail(write, sealer, { email, language, ...letter });
}
