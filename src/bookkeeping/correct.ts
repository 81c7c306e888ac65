import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { booksText } from '../text/books.ts';
import { holdOwner } from '../vault/vault.ts';
import { bookVoucher, nextNumber, seriesOf } from './book.ts';
import type { VoucherPlace } from './book.ts';
import { entriesOfCorrection } from './entries.ts';
import { bookkeeperOf, readReason } from './reasons.ts';
import { voucherName } from './voucher-words.ts';
import { entriesOf, findVoucher, referringTo } from './vouchers.ts';
import { listYears, yearOfToday } from './years.ts';

/**
 * Takes a voucher back whole by another one, booked today in the series of corrections: what is booked is never changed,
 * and when and by whom it was corrected stands there (bokföringslagen 5 kap. 5 §). Each leads to the other. Nothing is
 * opened, so a correction that was wrong itself is corrected the same way.
 * @throws Problem `conflict` when it has been corrected or has no rows, `not-found`, `bad-input` without a reason,
 *   `not-allowed`
 */
export async function correctVoucher(
  op: Operation,
  wish: VoucherPlace & { readonly reason: string },
): Promise<VoucherPlace> {
  const made_by = bookkeeperOf(op);
  const reason = readReason(wish.reason);
  const original = await findVoucher(op, wish);
  const originalYear = (await listYears(op.db)).find(({ owner }) => owner === wish.year);
  if (!original || !originalYear) throw new Problem('not-found');
  const entries = (await entriesOf(op, wish.year, [wish.voucherId])).get(wish.voucherId) ?? [];
  if (entries.length === 0) throw new Problem('conflict', 'there is nothing to take back');
  const year = await yearOfToday(op);
  const name = voucherName({ ...original, year: originalYear });
  return inTransaction(op, async (write) => {
    await holdOwner(write, wish.year);
    // Whoever corrects at the same time waits here for the number, and then sees this correction.
    const number = await nextNumber(write, year, seriesOf.correction);
    await assertNotCorrected(write, wish);
    return bookVoucher(write, {
      year,
      series: seriesOf.correction,
      number,
      kind: 'correction',
      way: original.way,
      totalOre: original.totalOre,
      entries: entriesOfCorrection(entries),
      refers: { year: wish.year, voucherId: wish.voucherId },
      personal: {
        number: name,
        counterparty: null,
        text: booksText.sv.voucher.correctionReason(name, reason),
        receipt: null,
        bank_reference: null,
        made_by,
      },
    });
  });
}

async function assertNotCorrected(write: WriteOperation, place: VoucherPlace): Promise<void> {
  const since = await referringTo(write, place);
  if (since.some(({ kind }) => kind === 'correction'))
    throw new Problem('conflict', 'it has been corrected');
}
