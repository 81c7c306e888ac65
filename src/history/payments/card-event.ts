/** Events that Stripe sends: who sent them, and what to look at. What they say of it is asked anew. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { isRowId } from '../../ids.ts';
import type { RowId } from '../../ids.ts';
import { parseJson } from './bank-request.ts';

const cardEventKinds = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'charge.refunded',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
] as const;

/**
 * An event may come twice, late, or before an earlier one: its id is for finding the second time. `other` is one that
 * nobody here waits for; it is answered with 200 and left.
 */
export type CardEvent = {
  readonly eventId: string;
  readonly kind: (typeof cardEventKinds)[number] | 'other';
  /** Our own id of the payment or the refund, as it was given to Stripe with it; null where there is none. */
  readonly about: RowId | null;
  readonly sessionId: string | null;
  readonly paymentIntent: string | null;
  readonly refundId: string | null;
  readonly disputeId: string | null;
};

const toleranceSeconds = 300;
const eventBytesMax = 256 * 1024;
const headerCharactersMax = 4_000;
/** One for each secret while secrets are exchanged; the rest would only cost time. */
const signaturesMax = 10;

const id = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9_]+$/);
/** Named by its id, or there as a whole. */
const reference = z.union([id, z.object({ id }).transform((whole) => whole.id)]).nullish();
const ours = z.string().refine(isRowId).optional().catch(undefined);
const eventShape = z.object({
  id,
  object: z.literal('event'),
  type: z.string().max(200),
  data: z.object({
    object: z.object({
      id: id.nullish(),
      object: z.string(),
      payment_intent: reference,
      metadata: z.object({ payment: ours, refund: ours }).nullish(),
    }),
  }),
});

/**
 * The event, or null for what is not from Stripe or not of the last five minutes. Stripe's own library looks at the
 * past alone; a time as far in the future is no better.
 *
 * @param rawBody as it came, to the byte.
 * @param header `Stripe-Signature`: `t=…,v1=…`, and several v1 while secrets are exchanged.
 */
export function verifyCardEvent(
  rawBody: Uint8Array | string,
  header: string | null | undefined,
  secrets: readonly string[],
  nowSeconds: number,
): CardEvent | null {
  const body = typeof rawBody === 'string' ? Buffer.from(rawBody) : rawBody;
  if (body.length > eventBytesMax || (header ?? '').length > headerCharactersMax) return null;
  const { times, signatures } = parseHeader(header ?? '');
  const [time] = times;
  if (times.length !== 1 || time === undefined || !/^\d{1,12}$/.test(time)) return null;
  if (Math.abs(nowSeconds - Number(time)) > toleranceSeconds) return null;
  const isSigned = secrets.some((secret) => isSignedWith(secret, { time, body, signatures }));
  return isSigned ? readEvent(Buffer.from(body).toString('utf8')) : null;
}

function parseHeader(header: string): { times: string[]; signatures: string[] } {
  const parts = header.split(',').map((part) => part.trim());
  const valuesOf = (scheme: string) =>
    parts.flatMap((part) => (part.startsWith(`${scheme}=`) ? [part.slice(scheme.length + 1)] : []));
  return { times: valuesOf('t'), signatures: valuesOf('v1').slice(0, signaturesMax) };
}

function isSignedWith(
  secret: string,
  signed: {
    readonly time: string;
    readonly body: Uint8Array;
    readonly signatures: readonly string[];
  },
): boolean {
  // An empty key would let anybody sign.
  if (secret === '') return false;
  const expected = createHmac('sha256', secret)
    .update(`${signed.time}.`)
    .update(signed.body)
    .digest();
  return signed.signatures.some((signature) => {
    const given = Buffer.from(/^[0-9a-f]{64}$/.test(signature) ? signature : '', 'hex');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

function readEvent(body: string): CardEvent | null {
  const parsed = eventShape.safeParse(parseJson(body));
  if (!parsed.success) return readOther(body);
  const { id: eventId, type, data } = parsed.data;
  const what = data.object;
  const idOf = (kind: string) => (what.object === kind ? (what.id ?? null) : null);
  return {
    eventId,
    kind: cardEventKinds.find((kind) => kind === type) ?? 'other',
    about: what.metadata?.refund ?? what.metadata?.payment ?? null,
    sessionId: idOf('checkout.session'),
    paymentIntent: what.payment_intent ?? idOf('payment_intent'),
    refundId: idOf('refund'),
    disputeId: idOf('dispute'),
  };
}

/** Signed, but of a form that we do not know: still not to be sent again. */
function readOther(body: string): CardEvent | null {
  const parsed = z.object({ id }).safeParse(parseJson(body));
  if (!parsed.success) return null;
  const nothing = {
    about: null,
    sessionId: null,
    paymentIntent: null,
    refundId: null,
    disputeId: null,
  };
  return { eventId: parsed.data.id, kind: 'other', ...nothing };
}
