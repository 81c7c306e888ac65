import { chart } from '../bookkeeping/chart.ts';
import { fiscalYearName } from '../bookkeeping/fiscal-years.ts';
import { seriesOf } from '../bookkeeping/book.ts';
import type { Series } from '../bookkeeping/book.ts';
import { voucherName } from '../bookkeeping/voucher-words.ts';
import { findVoucher } from '../bookkeeping/vouchers.ts';
import type { ListedVoucher } from '../bookkeeping/vouchers.ts';
import { listYearStates } from '../bookkeeping/year-states.ts';
import type { YearState } from '../bookkeeping/year-states.ts';
import { isReason } from '../bookkeeping/reasons.ts';
import type { OwnVisit } from '../http/route.ts';
import { isOwnerId, isRowId } from '../ids.ts';
import { Problem } from '../problem.ts';
import type { Language } from '../text/bilingual.ts';
import { consoleBooksText } from '../text/console-books.ts';

export const booksRoom = '/console/books';

/** Where the pages of a year are. */
export function pathOfYear({ owner }: Pick<YearState, 'owner'>): string {
  return `${booksRoom}/${owner}`;
}

export function pathOfVoucher({
  year,
  voucherId,
}: Pick<ListedVoucher, 'year' | 'voucherId'>): string {
  return `${booksRoom}/${year}/vouchers/${voucherId}`;
}

/** @throws Problem `not-found` for what is no year that is kept */
export async function yearIn({ op, params }: OwnVisit): Promise<YearState> {
  const owner = params['year'] ?? '';
  const year = isOwnerId(owner)
    ? (await listYearStates(op)).find((one) => one.owner === owner)
    : undefined;
  if (!year) throw new Problem('not-found');
  return year;
}

/** @throws Problem `not-found` for what is no voucher of this year */
export async function voucherIn(
  { op, params }: OwnVisit,
  year: YearState,
): Promise<ListedVoucher & { readonly name: string }> {
  const id = params['voucher'] ?? '';
  const found = isRowId(id) ? await findVoucher(op, { year: year.owner, voucherId: id }) : null;
  if (!found) throw new Problem('not-found');
  return { ...found, name: voucherName({ ...found, year }) };
}

export function nameOf(year: YearState): string {
  return fiscalYearName(year);
}

/** The reason that was typed, as far as it is one. */
export function reasonIn({ form }: OwnVisit): string | null {
  const reason = (form.get('reason') ?? '').trim();
  return isReason(reason) ? reason : null;
}

export function seriesWords(series: string, language: Language): string {
  const names: Readonly<Record<string, string>> = consoleBooksText[language].seriesNames;
  const name = names[series];
  return name === undefined ? series : `${series}, ${name}`;
}

export const allSeries: readonly Series[] = Object.values(seriesOf);

/** The number of an account and its name. */
export function accountWords(account: string, language: Language): string {
  const names: Readonly<Record<string, { readonly sv: string; readonly en: string }>> =
    chart.accounts;
  const name = names[account]?.[language];
  return name === undefined ? account : `${account} ${name}`;
}

/**
 * Somebody of the staff, to who may not see names: by the beginning of the id, with which an administrator finds the
 * person.
 */
export function whoWords(visit: OwnVisit, staff: string | null): string {
  const words = consoleBooksText[visit.language];
  if (staff === null) return words.system;
  return staff === visit.owner ? words.you : words.colleague(staff.slice(0, 8));
}
