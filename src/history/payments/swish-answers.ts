/** What Swish answers about a payment or a refund, held against what we know of it. */
import { z } from 'zod';
import { parseJson } from './bank-request.ts';
import { cleanSwishCode, failureOf } from './swish-errors.ts';
import { parseSwishAmount } from './swish-words.ts';
import { openPayment, stateWithoutMoney, unsurePayment } from './way.ts';
import type { Asked, OwnCode, RefundAsked } from './way.ts';

/** What an answer must agree with. */
export type Expected = {
  readonly instruction: string;
  readonly ourAlias: string;
  readonly amountOre: number;
};

const text = z.string().max(500).nullish();
const errorShape = z.object({ errorCode: z.string().max(100).nullish() });
const amount = z.union([z.string().max(20), z.number()]);
const paymentShape = z.object({
  id: z.string().max(100),
  payeeAlias: z.string().max(100),
  amount,
  currency: z.string().max(10),
  status: z.enum(['CREATED', 'PAID', 'DECLINED', 'ERROR', 'CANCELLED']),
  paymentReference: text,
  errorCode: text,
});
const refundShape = z.object({
  id: z.string().max(100),
  payerAlias: z.string().max(100),
  amount,
  currency: z.string().max(10),
  status: z.enum(['CREATED', 'VALIDATED', 'DEBITED', 'PAID', 'ERROR']),
  errorCode: text,
});
const settlementPattern = /^[0-9A-Za-z-]{1,64}$/;

/** The first code of an answer that refuses, which is a list of errors or, in some, one error. */
export function refusalIn(status: number, body: string): string {
  const answer = z.union([z.array(errorShape), errorShape]).safeParse(parseJson(body));
  const errors = answer.success ? [answer.data].flat() : [];
  const codes = errors.flatMap(({ errorCode }) => cleanSwishCode(errorCode ?? '') ?? []);
  return codes[0] ?? `http_${status}`;
}

export function readPayment(body: string, expected: Expected): Asked {
  const parsed = paymentShape.safeParse(parseJson(body));
  if (!parsed.success) return unsurePayment('unreadable_answer');
  const payment = parsed.data;
  const lie = lieIn({ ...payment, ourAlias: payment.payeeAlias }, expected);
  if (lie !== undefined) return unsurePayment(lie);
  const code = cleanSwishCode(payment.errorCode ?? '');
  switch (payment.status) {
    case 'CREATED':
      return openPayment;
    case 'PAID':
      return paid(payment.paymentReference ?? '', expected);
    case 'DECLINED':
      return stateWithoutMoney('declined', code);
    case 'CANCELLED':
      return stateWithoutMoney('cancelled', code);
    case 'ERROR':
      return stateWithoutMoney(failureOf(code), code);
  }
}

function paid(settlement: string, { amountOre }: Expected): Asked {
  if (!settlementPattern.test(settlement)) return unsurePayment('unreadable_answer');
  return { state: 'paid', paidOre: amountOre, settlement, code: null };
}

export function readRefund(body: string, expected: Expected): RefundAsked {
  const parsed = refundShape.safeParse(parseJson(body));
  if (!parsed.success) return { state: 'unsure', code: 'unreadable_answer' };
  const refund = parsed.data;
  const lie = lieIn({ ...refund, ourAlias: refund.payerAlias }, expected);
  if (lie !== undefined) return { state: 'unsure', code: lie };
  const code = cleanSwishCode(refund.errorCode ?? '');
  switch (refund.status) {
    case 'CREATED':
    case 'VALIDATED':
    case 'DEBITED':
      return { state: 'under-way', code: null };
    case 'PAID':
      return { state: 'done', code: null };
    case 'ERROR':
      return { state: failureOf(code) === 'unsure' ? 'unsure' : 'failed', code: code ?? null };
  }
}

type Told = {
  readonly id: string;
  readonly ourAlias: string;
  readonly amount: string | number;
  readonly currency: string;
};

/** Why an answer is not about what was asked, if it is not. */
function lieIn(told: Told, expected: Expected): OwnCode | undefined {
  if (told.id !== expected.instruction) return 'other_payment';
  if (told.ourAlias !== expected.ourAlias) return 'other_payee';
  if (told.currency !== 'SEK') return 'currency_differs';
  if (parseSwishAmount(told.amount) !== expected.amountOre) return 'amount_differs';
  return undefined;
}
