/** Both banks seen from the counter: what lies there, and what the people on the other side do. */
import type { Books, CardRefund, CardSession, SwishPayment, SwishRefund } from './bank-books.ts';
import type { CardDesk } from './bank-card.ts';
import type { SwishDesk } from './bank-swish.ts';

export type RefundAtBank = {
  readonly id: string;
  readonly amountOre: number;
  readonly state: 'under-way' | 'done' | 'failed';
  readonly code: string | null;
};

export type PaymentAtBank = {
  /** What the bank calls it: the `instructionUUID`, or the id of the checkout session. */
  readonly id: string;
  readonly way: 'swish' | 'card';
  /** What the payer reads. */
  readonly text: string;
  readonly amountOre: number;
  readonly state:
    'waiting' | 'processing' | 'paid' | 'declined' | 'cancelled' | 'expired' | 'failed';
  /** Of the error it ended with, or of the last card that was declined. */
  readonly code: string | null;
  readonly createdAt: Temporal.Instant;
  /** Of the page on which the payer decides; null where Swish opens the app itself. */
  readonly payerPath: string | null;
  readonly refunds: readonly RefundAtBank[];
};

/** Each answers whether that was possible. Ids of payments and refunds of both ways are taken. */
export type Counter = {
  /** Newest first. */
  payments(): readonly PaymentAtBank[];
  approve(id: string): Promise<boolean>;
  /** With a card, the page stays open for another one. */
  decline(id: string): Promise<boolean>;
  /** Swish: ends as ERROR with the code. Card: the card is declined for this reason. */
  fail(id: string, code: string): Promise<boolean>;
  timeOut(id: string): Promise<boolean>;
  /** Cards alone: the page is done, and whether the money comes shows later (`approve`, `decline`). */
  hold(id: string): Promise<boolean>;
  dispute(id: string): Promise<boolean>;
  approveRefund(id: string): Promise<boolean>;
  failRefund(id: string, code: string): Promise<boolean>;
};

export function openCounter(parts: {
  readonly books: Books;
  readonly swish: SwishDesk;
  readonly card: CardDesk;
}): Counter {
  const { books, swish, card } = parts;
  const isSwish = (id: string) => books.swishPayments.has(id);
  const isSwishRefund = (id: string) => books.swishRefunds.has(id);
  return {
    payments: () => paymentsIn(books),
    approve: (id) => (isSwish(id) ? swish.end(id, 'PAID') : card.move(id, 'paid')),
    decline: (id) =>
      isSwish(id) ? swish.end(id, 'DECLINED') : card.move(id, { declined: 'generic_decline' }),
    fail: (id, code) => (isSwish(id) ? swish.end(id, { code }) : card.move(id, { declined: code })),
    timeOut: (id) => (isSwish(id) ? swish.end(id, { code: 'TM01' }) : card.move(id, 'expired')),
    hold: (id) => card.move(id, 'processing'),
    dispute: (id) => card.dispute(id),
    approveRefund: (id) =>
      isSwishRefund(id) ? swish.refunds.end(id, 'PAID') : card.refunds.end(id, 'succeeded'),
    failRefund: (id, code) =>
      isSwishRefund(id) ? swish.refunds.end(id, { code }) : card.refunds.end(id, { code }),
  };
}

function paymentsIn(books: Books): readonly PaymentAtBank[] {
  const all = [
    ...[...books.swishPayments.values()].map((each) => swishAtBank(books, each)),
    ...[...books.cardSessions.values()].map((each) => cardAtBank(books, each)),
  ];
  // The newest first also among those of one moment.
  return all
    .toSorted((one, other) => Temporal.Instant.compare(one.createdAt, other.createdAt))
    .toReversed();
}

function swishAtBank({ swishRefunds }: Books, payment: SwishPayment): PaymentAtBank {
  const refunds = [...swishRefunds.values()].filter(
    ({ originalPaymentReference }) => originalPaymentReference === payment.paymentReference,
  );
  return {
    id: payment.id,
    way: 'swish',
    text: payment.message,
    amountOre: payment.amountOre,
    state: swishState(payment),
    code: payment.errorCode,
    createdAt: Temporal.Instant.from(payment.createdAt),
    payerPath: payment.token === null ? null : `/swish-app?token=${payment.token}`,
    refunds: refunds.map(swishRefundAtBank),
  };
}

function swishState({ status, errorCode }: SwishPayment): PaymentAtBank['state'] {
  switch (status) {
    case 'CREATED':
      return 'waiting';
    case 'PAID':
      return 'paid';
    case 'DECLINED':
      return 'declined';
    case 'CANCELLED':
      return 'cancelled';
    case 'ERROR':
      return errorCode === 'TM01' ? 'expired' : 'failed';
  }
}

function swishRefundAtBank({ id, amountOre, status, errorCode }: SwishRefund): RefundAtBank {
  const state = status === 'PAID' ? 'done' : status === 'ERROR' ? 'failed' : 'under-way';
  return { id, amountOre, state, code: errorCode };
}

function cardAtBank({ cardRefunds }: Books, session: CardSession): PaymentAtBank {
  const refunds = [...cardRefunds.values()].filter(({ intentId }) => intentId === session.intentId);
  return {
    id: session.id,
    way: 'card',
    text: session.line,
    amountOre: session.amountOre,
    state: cardState(session),
    code: session.declineCode,
    createdAt: Temporal.Instant.from(session.createdAt),
    payerPath: `/checkout/${session.id}`,
    refunds: refunds.map(cardRefundAtBank),
  };
}

function cardState({ status, intentStatus }: CardSession): PaymentAtBank['state'] {
  switch (status) {
    case 'open':
      return 'waiting';
    case 'expired':
      return 'expired';
    case 'complete':
      if (intentStatus === 'succeeded') return 'paid';
      return intentStatus === 'processing' ? 'processing' : 'failed';
  }
}

function cardRefundAtBank({ id, amountOre, status, failureReason }: CardRefund): RefundAtBank {
  const state = status === 'succeeded' ? 'done' : status === 'failed' ? 'failed' : 'under-way';
  return { id, amountOre, state, code: failureReason };
}
