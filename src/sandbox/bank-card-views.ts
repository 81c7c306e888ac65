/** The objects of Stripe's interface, as far as we look at them and a little further. */
import type { CardRefund, CardSession } from './bank-books.ts';
import { secondsOf } from './bank-card-events.ts';

const secondsIn = (time: string): number => secondsOf(Temporal.Instant.from(time));

export function sessionView(
  session: CardSession,
  { url, expands }: { readonly url: string; readonly expands: boolean },
) {
  const intent = expands ? intentView(session) : session.intentId;
  return {
    id: session.id,
    object: 'checkout.session',
    amount_subtotal: session.amountOre,
    amount_total: session.amountOre,
    cancel_url: session.cancelUrl,
    client_reference_id: session.clientReference,
    created: secondsIn(session.createdAt),
    currency: 'sek',
    customer: null,
    // What Stripe asks the payer for is there, and it is nothing that we need.
    customer_details: session.status === 'complete' ? { email: 'payer@example.com' } : null,
    expires_at: secondsIn(session.expiresAt),
    livemode: false,
    locale: session.locale,
    metadata: session.metadata,
    mode: 'payment',
    payment_intent: session.intentStatus === null ? null : intent,
    payment_status: session.intentStatus === 'succeeded' ? 'paid' : 'unpaid',
    status: session.status,
    success_url: session.successUrl,
    ui_mode: 'hosted_page',
    url: session.status === 'open' ? url : null,
  };
}

export function intentView(session: CardSession) {
  return {
    id: session.intentId,
    object: 'payment_intent',
    amount: session.amountOre,
    amount_received: session.intentStatus === 'succeeded' ? session.amountOre : 0,
    currency: 'sek',
    description: session.description,
    livemode: false,
    last_payment_error:
      session.declineCode === null
        ? null
        : { type: 'card_error', code: 'card_declined', decline_code: session.declineCode },
    metadata: session.intentMetadata,
    status: session.intentStatus ?? 'requires_payment_method',
  };
}

export function refundView(refund: CardRefund) {
  return {
    id: refund.id,
    object: 'refund',
    amount: refund.amountOre,
    created: secondsIn(refund.createdAt),
    currency: 'sek',
    failure_reason: refund.failureReason ?? undefined,
    metadata: refund.metadata,
    payment_intent: refund.intentId,
    status: refund.status,
  };
}
