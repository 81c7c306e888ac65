import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { bookVoucher, hashOfReference, nextNumber, seriesOf } from './book.ts';
import { fiscalYearName } from './fiscal-years.ts';
import { listYears, yearOfToday } from './years.ts';

/**
 * A card holder disputes a payment at the bank, perhaps when the account is long closed: the books know the sale by the
 * bank's reference. The voucher notes it without rows; what the bank decides is booked by the bookkeeper. The same event
 * twice is one voucher.
 * @returns false when no sale is known by that reference
 */
export async function bookDispute(
  op: Operation,
  bankReference: string,
  eventId: string,
): Promise<boolean> {
  const sale = await op.db
    .selectFrom('bookkeeping.voucher')
    .select(['owner_id', 'voucher_id', 'way', 'total_ore'])
    .where('reference_hash', '=', hashOfReference(op.vault, bankReference))
    .where('kind', '=', 'sale')
    .executeTakeFirst();
  if (!sale) return false;
  const year = await yearOfToday(op);
  const refers = { year: sale.owner_id, voucherId: sale.voucher_id };
  await inTransaction(op, async (write) => {
    // Banks send an event again before the first is answered: whoever comes second waits here, and finds the voucher.
    await lockYear(write, sale.owner_id);
    const known = await write.db
      .selectFrom('bookkeeping.voucher')
      .select('voucher_id')
      .where('kind', '=', 'dispute')
      .where('refers_id', '=', sale.voucher_id)
      .executeTakeFirst();
    if (known) return;
    const number = await nextNumber(write, year, seriesOf.dispute);
    await bookVoucher(write, {
      year,
      series: seriesOf.dispute,
      number,
      kind: 'dispute',
      way: sale.way,
      totalOre: sale.total_ore,
      entries: [],
      refers,
      personal: {
        number: '',
        counterparty: null,
        text: eventId,
        receipt: null,
        bank_reference: null,
        made_by: null,
      },
    });
  });
  return true;
}

async function lockYear({ db }: WriteOperation, year: OwnerId): Promise<void> {
  await db
    .selectFrom('bookkeeping.fiscal_year')
    .select('owner_id')
    .where('owner_id', '=', year)
    .forNoKeyUpdate()
    .execute();
}

/** A payment that a card holder disputes, as the books know it. */
export type Dispute = {
  readonly voucherId: RowId;
  /** Of the voucher of the dispute, such as `D3-2026`, and of the sale. */
  readonly name: string;
  readonly saleName: string;
  readonly notedOn: Temporal.PlainDate;
  readonly totalOre: number;
};

const disputesShown = 50;

/** The latest payments that were disputed; what the bank decides is booked by the bookkeeper. Opens nothing. */
export async function listDisputes(op: Operation): Promise<Dispute[]> {
  const rows = await op.db
    .selectFrom('bookkeeping.voucher as d')
    .innerJoin('bookkeeping.voucher as s', (join) =>
      join.onRef('s.owner_id', '=', 'd.refers_year').onRef('s.voucher_id', '=', 'd.refers_id'),
    )
    .select(['d.voucher_id', 'd.owner_id', 'd.series', 'd.number', 'd.event_on', 'd.total_ore'])
    .select(['s.owner_id as sale_year', 's.series as sale_series', 's.number as sale_number'])
    .where('d.kind', '=', 'dispute')
    .orderBy('d.event_on', 'desc')
    .orderBy('d.voucher_id', 'desc')
    .limit(disputesShown)
    .execute();
  const years = new Map((await listYears(op.db)).map((year) => [year.owner, year]));
  const nameOf = (owner: OwnerId, series: string, number: number) => {
    const year = years.get(owner);
    return `${series}${number}${year === undefined ? '' : `-${fiscalYearName(year)}`}`;
  };
  return rows.map((row) => ({
    voucherId: row.voucher_id,
    name: nameOf(row.owner_id, row.series, row.number),
    saleName: nameOf(row.sale_year, row.sale_series, row.sale_number),
    notedOn: row.event_on,
    totalOre: row.total_ore,
  }));
}
