import { unitPriceOre } from '../history/catalogue/items.ts';
import type { Item, Variant } from '../history/catalogue/items.ts';
import { quantityMax } from '../history/orders.ts';
import { seeOther } from '../http/answers.ts';
import { countField } from '../http/fields.ts';
import type { Visit } from '../http/route.ts';
import type { FormError } from '../pages/choices.tsx';
import { Notice } from '../pages/notices.tsx';
import { dayAt } from '../text/format.ts';
import { shopCatalogueText } from '../text/shop-catalogue.ts';
import { entriesMax, isWholeMinute, keyOf, readBasketText } from './basket-cookie.ts';
import type { BasketEntry } from './basket-cookie.ts';
import { keepBasket, seatsAt } from './basket.ts';
import { fitsOneOrder } from './basket-changes.tsx';
import { placesMax } from './catalogue-booking.tsx';
import { itemOf, showItem } from './catalogue-item.tsx';
import { instantIn } from './instant-in.ts';

/** Puts something into the basket, or says beside the field what is wrong. Nothing is reserved by that. */
export async function addToBasket(visit: Visit): Promise<Response> {
  const item = await itemOf(visit, visit.form.get('item'));
  const wished = item.booking === null ? wishGoods(visit, item) : await wishTime(visit, item);
  if (!wished.ok) return wished.answer;
  const { entries } = readBasketText(visit.cookie('__Host-basket'));
  const added = addEntry(entries, wished.entry, item);
  const tooMany = await tooManyOf(visit, item, added.entry, wished.entry.quantity);
  if (tooMany !== null) return showWrong(visit, item, [tooMany]);
  if (added.entries.length > entriesMax || !fitsOneOrder(added.entries))
    return showFull(visit, item);
  keepBasket(visit, added.entries);
  return seeOther('/basket?added=1');
}

type Wished =
  | { readonly ok: true; readonly entry: BasketEntry }
  | { readonly ok: false; readonly answer: Promise<Response> };

function wishGoods(visit: Visit, item: Item): Wished {
  const words = shopCatalogueText[visit.language].faults;
  const variant = variantIn(visit, item);
  const quantity = countField(quantityMax).safeParse(visit.form.get('quantity'));
  const errors = [
    ...(variant === undefined ? [{ field: 'variant', text: words.variant.missing }] : []),
    ...(quantity.success ? [] : [quantityError(quantity.error.issues[0]?.message, words.quantity)]),
  ];
  if (variant === undefined || !quantity.success)
    return { ok: false, answer: showWrong(visit, item, errors) };
  return { ok: true, entry: entryFor(item, variant, quantity.data, null) };
}

async function wishTime(visit: Visit, item: Item): Promise<Wished> {
  const words = shopCatalogueText[visit.language].faults;
  const startsAt = instantIn(visit.form.get('start') ?? null);
  const isGroup = (item.booking?.capacity ?? 1) > 1;
  const typed = isGroup ? visit.form.get('quantity') : '1';
  const places = countField(placesMax).safeParse(typed);
  const errors = [
    ...(startsAt === null ? [{ field: 'start', text: words.start.missing }] : []),
    ...(places.success ? [] : [quantityError(places.error.issues[0]?.message, words.places)]),
  ];
  if (startsAt === null || !places.success)
    return { ok: false, answer: showWrong(visit, item, errors) };
  const isFree = isWholeMinute(startsAt) && (await seatsAt(visit.op, item, startsAt)) > 0;
  if (!isFree) return { ok: false, answer: showGone(visit, item) };
  return { ok: true, entry: entryFor(item, null, places.data, startsAt) };
}

/** The kind that was chosen; null where there is none to choose, undefined where one should have been. */
function variantIn(visit: Visit, { variants }: Item): Variant | null | undefined {
  if (variants.length === 0) return null;
  if (variants.length === 1) return variants[0];
  return variants.find(({ variantId }) => variantId === visit.form.get('variant'));
}

function entryFor(
  item: Item,
  variant: Variant | null,
  quantity: number,
  startsAt: Temporal.Instant | null,
): BasketEntry {
  const variantId = variant?.variantId ?? null;
  const seenOre = unitPriceOre(item, variantId);
  return { itemId: item.itemId, variantId, quantity, startsAt, seenOre };
}

/** More of the same row, or one more row. A time that only one can have is there once however often it is added. */
function addEntry(entries: readonly BasketEntry[], entry: BasketEntry, { booking }: Item) {
  const same = entries.find((one) => keyOf(one) === keyOf(entry));
  if (same === undefined) return { entry, entries: [...entries, entry] };
  const isAlone = booking !== null && booking.capacity === 1;
  const quantity = isAlone ? 1 : same.quantity + entry.quantity;
  const sum = { ...same, quantity };
  return { entry: sum, entries: entries.map((one) => (one === same ? sum : one)) };
}

/** What to say when there are not so many, with what is in the basket already; null when there are. */
async function tooManyOf(
  visit: Visit,
  item: Item,
  { variantId, quantity, startsAt }: BasketEntry,
  wished: number,
): Promise<FormError | null> {
  const words = shopCatalogueText[visit.language].faults;
  const most = startsAt === null ? quantityMax : placesMax;
  const tooLong = (startsAt === null ? words.quantity : words.places)['too-long'];
  if (quantity > most) return { field: 'quantity', text: tooLong };
  const left =
    startsAt === null
      ? (item.variants.find((one) => one.variantId === variantId)?.stock ?? null)
      : await seatsAt(visit.op, item, startsAt);
  if (left === null || quantity <= left) return null;
  const inBasket = quantity - wished;
  if (inBasket > 0) return { field: 'quantity', text: words.onlyLeftWithBasket(left, inBasket) };
  const text = startsAt === null ? words.onlyLeft(left) : words.onlySeats(left);
  return { field: 'quantity', text };
}

function quantityError(
  fault: string | undefined,
  words: { readonly missing: string; readonly 'not-a-number': string; readonly 'too-long': string },
): FormError {
  const text = Object.entries(words).find(([name]) => name === fault)?.[1];
  return { field: 'quantity', text: text ?? words.missing };
}

function showWrong(visit: Visit, item: Item, errors: readonly FormError[]): Promise<Response> {
  return showItem(visit, item, { values: visit.form, errors, status: 422, day: dayOf(visit) });
}

function showGone(visit: Visit, item: Item): Promise<Response> {
  const words = shopCatalogueText[visit.language].gone;
  const notice = (
    <Notice kind="warning" title={words.title} role="alert">
      <p>{words.text}</p>
    </Notice>
  );
  return showItem(visit, item, { values: visit.form, notice, status: 409, day: dayOf(visit) });
}

function showFull(visit: Visit, item: Item): Promise<Response> {
  const words = shopCatalogueText[visit.language].full;
  const notice = (
    <Notice kind="warning" title={words.title} role="alert">
      <p>
        {words.text} <a href="/basket">{words.link}</a>
      </p>
    </Notice>
  );
  return showItem(visit, item, { values: visit.form, notice, status: 409, day: dayOf(visit) });
}

/** The day that was shown, or the day of the time that was wished for. */
function dayOf(visit: Visit): string | null {
  const startsAt = instantIn(visit.form.get('start') ?? null);
  return visit.form.get('day') ?? (startsAt === null ? null : dayAt(startsAt).toString());
}
