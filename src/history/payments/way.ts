/** The banks that take money for us, seen alike: what one is told, and what it may answer. */
import type { RowId } from '../../ids.ts';
import { Problem } from '../../problem.ts';
import type { Disclosed } from '../../recipients/disclosed.ts';
import type { Language } from '../../text/bilingual.ts';

/** `on-site` has no bank: the company takes the money itself, where it meets the customer. */
export type { PayWay } from '../../database/records-history.ts';

/**
 * One payment, as much as a bank may know of it: no name, address, telephone number or line of the order. The same
 * `paymentId` must always come with the same wish, to the letter: banks refuse a key that returns with other words.
 */
export type PaymentWish = {
  /** Ours, and the key that keeps one payment from becoming two. */
  readonly paymentId: RowId;
  /** Of the order, as people see it. */
  readonly number: string;
  /** From 1. Stripe takes no card payment below 300 öre. */
  readonly amountOre: number;
  readonly language: Language;
  /** Where the bank's page or app leads when it is done. Being led there proves nothing. */
  readonly returnUrl: string;
  /** Where the hosted card page leads who turns back. */
  readonly cancelUrl: string;
  /** Where Swish tells that something has changed: https, port 443. Stripe's is set in its dashboard. */
  readonly callbackUrl: string;
  /** Fresh for each payment: 32 to 36 letters, digits and hyphens. */
  readonly callbackSecret: string;
  /** The card page closes then, or half an hour after the payment was made if that is later; Swish has 5.5 minutes of its own. */
  readonly expiresAt: Temporal.Instant;
};

export type RefundWish = {
  readonly refundId: RowId;
  /** Of the order. */
  readonly number: string;
  /** What `Asked.settlement` said when the payment was paid. */
  readonly settlement: string;
  /** At most what is left of the payment. */
  readonly amountOre: number;
  readonly language: Language;
  readonly callbackUrl: string;
  readonly callbackSecret: string;
};

/** How the customer gets to the bank: a page of it, or its app (`swishLink`, `swishQrText`). */
export type Handover =
  | { readonly kind: 'redirect'; readonly url: string }
  | { readonly kind: 'swish'; readonly token: string };

/**
 * `refused`: there is no payment, and none will come of it. Of `unreachable` and `http_429` the moment is to blame: the
 * same wish may be sent again.
 * `unsure`: there may be one. With a `reference` the bank can be asked, and what it shows as open can only be
 * cancelled, because the way to hand the customer over is lost. Without one, `create` again with the same wish: it
 * finds what is there instead of making another. Each answer speaks of its own call: no later one takes back an earlier
 * `open` or `unsure` of the same id, except `refused` with a code of the bank itself, and what `ask` says.
 */
export type Created =
  | { readonly outcome: 'open'; readonly reference: string; readonly handover: Handover }
  | { readonly outcome: 'refused'; readonly code: string }
  | { readonly outcome: 'unsure'; readonly reference: string | null };

/** What the bank is asked by, and what its answer is held against. */
export type PaymentKnown = {
  /** The bank's own: the id of a Stripe session or of a Swish payment request. */
  readonly reference: string;
  readonly paymentId: RowId;
  readonly amountOre: number;
};

/**
 * `open` may hold the code of an attempt that failed, after which the customer can try again. `unsure` is never taken
 * for failed: money may have moved. `unknown-here`: the bank has no such payment.
 */
export type Asked =
  | {
      readonly state: 'open' | 'paid' | 'declined' | 'cancelled' | 'expired' | 'failed' | 'unsure';
      /** What was asked for, when it is paid; else null. */
      readonly paidOre: number | null;
      /** What a refund names: the `paymentReference` of Swish, the payment intent of Stripe. Null until paid. */
      readonly settlement: string | null;
      readonly code: string | null;
    }
  | { readonly state: 'unknown-here' };

/** `unsure` as for `Created`: ask by the reference, or `refund` again with the same wish. */
export type Refunded =
  | { readonly outcome: 'sent' | 'done'; readonly reference: string }
  | { readonly outcome: 'refused'; readonly code: string }
  | { readonly outcome: 'unsure'; readonly reference: string | null };

export type RefundKnown = {
  readonly reference: string;
  readonly refundId: RowId;
  readonly amountOre: number;
};

/** `unsure` when the bank has no such refund, too: whoever asks was told that it has. */
export type RefundAsked = {
  readonly state: 'under-way' | 'done' | 'failed' | 'unsure';
  readonly code: string | null;
};

/**
 * A bank. Nothing here rejects for what a bank or the network does. What goes out is accepted only from the disclosure
 * gate; asking by the bank's own reference tells it nothing.
 */
export type BankWay = {
  readonly way: 'swish' | 'card';
  create(wish: Disclosed<PaymentWish>): Promise<Created>;
  ask(payment: PaymentKnown): Promise<Asked>;
  /**
   * Asks that it can not be paid any more, and says what it is then: it may have been paid a moment before. `open` and
   * `unsure` mean that it did not work yet.
   */
  cancel(payment: PaymentKnown): Promise<Asked>;
  refund(wish: Disclosed<RefundWish>): Promise<Refunded>;
  askRefund(refund: RefundKnown): Promise<RefundAsked>;
};

/**
 * Codes of our own, beside those of the banks: why nothing was sent (`unreachable`, `certificate_refused`), why an
 * answer was not believed, and that none came.
 */
export type OwnCode =
  | 'unreachable'
  | 'certificate_refused'
  | 'no_answer'
  | 'unreadable_answer'
  | 'other_payment'
  | 'other_payee'
  | 'amount_differs'
  | 'currency_differs'
  | 'unknown_refund'
  | 'unknown_state'
  | `http_${number}`;

export const openPayment = stateWithoutMoney('open');
export const unsurePayment = (code: OwnCode): Asked => stateWithoutMoney('unsure', code);

/** Any state but `paid`. */
export function stateWithoutMoney(
  state: Exclude<Asked['state'], 'paid' | 'unknown-here'>,
  code: string | null = null,
): Asked {
  return { state, paidOre: null, settlement: null, code };
}

/** @throws Problem `bad-input` for what is no sum of money that somebody could pay. */
export function checkAmount(amountOre: number): void {
  if (Number.isSafeInteger(amountOre) && amountOre >= 1 && amountOre <= amountOreMax) return;
  throw new Problem('bad-input', 'not a sum that can be paid');
}

/** 999 999 999 999.99 kr, the most that Swish can write down. Banks have lower limits of their own. */
const amountOreMax = 99_999_999_999_999;
