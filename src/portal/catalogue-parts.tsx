import type { ItemKind } from '../database/records-history.ts';
import { unitPriceOre } from '../history/catalogue/items.ts';
import type { Item } from '../history/catalogue/items.ts';
import type { Picture } from '../history/catalogue/pictures/pictures.ts';
import { Price } from '../pages/tables.tsx';
import type { Language } from '../text/bilingual.ts';
import { duration, money } from '../text/format.ts';
import { shopCatalogueText } from '../text/shop-catalogue.ts';

/** The kinds of things in the order in which they are shown. */
export const kindsInOrder: readonly ItemKind[] = ['product', 'service', 'booking'];

/** From this many on "3 left" is worth saying. */
const fewLeft = 10;

/** What an item costs, from the cheapest variant on. */
export function ItemPrice({ item, language }: { item: Item; language: Language }) {
  const prices = pricesOf(item);
  const lowest = Math.min(...prices);
  const price = <Price ore={lowest} language={language} />;
  if (Math.max(...prices) === lowest) return price;
  const words = shopCatalogueText[language].from(money(lowest, language));
  return <data value={(lowest / 100).toFixed(2)}>{words}</data>;
}

/** A picture of an item as the pages show it. */
export function pictureFor(picture: Picture, language: Language) {
  const { pictureId, alternative, widthPx, heightPx } = picture;
  return { src: `/pictures/${pictureId}`, alternative: alternative[language], widthPx, heightPx };
}

/** How many of an item are left in all, or null where nobody counts. Sold out is nought. */
export function leftOf(item: Item): number | null {
  if (item.kind !== 'product') return null;
  const stocks = item.variants.map(({ stock }) => stock);
  if (stocks.some((stock) => stock === null)) return null;
  return stocks.reduce<number>((sum, stock) => sum + (stock ?? 0), 0);
}

/** `Slut`, `3 kvar`, `I lager`, how long a booking takes; nothing where there is nothing to say. */
export function stateInWords(item: Item, language: Language): string | null {
  const words = shopCatalogueText[language];
  if (item.booking !== null) return duration(item.booking.durationMinutes, language);
  const left = leftOf(item);
  return left === null ? null : stockInWords(left, words);
}

export function stockInWords(
  left: number,
  words: { readonly soldOut: string; readonly inStock: string; left(count: number): string },
): string {
  if (left <= 0) return words.soldOut;
  return left <= fewLeft ? words.left(left) : words.inStock;
}

function pricesOf(item: Item): number[] {
  if (item.variants.length === 0) return [item.priceOre];
  return item.variants.map(({ variantId }) => unitPriceOre(item, variantId));
}
