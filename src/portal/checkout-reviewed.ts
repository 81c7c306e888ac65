import type { PublishedTerms } from '../history/terms.ts';
import { currentTerms } from '../history/terms.ts';
import { consentsFor } from '../history/rule-words.ts';
import type { Consent } from '../history/rule-words.ts';
import type { Parsed } from '../http/form.ts';
import { ruledLineOf } from './basket.ts';
import type { BasketLine } from './basket.ts';
import type { FormIds } from './checkout.tsx';
import { needsOf, parseCheckout } from './checkout-fields.ts';
import type { CheckoutFields } from './checkout-fields.ts';
import type { CheckoutVisit } from './checkout-visit.ts';
import { payOffersFor } from './pay-offers.ts';
import type { PayOffer } from './pay-offers.ts';

/** A whole order as it is shown before it is placed, and as it is placed. */
export type Reviewed = {
  readonly lines: readonly BasketLine[];
  readonly fields: CheckoutFields;
  readonly ids: FormIds;
  readonly offer: PayOffer;
  readonly terms: PublishedTerms;
  readonly consents: readonly Consent[];
};

/** What was typed for these rows, held against what they need. */
export async function readReviewed(
  visit: CheckoutVisit,
  lines: readonly BasketLine[],
  ids: FormIds,
): Promise<Parsed<Reviewed>> {
  const offers = await payOffersFor(visit, lines);
  const needs = needsOf(lines, offers, { isGuest: ids.code !== null });
  const parsed = parseCheckout(visit.form, needs);
  if (!parsed.ok) return parsed;
  const fields = parsed.value;
  const offer = offers.find(({ way }) => way === fields.payWay) as PayOffer;
  const terms = await currentTerms(visit.op.db);
  const consents = consentsFor(lines.map(ruledLineOf), visit.op.now);
  return { ok: true, value: { lines, fields, ids, offer, terms, consents } };
}
