/** Refunds at the stand-in of Swish: money goes back in steps, and each of them is told of. */
import type { Books, SwishPayment, SwishRefund } from './bank-books.ts';
import type { Question, Reply } from './bank-door.ts';
import { errorMessageOf, errorWished, readRefundRequest } from './bank-swish-rules.ts';
import type { RefundRequest } from './bank-swish-rules.ts';
import { jsonObject, kronorOf, refuse, swishLetter } from './bank-swish-words.ts';
import type { SwishParts } from './bank-swish.ts';

export type SwishRefunds = {
  create(id: string, question: Question): Promise<Reply>;
  show(id: string, question: Question): Reply;
  /** False when there is no such refund under way. */
  end(id: string, end: 'PAID' | { readonly code: string }): Promise<boolean>;
  /** After a start: those that were under way go on. */
  resume(): void;
};

/** How long a payment can be paid back; a bank's page says 12. */
const monthsMax = 13;
const stepSeconds = 1;

export function openSwishRefunds(parts: SwishParts): SwishRefunds {
  return {
    create: (id, question) => create(parts, id, question),
    show: (id, question) => show(parts, id, question),
    end: (id, end) => endRefund(parts, id, end),
    resume: () => {
      for (const refund of parts.books.swishRefunds.values()) plan(parts, refund);
    },
  };
}

async function create(parts: SwishParts, id: string, question: Question): Promise<Reply> {
  const { books, clock } = parts;
  const fields = jsonObject(question, 'application/json');
  if ('status' in fields) return fields;
  if (!/^[0-9A-F]{32}$/.test(id)) return refuse(400, 'PA01', 'instructionUUID');
  const wish = readRefundRequest(fields.value);
  if ('code' in wish) return refuse(422, wish.code, wish.information);
  if (wish.payerAlias !== question.peer) return refuse(403, 'PA01', 'payerAlias');
  if (books.swishRefunds.has(id)) return refuse(422, 'RP09');
  const wished = errorWished(wish.message);
  if (wished?.when === 'now') return refuse(422, wished.code);
  const original = findOriginal(books, wish);
  if (!original || isTooOld(original, clock())) return refuse(422, 'RF02');
  if (original.payeeAlias !== wish.payerAlias) return refuse(422, 'RF03');
  const leftOre = leftOf(books, original);
  if (wish.amountOre > leftOre) return refuse(422, 'RF08', kronorOf(leftOre));
  const refund: SwishRefund = {
    ...wish,
    id,
    payeeAlias: original.payerAlias,
    status: 'VALIDATED',
    errorCode: null,
    createdAt: clock().toString(),
  };
  books.swishRefunds.set(id, refund);
  await books.save();
  if (wished) parts.timetable.after(stepSeconds, () => step(parts, id, { code: wished.code }));
  else plan(parts, refund);
  const location = `https://${question.headers.host}/swish-cpcapi/api/v1/refunds/${id}`;
  return { status: 201, made: true, headers: { location } };
}

function findOriginal(books: Books, wish: RefundRequest): SwishPayment | undefined {
  return [...books.swishPayments.values()].find(
    ({ status, paymentReference }) =>
      status === 'PAID' && paymentReference === wish.originalPaymentReference,
  );
}

function isTooOld({ paidAt }: SwishPayment, now: Temporal.Instant): boolean {
  const paid = Temporal.Instant.from(paidAt ?? '').toZonedDateTimeISO('Europe/Stockholm');
  return Temporal.Instant.compare(paid.add({ months: monthsMax }).toInstant(), now) < 0;
}

function leftOf({ swishRefunds }: Books, original: SwishPayment): number {
  const taken = [...swishRefunds.values()]
    .filter(({ originalPaymentReference: of }) => of === original.paymentReference)
    .filter(({ status }) => status !== 'ERROR');
  return taken.reduce((left, { amountOre }) => left - amountOre, original.amountOre);
}

function plan(parts: SwishParts, { id, status }: SwishRefund): void {
  const { weather, timetable } = parts;
  if (status === 'PAID' || status === 'ERROR') return;
  switch (weather().refunds) {
    case 'held':
      return;
    case 'failing':
      timetable.after(stepSeconds, () => step(parts, id, { code: 'FF10' }));
      return;
    case 'fair':
      timetable.after(stepSeconds, () => step(parts, id, 'DEBITED'));
      timetable.after(2 * stepSeconds, () => step(parts, id, 'PAID'));
  }
}

async function endRefund(
  parts: SwishParts,
  id: string,
  end: 'PAID' | { readonly code: string },
): Promise<boolean> {
  const refund = parts.books.swishRefunds.get(id);
  if (!refund || refund.status === 'PAID' || refund.status === 'ERROR') return false;
  await step(parts, id, end);
  return true;
}

async function step(
  { books, post }: SwishParts,
  id: string,
  to: 'DEBITED' | 'PAID' | { readonly code: string },
): Promise<void> {
  const refund = books.swishRefunds.get(id);
  if (!refund || refund.status === 'PAID' || refund.status === 'ERROR') return;
  const stepped: SwishRefund = {
    ...refund,
    status: typeof to === 'string' ? to : 'ERROR',
    errorCode: typeof to === 'string' ? null : to.code,
  };
  books.swishRefunds.set(id, stepped);
  await books.save();
  void post.send(swishLetter(stepped, view(stepped)));
}

function show({ books, weather }: SwishParts, id: string, { peer }: Question): Reply {
  const refund = books.swishRefunds.get(id);
  if (refund?.payerAlias !== peer || !refund) return refuse(404, 'RP04');
  switch (weather().truth) {
    case 'fair':
      return { status: 200, body: JSON.stringify(view(refund)) };
    case 'wrong amount':
      return {
        status: 200,
        body: JSON.stringify(view({ ...refund, amountOre: refund.amountOre + 100 })),
      };
    case 'other payment':
      return { status: 200, body: JSON.stringify(view({ ...refund, id: '0'.repeat(32) })) };
  }
}

/** Here the amount is a number, as in some real answers, where that of a payment is text. */
function view(refund: SwishRefund) {
  return {
    id: refund.id,
    originalPaymentReference: refund.originalPaymentReference,
    payerPaymentReference: refund.payerPaymentReference,
    callbackUrl: refund.callbackUrl,
    payerAlias: refund.payerAlias,
    payeeAlias: refund.payeeAlias,
    amount: refund.amountOre / 100,
    currency: 'SEK',
    message: refund.message,
    status: refund.status,
    dateCreated: refund.createdAt,
    errorCode: refund.errorCode,
    errorMessage: refund.errorCode === null ? null : errorMessageOf(refund.errorCode),
  };
}
