import type { Fulfilment, ItemKind, Withdrawal } from '../database/records-history.ts';
import { notice } from '../policy/notice.ts';
import { deliveryDays, withdrawalDays } from '../policy/terms.ts';
import type { Language } from '../text/bilingual.ts';
import { money, weekdayDateTime } from '../text/format.ts';
import { shopRulesText } from '../text/shop-rules.ts';
import type { BookingRules, Item } from './catalogue/items.ts';

/** What of a line decides which rules hold for it. */
export type RuledLine = {
  readonly kind: ItemKind;
  /** Null where it is not known any more. */
  readonly fulfilment: Fulfilment | null;
  readonly withdrawal: Withdrawal;
  readonly unitPriceOre: number;
  readonly time: RuledTime | null;
};

export type RuledTime = {
  readonly startsAt: Temporal.Instant;
  readonly freeCancelUntil: Temporal.Instant;
  readonly lateFeePercent: number;
};

/** What a customer must agree to before something is ordered (distansavtalslagen 2005:59, 2 kap. 11 § 1 and 11, 15 §). */
export type Consent = 'digital' | 'performed-service' | 'early';

const hoursOfDay = 24;

/** The time of a booking, with the rules that hold for cancelling it. */
export function ruledTime(rules: BookingRules, startsAt: Temporal.Instant): RuledTime {
  return {
    startsAt,
    freeCancelUntil: startsAt.subtract({ hours: rules.freeCancelHours }),
    lateFeePercent: rules.lateFeePercent,
  };
}

/** What cancelling late costs, in whole öre. */
export function lateFeeOre(priceOre: number, lateFeePercent: number): number {
  return Math.round((priceOre * lateFeePercent) / 100);
}

/** Whether something is delivered to an address. What is digital is not. */
export function comesToCustomer({
  fulfilment,
  withdrawal,
}: Pick<Item, 'fulfilment' | 'withdrawal'>) {
  return withdrawal !== 'digital' && (fulfilment === 'shipped' || fulfilment === 'at-customer');
}

/** Where the customer gets it; null where that is not known any more. */
export function whereInWords(
  { fulfilment, withdrawal }: Pick<RuledLine, 'fulfilment' | 'withdrawal'>,
  language: Language,
): string | null {
  const words = shopRulesText[language].where;
  if (withdrawal === 'digital') return words.digital;
  switch (fulfilment) {
    case null:
      return null;
    case 'shipped':
      return words.shipped(deliveryDays);
    case 'pick-up':
      return words['pick-up'](ourAddress);
    case 'on-site':
      return words['on-site'](ourAddress);
    case 'at-customer':
      return words['at-customer'];
  }
}

/** Until when a booked time can be cancelled, and what it costs then; null for what is not booked. */
export function cancellingInWords(
  { time, unitPriceOre }: Pick<RuledLine, 'time' | 'unitPriceOre'>,
  language: Language,
  now: Temporal.Instant,
): string | null {
  if (time === null) return null;
  const words = shopRulesText[language].cancel;
  const feeOre = lateFeeOre(unitPriceOre, time.lateFeePercent);
  if (feeOre === 0) return words.always;
  const fee = money(feeOre, language);
  if (Temporal.Instant.compare(time.freeCancelUntil, now) <= 0) return words.feeNow(fee);
  return `${words.free(weekdayDateTime(time.freeCancelUntil, language))} ${words.fee(fee)}`;
}

/** The same before a time is chosen. */
export function cancellingRule(rules: BookingRules, priceOre: number, language: Language): string {
  const words = shopRulesText[language].cancel;
  const feeOre = lateFeeOre(priceOre, rules.lateFeePercent);
  if (feeOre === 0) return words.always;
  return `${words.hours(rules.freeCancelHours)} ${words.hoursFee(money(feeOre, language))}`;
}

/** The right of withdrawal of one line, or why there is none. */
export function withdrawalInWords(
  { withdrawal, kind }: Pick<RuledLine, 'withdrawal' | 'kind'>,
  language: Language,
): string {
  const words = shopRulesText[language].withdrawal;
  if (withdrawal !== 'right') return words[withdrawal];
  return kind === 'product' ? words.product(withdrawalDays) : words.service(withdrawalDays);
}

/** Whether there is something that can be withdrawn from at all. */
export function mayWithdraw(lines: readonly Pick<RuledLine, 'withdrawal'>[]): boolean {
  const never: readonly Withdrawal[] = ['custom-made', 'perishable', 'date-bound'];
  return lines.some(({ withdrawal }) => !never.includes(withdrawal));
}

/** Does it begin within the days in which it can be withdrawn from, when it is ordered now? */
export function isEarly(
  {
    withdrawal,
    time,
  }: Pick<RuledLine, 'withdrawal'> & { readonly time: Pick<RuledTime, 'startsAt'> | null },
  now: Temporal.Instant,
): boolean {
  const lastDay = now.add({ hours: withdrawalDays * hoursOfDay });
  return (
    withdrawal === 'right' && time !== null && Temporal.Instant.compare(time.startsAt, lastDay) <= 0
  );
}

/** What the customer has to agree to before these lines are ordered. */
export function consentsFor(
  lines: readonly Pick<RuledLine, 'withdrawal' | 'time'>[],
  now: Temporal.Instant,
): Consent[] {
  const needed: Readonly<Record<Consent, boolean>> = {
    digital: lines.some(({ withdrawal }) => withdrawal === 'digital'),
    'performed-service': lines.some(({ withdrawal }) => withdrawal === 'performed-service'),
    early: lines.some((line) => isEarly(line, now)),
  };
  return (Object.keys(needed) as Consent[]).filter((consent) => needed[consent]);
}

const { street, postal_code, town } = notice.controller;
/** Where the company is. */
const ourAddress = `${street}, ${postal_code} ${town}`;
