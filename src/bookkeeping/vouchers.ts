import { sql } from 'kysely';
import type { SelectQueryBuilder } from 'kysely';
import type { RecordsTables } from '../database/records.ts';
import type { VoucherKind } from '../database/records-bookkeeping.ts';
import type { PaymentWay } from '../database/records-history.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import type { VoucherPlace } from './book.ts';
import type { BookEntry } from './entries.ts';
import type { AccountNumber } from './chart.ts';

/** A voucher by what is in clear. */
export type ListedVoucher = VoucherPlace & {
  readonly series: string;
  readonly number: number;
  readonly kind: VoucherKind;
  readonly way: PaymentWay | null;
  /** The day of the event, by the calendar of Stockholm. */
  readonly eventOn: Temporal.PlainDate;
  readonly compiledAt: Temporal.Instant;
  readonly totalOre: number;
  readonly refers: VoucherPlace | null;
};

/** Both days inside. */
export type VoucherFilter = {
  readonly series: string | null;
  readonly from: Temporal.PlainDate | null;
  readonly to: Temporal.PlainDate | null;
};

export const vouchersPageSize = 50;

const columns = [
  'owner_id',
  'voucher_id',
  'series',
  'number',
  'kind',
  'way',
  'event_on',
  'compiled_at',
  'total_ore',
  'refers_year',
  'refers_id',
] as const;
type Row = Pick<RecordsTables['bookkeeping.voucher'], (typeof columns)[number]>;

/** One page of a year's vouchers, ascending within their series, and how many there are in all. Opens nothing. */
export async function listVouchers(
  { db }: Operation,
  year: OwnerId,
  filter: VoucherFilter,
  page: { readonly number: number; readonly size: number } = { number: 1, size: vouchersPageSize },
): Promise<{ vouchers: ListedVoucher[]; total: number }> {
  const rows = await within(db.selectFrom('bookkeeping.voucher'), year, filter)
    .select(columns)
    .orderBy('series')
    .orderBy('number')
    .limit(page.size)
    .offset((page.number - 1) * page.size)
    .execute();
  return { vouchers: rows.map(voucherOf), total: await countVouchers({ db }, year, filter) };
}

/** How many vouchers of a year there are. */
export async function countVouchers(
  { db }: Pick<Operation, 'db'>,
  year: OwnerId,
  filter: VoucherFilter,
): Promise<number> {
  const { count } = await within(db.selectFrom('bookkeeping.voucher'), year, filter)
    .select((column) => column.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/**
 * The vouchers of a year that come after one, ascending within their series; the first for null. What is booked between two
 * of these moves nothing: no voucher comes twice, and none that was there is left out. Opens nothing.
 */
export async function vouchersAfter(
  { db }: Operation,
  year: OwnerId,
  filter: VoucherFilter,
  page: { readonly after: Pick<ListedVoucher, 'series' | 'number'> | null; readonly size: number },
): Promise<ListedVoucher[]> {
  const { after, size } = page;
  const rows = await within(db.selectFrom('bookkeeping.voucher'), year, filter)
    .$if(after !== null, (some) =>
      some.where(sql<boolean>`(series, number) > (${after?.series}, ${after?.number}::integer)`),
    )
    .select(columns)
    .orderBy('series')
    .orderBy('number')
    .limit(size)
    .execute();
  return rows.map(voucherOf);
}

/** One voucher; null when it is not there. Opens nothing. */
export async function findVoucher(
  { db }: Operation,
  { year, voucherId }: VoucherPlace,
): Promise<ListedVoucher | null> {
  const row = await db
    .selectFrom('bookkeeping.voucher')
    .select(columns)
    .where('owner_id', '=', year)
    .where('voucher_id', '=', voucherId)
    .executeTakeFirst();
  return row ? voucherOf(row) : null;
}

/** Several at once, in no order; those that are not there are left out. Opens nothing. */
export async function vouchersAt(
  { db }: Operation,
  places: readonly VoucherPlace[],
): Promise<ListedVoucher[]> {
  if (places.length === 0) return [];
  const [years, ids] = [places.map(({ year }) => year), places.map((one) => one.voucherId)];
  const rows = await db
    .selectFrom('bookkeeping.voucher')
    .select(columns)
    .where('owner_id', '=', sql<OwnerId>`any (${years}::uuid[])`)
    .where('voucher_id', '=', sql<RowId>`any (${ids}::uuid[])`)
    .execute();
  return rows.map(voucherOf);
}

/** What has corrected a voucher or paid it back since, also in later years, the oldest first. Opens nothing. */
export async function referringTo(
  { db }: Operation,
  { year, voucherId }: VoucherPlace,
): Promise<ListedVoucher[]> {
  const rows = await db
    .selectFrom('bookkeeping.voucher')
    .select(columns)
    .where('refers_id', '=', voucherId)
    .where('refers_year', '=', year)
    .orderBy('compiled_at')
    .orderBy('voucher_id')
    .execute();
  return rows.map(voucherOf);
}

/** The rows of vouchers of one year, in their order. */
export async function entriesOf(
  { db }: Operation,
  year: OwnerId,
  voucherIds: readonly RowId[],
): Promise<ReadonlyMap<RowId, readonly BookEntry[]>> {
  if (voucherIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('bookkeeping.entry')
    .select(['voucher_id', 'account', 'amount_ore'])
    .where('owner_id', '=', year)
    .where('voucher_id', 'in', voucherIds)
    .orderBy('voucher_id')
    .orderBy('row_number')
    .execute();
  const entries = rows.map((row) => ({
    voucherId: row.voucher_id,
    // Only accounts of the chart are booked on, and what was booked on once stays in it.
    account: row.account as AccountNumber,
    amountOre: row.amount_ore,
  }));
  return Map.groupBy(entries, ({ voucherId }) => voucherId);
}

function within<Output>(
  query: SelectQueryBuilder<RecordsTables, 'bookkeeping.voucher', Output>,
  year: OwnerId,
  { series, from, to }: VoucherFilter,
): SelectQueryBuilder<RecordsTables, 'bookkeeping.voucher', Output> {
  return query
    .where('owner_id', '=', year)
    .$if(series !== null, (some) => some.where('series', '=', series ?? ''))
    .$if(from !== null, (some) => some.where('event_on', '>=', from as Temporal.PlainDate))
    .$if(to !== null, (some) => some.where('event_on', '<=', to as Temporal.PlainDate));
}

function voucherOf(row: Row): ListedVoucher {
  const { refers_year: year, refers_id: voucherId } = row;
  return {
    year: row.owner_id,
    voucherId: row.voucher_id,
    series: row.series,
    number: row.number,
    kind: row.kind,
    way: row.way,
    eventOn: row.event_on,
    compiledAt: row.compiled_at,
    totalOre: row.total_ore,
    refers: year !== null && voucherId !== null ? { year, voucherId } : null,
  };
}
