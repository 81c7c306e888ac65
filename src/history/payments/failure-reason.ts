import type { FailedPayment } from './standing.ts';

/** Why a payment did not go through, as far as it matters to who wanted to pay. */
export type FailureReason =
  | 'stopped'
  | 'declined'
  | 'no-money'
  | 'card-expired'
  | 'not-identified'
  | 'busy'
  | 'too-late'
  | 'no-swish'
  | 'too-much'
  | 'unreachable'
  | 'unknown';

/** Codes of Swish and of Stripe, and our own; what is not here is told by the state of the payment. */
const reasons: Readonly<Record<string, FailureReason>> = {
  BANKIDCL: 'stopped',
  BANKIDONGOING: 'busy',
  BANKIDUNKN: 'not-identified',
  RF07: 'declined',
  TM01: 'too-late',
  RP06: 'busy',
  ACMT03: 'no-swish',
  ACMT17: 'no-swish',
  BE18: 'no-swish',
  AM02: 'too-much',
  unreachable: 'unreachable',
  http_429: 'unreachable',
  insufficient_funds: 'no-money',
  expired_card: 'card-expired',
  authentication_required: 'not-identified',
  payment_intent_authentication_failure: 'not-identified',
  card_declined: 'declined',
  generic_decline: 'declined',
  do_not_honor: 'declined',
  card_velocity_exceeded: 'too-much',
};

/** What a bank's code and the state of a payment mean in the end. */
export function failureReason({ state, code }: FailedPayment): FailureReason {
  if (state === 'cancelled') return 'stopped';
  const known = code === null ? undefined : reasons[code];
  if (known !== undefined) return known;
  if (state === 'declined') return 'declined';
  return state === 'expired' ? 'too-late' : 'unknown';
}
