import { newOwnerId, newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { account } from '../accounts/holdings.ts';
import { order } from '../history/holdings.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { disclosures } from '../recipients/disclosures.ts';
import { addOwner } from '../vault/vault.ts';
import type { Opener } from '../vault/vault.ts';
import { erasureCase } from './erasure-case.ts';
import { isTelling } from './own-texts.ts';
import { hashReceiptCode } from './receipt-code.ts';

/**
 * The newest orders from which names, streets and numbers to search for are taken. Everything read here is read before
 * the key is destroyed, so it must not grow with the customer's history: whoever leaves is unreadable at once, with
 * 20 orders or with 20 000. Names and streets of older orders come back in newer ones as a rule; where they do not,
 * the owner's id is still searched for everywhere, and the receipt says how many orders were read.
 */
const ordersReadMax = 50;

/**
 * Asks for the erasure of an account. From the moment this commits nothing more is written or handed out for it, its
 * sessions are gone, and the rest follows even if the process dies. The same code twice is the same erasure.
 * @throws Problem `fenced` when the account is being erased already, under another code
 */
export async function askErasure(op: Operation, owner: OwnerId, code: string): Promise<RowId> {
  const known = await erasureByCode(op, code);
  if (known) return known;
  const caseOwner = newOwnerId();
  await op.vault.createKey(op, caseOwner);
  return inTransaction(op, async (write) => {
    await lockForErasure(write, owner);
    const erasure_id = newRowId(op.now);
    const opener = await write.vault.openFor(write, owner, ['credentials', 'history', 'traces']);
    const { strings, evidence } = await gatherStrings(write, opener);
    await insertErasure(write, { erasure_id, owner, code, evidence });
    await insertTellings(write, erasure_id, owner);
    await insertCase(write, caseOwner, erasure_id, {
      search_strings: strings,
      references: await gatherReferences(write, opener),
    });
    await closeDoors(write, owner);
    return erasure_id;
  });
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

/** Everybody who ever got something is told, whatever became of it. */
async function insertTellings(
  write: WriteOperation,
  erasure_id: RowId,
  owner: OwnerId,
): Promise<void> {
  const recipients = await write.db
    .selectFrom('recipients.disclosure')
    .select('recipient_id')
    .distinct()
    .where('owner_id', '=', owner)
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

async function insertCase(
  write: WriteOperation,
  caseOwner: OwnerId,
  erasure_id: RowId,
  personal: { search_strings: string[]; references: string[] },
): Promise<void> {
  await addOwner(write, caseOwner, 'erasure_case');
  const sealer = await write.vault.sealFor(write, caseOwner);
  const sealed = sealer.seal(erasureCase, caseOwner, personal);
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

/** What to search for when all is done, and what the receipt says of orders that were too many to read. */
async function gatherStrings(
  write: WriteOperation,
  opener: Opener,
): Promise<{ strings: string[]; evidence: Record<string, unknown> }> {
  const accounts = await write.db
    .selectFrom('accounts.account')
    .select('sealed')
    .where('owner_id', '=', opener.owner)
    .execute();
  const newest = await write.db
    .selectFrom('history.order')
    .select(['order_id', 'sealed'])
    .where('owner_id', '=', opener.owner)
    .orderBy('placed_at', 'desc')
    .limit(ordersReadMax + 1)
    .execute();
  const strings = [
    ...accounts
      .map(({ sealed }) => opener.open(account, opener.owner, sealed))
      .flatMap(({ email, name }) => [email, name]),
    ...newest
      .slice(0, ordersReadMax)
      .map(({ order_id, sealed }) => opener.open(order, order_id, sealed))
      .flatMap(({ recipient_name, street, number }) => [recipient_name, street, number]),
  ];
  return {
    strings: [...new Set(strings)].filter(isTelling),
    evidence: newest.length > ordersReadMax ? { newest_orders_read: ordersReadMax } : {},
  };
}

async function gatherReferences(write: WriteOperation, opener: Opener): Promise<string[]> {
  const rows = await write.db
    .selectFrom('recipients.disclosure')
    .select(['disclosure_id', 'recipient_id', 'sealed'])
    .where('owner_id', '=', opener.owner)
    .execute();
  return rows.map(({ disclosure_id, recipient_id, sealed }) => {
    const { reference } = opener.open(disclosures, disclosure_id, sealed);
    return `${recipient_id} ${reference}`;
  });
}
