/** What the stand-in of Swish accepts, and with which code it refuses the rest. */
import {
  swishLaterCodes,
  swishRefundCodes,
  swishRequestCodes,
} from '../history/payments/swish-errors.ts';
import { isOnThisMachine } from './bank-post.ts';

export type Refusal = { readonly code: string; readonly information?: string };
type Fields = Readonly<Record<string, unknown>>;

export type PaymentRequest = {
  readonly payeePaymentReference: string | null;
  readonly callbackUrl: string;
  readonly callbackIdentifier: string | null;
  readonly payerAlias: string | null;
  readonly payeeAlias: string;
  readonly amountOre: number;
  readonly message: string;
};

export type RefundRequest = {
  readonly originalPaymentReference: string;
  readonly payerPaymentReference: string | null;
  readonly callbackUrl: string;
  readonly callbackIdentifier: string | null;
  readonly payerAlias: string;
  readonly amountOre: number;
  readonly message: string;
};

export function readPaymentRequest(fields: Fields): PaymentRequest | Refusal {
  const payeeAlias = textOf(fields.payeeAlias);
  const reference = textOf(fields.payeePaymentReference);
  const payerAlias = textOf(fields.payerAlias);
  if (payeeAlias === null) return { code: 'RP01' };
  if (!/^123\d{7}$/.test(payeeAlias)) return { code: 'ACMT17' };
  if (reference !== null && !/^[a-zA-Z0-9-]{1,35}$/.test(reference)) return { code: 'FF08' };
  if (payerAlias !== null && !/^[1-9]\d{7,14}$/.test(payerAlias)) return { code: 'BE18' };
  const shared = readShared(fields);
  if ('code' in shared) return shared;
  return { ...shared, payeeAlias, payerAlias, payeePaymentReference: reference };
}

export function readRefundRequest(fields: Fields): RefundRequest | Refusal {
  const payerAlias = textOf(fields.payerAlias);
  const original = textOf(fields.originalPaymentReference);
  const reference = textOf(fields.payerPaymentReference);
  if (payerAlias === null) return { code: 'RF03' };
  if (original === null) return { code: 'RF02' };
  if (reference !== null && !/^[a-zA-Z0-9-]{1,35}$/.test(reference)) return { code: 'FF08' };
  const shared = readShared(fields);
  if ('code' in shared) return shared;
  return {
    ...shared,
    payerAlias,
    originalPaymentReference: original,
    payerPaymentReference: reference,
  };
}

type Shared = Pick<PaymentRequest, 'callbackUrl' | 'callbackIdentifier' | 'amountOre' | 'message'>;

function readShared(fields: Fields): Shared | Refusal {
  const callbackUrl = textOf(fields.callbackUrl);
  const callbackIdentifier = textOf(fields.callbackIdentifier);
  const message = textOf(fields.message) ?? '';
  if (callbackUrl === null || !isCallbackUrl(callbackUrl)) return { code: 'RP03' };
  if (callbackIdentifier !== null && !/^[0-9a-zA-Z-]{32,36}$/.test(callbackIdentifier)) {
    return { code: 'PA01', information: 'callbackIdentifier' };
  }
  if (!/^[a-zåäöA-ZÅÄÖ0-9 :;.,?!()"]{0,50}$/.test(message)) return { code: 'RP02' };
  const amountOre = readAmount(fields.amount);
  if (typeof amountOre !== 'number') return amountOre;
  if (fields.currency !== 'SEK') return { code: 'AM03' };
  return { callbackUrl, callbackIdentifier, message, amountOre };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Real Swish takes https on port 443 alone; a sandbox on one machine also takes HTTP on loopback. */
function isCallbackUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url?.protocol === 'https:' && url.port === '') return true;
  return isOnThisMachine(text);
}

const amountOreMax = 99_999_999_999_999;

function readAmount(amount: unknown): number | Refusal {
  const text = typeof amount === 'string' ? amount : '';
  if (!/^-?\d+(?:\.\d{1,2})?$/.test(text)) return { code: 'PA02' };
  const ore = Math.round(Number(text) * 100);
  if (ore < 1) return { code: 'AM06' };
  return ore > amountOreMax ? { code: 'AM02' } : ore;
}

/**
 * As in the Merchant Swish Simulator, a message that is a code is a wish for that error; here its last word is enough,
 * so that an order with such a number does it too.
 */
export function errorWished(message: string): { code: string; when: 'now' | 'later' } | undefined {
  const code = message.split(' ').at(-1) ?? '';
  if (Object.hasOwn(swishLaterCodes, code)) return { code, when: 'later' };
  const isNow = Object.hasOwn(swishRequestCodes, code) || Object.hasOwn(swishRefundCodes, code);
  return isNow ? { code, when: 'now' } : undefined;
}

export function errorMessageOf(code: string): string {
  const known: Readonly<Record<string, string>> = {
    ...swishRequestCodes,
    ...swishLaterCodes,
    ...swishRefundCodes,
  };
  return known[code] ?? 'error';
}
