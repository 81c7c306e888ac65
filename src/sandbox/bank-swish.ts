/** The stand-in of Swish: payments by version 2 of its interface, asking and cancelling by version 1. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Books, SwishPayment } from './bank-books.ts';
import type { Question, Reply } from './bank-door.ts';
import type { Post } from './bank-post.ts';
import { openSwishRefunds } from './bank-swish-refunds.ts';
import type { SwishRefunds } from './bank-swish-refunds.ts';
import { errorMessageOf, errorWished, readPaymentRequest } from './bank-swish-rules.ts';
import type { PaymentRequest } from './bank-swish-rules.ts';
import { jsonObject, kronorOf, refuse, swishLetter } from './bank-swish-words.ts';
import type { Timetable } from './bank-timetable.ts';
import type { BankWeather } from './bank-weather.ts';

export type SwishParts = {
  readonly books: Books;
  readonly clock: () => Temporal.Instant;
  readonly timetable: Timetable;
  readonly post: Post;
  readonly weather: () => BankWeather;
};

/** How a payment can end. */
export type SwishEnd = 'PAID' | 'DECLINED' | 'CANCELLED' | { readonly code: string };

export type SwishDesk = {
  answer(question: Question): Promise<Reply>;
  /** False when there is no such payment, or it has ended already. */
  end(id: string, end: SwishEnd): Promise<boolean>;
  /** Lets payments end that nobody has touched for too long. */
  sweep(): Promise<void>;
  readonly refunds: SwishRefunds;
};

/** Until the backend of Swish gives up: with the payer's number, and without. */
const lifetimeSeconds = { eCommerce: 180, mCommerce: 330 } as const;
/** What the simulator takes before it says how a payment ended. */
const simulatorSeconds = 4;
/** Of a number series that is kept free for films and books. */
const payer = '46701740605';

export function openSwishDesk(parts: SwishParts): SwishDesk {
  const refunds = openSwishRefunds(parts);
  const end = (id: string, how: SwishEnd) => endPayment(parts, id, how);
  return {
    end,
    refunds,
    sweep: () => sweep(parts),
    answer: async (question) => {
      await sweep(parts);
      const [, version, kind, id] =
        /^\/swish-cpcapi\/api\/(v[12])\/(paymentrequests|refunds)\/([0-9A-Za-z-]{1,40})$/.exec(
          question.path,
        ) ?? [];
      switch (`${question.method} ${version} ${kind}`) {
        case 'PUT v2 paymentrequests':
          return create(parts, id ?? '', question);
        case 'GET v1 paymentrequests':
          return show(parts, id ?? '', question);
        case 'PATCH v1 paymentrequests':
          return cancel(parts, id ?? '', question);
        case 'PUT v2 refunds':
          return refunds.create(id ?? '', question);
        case 'GET v1 refunds':
          return refunds.show(id ?? '', question);
        default:
          return { status: 404 };
      }
    },
  };
}

async function create(parts: SwishParts, id: string, question: Question): Promise<Reply> {
  const fields = jsonObject(question, 'application/json');
  if ('status' in fields) return fields;
  if (!/^[0-9A-F]{32}$/.test(id)) return refuse(400, 'PA01', 'instructionUUID');
  const wish = readPaymentRequest(fields.value);
  if ('code' in wish) return refuse(422, wish.code, wish.information);
  if (wish.payeeAlias !== question.peer) return refuse(403, 'PA01', 'payeeAlias');
  if (parts.books.swishPayments.has(id)) return refuse(422, 'RP09');
  if (isBusy(parts.books, wish.payerAlias)) return refuse(422, 'RP06');
  const wished = errorWished(wish.message);
  if (wished?.when === 'now') return refuse(422, wished.code);
  const payment = open(parts, id, wish);
  await parts.books.save();
  if (parts.weather().callbacks === 'early') await endPayment(parts, id, 'PAID');
  if (wished) {
    parts.timetable.after(simulatorSeconds, async () => {
      await endPayment(parts, id, { code: wished.code });
    });
  }
  return {
    status: 201,
    made: true,
    headers: {
      location: `https://${question.headers.host}/swish-cpcapi/api/v1/paymentrequests/${id}`,
      ...(payment.token !== null && { paymentrequesttoken: payment.token }),
    },
  };
}

function isBusy({ swishPayments }: Books, payerAlias: string | null): boolean {
  if (payerAlias === null) return false;
  return [...swishPayments.values()].some(
    (each) => each.payerAlias === payerAlias && each.status === 'CREATED',
  );
}

function open({ books, clock }: SwishParts, id: string, wish: PaymentRequest): SwishPayment {
  const payment: SwishPayment = {
    ...wish,
    id,
    token: wish.payerAlias === null ? randomUUID().replaceAll('-', '') : null,
    status: 'CREATED',
    paymentReference: null,
    errorCode: null,
    createdAt: clock().toString(),
    paidAt: null,
  };
  books.swishPayments.set(id, payment);
  return payment;
}

function show({ books, weather }: SwishParts, id: string, { peer }: Question): Reply {
  const payment = books.swishPayments.get(id);
  if (payment?.payeeAlias !== peer || !payment) return refuse(404, 'RP04');
  return { status: 200, body: JSON.stringify(told(books, payment, weather())) };
}

async function cancel(parts: SwishParts, id: string, question: Question): Promise<Reply> {
  const type = question.headers['content-type'];
  if (type !== 'application/json-patch+json') return { status: 415 };
  if (!isCancellation(question.body)) return refuse(400, 'PA01');
  const payment = parts.books.swishPayments.get(id);
  if (payment?.payeeAlias !== question.peer || !payment) return refuse(404, 'RP04');
  if (!(await endPayment(parts, id, 'CANCELLED'))) return refuse(422, 'RP07');
  return show(parts, id, question);
}

function isCancellation(body: string): boolean {
  try {
    const [step, ...more] = JSON.parse(body) as Record<string, unknown>[];
    const isIt = step?.op === 'replace' && step.path === '/status' && step.value === 'cancelled';
    return isIt && more.length === 0;
  } catch {
    return false;
  }
}

async function endPayment(parts: SwishParts, id: string, end: SwishEnd): Promise<boolean> {
  const { books, clock, post, weather } = parts;
  const payment = books.swishPayments.get(id);
  if (payment?.status !== 'CREATED') return false;
  const isPaid = end === 'PAID';
  const ended: SwishPayment = {
    ...payment,
    status: typeof end === 'string' ? end : 'ERROR',
    errorCode: typeof end === 'string' ? null : end.code,
    paymentReference: isPaid ? randomBytes(16).toString('hex').toUpperCase() : null,
    paidAt: isPaid ? clock().toString() : null,
    payerAlias: payment.payerAlias ?? (isPaid ? payer : null),
  };
  books.swishPayments.set(id, ended);
  await books.save();
  // Nobody waits for whoever is called, except where the callback is to come first.
  const calling = post.send(swishLetter(ended, told(books, ended, weather())));
  if (weather().callbacks === 'early') await calling;
  return true;
}

async function sweep(parts: SwishParts): Promise<void> {
  const now = parts.clock();
  for (const { id, status, payerAlias, createdAt } of parts.books.swishPayments.values()) {
    const seconds = payerAlias === null ? lifetimeSeconds.mCommerce : lifetimeSeconds.eCommerce;
    const endsAt = Temporal.Instant.from(createdAt).add({ seconds });
    if (status !== 'CREATED' || Temporal.Instant.compare(endsAt, now) > 0) continue;
    await endPayment(parts, id, { code: 'TM01' });
  }
}

/** The payment object of a GET and of a callback, as the weather lets it be. */
function told(books: Books, payment: SwishPayment, { truth }: BankWeather) {
  switch (truth) {
    case 'fair':
      return view(payment);
    case 'wrong amount':
      return view({ ...payment, amountOre: payment.amountOre + 100 });
    case 'other payment': {
      const other = [...books.swishPayments.values()].find(({ id }) => id !== payment.id);
      const unknown = { ...payment, id: randomBytes(16).toString('hex').toUpperCase() };
      return view(other ?? unknown);
    }
  }
}

function view(payment: SwishPayment) {
  return {
    id: payment.id,
    payeePaymentReference: payment.payeePaymentReference,
    paymentReference: payment.paymentReference,
    callbackUrl: payment.callbackUrl,
    payerAlias: payment.payerAlias,
    payeeAlias: payment.payeeAlias,
    amount: kronorOf(payment.amountOre),
    currency: 'SEK',
    message: payment.message,
    status: payment.status,
    dateCreated: payment.createdAt,
    datePaid: payment.paidAt,
    errorCode: payment.errorCode,
    errorMessage: payment.errorCode === null ? null : errorMessageOf(payment.errorCode),
  };
}
