import type { Withdrawal } from '../database/records-history.ts';
import type { LineOptions } from './take-back.ts';
import type { WholeOrder } from './whole-order.ts';

/** Why nothing of an order can be cancelled now. */
export type WhyNotCancel = 'gone' | 'performed' | 'begun';

/** Why a line cannot be withdrawn from now; the grounds of the law (distansavtalslagen 2005:59, 2 kap. 11 §) among them. */
export type WhyNotWithdraw =
  | 'unpaid'
  | 'gone'
  | 'performed'
  | 'too-late'
  | 'delivered'
  | Exclude<Withdrawal, 'right' | 'performed-service' | 'sealed' | 'digital'>;

/** Null where something can be cancelled. */
export function whyNotCancel(
  { order }: WholeOrder,
  options: readonly LineOptions[],
): WhyNotCancel | null {
  if (options.some(({ cancel }) => cancel !== null)) return null;
  if (options.every(({ quantityLeft }) => quantityLeft === 0)) return 'gone';
  switch (order.state) {
    case 'cancelled':
    case 'lapsed':
      return 'gone';
    case 'performed':
      return 'performed';
    case 'placed':
    case 'unpaid':
      return 'begun';
  }
}

/** Null where the line can be withdrawn from. */
export function whyNotWithdraw(
  { order }: WholeOrder,
  { line, quantityLeft, isPerformed, withdraw }: LineOptions,
): WhyNotWithdraw | null {
  if (withdraw !== null) return null;
  if (quantityLeft === 0 || order.state === 'cancelled' || order.state === 'lapsed') return 'gone';
  if (order.state === 'unpaid') return 'unpaid';
  switch (line.withdrawal) {
    case 'right':
    case 'sealed':
      return 'too-late';
    case 'performed-service':
      return isPerformed ? 'performed' : 'too-late';
    case 'digital':
      return isPerformed ? 'delivered' : 'too-late';
    case 'custom-made':
    case 'perishable':
    case 'date-bound':
      return line.withdrawal;
  }
}
