import { linesMax } from '../history/order-wish.ts';
import { seeOther } from '../http/answers.ts';
import { countField } from '../http/fields.ts';
import type { FieldFault } from '../http/form.ts';
import type { Visit } from '../http/route.ts';
import { shopBasketText } from '../text/shop-basket.ts';
import { keyOf, readBasketText } from './basket-cookie.ts';
import type { BasketEntry } from './basket-cookie.ts';
import { entriesOf, keepBasket, readBasket, resolveEntries } from './basket.ts';
import type { Basket, BasketLine } from './basket.ts';
import { mostOf, quantityName, showBasket } from './basket-page.tsx';
import { keptIn } from './checkout-kept.ts';

/** Takes the quantities of the basket as they stand in its form. */
export async function changeBasket(visit: Visit): Promise<Response> {
  const taken = await takeQuantities(visit);
  if (!taken.ok) return taken.answer;
  const kept = keptIn(visit.form);
  if (kept.length === 0) return seeOther('/basket?changed=1');
  return showBasket(visit, { basket: taken.basket, news: 'changed', kept });
}

/** Takes one row out of the basket. Doing it twice is as good as once. */
export async function removeFromBasket(visit: Visit): Promise<Response> {
  const { entries } = readBasketText(visit.cookie('__Host-basket'));
  const left = entries.filter((entry) => keyOf(entry) !== visit.form.get('line'));
  keepBasket(visit, left);
  const kept = keptIn(visit.form);
  if (kept.length === 0) return seeOther('/basket?removed=1');
  const lines = await resolveEntries(visit.op, left);
  return showBasket(visit, { basket: { lines, dropped: 0 }, news: 'removed', kept });
}

type Taken =
  | { readonly ok: true; readonly basket: Basket }
  | { readonly ok: false; readonly answer: Promise<Response> };

/** The basket with the quantities of the form, which the browser keeps from now on; or the page that says what is wrong. */
export async function takeQuantities(visit: Visit): Promise<Taken> {
  const basket = await readBasket(visit);
  const errors = new Map<string, string>();
  const wished = basket.lines.map((line) => withQuantity(visit, line, errors));
  if (errors.size === 0 && !fitsOneOrder(entriesOf(wished))) {
    const full = shopBasketText[visit.language].faults.full;
    for (const { key, startsAt } of wished) if (startsAt !== null) errors.set(key, full);
  }
  if (errors.size > 0) {
    const shown = { basket, errors, typed: visit.form, kept: keptIn(visit.form), status: 422 };
    return { ok: false, answer: showBasket(visit, shown) };
  }
  const entries = entriesOf(wished);
  keepBasket(visit, entries);
  const lines = await resolveEntries(visit.op, entries);
  return { ok: true, basket: { lines, dropped: basket.dropped } };
}

function withQuantity(visit: Visit, line: BasketLine, errors: Map<string, string>): BasketLine {
  const typed = visit.form.get(quantityName(line.key));
  const most = mostOf(line);
  if (typed === undefined || most === 1) return line;
  const parsed = countField(most).safeParse(typed);
  if (parsed.success) return { ...line, quantity: parsed.data };
  const words = shopBasketText[visit.language].faults;
  const fault = (parsed.error.issues[0]?.message ?? 'missing') as FieldFault;
  errors.set(line.key, textOf(fault, most, words));
  return line;
}

function textOf(
  fault: FieldFault,
  most: number,
  words: (typeof shopBasketText)['sv']['faults'],
): string {
  if (fault === 'too-long') return words['too-long'](most);
  return fault === 'missing' ? words.missing : words['not-a-number'];
}

/** Lines that an order of these rows has: each place of a booked time is a line of its own. */
function orderLinesOf(entries: readonly BasketEntry[]): number {
  return entries.reduce((sum, { quantity, startsAt }) => sum + (startsAt ? quantity : 1), 0);
}

/** Whether an order can hold these rows. */
export function fitsOneOrder(entries: readonly BasketEntry[]): boolean {
  return orderLinesOf(entries) <= linesMax;
}
