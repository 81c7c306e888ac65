import { newOwnerId, newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { cancelBookings } from '../history/cancel-bookings.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { createProofKey, keepProof, ownerOfProof } from '../history/proof-of-purchase.ts';
import type { PurchaseWriter } from '../history/proof-of-purchase.ts';
import { isProblem, Problem } from '../problem.ts';
import { disclosures } from '../recipients/disclosures.ts';
import { addOwner } from '../vault/vault.ts';
import type { Opener } from '../vault/vault.ts';
import { heldBy } from '../vault/held.ts';
import { erasureCase, writeReferenceKey } from './erasure-case.ts';
import { keptByHolds, keptInBooks, keptProof } from './erasure-kept.ts';
import type { Kept } from './erasure-kept.ts';
import { holdsOn, preserveHeld } from './held-records.ts';
import { gatherStrings } from './erasure-strings.ts';
import type { Gathered } from './erasure-strings.ts';
import { hashReceiptCode, proofCodeOf } from './receipt-code.ts';

/** What the customer chose on the way out. */
export type LeavingWish = {
  /** Where the last letter leads to; null: no letter. */
  readonly farewell: { readonly receiptLink: string; readonly proofLink: string } | null;
  /** How purchases are written down that are kept as proof; null: none are. */
  readonly proof: PurchaseWriter | null;
};

const noWish: LeavingWish = { farewell: null, proof: null };

/**
 * Asks for the erasure of an account. From the moment this commits nothing more is written or handed out for it, its
 * sessions are gone, and the rest follows even if the process dies. The same code twice is the same erasure.
 * @throws Problem `fenced` when the account is being erased already, under another code
 */
export async function askErasure(
  op: Operation,
  owner: OwnerId,
  code: string,
  wish: LeavingWish = noWish,
): Promise<RowId> {
  const asked = await ask(op, owner, code, { wish, isDue: () => Promise.resolve(true) });
  if (asked === null) throw new Error('an erasure without a condition was not asked for');
  return asked;
}

/**
 * Asks for the erasure of an account that nobody asked for by hand, if it is still due when its row is locked; null, and
 * nothing is done, when it is not.
 */
export function askErasureIf(
  op: Operation,
  owner: OwnerId,
  code: string,
  isDue: (write: WriteOperation) => Promise<boolean>,
  wish: LeavingWish = noWish,
): Promise<RowId | null> {
  return ask(op, owner, code, { wish, isDue });
}

type Terms = {
  readonly wish: LeavingWish;
  readonly isDue: (write: WriteOperation) => Promise<boolean>;
};

async function ask(
  op: Operation,
  owner: OwnerId,
  code: string,
  { wish, isDue }: Terms,
): Promise<RowId | null> {
  const known = await erasureByCode(op, code);
  if (known) return known;
  const caseOwner = newOwnerId();
  await op.vault.createKey(op, caseOwner);
  if (wish.proof !== null) await createProofKeyOnce(op, ownerOfProof(proofCodeOf(code)));
  // Before the transaction: a routine that opens writes a look, which is committed by itself.
  const openers = await openSubjects(op, owner);
  return inTransaction(op, async (write) => {
    await lockForErasure(write, openers);
    if (!(await isDue(write))) return null;
    const erasure_id = newRowId(op.now);
    const subjects = openers.map((opener) => opener.owner);
    const gathered = await gatherStrings(write, openers);
    const kept = await keep(write, openers, code, wish);
    const evidence = { ...gathered.evidence, ...(kept.length > 0 && { kept }) };
    await insertErasure(write, { erasure_id, subjects, code, evidence });
    await insertTellings(write, erasure_id, subjects);
    const hasProof = kept.some(({ what }) => what === 'proof-of-purchase');
    const of = { caseOwner, erasure_id, subjects };
    await insertCase(write, of, gathered, farewellOf(wish, hasProof));
    await giveTimesBack(write, subjects);
    await closeDoors(write, subjects);
    return erasure_id;
  });
}

/** Whoever leaves, and the owners that belong to the account: its own first. */
async function openSubjects(op: Operation, owner: OwnerId): Promise<Opener[]> {
  const openers: Opener[] = [];
  for (const subject of [owner, ...(await heldBy(op, owner))]) {
    openers.push(await op.vault.openFor(op, subject, ['credentials', 'history', 'traces']));
  }
  return openers;
}

/**
 * Times that nobody will come to are free again. One that is going on stays taken until it ends: its customer is there, and
 * the rest of it is nobody else's. Money was settled before: see `settleBeforeLeaving`.
 */
async function giveTimesBack(write: WriteOperation, subjects: readonly OwnerId[]): Promise<void> {
  const bookings = await write.db
    .selectFrom('history.booking')
    .select(['owner_id', 'booking_id'])
    .where('owner_id', 'in', subjects)
    .where('state', 'in', ['held', 'booked'])
    .where('starts_at', '>', write.now)
    .execute();
  for (const [owner, of] of Map.groupBy(bookings, ({ owner_id }) => owner_id)) {
    const theirs = of.map(({ booking_id }) => ({ owner, bookingId: booking_id }));
    await cancelBookings(write, theirs, 'cancelled');
  }
}

/** A first try that was cut off may have made it already. */
async function createProofKeyOnce(op: Operation, proof: OwnerId): Promise<void> {
  try {
    await createProofKey(op, proof);
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error;
  }
}

/** Seals anew, under keys of their own, what stays: what is held, and what the customer wants to keep. */
async function keep(
  write: WriteOperation,
  openers: readonly Opener[],
  code: string,
  wish: LeavingWish,
): Promise<Kept[]> {
  const [opener] = openers;
  if (!opener) throw new Error('nobody leaves');
  const holds = await holdsOn(write, opener.owner);
  await preserveHeld(write, opener, holds);
  const until = wish.proof && (await keepProof(write, opener, proofCodeOf(code), wish.proof));
  const inBooks = await keptInBooks(
    write,
    openers.map(({ owner }) => owner),
  );
  return [...keptByHolds(holds), ...(until ? [keptProof(until)] : []), ...inBooks];
}

function farewellOf({ farewell }: LeavingWish, hasProof: boolean) {
  if (farewell === null) return { receipt_link: null, proof_link: null };
  const { receiptLink, proofLink } = farewell;
  return { receipt_link: receiptLink, proof_link: hasProof ? proofLink : null };
}

async function erasureByCode(op: Operation, code: string): Promise<RowId | null> {
  const found = await op.db
    .selectFrom('routines.erasure')
    .select('erasure_id')
    .where('code_hash', '=', hashReceiptCode(code))
    .executeTakeFirst();
  return found?.erasure_id ?? null;
}

/** Waits for every writer that holds the owner's row, and keeps all later ones out. */
async function lockForErasure(write: WriteOperation, openers: readonly Opener[]): Promise<void> {
  const subjects = openers.map(({ owner }) => owner);
  const locked = await write.db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('owner_id', 'in', subjects)
    .where('fenced_at', 'is', null)
    .orderBy('owner_id')
    .forUpdate()
    .execute();
  if (locked.length !== subjects.length)
    throw new Problem('fenced', 'The account is being erased already.');
  const held = await heldBy(write, subjects[0]!);
  if (held.length !== subjects.length - 1)
    throw new Problem('conflict', 'The account has taken in an order meanwhile.');
}

type Asked = {
  readonly erasure_id: RowId;
  readonly subjects: readonly OwnerId[];
  readonly code: string;
  readonly evidence: Record<string, unknown>;
};

async function insertErasure(
  write: WriteOperation,
  { erasure_id, subjects, code, evidence }: Asked,
): Promise<void> {
  const code_hash = hashReceiptCode(code);
  await write.db
    .insertInto('routines.erasure')
    .values({
      erasure_id,
      kind: await kindOf(write, subjects),
      state: 'asked',
      asked_at: write.now,
      code_hash,
      fence_index: null,
      done_index: null,
      receipt: null,
    })
    .execute();
  await write.db
    .insertInto('routines.erasure_subject')
    .values(subjects.map((subject_id) => ({ erasure_id, subject_id })))
    .execute();
  await write.db
    .insertInto('routines.erasure_step')
    .values({ erasure_id, step: 'asked', at: write.now, evidence })
    .execute();
}

async function kindOf(
  { db }: WriteOperation,
  subjects: readonly OwnerId[],
): Promise<'account' | 'guest-order'> {
  const account = await db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('owner_id', 'in', subjects)
    .where('kind', '=', 'account')
    .executeTakeFirst();
  return account ? 'account' : 'guest-order';
}

/**
 * Everybody who ever got something is told, whatever became of it. Asked by recipient, of which there are few, and not by
 * disclosure, of which there may be thousands.
 */
async function insertTellings(
  write: WriteOperation,
  erasure_id: RowId,
  subjects: readonly OwnerId[],
): Promise<void> {
  const recipients = await write.db
    .selectFrom('recipients.recipient as r')
    .select('r.recipient_id')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('recipients.disclosure as d')
          .select('d.disclosure_id')
          .where('d.owner_id', 'in', subjects)
          .whereRef('d.recipient_id', '=', 'r.recipient_id'),
      ),
    )
    .execute();
  if (recipients.length === 0) return;
  await write.db
    .insertInto('routines.erasure_telling')
    .values(
      recipients.map(({ recipient_id }) => ({
        erasure_id,
        recipient_id,
        state: 'waiting',
        told_at: null,
      })),
    )
    .execute();
}

/**
 * The references by which recipients know the customer stay where they are for now: the case gets the key to them, however
 * many they are, and takes them over in pages once the customer's key is destroyed.
 */
async function insertCase(
  write: WriteOperation,
  of: {
    readonly caseOwner: OwnerId;
    readonly erasure_id: RowId;
    readonly subjects: readonly OwnerId[];
  },
  { strings, email, language }: Gathered,
  links: { readonly receipt_link: string | null; readonly proof_link: string | null },
): Promise<void> {
  const { caseOwner, erasure_id, subjects } = of;
  await addOwner(write, caseOwner, 'erasure_case');
  const sealer = await write.vault.sealFor(write, caseOwner);
  const referenceKeys: string[] = [];
  for (const from of subjects) {
    const way = { from, to: caseOwner, holding: disclosures };
    referenceKeys.push(writeReferenceKey(from, await write.vault.handOver(write, way)));
  }
  const sealed = sealer.seal(erasureCase, caseOwner, {
    search_strings: strings,
    reference_key: referenceKeys,
    email: links.receipt_link === null ? null : email,
    language: links.receipt_link === null ? null : language,
    ...links,
  });
  await write.db
    .insertInto('routines.erasure_case')
    .values({ owner_id: caseOwner, erasure_id, created_at: write.now, sealed })
    .execute();
}

async function closeDoors(write: WriteOperation, subjects: readonly OwnerId[]): Promise<void> {
  await write.db
    .updateTable('vault.owner')
    .set({ fenced_at: write.now })
    .where('owner_id', 'in', subjects)
    .execute();
  await write.db.deleteFrom('accounts.session').where('owner_id', 'in', subjects).execute();
  // An account that held it holds it no more.
  await write.db.deleteFrom('vault.held').where('held_id', 'in', subjects).execute();
}
