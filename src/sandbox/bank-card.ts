/** The stand-in of Stripe: checkout sessions, payment intents, refunds, and keys that make twice the same as once. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Books, CardSession } from './bank-books.ts';
import type { CardEvents } from './bank-card-events.ts';
import { openCardRefunds } from './bank-card-refunds.ts';
import type { CardRefunds } from './bank-card-refunds.ts';
import { secondsOf } from './bank-card-events.ts';
import { distort } from './bank-card-lies.ts';
import { readSessionWish, refuse } from './bank-card-rules.ts';
import { intentView, sessionView } from './bank-card-views.ts';
import type { Question, Reply } from './bank-door.ts';
import type { BankWeather } from './bank-weather.ts';

export type CardParts = {
  readonly books: Books;
  readonly clock: () => Temporal.Instant;
  readonly weather: () => BankWeather;
  readonly events: CardEvents;
  /** Of the hosted page for a session. */
  readonly pageOf: (sessionId: string) => string;
};

export type CardEnd = 'paid' | 'processing' | 'expired' | { readonly declined: string };

export type CardDesk = {
  answer(question: Question): Promise<Reply>;
  /** What the payer does, or time; false when the session does not allow it any more. */
  move(sessionId: string, to: CardEnd): Promise<boolean>;
  /** The payer's bank takes the money back. False when it was not paid. */
  dispute(sessionId: string): Promise<boolean>;
  sweep(): Promise<void>;
  readonly refunds: CardRefunds;
};

/** How long an answer is kept for its key. */
const keyHours = 24;

export function openCardDesk(parts: CardParts): CardDesk {
  const refunds = openCardRefunds(parts);
  const underWay = new Set<string>();
  return {
    refunds,
    move: (id, to) => move(parts, id, to),
    dispute: (id) => dispute(parts, id),
    sweep: () => sweep(parts),
    answer: async (question) => {
      if (!isAuthorised(parts.books.secretKey, question)) return refuse(401);
      await sweep(parts);
      const act = (): Promise<Reply> => answerPath(parts, refunds, question);
      const reply = await (question.method === 'POST'
        ? answerOnce({ parts, underWay, question, act })
        : act());
      return distorted(reply, parts.weather());
    },
  };
}

function distorted(reply: Reply, { truth }: BankWeather): Reply {
  if (truth === 'fair' || reply.body === undefined) return reply;
  const told = JSON.parse(reply.body) as Readonly<Record<string, unknown>>;
  return { ...reply, body: JSON.stringify(distort(told, truth)) };
}

function isAuthorised(secretKey: string, { headers }: Question): boolean {
  const given = Buffer.from(headers.authorization ?? '');
  const expected = Buffer.from(`Bearer ${secretKey}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** What was answered to a key is answered again; the same key with another question is an error of who asks. */
async function answerOnce(work: {
  readonly parts: CardParts;
  readonly underWay: Set<string>;
  readonly question: Question;
  readonly act: () => Promise<Reply>;
}): Promise<Reply> {
  const { parts, underWay, question, act } = work;
  const { books, clock } = parts;
  const id = question.headers['idempotency-key'];
  if (typeof id !== 'string') return act();
  const fingerprint = createHash('sha256')
    .update(`${question.path}\n${question.body}`)
    .digest('hex');
  const earlier = books.replays.get(id);
  if (earlier && earlier.fingerprint !== fingerprint) {
    return refuse(400, undefined, undefined, 'idempotency_error');
  }
  const replayed = { 'idempotent-replayed': 'true' };
  if (earlier) return { status: earlier.status, body: earlier.body, headers: replayed, made: true };
  if (underWay.has(id)) return refuse(409, 'idempotency_key_in_use');
  underWay.add(id);
  try {
    const reply = await act();
    const { status, body = '' } = reply;
    // What is refused before anything was done is not kept.
    if (status < 400)
      books.replays.set(id, { id, fingerprint, status, body, at: clock().toString() });
    await books.save();
    return reply;
  } finally {
    underWay.delete(id);
  }
}

async function answerPath(
  parts: CardParts,
  refunds: CardRefunds,
  question: Question,
): Promise<Reply> {
  const [, kind = '', id, action = ''] =
    /^\/v1\/(checkout\/sessions|payment_intents|refunds)(?:\/([A-Za-z0-9_]{1,200}))?(\/expire)?$/.exec(
      question.path,
    ) ?? [];
  const { method } = question;
  switch (`${method} ${kind}${id === undefined ? '' : '/:id'}${action}`) {
    case 'POST checkout/sessions':
      return createSession(parts, question);
    case 'GET checkout/sessions/:id':
      return showSession(parts, id ?? '', question);
    case 'POST checkout/sessions/:id/expire':
      return expireSession(parts, id ?? '', question);
    case 'GET payment_intents/:id':
      return showIntent(parts, id ?? '');
    case 'POST refunds':
      return refunds.create(question);
    case 'GET refunds':
      return refunds.list(question);
    case 'GET refunds/:id':
      return refunds.show(id ?? '');
    default:
      return refuse(404);
  }
}

async function createSession(parts: CardParts, question: Question): Promise<Reply> {
  const { books, clock, weather } = parts;
  const read = readSessionWish(question.body, secondsOf(clock()));
  if ('status' in read) return read;
  const { wish, endsAt } = read;
  const [line] = wish.line_items;
  const session: CardSession = {
    id: `cs_test_${randomBytes(24).toString('hex')}`,
    intentId: `pi_${randomBytes(12).toString('hex')}`,
    clientReference: wish.client_reference_id ?? null,
    metadata: wish.metadata,
    intentMetadata: wish.payment_intent_data.metadata,
    description: wish.payment_intent_data.description ?? null,
    line: line?.price_data.product_data.name ?? '',
    amountOre: line?.price_data.unit_amount ?? 0,
    successUrl: wish.success_url,
    cancelUrl: wish.cancel_url ?? null,
    locale: wish.locale,
    status: 'open',
    intentStatus: null,
    declineCode: null,
    createdAt: clock().toString(),
    expiresAt: Temporal.Instant.fromEpochMilliseconds(endsAt * 1000).toString(),
  };
  books.cardSessions.set(session.id, session);
  await books.save();
  if (weather().callbacks === 'early') await move(parts, session.id, 'paid');
  return { status: 200, made: true, body: JSON.stringify(told(parts, session, false)) };
}

function showSession(parts: CardParts, id: string, { query }: Question): Reply {
  const session = parts.books.cardSessions.get(id);
  if (!session) return refuse(404, 'resource_missing', 'session');
  const expands = [...query].some(
    ([name, value]) => /^expand\[\d*\]$/.test(name) && value === 'payment_intent',
  );
  return { status: 200, body: JSON.stringify(told(parts, session, expands)) };
}

async function expireSession(parts: CardParts, id: string, question: Question): Promise<Reply> {
  if (!parts.books.cardSessions.has(id)) return refuse(404, 'resource_missing', 'session');
  if (!(await move(parts, id, 'expired'))) return refuse(400, undefined, 'session');
  return showSession(parts, id, question);
}

function showIntent({ books }: CardParts, id: string): Reply {
  const session = [...books.cardSessions.values()].find(({ intentId }) => intentId === id);
  if (!session || session.intentStatus === null) return refuse(404, 'resource_missing', 'intent');
  return { status: 200, body: JSON.stringify(intentView(session)) };
}

function told({ pageOf }: CardParts, session: CardSession, expands: boolean) {
  return sessionView(session, { url: pageOf(session.id), expands });
}

async function move(parts: CardParts, id: string, to: CardEnd): Promise<boolean> {
  const { books, events, weather } = parts;
  const session = books.cardSessions.get(id);
  const moved = session && after(session, to);
  if (!moved) return false;
  books.cardSessions.set(id, moved.session);
  await books.save();
  const about = distort(aboutOf(parts, moved), weather().truth);
  const telling = events.tell(moved.event, about);
  if (weather().callbacks === 'early') await telling;
  return true;
}

type Moved = { readonly session: CardSession; readonly event: string };

/** Undefined for what cannot happen to the session as it is. */
function after(session: CardSession, to: CardEnd): Moved | undefined {
  const waits = session.status === 'complete' && session.intentStatus === 'processing';
  if (session.status !== 'open' && !waits) return undefined;
  const later = 'checkout.session.async_payment_';
  if (to === 'paid') {
    const paid = {
      ...session,
      status: 'complete',
      intentStatus: 'succeeded',
      declineCode: null,
    } as const;
    return { session: paid, event: waits ? `${later}succeeded` : 'checkout.session.completed' };
  }
  if (typeof to === 'object') {
    const declined = {
      ...session,
      intentStatus: 'requires_payment_method',
      declineCode: to.declined,
    } as const;
    // The page stays open after a declined card: the payer may take another.
    return {
      session: declined,
      event: waits ? `${later}failed` : 'payment_intent.payment_failed',
    };
  }
  if (waits) return undefined;
  if (to === 'expired') {
    return { session: { ...session, status: 'expired' }, event: 'checkout.session.expired' };
  }
  const processing = { ...session, status: 'complete', intentStatus: 'processing' } as const;
  return { session: processing, event: 'checkout.session.completed' };
}

function aboutOf(parts: CardParts, { session, event }: Moved) {
  return event.startsWith('payment_intent') ? intentView(session) : told(parts, session, false);
}

async function dispute({ books, events }: CardParts, id: string): Promise<boolean> {
  const session = books.cardSessions.get(id);
  if (session?.intentStatus !== 'succeeded') return false;
  await events.tell('charge.dispute.created', {
    id: `du_${randomBytes(12).toString('hex')}`,
    object: 'dispute',
    amount: session.amountOre,
    currency: 'sek',
    payment_intent: session.intentId,
    reason: 'fraudulent',
    status: 'needs_response',
  });
  return true;
}

/** Ends sessions whose time has come, and forgets keys after a day. */
async function sweep(parts: CardParts): Promise<void> {
  const now = parts.clock();
  const isBefore = (time: string, moment: Temporal.Instant) =>
    Temporal.Instant.compare(Temporal.Instant.from(time), moment) <= 0;
  for (const { id, at } of parts.books.replays.values()) {
    if (isBefore(at, now.subtract({ hours: keyHours }))) parts.books.replays.delete(id);
  }
  for (const { id, status, expiresAt } of parts.books.cardSessions.values()) {
    if (status === 'open' && isBefore(expiresAt, now)) await move(parts, id, 'expired');
  }
}
