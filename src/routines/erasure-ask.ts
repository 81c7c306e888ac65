import { newOwnerId, newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { otherAddresses } from '../accounts/address-change-rows.ts';
import { account } from '../accounts/holdings.ts';
import { order } from '../history/holdings.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { createProofKey, keepProof, ownerOfProof } from '../history/proof-of-purchase.ts';
import type { PurchaseWriter } from '../history/proof-of-purchase.ts';
import { isProblem, Problem } from '../problem.ts';
import { disclosures } from '../recipients/disclosures.ts';
import { addOwner } from '../vault/vault.ts';
import type { Opener } from '../vault/vault.ts';
import { erasureCase } from './erasure-case.ts';
import { keptByHolds, keptProof } from './erasure-kept.ts';
import type { Kept } from './erasure-kept.ts';
import { holdsOn, preserveHeld } from './held-records.ts';
import { isTelling } from './own-texts.ts';
import { hashReceiptCode, proofCodeOf } from './receipt-code.ts';

/**
 * The newest orders from which names, streets and numbers to search for are taken. Everything read here is read before
 * the key is destroyed, so it must not grow with the customer's history: whoever leaves is unreadable at once, with
 * 20 orders or with 20 000. Names and streets of older orders come back in newer ones as a rule; where they do not,
 * the owner's id is still searched for everywhere, and the receipt says how many orders were read.
 */
const ordersReadMax = 50;

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
  const opener = await op.vault.openFor(op, owner, ['credentials', 'history', 'traces']);
  return inTransaction(op, async (write) => {
    await lockForErasure(write, owner);
    if (!(await isDue(write))) return null;
    const erasure_id = newRowId(op.now);
    const gathered = await gatherStrings(write, opener);
    const kept = await keep(write, opener, code, wish);
    const evidence = { ...gathered.evidence, ...(kept.length > 0 && { kept }) };
    await insertErasure(write, { erasure_id, owner, code, evidence });
    await insertTellings(write, erasure_id, owner);
    const hasProof = kept.some(({ what }) => what === 'proof-of-purchase');
    await insertCase(write, { caseOwner, erasure_id, owner }, gathered, farewellOf(wish, hasProof));
    await closeDoors(write, owner);
    return erasure_id;
  });
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
  opener: Opener,
  code: string,
  wish: LeavingWish,
): Promise<Kept[]> {
  const holds = await holdsOn(write, opener.owner);
  await preserveHeld(write, opener, holds);
  const until = wish.proof && (await keepProof(write, opener, proofCodeOf(code), wish.proof));
  return [...keptByHolds(holds), ...(until ? [keptProof(until)] : [])];
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
async function lockForErasure(write: WriteOperation, owner: OwnerId): Promise<void> {
  const locked = await write.db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('owner_id', '=', owner)
    .where('fenced_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!locked) throw new Problem('fenced', 'The account is being erased already.');
}

type Asked = {
  readonly erasure_id: RowId;
  readonly owner: OwnerId;
  readonly code: string;
  readonly evidence: Record<string, unknown>;
};

async function insertErasure(
  write: WriteOperation,
  { erasure_id, owner, code, evidence }: Asked,
): Promise<void> {
  const code_hash = hashReceiptCode(code);
  await write.db
    .insertInto('routines.erasure')
    .values({
      erasure_id,
      kind: 'account',
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
    .values({ erasure_id, subject_id: owner })
    .execute();
  await write.db
    .insertInto('routines.erasure_step')
    .values({ erasure_id, step: 'asked', at: write.now, evidence })
    .execute();
}

/**
 * Everybody who ever got something is told, whatever became of it. Asked by recipient, of which there are few, and not by
 * disclosure, of which there may be thousands.
 */
async function insertTellings(
  write: WriteOperation,
  erasure_id: RowId,
  owner: OwnerId,
): Promise<void> {
  const recipients = await write.db
    .selectFrom('recipients.recipient as r')
    .select('r.recipient_id')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('recipients.disclosure as d')
          .select('d.disclosure_id')
          .where('d.owner_id', '=', owner)
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
  of: { readonly caseOwner: OwnerId; readonly erasure_id: RowId; readonly owner: OwnerId },
  { strings, email, language }: Gathered,
  links: { readonly receipt_link: string | null; readonly proof_link: string | null },
): Promise<void> {
  const { caseOwner, erasure_id, owner } = of;
  await addOwner(write, caseOwner, 'erasure_case');
  const sealer = await write.vault.sealFor(write, caseOwner);
  const way = { from: owner, to: caseOwner, holding: disclosures };
  const sealed = sealer.seal(erasureCase, caseOwner, {
    search_strings: strings,
    reference_key: await write.vault.handOver(write, way),
    email: links.receipt_link === null ? null : email,
    language: links.receipt_link === null ? null : language,
    ...links,
  });
  await write.db
    .insertInto('routines.erasure_case')
    .values({ owner_id: caseOwner, erasure_id, created_at: write.now, sealed })
    .execute();
}

async function closeDoors(write: WriteOperation, owner: OwnerId): Promise<void> {
  await write.db
    .updateTable('vault.owner')
    .set({ fenced_at: write.now })
    .where('owner_id', '=', owner)
    .execute();
  await write.db.deleteFrom('accounts.session').where('owner_id', '=', owner).execute();
}

type Gathered = {
  readonly strings: string[];
  readonly email: string | null;
  readonly language: string | null;
  readonly evidence: Record<string, unknown>;
};

/** What to search for when all is done, and what the receipt says of orders that were too many to read. */
async function gatherStrings(write: WriteOperation, opener: Opener): Promise<Gathered> {
  const row = await write.db
    .selectFrom('accounts.account')
    .select('sealed')
    .where('owner_id', '=', opener.owner)
    .executeTakeFirst();
  const whose = row ? opener.open(account, opener.owner, row.sealed) : null;
  const newest = await write.db
    .selectFrom('history.order')
    .select(['order_id', 'sealed'])
    .where('owner_id', '=', opener.owner)
    .orderBy('placed_at', 'desc')
    .limit(ordersReadMax + 1)
    .execute();
  const strings = [
    ...(whose ? [whose.email, whose.name] : []),
    ...(await otherAddresses(write, opener)),
    ...newest
      .slice(0, ordersReadMax)
      .map(({ order_id, sealed }) => opener.open(order, order_id, sealed))
      .flatMap(({ recipient_name, phone, street, number }) => [
        recipient_name,
        phone,
        street,
        number,
      ]),
  ];
  return {
    strings: [...new Set(strings)].filter((text) => text !== null).filter(isTelling),
    email: whose?.email ?? null,
    language: whose?.language ?? null,
    evidence: newest.length > ordersReadMax ? { newest_orders_read: ordersReadMax } : {},
  };
}
