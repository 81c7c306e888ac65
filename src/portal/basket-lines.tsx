import type { Child } from 'hono/jsx';
import { BasketRow, Sums } from '../pages/basket-rows.tsx';
import type { QuantityProps, RemoveProps } from '../pages/basket-rows.tsx';
import { Price } from '../pages/tables.tsx';
import type { Language } from '../text/bilingual.ts';
import { dayAt, money, percent, weekdayDateTime } from '../text/format.ts';
import { shopBasketText } from '../text/shop-basket.ts';
import { isRepriced, nameOf, sumsOf } from './basket.ts';
import type { BasketLine } from './basket.ts';

type LineProps = {
  readonly line: BasketLine;
  readonly language: Language;
  readonly quantity?: QuantityProps | undefined;
  readonly remove?: RemoveProps | undefined;
  /** More to say of it, a line each. */
  readonly details?: readonly Child[];
};

/** A row as it stands now, with what has changed since it was put there. */
export function BasketLineRow({ line, language, quantity, remove, details = [] }: LineProps) {
  const words = shopBasketText[language];
  const { item, startsAt, unitOre } = line;
  const each = startsAt === null ? words.each : words.eachPlace;
  return (
    <BasketRow
      name={nameOf(line, language)}
      href={`/catalogue/${item.itemId}`}
      details={[...(startsAt === null ? [] : [weekdayDateTime(startsAt, language)]), ...details]}
      notes={notesOf(line, language)}
      quantity={quantity}
      sum={<Price ore={unitOre * line.quantity} language={language} />}
      each={line.quantity > 1 ? each(money(unitOre, language)) : undefined}
      remove={remove}
    />
  );
}

/** The total and the VAT of each rate in it. */
export function BasketSums({
  lines,
  language,
}: {
  lines: readonly BasketLine[];
  language: Language;
}) {
  const words = shopBasketText[language];
  const { totalOre, vat } = sumsOf(lines);
  const isShipped = lines.some(({ item }) => item.fulfilment === 'shipped');
  return (
    <Sums
      rows={[
        ...(isShipped ? [{ key: words.delivery, value: words.deliveryText }] : []),
        { key: words.total, value: <Price ore={totalOre} language={language} />, isTotal: true },
        ...vat.map((row) => ({
          key: words.vat(percent(row.percent / 100, language)),
          value: <Price ore={row.vat_ore} language={language} />,
        })),
      ]}
    />
  );
}

function notesOf(line: BasketLine, language: Language): Child[] {
  const words = shopBasketText[language].trouble;
  const { seenOre, unitOre } = line;
  const price = words.price(money(seenOre, language), money(unitOre, language));
  return [...troubleOf(line, language), ...(isRepriced(line) ? [price] : [])];
}

function troubleOf({ trouble, item, startsAt }: BasketLine, language: Language): Child[] {
  const words = shopBasketText[language].trouble;
  if (trouble === null) return [];
  switch (trouble.kind) {
    case 'fewer':
      return [words.fewer(trouble.left)];
    case 'sold-out':
      return [words['sold-out']];
    case 'time-gone': {
      const day = startsAt === null ? '' : `?day=${dayAt(startsAt).toString()}#calendar`;
      return [
        <>
          {words['time-gone']} <a href={`/catalogue/${item.itemId}${day}`}>{words.otherTime}</a>
        </>,
      ];
    }
  }
}
