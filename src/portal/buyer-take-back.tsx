import type { Child } from 'hono/jsx';
import type { Booking } from '../history/booking-rows.ts';
import type { OrderLine } from '../history/orders.ts';
import type { LineOptions, TakeBackLine } from '../history/take-back.ts';
import type { Preview, TakeBack } from '../history/take-back-order.ts';
import { paidPayment } from '../history/whole-order.ts';
import type { WholeOrder } from '../history/whole-order.ts';
import { Hidden, Select } from '../pages/forms.tsx';
import { Price } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import type { Language } from '../text/bilingual.ts';
import { buyerTakeBackText } from '../text/buyer-take-back.ts';
import { money, number, weekdayDateTime } from '../text/format.ts';

/** What is cancelled before it is carried out, or withdrawn from within the period. */
export type TakingBack = 'cancellation' | 'withdrawal';

/** The lines of an order that may be taken back in this way now. */
export function linesFor(options: readonly LineOptions[], kind: TakingBack): LineOptions[] {
  return options.filter((of) => (kind === 'cancellation' ? of.cancel : of.withdraw) !== null);
}

/** All that is left of some lines, or of one of them that an address asks for. */
export function wholeLines(of: readonly LineOptions[], only: string | null = null): TakeBackLine[] {
  const asked = of.filter(({ line }) => line.lineId === only);
  return (asked.length > 0 ? asked : of).map(({ line, quantityLeft }) => ({
    lineId: line.lineId,
    quantity: quantityLeft,
  }));
}

/** How many of each line a form asks for; what it does not name is not asked for, and neither is what cannot be. */
export function linesIn(
  form: ReadonlyMap<string, string>,
  of: readonly LineOptions[],
): TakeBackLine[] {
  return of.flatMap(({ line, quantityLeft }) => {
    const typed = form.get(fieldOf(line)) ?? '';
    const quantity = /^\d{1,2}$/.test(typed) ? Math.min(Number(typed), quantityLeft) : 0;
    return quantity === 0 ? [] : [{ lineId: line.lineId, quantity }];
  });
}

/** Is there anything to choose, or only all or nothing? */
export function isChoice(of: readonly LineOptions[]): boolean {
  return of.length > 1 || of.some(({ quantityLeft }) => quantityLeft > 1);
}

/** A number for each line, all of it unless something else was chosen. */
export function LineChoices(props: {
  of: readonly LineOptions[];
  chosen: readonly TakeBackLine[];
  language: Language;
  error?: string | undefined;
}): Child {
  const { of, chosen, language, error } = props;
  const words = buyerTakeBackText[language];
  return of.map(({ line, booking, quantityLeft }, index) => {
    const quantity = chosen.find(({ lineId }) => lineId === line.lineId)?.quantity ?? 0;
    const left = number(quantityLeft, language);
    const counts = Array.from({ length: quantityLeft }, (_, less) => quantityLeft - less);
    return (
      <Select
        name={fieldOf(line)}
        label={nameOf(line, booking, language)}
        value={String(quantity)}
        error={index === 0 ? error : undefined}
        options={[
          ...counts.map((count) => ({
            value: String(count),
            label: quantityLeft === 1 ? words.one : words.ofMany(number(count, language), left),
          })),
          { value: '0', label: quantityLeft === 1 ? words.keepOne : words.keepThis(left) },
        ]}
      />
    );
  });
}

/** What was chosen, for the next form. */
export function ChosenLines({ chosen }: { chosen: readonly TakeBackLine[] }): Child {
  return chosen.map(({ lineId, quantity }) => (
    <Hidden name={fieldOf({ lineId })} value={String(quantity)} />
  ));
}

/** The lines of a preview in words, a text each. */
export function chosenInWords(
  whole: WholeOrder,
  lines: readonly TakeBackLine[],
  language: Language,
): string[] {
  return lines.flatMap(({ lineId, quantity }) => {
    const line = whole.lines.find((one) => one.lineId === lineId);
    if (!line || quantity === 0) return [];
    const booking = whole.bookings.find((one) => one.lineId === lineId) ?? null;
    const name = nameOf(line, booking, language);
    return [buyerTakeBackText[language].line(number(quantity, language), name)];
  });
}

/** What is paid back, what is kept as a fee, and how and when the money comes. */
export function moneyRows(
  kind: TakeBack['kind'],
  whole: WholeOrder,
  { refundOre, feeOre, awaitsGoods }: Pick<Preview, 'refundOre' | 'feeOre' | 'awaitsGoods'>,
  language: Language,
): SummaryRow[] {
  const words = buyerTakeBackText[language];
  const paid = paidPayment(whole);
  if (paid === null) return [{ key: words.refund, value: words.nothingBack }];
  return [
    {
      key: words.refund,
      value: (
        <strong>
          <Price ore={refundOre} language={language} />
        </strong>
      ),
    },
    ...(feeOre === 0
      ? []
      : [{ key: words.fees[kind], value: words.feeText(money(feeOre, language)) }]),
    ...(refundOre === 0
      ? []
      : [{ key: words.how, value: awaitsGoods ? words.howGoods : words.hows[paid.way] }]),
  ];
}

function fieldOf({ lineId }: Pick<OrderLine, 'lineId'>): string {
  return `quantity-${lineId}`;
}

function nameOf(line: OrderLine, booking: Booking | null, language: Language): string {
  if (booking === null) return line.description;
  const time = weekdayDateTime(booking.startsAt, language);
  return buyerTakeBackText[language].atTime(line.description, time);
}
