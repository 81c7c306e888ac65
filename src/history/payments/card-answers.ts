/** What Stripe answers about a checkout session or a refund, held against what we know of it. */
import { z } from 'zod';
import { openPayment, stateWithoutMoney, unsurePayment } from './way.ts';
import type {
  Asked,
  Created,
  OwnCode,
  PaymentKnown,
  RefundAsked,
  RefundKnown,
  RefundWish,
  Refunded,
} from './way.ts';

const id = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9_]+$/);
const failure = z.object({ code: z.string().nullish(), decline_code: z.string().nullish() });
const metadata = z.record(z.string(), z.string()).nullish();

const intentShape = z.object({
  id,
  status: z.string().max(50),
  amount_received: z.number(),
  currency: z.string().max(10),
  last_payment_error: failure.nullish(),
});
const createdShape = z.object({
  id,
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullish(),
  amount_total: z.number().nullish(),
  currency: z.string().max(10).nullish(),
  client_reference_id: z.string().max(200).nullish(),
});
const sessionShape = createdShape.extend({
  status: z.enum(['open', 'complete', 'expired']),
  payment_status: z.enum(['paid', 'unpaid', 'no_payment_required']),
  payment_intent: intentShape.nullish(),
});
const refundShape = z.object({
  id,
  status: z.enum(['pending', 'requires_action', 'succeeded', 'failed', 'canceled']),
  amount: z.number(),
  currency: z.string().max(10),
  failure_reason: z.string().nullish(),
  metadata,
});
/** All of them at once: nobody pays one order back in more than a hundred parts. */
const refundListShape = z.object({
  data: z.array(z.looseObject({ metadata })),
  has_more: z.literal(false),
});

type Session = z.infer<typeof sessionShape>;

/** Undefined for what is no code of Stripe. */
export function cleanCardCode(code: string | null | undefined): string | undefined {
  const clean = (code ?? '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]/g, '')
    .slice(0, 60);
  return clean === '' ? undefined : clean;
}

export function readCreated(
  answer: unknown,
  asked: { readonly paymentId: string; readonly amountOre: number },
): Created {
  const parsed = createdShape.safeParse(answer);
  if (!parsed.success || parsed.data.url == null) return { outcome: 'unsure', reference: null };
  const { id: reference, url } = parsed.data;
  // Another payment's page is nobody's business here, and its id would only lead astray.
  if (lieIn(parsed.data, asked) !== undefined) return { outcome: 'unsure', reference: null };
  return { outcome: 'open', reference, handover: { kind: 'redirect', url } };
}

export function readSession(answer: unknown, asked: PaymentKnown): Asked {
  const parsed = sessionShape.safeParse(answer);
  if (!parsed.success) return unsurePayment('unreadable_answer');
  const session = parsed.data;
  if (session.id !== asked.reference) return unsurePayment('other_payment');
  const lie = lieIn(session, asked);
  if (lie !== undefined) return unsurePayment(lie);
  const code = codeOfAttempt(session) ?? null;
  switch (session.status) {
    case 'open':
      return stateWithoutMoney('open', code);
    case 'expired':
      return mayHavePaid(session)
        ? unsurePayment('unknown_state')
        : stateWithoutMoney('expired', code);
    case 'complete':
      return session.payment_status === 'paid' ? paid(session, asked) : underWay(session, code);
  }
}

function mayHavePaid({ payment_intent: intent }: Session): boolean {
  return ['processing', 'requires_capture', 'succeeded'].includes(intent?.status ?? '');
}

/** The last word has the payment intent: the money that was received, whatever the session says. */
function paid({ payment_intent: intent }: Session, { amountOre }: PaymentKnown): Asked {
  if (intent == null) return unsurePayment('unreadable_answer');
  if (intent.status !== 'succeeded') return unsurePayment('unknown_state');
  if (intent.currency !== 'sek') return unsurePayment('currency_differs');
  if (intent.amount_received !== amountOre) return unsurePayment('amount_differs');
  return { state: 'paid', paidOre: amountOre, settlement: intent.id, code: null };
}

/** Complete but not paid: the way to pay takes its time. Cards do not, but the account may allow others. */
function underWay({ payment_intent: intent }: Session, code: string | null): Asked {
  switch (intent?.status) {
    case 'processing':
    case 'requires_action':
      return openPayment;
    case 'requires_payment_method':
      return stateWithoutMoney('failed', code);
    case 'canceled':
      return stateWithoutMoney('cancelled', code);
    default:
      return unsurePayment('unknown_state');
  }
}

function codeOfAttempt({ payment_intent: intent }: Session): string | undefined {
  const error = intent?.last_payment_error;
  return cleanCardCode(error?.decline_code) ?? cleanCardCode(error?.code);
}

type Told = Pick<Session, 'amount_total' | 'currency' | 'client_reference_id'>;

function lieIn(
  told: Told,
  asked: { readonly paymentId: string; readonly amountOre: number },
): OwnCode | undefined {
  if (told.client_reference_id !== asked.paymentId) return 'other_payment';
  if (told.currency !== 'sek') return 'currency_differs';
  if (told.amount_total !== asked.amountOre) return 'amount_differs';
  return undefined;
}

/** What became of a refund that was just asked for. */
export function readRefunded(answer: unknown, wish: RefundWish): Refunded {
  const parsed = refundShape.safeParse(answer);
  if (!parsed.success || lieInRefund(parsed.data, wish) !== undefined) {
    return { outcome: 'unsure', reference: null };
  }
  const { id: reference } = parsed.data;
  const { state, code } = stateOf(parsed.data);
  switch (state) {
    case 'under-way':
      return { outcome: 'sent', reference };
    case 'done':
      return { outcome: 'done', reference };
    case 'failed':
    case 'unsure':
      return { outcome: 'refused', code: code ?? 'refund_failed' };
  }
}

export function readRefund(answer: unknown, asked: RefundKnown): RefundAsked {
  const parsed = refundShape.safeParse(answer);
  if (!parsed.success) return { state: 'unsure', code: 'unreadable_answer' };
  const lie =
    parsed.data.id === asked.reference ? lieInRefund(parsed.data, asked) : 'other_payment';
  return lie === undefined ? stateOf(parsed.data) : { state: 'unsure', code: lie };
}

/** In the list of a payment's refunds the one that was made for `refundId`; null when there is none yet. */
export function findRefund(answer: unknown, refundId: string): unknown {
  const { data } = refundListShape.parse(answer);
  return data.find((refund) => refund.metadata?.refund === refundId) ?? null;
}

function lieInRefund(
  told: z.infer<typeof refundShape>,
  asked: { readonly refundId: string; readonly amountOre: number },
): OwnCode | undefined {
  if (told.metadata?.refund !== asked.refundId) return 'other_payment';
  if (told.currency !== 'sek') return 'currency_differs';
  return told.amount === asked.amountOre ? undefined : 'amount_differs';
}

function stateOf(refund: z.infer<typeof refundShape>): RefundAsked {
  switch (refund.status) {
    case 'pending':
    case 'requires_action':
      return { state: 'under-way', code: null };
    case 'succeeded':
      return { state: 'done', code: null };
    case 'failed':
    case 'canceled':
      return { state: 'failed', code: cleanCardCode(refund.failure_reason) ?? null };
  }
}
