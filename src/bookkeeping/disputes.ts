import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { bookVoucher, hashOfReference, nextNumber, seriesOf } from './book.ts';
import { yearOfToday } from './years.ts';

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
