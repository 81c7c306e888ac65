import { findItems, unitPriceOre } from '../history/catalogue/items.ts';
import type { Item } from '../history/catalogue/items.ts';
import { readOrder } from '../history/orders.ts';
import type { OrderLine } from '../history/orders.ts';
import { seeOther } from '../http/answers.ts';
import type { BuyerVisit } from '../http/route.ts';
import { entriesMax, keyOf, readBasketText } from './basket-cookie.ts';
import type { BasketEntry } from './basket-cookie.ts';
import { fitsOneOrder } from './basket-changes.tsx';
import { keepBasket } from './basket.ts';
import { orderIdOf, orderPath } from './buyer-visit.ts';

/** Puts what is still sold of an order into the basket, beside what is there; a new time is chosen by who wants one. */
export async function orderAgain(visit: BuyerVisit): Promise<Response> {
  const { op, owner } = visit;
  const opener = await op.vault.openFor(op, owner, ['history']);
  const { lines } = await readOrder(op, opener, orderIdOf(visit));
  const ids = new Set(lines.flatMap(({ item }) => (item === null ? [] : [item.itemId])));
  const items = await findItems(op.db, [...ids]);
  const entries = entriesAgain(lines, items);
  const [booked] = items.filter(({ kind }) => kind === 'booking');
  if (entries.length === 0 && booked) return seeOther(`/catalogue/${booked.itemId}`);
  if (entries.length === 0) return seeOther(`${orderPath(visit)}?nothing=1`);
  const { entries: before } = readBasketText(visit.cookie('__Host-basket'));
  keepBasket(visit, together(before, entries));
  return seeOther('/basket?added=1');
}

/** Rows of a basket for the lines that are offered today, at today's prices. */
function entriesAgain(lines: readonly OrderLine[], items: readonly Item[]): BasketEntry[] {
  return lines.flatMap(({ item: of, kind, quantity }) => {
    const item = items.find(({ itemId }) => itemId === of?.itemId);
    if (!item || !of || kind === 'booking') return [];
    const { variantId } = of;
    const isOffered =
      item.variants.length === 0
        ? variantId === null
        : item.variants.some((variant) => variant.variantId === variantId);
    if (!isOffered) return [];
    const seenOre = unitPriceOre(item, variantId);
    return [{ itemId: item.itemId, variantId, quantity, startsAt: null, seenOre }];
  });
}

/** What is in the basket already stays as it is. */
function together(before: readonly BasketEntry[], more: readonly BasketEntry[]): BasketEntry[] {
  const rows = new Map(before.map((entry) => [keyOf(entry), entry]));
  for (const entry of more) {
    if (fitsOneOrder([...rows.values(), entry]) && !rows.has(keyOf(entry)))
      rows.set(keyOf(entry), entry);
  }
  return [...rows.values()].slice(0, entriesMax);
}
