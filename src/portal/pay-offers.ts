import type { PayWay } from '../database/records-history.ts';
import { waysOpen } from '../history/payments/ways-open.ts';
import type { OpenWay } from '../history/payments/ways-open.ts';
import { recipientByChannel } from '../recipients/register.ts';
import type { Recipient } from '../recipients/register.ts';
import { sumsOf } from './basket.ts';
import type { BasketLine } from './basket.ts';
import type { CheckoutVisit } from './checkout-visit.ts';

/** A way to pay that is open for some lines today, and who gets to know of the payment; null for nobody else. */
export type PayOffer = { readonly way: PayWay; readonly recipient: Recipient | null };

/**
 * The ways to pay these lines. A bank that this installation has no agreement with, or that nothing may go to today, is
 * left out; on site is open where every line allows it, and where there is nothing to pay.
 */
export async function payOffersFor(
  { op, banks }: CheckoutVisit,
  lines: readonly BasketLine[],
): Promise<PayOffer[]> {
  const onSite: PayOffer = { way: 'on-site', recipient: null };
  if (sumsOf(lines).totalOre === 0) return [onSite];
  const offers: PayOffer[] = await waysOpen(op, banks);
  return lines.every(({ item }) => item.paysOnSite) ? [...offers, onSite] : offers;
}

/** Banks that the company works with and that nothing may go to today, so that nobody wonders where they are. */
export async function banksNotOffered({ op, banks }: CheckoutVisit): Promise<OpenWay['way'][]> {
  const open = (await waysOpen(op, banks)).map(({ way }) => way);
  const missing: OpenWay['way'][] = [];
  for (const way of ['swish', 'card'] as const) {
    const isKnown = banks[way] !== null && (await recipientByChannel(op.db, way)) !== null;
    if (isKnown && !open.includes(way)) missing.push(way);
  }
  return missing;
}
