import { createHash } from 'node:crypto';
import { newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { keeping } from '../policy/keeping.ts';
import { companyTimeZone } from '../text/format.ts';
import { addOwner } from '../vault/vault.ts';
import type { Opener } from '../vault/vault.ts';
import { order, orderLine, proofOfPurchase } from './holdings.ts';

/**
 * The newest purchases that are kept as proof. They are sealed anew before the key is destroyed, so the work must have an
 * end; the page says so to whoever has more.
 */
export const purchasesProvenMax = 200;

/** What one proof says: no name, no address, nothing that leads to an account. */
export type ProofOfPurchase = {
  readonly proofId: RowId;
  readonly purchasedAt: Temporal.Instant;
  readonly number: string;
  readonly bought: readonly string[];
  readonly total: string;
  readonly vat: string;
};

/** How one purchase is written down, in the reader's language; done by the page, which has the words. */
export type PurchaseWriter = {
  readonly line: (line: { quantity: number; description: string; amountOre: number }) => string;
  readonly amount: (ore: number) => string;
};

type Purchase = {
  readonly owner: OwnerId;
  readonly orderId: RowId;
  readonly placedAt: Temporal.Instant;
  readonly totalOre: number;
  readonly vatOre: number;
  readonly sealed: Uint8Array;
};

/** The moment before which a purchase is too old for a claim. */
function purchasesSince(now: Temporal.Instant): Temporal.Instant {
  return now.subtract({ hours: keeping.purchase.rule.days * 24 });
}

/**
 * How many purchases a proof of these owners would hold, an account and what it holds, and until when the last of them is
 * kept; null when there is none.
 */
export async function provablePurchases(
  op: Operation,
  owners: readonly OwnerId[],
): Promise<{ count: number; until: Temporal.Instant } | null> {
  const found = await newestPurchases(op, owners);
  const [newest] = found;
  return newest ? { count: found.length, until: keptUntil(newest.placedAt) } : null;
}

export function keptUntil(purchasedAt: Temporal.Instant): Temporal.Instant {
  return dayOf(purchasedAt).add({ hours: keeping.purchase.rule.days * 24 });
}

/**
 * The owner that a code leads to. Computed from the code, so that nothing in the stores leads from one to the other, and
 * so that the same closing twice makes the same owner. A uuid v4 by its form (RFC 9562), out of 122 bits of a hash.
 */
export function ownerOfProof(code: string): OwnerId {
  const bytes = createHash('sha256')
    .update('varsam owner of a proof of purchase\0')
    .update(code)
    .digest();
  bytes[6] = 0x40 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.subarray(0, 16).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as OwnerId;
}

/** The key of the proof's owner. Comes before the rows, and may be there from a try that was cut off. */
export async function createProofKey(op: Operation, proof: OwnerId): Promise<void> {
  await op.vault.createKey(atMidnight(op), proof);
}

/**
 * Seals the purchases of whoever leaves, and of what the account holds, anew under the proof's own key. Returns until when
 * the last is kept; null when there is none.
 */
export async function keepProof(
  write: WriteOperation,
  openers: readonly Opener[],
  code: string,
  writer: PurchaseWriter,
): Promise<Temporal.Instant | null> {
  const byOwner = new Map(openers.map((opener) => [opener.owner, opener]));
  const purchases = await newestPurchases(write, [...byOwner.keys()]);
  const [newest] = purchases;
  if (!newest) return null;
  const quiet = atMidnight(write);
  const owner = ownerOfProof(code);
  await addOwner(quiet, owner, 'proof_of_purchase');
  const sealer = await write.vault.sealFor(quiet, owner);
  const lines = await linesOf(write, byOwner, purchases, writer);
  const rows = purchases.map((purchase) => {
    const proof_id = newRowId(quiet.now);
    const { number } = openerIn(byOwner, purchase).open(order, purchase.orderId, purchase.sealed);
    return {
      owner_id: owner,
      proof_id,
      purchased_at: dayOf(purchase.placedAt),
      token_hash: hashOf(write, owner, proof_id, code),
      sealed: sealer.seal(proofOfPurchase, proof_id, {
        number,
        bought: lines.get(purchase.orderId) ?? [],
        total: writer.amount(purchase.totalOre),
        vat: writer.amount(purchase.vatOre),
      }),
    };
  });
  await write.db.insertInto('history.proof_of_purchase').values(rows).execute();
  return keptUntil(newest.placedAt);
}

/** What a code leads to, newest first; empty for any other code, and when all of it is gone. */
export async function readProofs(op: Operation, code: string): Promise<ProofOfPurchase[]> {
  const rows = await rowsOf(op, code);
  if (rows.length === 0) return [];
  const opener = await op.vault.openFor(op, ownerOfProof(code), ['purchases']);
  return rows.map((row) => ({
    proofId: row.proof_id,
    purchasedAt: row.purchased_at,
    ...opener.open(proofOfPurchase, row.proof_id, row.sealed),
  }));
}

/** Whether a code leads to anything, without opening it. */
export async function hasProofs(op: Operation, code: string): Promise<boolean> {
  return (await rowsOf(op, code)).length > 0;
}

/**
 * Removes what a code leads to: its rows at once; its key, and with it every copy, at the next turn of the routine that
 * ends owners without rows.
 */
export async function removeProofs(op: Operation, code: string): Promise<void> {
  const rows = await rowsOf(op, code);
  if (rows.length === 0) return;
  await inTransaction(op, async ({ db }) => {
    await db
      .deleteFrom('history.proof_of_purchase')
      .where('owner_id', '=', ownerOfProof(code))
      .execute();
  });
}

/** Proofs that are over: every purchase in them is too old, or was removed. */
export async function emptyProofs(op: Operation): Promise<OwnerId[]> {
  const rows = await op.db
    .selectFrom('vault.owner as o')
    .select('o.owner_id')
    .where('o.kind', '=', 'proof_of_purchase')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('history.proof_of_purchase as p')
            .select('p.proof_id')
            .whereRef('p.owner_id', '=', 'o.owner_id'),
        ),
      ),
    )
    .limit(1000)
    .execute();
  return rows.map(({ owner_id }) => owner_id);
}

async function rowsOf(op: Operation, code: string) {
  const owner = ownerOfProof(code);
  const rows = await op.db
    .selectFrom('history.proof_of_purchase')
    .select(['proof_id', 'purchased_at', 'token_hash', 'sealed'])
    .where('owner_id', '=', owner)
    .orderBy('purchased_at', 'desc')
    .orderBy('proof_id', 'desc')
    .execute();
  // Keyed with a key that is in neither store: a row that somebody wrote there by himself opens for no code.
  return rows.filter((row) =>
    hashOf(op, owner, row.proof_id, code).equals(Buffer.from(row.token_hash)),
  );
}

function hashOf({ vault }: Operation, owner: OwnerId, row: RowId, code: string): Buffer {
  return vault.hashToken('proof of purchase', { owner, row, secret: Buffer.from(code) });
}

async function newestPurchases(op: Operation, owners: readonly OwnerId[]): Promise<Purchase[]> {
  const rows = await op.db
    .selectFrom('history.order')
    .select(['owner_id', 'order_id', 'placed_at', 'total_ore', 'vat_ore', 'sealed'])
    .where('owner_id', 'in', owners)
    .where('state', '<>', 'cancelled')
    .where('placed_at', '>=', purchasesSince(op.now))
    .orderBy('placed_at', 'desc')
    .limit(purchasesProvenMax)
    .execute();
  return rows.map((row) => ({
    owner: row.owner_id,
    orderId: row.order_id,
    placedAt: row.placed_at,
    totalOre: row.total_ore,
    vatOre: row.vat_ore,
    sealed: row.sealed,
  }));
}

function openerIn(
  openers: ReadonlyMap<OwnerId, Opener>,
  { owner }: { readonly owner: OwnerId },
): Opener {
  const opener = openers.get(owner);
  if (!opener) throw new Error('a purchase of somebody else');
  return opener;
}

async function linesOf(
  op: Operation,
  openers: ReadonlyMap<OwnerId, Opener>,
  purchases: readonly Purchase[],
  writer: PurchaseWriter,
): Promise<ReadonlyMap<RowId, string[]>> {
  const rows = await op.db
    .selectFrom('history.order_line')
    .select(['owner_id', 'order_id', 'line_id', 'quantity', 'unit_price_ore', 'sealed'])
    .where('owner_id', 'in', [...openers.keys()])
    .where(
      'order_id',
      'in',
      purchases.map(({ orderId }) => orderId),
    )
    .orderBy('line_id')
    .execute();
  const lines = Map.groupBy(rows, ({ order_id }) => order_id);
  return new Map(
    [...lines].map(([orderId, of]) => [
      orderId,
      of.map(({ owner_id, line_id, quantity, unit_price_ore, sealed }) => {
        const opener = openerIn(openers, { owner: owner_id });
        const { description } = opener.open(orderLine, line_id, sealed);
        return writer.line({ quantity, description, amountOre: quantity * unit_price_ore });
      }),
    ]),
  );
}

/** The beginning of the day where the company is. */
function dayOf(at: Temporal.Instant): Temporal.Instant {
  return at.toZonedDateTimeISO(companyTimeZone).startOfDay().toInstant();
}

/** The same operation with the time of day left out: two owners that were made in one moment point to each other. */
function atMidnight<T extends Operation>(op: T): T {
  return { ...op, now: dayOf(op.now) };
}
