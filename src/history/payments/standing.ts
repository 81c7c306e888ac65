import type { PaymentState, PaymentWay } from '../../database/records-history.ts';
import type { OwnerId, RowId } from '../../ids.ts';
import type { Operation } from '../../operation.ts';
import { isProblem } from '../../problem.ts';
import type { Opener } from '../../vault/vault.ts';
import { readOrder } from '../orders.ts';
import type { Order, OrderLine } from '../orders.ts';
import { askAbout } from './ask-bank.ts';
import type { Banks, BankSite } from './banks.ts';
import { isUnderWay, openPayment, paymentsOfOrder } from './payment-rows.ts';
import type { Payment } from './payment-rows.ts';
import type { Handover } from './way.ts';

/** A payment that nothing came of, and the bank's code for why. */
export type FailedPayment = {
  readonly way: PaymentWay;
  readonly state: PaymentState;
  readonly code: string | null;
};

/** How far the paying of an order has come. */
export type Standing =
  /** It is paid, or is paid on site. */
  | { readonly kind: 'settled' }
  /** The order is cancelled or has lapsed. */
  | { readonly kind: 'over' }
  /** It can still be paid; `failed` is the latest try, if there was one. */
  | { readonly kind: 'to-pay'; readonly failed: FailedPayment | null }
  /** Nobody has paid in time, and nothing is under way: it lapses at the next turn. */
  | { readonly kind: 'too-late' }
  /** The bank has still to say; the handover is null where the way to the bank is not known, or not any more. */
  | {
      readonly kind: 'under-way';
      readonly payment: Payment;
      readonly handover: Handover | null;
    };

export type OrderStanding = {
  readonly order: Order;
  readonly lines: readonly OrderLine[];
  readonly standing: Standing;
};

/**
 * Where the paying of an order stands, after asking the bank about what is under way. However often a page asks, the bank
 * is asked at most every other second.
 * @throws Problem `not-found` for an order that is not this owner's
 */
export async function readStanding(
  op: Operation,
  banks: Banks,
  of: { readonly owner: OwnerId; readonly orderId: RowId },
  site: BankSite,
): Promise<OrderStanding> {
  const opener = await op.vault.openFor(op, of.owner, ['credentials', 'history']);
  const known = (await paymentsOfOrder(op, of.owner, of.orderId)).find(isUnderWay);
  if (known) await askQuietly(op, banks, known, site);
  const { order, lines } = await readOrder(op, opener, of.orderId);
  return { order, lines, standing: await standingOf(op, opener, order) };
}

/** A gate that is closed today says nothing about what is under way: it is asked again when it opens. */
async function askQuietly(
  op: Operation,
  banks: Banks,
  payment: Payment,
  site: BankSite,
): Promise<void> {
  try {
    await askAbout(op, banks, payment, site);
  } catch (error) {
    if (!isProblem(error, 'no-agreement')) throw error;
  }
}

async function standingOf(op: Operation, opener: Opener, order: Order): Promise<Standing> {
  if (order.state === 'placed' || order.state === 'performed') return { kind: 'settled' };
  const payments = await paymentsOfOrder(op, opener.owner, order.orderId);
  const payment = payments.find(isUnderWay);
  if (payment) {
    return { kind: 'under-way', payment, handover: await handoverOf(op, opener, payment) };
  }
  if (order.state !== 'unpaid') return { kind: 'over' };
  if (order.payBy === null || Temporal.Instant.compare(op.now, order.payBy) >= 0)
    return { kind: 'too-late' };
  return { kind: 'to-pay', failed: await failedOf(op, opener, payments[0]) };
}

async function handoverOf(
  op: Operation,
  opener: Opener,
  { paymentId, state, way }: Payment,
): Promise<Handover | null> {
  if (state !== 'open') return null;
  const { pay_link: link } = await openPayment(op, opener, paymentId);
  if (link === null) return null;
  return way === 'swish' ? { kind: 'swish', token: link } : { kind: 'redirect', url: link };
}

async function failedOf(
  op: Operation,
  opener: Opener,
  payment: Payment | undefined,
): Promise<FailedPayment | null> {
  if (payment === undefined) return null;
  const { failure } = await openPayment(op, opener, payment.paymentId);
  return { way: payment.way, state: payment.state, code: failure };
}
