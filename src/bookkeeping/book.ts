import { sql } from 'kysely';
import type { VoucherKind } from '../database/records-bookkeeping.ts';
import type { PaymentWay } from '../database/records-history.ts';
import { writeTogether } from '../database/together.ts';
import type { Write } from '../database/together.ts';
import { newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { WriteOperation } from '../operation.ts';
import { dayAt } from '../text/format.ts';
import type { Personal } from '../vault/holding.ts';
import type { Sealer, Vault } from '../vault/vault.ts';
import { isBalanced } from './entries.ts';
import type { BookEntry } from './entries.ts';
import { voucher } from './holdings.ts';
import type { BookYear } from './years.ts';

/** Where a voucher is: the year that owns it, and its id there. */
export type VoucherPlace = { readonly year: OwnerId; readonly voucherId: RowId };

/**
 * The number series. Sales have one for each way to pay, so that they do not wait for each other's numbers; refunds,
 * corrections and disputes have their own.
 */
export const seriesOf = {
  swish: 'S',
  card: 'K',
  terminal: 'T',
  cash: 'C',
  refund: 'R',
  correction: 'X',
  dispute: 'D',
} as const;
export type Series = (typeof seriesOf)[keyof typeof seriesOf];

/**
 * The next number of a series, counted from 1 in each year. The row stays locked until the transaction ends, and a
 * transaction that is rolled back takes its number back: no gap, no number twice (bokföringslagen 5 kap. 7 §). Taken as
 * late as possible, because whoever wants the next one waits.
 */
export async function nextNumber(
  { db }: WriteOperation,
  year: BookYear,
  series: Series,
): Promise<number> {
  const { last_number } = await db
    .insertInto('bookkeeping.series')
    .values({ owner_id: year.owner, series, last_number: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['owner_id', 'series'])
        .doUpdateSet({ last_number: sql`series.last_number + 1` }),
    )
    .returning('last_number')
    .executeTakeFirstOrThrow();
  return last_number;
}

export type VoucherWish = {
  readonly year: BookYear;
  /** The year's, where it was fetched before the number was taken: whoever wants the next number waits shorter then. */
  readonly sealer?: Sealer;
  readonly series: Series;
  readonly number: number;
  readonly kind: VoucherKind;
  readonly way: PaymentWay | null;
  /** What it comes to, in öre; positive, whichever way the money went. */
  readonly totalOre: number;
  readonly entries: readonly BookEntry[];
  /** The voucher that this one pays back or corrects. */
  readonly refers: VoucherPlace | null;
  readonly personal: Personal<typeof voucher>;
  /** What is written in the same statement, because the next number waits for each of them. */
  readonly also?: (place: VoucherPlace) => readonly Write[];
};

/** Books one event, in the transaction in which it happens. What is booked is never changed. */
export async function bookVoucher(op: WriteOperation, wish: VoucherWish): Promise<VoucherPlace> {
  if (!isBalanced(wish.entries)) throw new Error('the rows of a voucher do not sum to nothing');
  const { year, refers, personal } = wish;
  const sealer = wish.sealer ?? (await op.vault.sealFor(op, year.owner));
  const voucher_id = newRowId(op.now);
  const reference = personal.bank_reference;
  const voucherWrite = op.db.insertInto('bookkeeping.voucher').values({
    owner_id: year.owner,
    voucher_id,
    series: wish.series,
    number: wish.number,
    kind: wish.kind,
    way: wish.way,
    event_on: dayAt(op.now),
    compiled_at: op.now,
    total_ore: wish.totalOre,
    refers_year: refers?.year ?? null,
    refers_id: refers?.voucherId ?? null,
    reference_hash: reference === null ? null : hashOfReference(op.vault, reference),
    sealed: sealer.seal(voucher, voucher_id, personal),
  });
  const place = { year: year.owner, voucherId: voucher_id };
  const rows = entriesWrites(op, place, wish.entries);
  await writeTogether(op.db, [voucherWrite, ...rows, ...(wish.also?.(place) ?? [])]);
  return place;
}

/** By this a sale is found when a bank names its payment; the reference itself is sealed. */
export function hashOfReference(vault: Vault, reference: string): Buffer {
  return vault.hashToken('bank reference', { owner: '', row: '', secret: Buffer.from(reference) });
}

/** None for a dispute, which moves no money of its own. */
function entriesWrites(
  { db }: WriteOperation,
  { year, voucherId }: VoucherPlace,
  entries: readonly BookEntry[],
): Write[] {
  if (entries.length === 0) return [];
  const rows = entries.map(({ account, amountOre }, index) => ({
    owner_id: year,
    voucher_id: voucherId,
    row_number: index + 1,
    account,
    amount_ore: amountOre,
  }));
  return [db.insertInto('bookkeeping.entry').values(rows)];
}
