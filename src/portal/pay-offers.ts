import type { PayWay } from '../database/records-history.ts';
import type { Operation } from '../operation.ts';
import { obstacleOn } from '../recipients/gate.ts';
import { recipientByChannel } from '../recipients/register.ts';
import type { Recipient } from '../recipients/register.ts';
import { sumsOf } from './basket.ts';
import type { BasketLine } from './basket.ts';

/** A way to pay that is open for some lines today, and who gets to know of the payment; null for nobody else. */
export type PayOffer = { readonly way: PayWay; readonly recipient: Recipient | null };

const banks = ['swish', 'card'] as const;
type Bank = (typeof banks)[number];

/**
 * The ways to pay these lines. A bank that nothing may go to today is left out; on site is open where every line allows
 * it, and where there is nothing to pay.
 */
export async function payOffersFor(
  op: Operation,
  lines: readonly BasketLine[],
): Promise<PayOffer[]> {
  const onSite: PayOffer = { way: 'on-site', recipient: null };
  if (sumsOf(lines).totalOre === 0) return [onSite];
  const offers: PayOffer[] = [];
  for (const way of banks) {
    if ((await obstacleOn(op, way)) !== null) continue;
    offers.push({ way, recipient: await recipientByChannel(op.db, way) });
  }
  return lines.every(({ item }) => item.paysOnSite) ? [...offers, onSite] : offers;
}

/** Banks that the company works with and that nothing may go to today, so that nobody wonders where they are. */
export async function banksNotOffered(op: Operation): Promise<Bank[]> {
  const missing: Bank[] = [];
  for (const way of banks) {
    const isKnown = (await recipientByChannel(op.db, way)) !== null;
    if (isKnown && (await obstacleOn(op, way)) !== null) missing.push(way);
  }
  return missing;
}
