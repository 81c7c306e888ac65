import { receiptPdf } from '../history/receipts/receipt-pdf.ts';
import { readReceipt } from '../history/receipts/receipt.ts';
import type { ReceiptDocument } from '../history/receipts/document.ts';
import { isRowId, newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { Opener } from '../vault/vault.ts';
import type { VoucherPlace } from './book.ts';
import { opening as openings, voucher as vouchers, yearHold } from './holdings.ts';
import { bookkeeperOf, readReason } from './reasons.ts';
import { findVoucher } from './vouchers.ts';
import type { ListedVoucher } from './vouchers.ts';

/** A voucher with what is sealed of it. */
export type OpenedVoucher = ListedVoucher & {
  readonly orderNumber: string;
  readonly counterparty: string | null;
  readonly text: string;
  readonly bankReference: string | null;
  /** The member of staff who booked it, where a person did. */
  readonly madeBy: string | null;
  /** As it was issued, and its bytes as they were kept; null for what has no receipt, such as a correction. */
  readonly receipt: { readonly document: ReceiptDocument; readonly bytes: Uint8Array } | null;
};

export type Opening = {
  readonly openedAt: Temporal.Instant;
  readonly openedBy: string;
  readonly reason: string;
  /** The voucher, or the list of openings; null for an opening of the time when that was not written down. */
  readonly opened: RowId | typeof openingsOpened | null;
};

/** What is opened by who reads the openings. */
export const openingsOpened = 'openings';

/** A decision to hold a year, or to let it go (`heldUntil` is null). */
export type YearHold = {
  readonly heldAt: Temporal.Instant;
  readonly heldUntil: Temporal.PlainDate | null;
  readonly madeBy: string;
  readonly reason: string;
};

const openingsMax = 500;

/**
 * Opens one voucher of the archive, for who keeps the books and gives a reason; both stand written, in a transaction of
 * their own, before anything is opened.
 * @throws Problem `not-found`, `bad-input` without a reason of 5 to 300 characters, `not-allowed` for anybody else
 */
export async function openVoucher(
  op: Operation,
  wish: VoucherPlace & { readonly reason: string },
): Promise<OpenedVoucher> {
  bookkeeperOf(op);
  const found = await findVoucher(op, wish);
  if (!found) throw new Problem('not-found');
  const opener = await openArchive(op, { ...wish, opened: wish.voucherId });
  const { sealed } = await op.db
    .selectFrom('bookkeeping.voucher')
    .select('sealed')
    .where('owner_id', '=', wish.year)
    .where('voucher_id', '=', wish.voucherId)
    .executeTakeFirstOrThrow();
  const known = opener.open(vouchers, wish.voucherId, sealed);
  return {
    ...found,
    orderNumber: known.number,
    counterparty: known.counterparty,
    text: known.text,
    bankReference: known.bank_reference,
    madeBy: known.made_by,
    receipt: known.receipt === null ? null : receiptFrom(known.receipt),
  };
}

/** The receipt of a voucher as a PDF, made of the bytes that were kept; null where there is none. */
export async function voucherPdf({ receipt }: OpenedVoucher): Promise<Uint8Array | null> {
  return receipt === null ? null : receiptPdf(receipt.document);
}

/**
 * Who has opened the archive of a year and why, the newest first, and who has held the year. Reading that is an opening
 * itself and needs a reason too.
 * @throws Problem as `openVoucher`
 */
export async function readOpenings(
  op: Operation,
  { year, reason }: { readonly year: OwnerId; readonly reason: string },
): Promise<{ openings: Opening[]; holds: YearHold[] }> {
  const opener = await openArchive(op, { year, reason, opened: openingsOpened });
  return { openings: await openingsOf(op, opener), holds: await holdsOf(op, opener) };
}

/** Writes the opening down, committed before the vault is asked; the vault writes its look as well. */
async function openArchive(
  op: Operation,
  wish: Pick<Opening, 'opened' | 'reason'> & { readonly year: OwnerId },
): Promise<Opener> {
  const { year, opened: text } = wish;
  const opened_by = bookkeeperOf(op);
  const reason = readReason(wish.reason);
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, year);
    const opening_id = newRowId(op.now);
    const sealed = sealer.seal(openings, opening_id, { reason, opened_by, text });
    await write.db
      .insertInto('bookkeeping.opening')
      .values({ owner_id: year, opening_id, opened_at: op.now, sealed })
      .execute();
  });
  return op.vault.openFor(op, year, ['bookkeeping']);
}

async function openingsOf(op: Operation, opener: Opener): Promise<Opening[]> {
  const rows = await op.db
    .selectFrom('bookkeeping.opening')
    .select(['opening_id', 'opened_at', 'sealed'])
    .where('owner_id', '=', opener.owner)
    .orderBy('opened_at', 'desc')
    .orderBy('opening_id', 'desc')
    .limit(openingsMax)
    .execute();
  return rows.map(({ opening_id, opened_at, sealed }) => {
    const { reason, opened_by, text } = opener.open(openings, opening_id, sealed);
    return { openedAt: opened_at, openedBy: opened_by, reason, opened: openedIn(text) };
  });
}

/** What was opened, from the text that says so. */
export function openedIn(text: string | null): Opening['opened'] {
  return text === openingsOpened || (text !== null && isRowId(text)) ? text : null;
}

async function holdsOf(op: Operation, opener: Opener): Promise<YearHold[]> {
  const rows = await op.db
    .selectFrom('bookkeeping.year_hold')
    .select(['hold_id', 'held_at', 'held_until', 'sealed'])
    .where('owner_id', '=', opener.owner)
    .orderBy('held_at', 'desc')
    .orderBy('hold_id', 'desc')
    .limit(openingsMax)
    .execute();
  return rows.map((row) => {
    const { reason, made_by } = opener.open(yearHold, row.hold_id, row.sealed);
    return { heldAt: row.held_at, heldUntil: row.held_until, madeBy: made_by, reason };
  });
}

function receiptFrom(kept: string): NonNullable<OpenedVoucher['receipt']> {
  const bytes = Buffer.from(kept, 'utf8');
  return { document: readReceipt(bytes), bytes };
}
