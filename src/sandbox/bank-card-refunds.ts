/** Refunds at the stand-in of Stripe. */
import { randomBytes } from 'node:crypto';
import type { Books, CardRefund, CardSession } from './bank-books.ts';
import { readRefundWish, refuse } from './bank-card-rules.ts';
import { refundView } from './bank-card-views.ts';
import type { CardParts } from './bank-card.ts';
import type { Question, Reply } from './bank-door.ts';

export type CardRefunds = {
  create(question: Question): Promise<Reply>;
  list(question: Question): Reply;
  show(id: string): Reply;
  /** A refund can fail after it has succeeded, when the payer's bank sends it back. */
  end(id: string, end: 'succeeded' | { readonly code: string }): Promise<boolean>;
};

const listedMax = 100;

export function openCardRefunds(parts: CardParts): CardRefunds {
  return {
    create: (question) => create(parts, question),
    list: (question) => list(parts, question),
    show: (id) => show(parts, id),
    end: (id, end) => endRefund(parts, id, end),
  };
}

async function create(parts: CardParts, { body }: Question): Promise<Reply> {
  const { books, clock, weather } = parts;
  const wish = readRefundWish(body);
  if ('status' in wish) return wish;
  const session = [...books.cardSessions.values()].find(
    ({ intentId }) => intentId === wish.payment_intent,
  );
  if (!session) return refuse(404, 'resource_missing', 'payment_intent');
  if (session.intentStatus !== 'succeeded') return refuse(400, undefined, 'payment_intent');
  const leftOre = leftOf(books, session);
  const amountOre = wish.amount ?? leftOre;
  if (leftOre === 0) return refuse(400, 'charge_already_refunded');
  if (amountOre < 1 || amountOre > leftOre) return refuse(400, undefined, 'amount');
  const refund: CardRefund = {
    id: `re_${randomBytes(12).toString('hex')}`,
    intentId: session.intentId,
    amountOre,
    status: weather().refunds === 'fair' ? 'succeeded' : 'pending',
    failureReason: null,
    metadata: wish.metadata,
    createdAt: clock().toString(),
  };
  books.cardRefunds.set(refund.id, refund);
  await books.save();
  void tell(parts, 'charge.refunded', refund);
  // The answer was true when it was given.
  const answer = JSON.stringify(refundView(refund));
  if (weather().refunds === 'failing') await endRefund(parts, refund.id, { code: 'declined' });
  return { status: 200, made: true, body: answer };
}

function leftOf({ cardRefunds }: Books, session: CardSession): number {
  const taken = [...cardRefunds.values()].filter(
    ({ intentId, status }) => intentId === session.intentId && status !== 'failed',
  );
  return taken.reduce((left, { amountOre }) => left - amountOre, session.amountOre);
}

/** Newest first, as Stripe does. */
function list({ books }: CardParts, { query }: Question): Reply {
  const asked = Number(query.get('limit') ?? 10);
  const most = Math.min(Number.isInteger(asked) && asked > 0 ? asked : 10, listedMax);
  const intent = query.get('payment_intent');
  const found = [...books.cardRefunds.values()]
    .filter(({ intentId }) => intent === null || intentId === intent)
    .toReversed();
  const data = found.slice(0, most).map((refund) => refundView(refund));
  const body = { object: 'list', url: '/v1/refunds', has_more: found.length > most, data };
  return { status: 200, body: JSON.stringify(body) };
}

function show({ books }: CardParts, id: string): Reply {
  const refund = books.cardRefunds.get(id);
  if (!refund) return refuse(404, 'resource_missing', 'refund');
  return { status: 200, body: JSON.stringify(refundView(refund)) };
}

async function endRefund(
  parts: CardParts,
  id: string,
  end: 'succeeded' | { readonly code: string },
): Promise<boolean> {
  const refund = parts.books.cardRefunds.get(id);
  if (!refund || refund.status === 'failed') return false;
  if (end === 'succeeded' && refund.status === 'succeeded') return false;
  const ended: CardRefund =
    end === 'succeeded'
      ? { ...refund, status: 'succeeded' }
      : { ...refund, status: 'failed', failureReason: end.code };
  parts.books.cardRefunds.set(id, ended);
  await parts.books.save();
  void tell(parts, end === 'succeeded' ? 'refund.updated' : 'refund.failed', ended);
  return true;
}

function tell({ events, books }: CardParts, type: string, refund: CardRefund) {
  if (type !== 'charge.refunded') return events.tell(type, refundView(refund));
  const session = [...books.cardSessions.values()].find(
    ({ intentId }) => intentId === refund.intentId,
  );
  return events.tell(type, {
    id: `ch_${refund.intentId.slice(3)}`,
    object: 'charge',
    amount: session?.amountOre,
    payment_intent: refund.intentId,
    refunded: session !== undefined && leftOf(books, session) === 0,
  });
}
