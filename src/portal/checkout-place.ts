import { countLetter } from '../accounts/attempts.ts';
import { readAccount } from '../accounts/account.ts';
import { readToken } from '../accounts/tokens.ts';
import { noAnswers } from '../history/answers.ts';
import { placeGuestOrder } from '../history/guests-order.ts';
import type { OrderWish, WishedLine } from '../history/order-wish.ts';
import { isPlaced, placeOrder } from '../history/place-order.ts';
import { seeOther } from '../http/answers.ts';
import type { Visit } from '../http/route.ts';
import { isProblem, Problem } from '../problem.ts';
import { keyOf, readBasketText } from './basket-cookie.ts';
import type { BasketEntry } from './basket-cookie.ts';
import { entriesOf, isRepriced, keepBasket, nameOf, resolveEntries } from './basket.ts';
import type { BasketLine } from './basket.ts';
import { showBasket } from './basket-page.tsx';
import type { BasketNews } from './basket-page.tsx';
import { newForm } from './checkout.tsx';
import type { FormIds } from './checkout.tsx';
import { showCheckout } from './checkout-form.tsx';
import { keptIn } from './checkout-kept.ts';
import { isSignedOutNow, showReview } from './checkout-review.tsx';
import { readReviewed } from './checkout-reviewed.ts';
import type { Reviewed } from './checkout-reviewed.ts';
import type { CheckoutVisit } from './checkout-visit.ts';
import { orderIdOf } from './order-fields.ts';
import { orderConfirmation } from './order-letter.ts';
import { sellerEmail } from './seller.tsx';

/**
 * Places what was shown on the review, if it is still what it was. The form gave the order its id, so that a second
 * click, another tab and a retry after a crash are the same order, whatever has become of stock, prices and times by then.
 */
export async function placeReviewed(visit: CheckoutVisit): Promise<Response> {
  const ids: FormIds = { ...newForm(visit), orderId: orderIdOf(visit) };
  const placed = await placedAlready(visit, ids);
  if (placed !== null) return leadToOrder(visit, placed);
  const { entries, broken } = readBasketText(visit.form.get('seen') ?? null);
  if (entries.length === 0 || broken > 0) throw new Problem('bad-input', 'not a reviewed basket');
  const lines = await resolveEntries(visit.op, entries);
  const isLess = lines.length < entries.length || lines.some(({ trouble }) => trouble !== null);
  if (isLess) return backToBasket(visit, ids, { entries, news: 'gone' });
  const reviewed = await readReviewed(visit, lines, ids);
  if (!reviewed.ok) {
    const { faults } = reviewed;
    const wasSignedOut = isSignedOutNow(visit);
    return showCheckout(visit, { lines, ...ids, values: visit.form, faults, wasSignedOut });
  }
  if (lines.some(isRepriced)) return showReview(visit, reviewed.value, { changed: 'repriced' });
  if (visit.form.get('terms_id') !== reviewed.value.terms.termsId)
    return showReview(visit, reviewed.value, { changed: 'newTerms' });
  if (lacksConsent(visit, reviewed.value))
    return showReview(visit, reviewed.value, { lacksConsent: true });
  return place(visit, reviewed.value, entries);
}

function lacksConsent({ form }: Visit, { consents }: Reviewed): boolean {
  return consents.some((consent) => !form.has(`consent-${consent}`));
}

async function place(
  visit: Visit,
  reviewed: Reviewed,
  entries: readonly BasketEntry[],
): Promise<Response> {
  try {
    await (reviewed.ids.code === null
      ? placeForCustomer(visit, reviewed)
      : placeForGuest(visit, reviewed, reviewed.ids.code));
  } catch (error) {
    if (isProblem(error, 'too-many')) return showReview(visit, reviewed, { hasTooMany: true });
    if (!isProblem(error, 'conflict')) throw error;
    return backToBasket(visit, reviewed.ids, { entries, news: 'clash' });
  }
  return leadToOrder(visit, reviewed.ids);
}

async function placeForCustomer(visit: Visit, reviewed: Reviewed): Promise<void> {
  const { op, owner, language, site } = visit.asCustomer();
  const opener = await op.vault.openFor(op, owner, ['credentials']);
  const { email, isProtected } = await readAccount(op, opener);
  const wish = wishOf(visit, reviewed);
  const confirm = orderConfirmation({
    email,
    language,
    isProtected,
    isGuest: false,
    wish,
    terms: reviewed.terms,
    link: `${site.origin}/history/${wish.orderId}`,
    sellerEmail: sellerEmail(site),
  });
  await placeOrder(op, owner, wish, confirm);
}

async function placeForGuest(visit: Visit, reviewed: Reviewed, code: string): Promise<void> {
  const { op, language, site } = visit;
  const email = reviewed.fields.email ?? '';
  const wish = wishOf(visit, reviewed);
  const confirm = orderConfirmation({
    email,
    language,
    isProtected: false,
    isGuest: true,
    wish,
    terms: reviewed.terms,
    link: `${site.origin}/guest/${code}`,
    sellerEmail: sellerEmail(site),
  });
  // Anybody can have a confirmation sent to any address, so there are limits, as for signing up.
  await countLetter(op, { kind: 'guest order', to: email, from: op.network });
  await placeGuestOrder(op, { code, email, language }, wish, confirm);
}

function wishOf({ language }: Visit, { lines, fields, ids, terms }: Reviewed): OrderWish {
  return {
    orderId: ids.orderId,
    lines: lines.flatMap((line) => wishedLinesOf(line, fields, language)),
    delivery: fields.delivery,
    payWay: fields.payWay,
    termsId: terms.termsId,
  };
}

/** Each place of a booked time is a line of its own, as it takes a seat of its own. */
function wishedLinesOf(
  line: BasketLine,
  { answers }: Reviewed['fields'],
  language: Visit['language'],
): WishedLine[] {
  const { item, variant, quantity, startsAt, key } = line;
  const wished = {
    item,
    variantId: variant?.variantId ?? null,
    name: nameOf(line, language),
    startsAt,
    answers: answers.get(key) ?? noAnswers,
  };
  if (startsAt === null) return [{ ...wished, quantity }];
  return Array.from({ length: quantity }, () => ({ ...wished, quantity: 1 }));
}

/** As whom the order of this form has been placed already; null where it has not. Who signed in meanwhile may have done so as a guest. */
async function placedAlready(
  { op, signedIn, form }: Visit,
  { orderId }: FormIds,
): Promise<FormIds | null> {
  const token = readToken(form.get('code') ?? '');
  if (token !== null && (await isPlaced(op, token.owner, orderId)))
    return { orderId, code: form.get('code') ?? null };
  const isOwn = signedIn !== null && (await isPlaced(op, signedIn.owner, orderId));
  return isOwn ? { orderId, code: null } : null;
}

/**
 * What could not be had is marked in the basket, and what was typed goes along. A second click that came while the first
 * one took the last of something is not told that it is gone.
 */
async function backToBasket(
  visit: Visit,
  ids: FormIds,
  of: { readonly entries: readonly BasketEntry[]; readonly news: BasketNews },
): Promise<Response> {
  const placed = await placedAlready(visit, ids);
  if (placed !== null) return leadToOrder(visit, placed);
  const lines = await resolveEntries(visit.op, of.entries);
  const dropped = of.entries.length - lines.length;
  keepBasket(visit, entriesOf(lines));
  const isGone = dropped > 0 || lines.some(({ trouble }) => trouble !== null);
  const basket = { lines, dropped };
  const kept = keptIn(visit.form);
  return showBasket(visit, { basket, news: isGone ? 'gone' : of.news, kept, status: 409 });
}

/** To where it is paid, or to the order where it is paid later. What was ordered is in the basket no more. */
function leadToOrder(visit: Visit, { orderId, code }: FormIds): Response {
  emptyBasket(visit);
  const isPaidNow = visit.form.get('pay_way') !== 'on-site';
  const path = code === null ? `/history/${orderId}` : `/guest/${code}/${orderId}`;
  return seeOther(isPaidNow ? `${path}/pay` : `${path}?placed=1`);
}

/** What another tab has put there meanwhile stays. */
function emptyBasket(visit: Visit): void {
  const { entries } = readBasketText(visit.cookie('__Host-basket'));
  const seen = readBasketText(visit.form.get('seen') ?? null).entries.map(keyOf);
  const left = entries.filter((entry) => !seen.includes(keyOf(entry)));
  if (left.length < entries.length) keepBasket(visit, left);
}
