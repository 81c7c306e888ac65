/** Cards, through Stripe Checkout: the customer pays on the provider's page, and no card number ever comes here. */
import type Stripe from 'stripe';
import { Problem } from '../../problem.ts';
import { bankText } from '../../text/bank.ts';
import type { RowId } from '../../ids.ts';
import {
  cleanCardCode,
  findRefund,
  readCreated,
  readRefund,
  readRefunded,
  readSession,
} from './card-answers.ts';
import { LineFailure, openCardLine } from './card-line.ts';
import { checkAmount, stateWithoutMoney, unsurePayment } from './way.ts';
import type {
  Asked,
  BankWay,
  Created,
  PaymentKnown,
  PaymentWish,
  RefundAsked,
  RefundKnown,
  RefundWish,
  Refunded,
} from './way.ts';

/** In a configuration file: the names of the files with the keys, each readable by their owner alone. */
export type CardOptions = {
  /** `sk_…` or, better, `rk_…` with no right but to write checkout sessions and refunds. */
  readonly secretKey: string;
  /** `whsec_…` of our endpoint, two while one replaces the other. */
  readonly webhookSecrets: readonly string[];
  /** For one question and answer; 10 000 if nothing is said. A lost one is tried once more. */
  readonly timeoutMs?: number;
  /** Before it is tried once more; 300 if nothing is said. */
  readonly retryDelayMs?: number;
  /** The sandbox's stand-in on loopback, over HTTP; Stripe itself if nothing is said. */
  readonly standIn?: { readonly host: string; readonly port: number };
};

/** What Stripe asks between the creation of a session and its end. */
const sessionLifetimeMinutes = 30;
/** For the way there and for clocks that differ. */
const slackSeconds = 120;
const timeoutMsDefault = 10_000;
const retryDelayMsDefault = 300;
const refundsListed = 100;

/** @throws Problem `bad-input` when a real key would go out in clear, or the options are no options. */
export function openCard(options: CardOptions): BankWay {
  checkOptions(options);
  const { retryDelayMs = retryDelayMsDefault } = options;
  const line: Line = { library: openLibrary(options), retryDelayMs };
  return {
    way: 'card',
    create: (wish) => create(line, wish),
    ask: (payment) => ask(line, payment),
    cancel: (payment) => cancel(line, payment),
    refund: (wish) => refund(line, wish),
    askRefund: (known) => askRefund(line, known),
  };
}

type Line = { readonly library: () => Promise<Stripe>; readonly retryDelayMs: number };

function checkOptions({ secretKey, standIn }: CardOptions): void {
  if (!/^[sr]k_(?:test|live)_[A-Za-z0-9]{8,250}$/.test(secretKey)) {
    throw new Problem('bad-input', 'the key for card payments must begin with sk_ or rk_');
  }
  if (!standIn) return;
  const isLoopback = ['127.0.0.1', 'localhost', '::1'].includes(standIn.host);
  if (isLoopback && secretKey.slice(3, 8) === 'test_') return;
  throw new Problem(
    'bad-input',
    'card payments go over HTTP on loopback alone, and with a test key',
  );
}

/** The library is large, so it is loaded when the first card payment needs it. */
function openLibrary({ secretKey, standIn, timeoutMs = timeoutMsDefault }: CardOptions) {
  let opened: Promise<Stripe> | undefined;
  const load = async (): Promise<Stripe> => {
    const { default: Library } = await import('stripe');
    return new Library(secretKey, {
      httpClient: openCardLine(timeoutMs),
      // Otherwise it would write a file to name this machine by, and measure us.
      telemetry: false,
      // We try again ourselves, because only here is it known what was sent.
      maxNetworkRetries: 0,
      ...(standIn && { ...standIn, protocol: 'http' }),
    });
  };
  return (): Promise<Stripe> => (opened ??= load());
}

/** What came of a question: an answer, a refusal by code, or nothing certain. */
type Outcome =
  | { readonly kind: 'answer'; readonly body: unknown }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string }
  | { readonly kind: 'unsent' }
  | {
      readonly kind: 'unsure';
      readonly code: 'no_answer' | 'unreadable_answer' | `http_${number}`;
    };

/** Asks, and once more when nothing certain came of it: keys and ids make that the same question. */
async function askTwice(
  line: Line,
  question: (stripe: Stripe) => Promise<unknown>,
): Promise<Outcome> {
  const first = await askOnce(line, question);
  if (first.kind === 'answer' || first.kind === 'refused') return first;
  await new Promise((resolve) => setTimeout(resolve, line.retryDelayMs));
  const second = await askOnce(line, question);
  // The first one may have arrived even if the second one was not looked at.
  const isTurnedAway = second.kind === 'refused' && [401, 403, 429].includes(second.status);
  return second.kind === 'unsent' || isTurnedAway ? first : second;
}

async function askOnce(
  line: Line,
  question: (stripe: Stripe) => Promise<unknown>,
): Promise<Outcome> {
  const stripe = await line.library();
  try {
    return { kind: 'answer', body: await question(stripe) };
  } catch (error) {
    return outcomeOf(error as Partial<Stripe.errors.StripeError>);
  }
}

function outcomeOf(error: Partial<Stripe.errors.StripeError>): Outcome {
  const { detail, statusCode, rawType } = error;
  if (detail instanceof LineFailure) {
    return detail.sent ? { kind: 'unsure', code: 'no_answer' } : { kind: 'unsent' };
  }
  if (statusCode === undefined) return { kind: 'unsure', code: 'unreadable_answer' };
  const isRefusal = statusCode >= 400 && statusCode < 500 && ![408, 409].includes(statusCode);
  // A key that came back with other words belongs to a payment that exists.
  if (!isRefusal || rawType === 'idempotency_error') {
    return { kind: 'unsure', code: `http_${statusCode}` };
  }
  const code = cleanCardCode(error.decline_code) ?? cleanCardCode(error.code);
  return { kind: 'refused', status: statusCode, code: code ?? `http_${statusCode}` };
}

async function create(line: Line, wish: PaymentWish): Promise<Created> {
  checkAmount(wish.amountOre);
  const outcome = await askTwice(line, (stripe) =>
    stripe.checkout.sessions.create(sessionOf(wish), { idempotencyKey: wish.paymentId }),
  );
  switch (outcome.kind) {
    case 'answer':
      return readCreated(outcome.body, wish);
    case 'refused':
      return { outcome: 'refused', code: outcome.code };
    case 'unsent':
      return { outcome: 'refused', code: 'unreachable' };
    case 'unsure':
      return { outcome: 'unsure', reference: null };
  }
}

/** No customer, no address of any kind, and one line: what was ordered is nobody's business at the bank. */
function sessionOf(wish: PaymentWish): Stripe.Checkout.SessionCreateParams {
  const product = { name: bankText[wish.language].order(wish.number) };
  return {
    mode: 'payment',
    allowed_payment_method_types: ['card'],
    // Link is a purse of the provider's own, which remembers people by their address.
    wallet_options: { link: { display: 'never' } },
    line_items: [
      {
        quantity: 1,
        price_data: { currency: 'sek', unit_amount: wish.amountOre, product_data: product },
      },
    ],
    success_url: wish.returnUrl,
    cancel_url: wish.cancelUrl,
    client_reference_id: wish.paymentId,
    metadata: { payment: wish.paymentId },
    payment_intent_data: { description: wish.number, metadata: { payment: wish.paymentId } },
    locale: wish.language,
    expires_at: endOf(wish),
  };
}

/**
 * In seconds since 1970. Stripe refuses less than half an hour. The earliest end counts from the moment that the
 * payment's id was made, not from now, so that the same wish always says the same.
 */
function endOf({ expiresAt, paymentId }: PaymentWish): number {
  const earliest = madeAtSeconds(paymentId) + sessionLifetimeMinutes * 60 + slackSeconds;
  return Math.max(Math.ceil(expiresAt.epochMilliseconds / 1000), earliest);
}

/** The time within a uuid version 7: its first 48 bits, in milliseconds. */
function madeAtSeconds(id: RowId): number {
  return Math.ceil(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16) / 1000);
}

async function ask(line: Line, payment: PaymentKnown): Promise<Asked> {
  const outcome = await askTwice(line, (stripe) =>
    stripe.checkout.sessions.retrieve(payment.reference, { expand: ['payment_intent'] }),
  );
  switch (outcome.kind) {
    case 'answer':
      return readSession(outcome.body, payment);
    case 'refused':
      if (outcome.status === 404) return { state: 'unknown-here' };
      return unsurePayment(`http_${outcome.status}`);
    case 'unsent':
      return unsurePayment('unreachable');
    case 'unsure':
      return unsurePayment(outcome.code);
  }
}

/** Only an open session can be ended; whatever the answer, what counts is what it is afterwards. */
async function cancel(line: Line, payment: PaymentKnown): Promise<Asked> {
  const ended = await askTwice(line, (stripe) =>
    stripe.checkout.sessions.expire(payment.reference),
  );
  const found = await ask(line, payment);
  if (ended.kind !== 'answer' || found.state !== 'expired') return found;
  return stateWithoutMoney('cancelled', found.code);
}

/** Stripe forgets keys after a day, so the refunds that it has made are looked through first. */
async function refund(line: Line, wish: RefundWish): Promise<Refunded> {
  checkAmount(wish.amountOre);
  const outcome = await askTwice(line, async (stripe) => {
    const made = await stripe.refunds.list({
      payment_intent: wish.settlement,
      limit: refundsListed,
    });
    return (
      findRefund(made, wish.refundId) ??
      (await stripe.refunds.create(refundOf(wish), { idempotencyKey: wish.refundId }))
    );
  });
  switch (outcome.kind) {
    case 'answer':
      return readRefunded(outcome.body, wish);
    case 'refused':
      return { outcome: 'refused', code: outcome.code };
    case 'unsent':
      return { outcome: 'refused', code: 'unreachable' };
    case 'unsure':
      return { outcome: 'unsure', reference: null };
  }
}

function refundOf(wish: RefundWish): Stripe.RefundCreateParams {
  return {
    payment_intent: wish.settlement,
    amount: wish.amountOre,
    reason: 'requested_by_customer',
    metadata: { refund: wish.refundId },
  };
}

async function askRefund(line: Line, known: RefundKnown): Promise<RefundAsked> {
  const outcome = await askTwice(line, (stripe) => stripe.refunds.retrieve(known.reference));
  switch (outcome.kind) {
    case 'answer':
      return readRefund(outcome.body, known);
    case 'refused':
      if (outcome.status === 404) return { state: 'unsure', code: 'unknown_refund' };
      return { state: 'unsure', code: `http_${outcome.status}` };
    case 'unsent':
      return { state: 'unsure', code: 'unreachable' };
    case 'unsure':
      return { state: 'unsure', code: outcome.code };
  }
}
