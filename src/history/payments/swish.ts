/** Swish Commerce: payments begun in the customer's app (m-commerce), and refunds. Create is version 2, the rest version 1. */
import https from 'node:https';
import { Problem } from '../../problem.ts';
import { bankText } from '../../text/bank.ts';
import { askBank } from './bank-request.ts';
import type { BankAnswer } from './bank-request.ts';
import { readPayment, readRefund, refusalIn } from './swish-answers.ts';
import type { Expected } from './swish-answers.ts';
import { secureContextOf } from './swish-certificate.ts';
import type { SwishIdentity } from './swish-certificate.ts';
import {
  instructionOf,
  isCallbackSecret,
  swishAmount,
  swishMessage,
  swishReference,
} from './swish-words.ts';
import { checkAmount, unsurePayment } from './way.ts';
import type {
  Asked,
  BankWay,
  Created,
  PaymentKnown,
  PaymentWish,
  RefundAsked,
  RefundKnown,
  RefundWish,
  Refunded,
} from './way.ts';

export const swishHosts = {
  production: 'cpc.getswish.net',
  /** The Merchant Swish Simulator, which moves no money and does not check the number. */
  simulator: 'mss.cpc.getswish.net',
} as const;

/**
 * In a configuration file: host (or production and simulator), the number, and the names of the files with certificate,
 * key and passphrase, each readable by their owner alone.
 */
export type SwishOptions = {
  readonly host: string;
  /** 443 if nothing is said. */
  readonly port?: number;
  /** Our Swish number: ten digits that begin with 123. In production the certificate must name the same. */
  readonly payeeAlias: string;
  readonly identity: SwishIdentity;
  /** PEM of the only authority to trust. Swish itself has a public one, which Node knows. */
  readonly ca?: string;
  /** For a whole question and answer; 10 000 if nothing is said. */
  readonly timeoutMs?: number;
  /** What `swishLink` begins with instead of the app's own scheme: the sandbox's page that stands in for the app. */
  readonly appUrl?: string;
};

const basePath = '/swish-cpcapi/api';
const timeoutMsDefault = 10_000;
const connectionsMax = 20;
const json = 'application/json';
const tokenPattern = /^[0-9A-Za-z-]{1,100}$/;

type Ask = (
  method: 'PUT' | 'GET' | 'PATCH',
  path: string,
  sent?: { readonly type: string; readonly body: unknown },
) => Promise<BankAnswer>;
type Line = { readonly ask: Ask; readonly ourAlias: string };

/** @throws Problem `bad-input` when the number or the certificate cannot be used. */
export function openSwish(options: SwishOptions): BankWay {
  if (!/^123\d{7}$/.test(options.payeeAlias)) {
    throw new Problem('bad-input', 'the Swish number must be ten digits that begin with 123');
  }
  const line: Line = { ask: openLine(options), ourAlias: options.payeeAlias };
  return {
    way: 'swish',
    create: (wish) => create(line, wish),
    ask: (payment) => ask(line, payment),
    cancel: (payment) => cancel(line, payment),
    refund: (wish) => refund(line, wish),
    askRefund: (known) => askRefund(line, known),
  };
}

function openLine(options: SwishOptions): Ask {
  const { host, port = 443, identity, ca, timeoutMs = timeoutMsDefault } = options;
  const agent = new https.Agent({
    secureContext: secureContextOf(identity, ca),
    keepAlive: false,
    maxSockets: connectionsMax,
  });
  return (method, path, sent) =>
    askBank({
      agent,
      isClear: false,
      host,
      port,
      method,
      path: `${basePath}${path}`,
      headers: { accept: json, ...(sent && { 'content-type': sent.type }) },
      body: sent ? JSON.stringify(sent.body) : null,
      timeoutMs,
    });
}

async function create(line: Line, wish: PaymentWish): Promise<Created> {
  checkAmount(wish.amountOre);
  checkSecret(wish.callbackSecret);
  const instruction = instructionOf(wish.paymentId);
  const answer = await line.ask('PUT', `/v2/paymentrequests/${instruction}`, {
    type: json,
    body: paymentBody(line, wish),
  });
  if (answer.kind === 'unsent') return { outcome: 'refused', code: answer.code };
  const unsure = { outcome: 'unsure', reference: instruction } as const;
  if (answer.kind === 'lost') return unsure;
  if (answer.status !== 201) {
    const code = refusalOf(answer);
    if (code === 'RP09') return findCreated(line, wish);
    return code === undefined ? unsure : { outcome: 'refused', code };
  }
  const token = answer.headers['paymentrequesttoken'];
  if (!isLocationOf(answer.headers.location, instruction)) return unsure;
  if (typeof token !== 'string' || !tokenPattern.test(token)) return unsure;
  return { outcome: 'open', reference: instruction, handover: { kind: 'swish', token } };
}

/** No telephone number: the customer opens the app and is asked there, so that we need not know it. */
function paymentBody(line: Line, wish: PaymentWish) {
  return {
    payeePaymentReference: swishReference(wish.number),
    callbackUrl: wish.callbackUrl,
    callbackIdentifier: wish.callbackSecret,
    payeeAlias: line.ourAlias,
    amount: swishAmount(wish.amountOre),
    currency: 'SEK',
    message: swishMessage(bankText[wish.language].order(wish.number)),
  };
}

/**
 * The id was used before, so an earlier answer was lost, or this is a second click. The token came with that answer and
 * comes but once: what is still open cannot be handed over from here.
 */
async function findCreated(line: Line, wish: PaymentWish): Promise<Created> {
  const reference = instructionOf(wish.paymentId);
  const found = await ask(line, { reference, ...wish });
  switch (found.state) {
    case 'declined':
    case 'cancelled':
    case 'expired':
    case 'failed':
      return { outcome: 'refused', code: found.code ?? 'RP09' };
    case 'open':
    case 'paid':
    case 'unsure':
    case 'unknown-here':
      return { outcome: 'unsure', reference };
  }
}

async function ask(line: Line, payment: PaymentKnown): Promise<Asked> {
  const expected = expectedOf(line, instructionOf(payment.paymentId), payment.amountOre);
  if (payment.reference !== expected.instruction) return unsurePayment('other_payment');
  const answer = await line.ask('GET', `/v1/paymentrequests/${expected.instruction}`);
  if (answer.kind === 'unsent') return unsurePayment(answer.code);
  if (answer.kind === 'lost') return unsurePayment('no_answer');
  if (answer.status === 404) return { state: 'unknown-here' };
  if (answer.status !== 200) return unsurePayment(`http_${answer.status}`);
  return readPayment(answer.body, expected);
}

/** Only what is CREATED can be cancelled; whatever the answer, what counts is what the payment is afterwards. */
async function cancel(line: Line, payment: PaymentKnown): Promise<Asked> {
  const instruction = instructionOf(payment.paymentId);
  if (payment.reference !== instruction) return unsurePayment('other_payment');
  await line.ask('PATCH', `/v1/paymentrequests/${instruction}`, {
    type: 'application/json-patch+json',
    body: [{ op: 'replace', path: '/status', value: 'cancelled' }],
  });
  return ask(line, payment);
}

async function refund(line: Line, wish: RefundWish): Promise<Refunded> {
  checkAmount(wish.amountOre);
  checkSecret(wish.callbackSecret);
  const instruction = instructionOf(wish.refundId);
  const answer = await line.ask('PUT', `/v2/refunds/${instruction}`, {
    type: json,
    body: refundBody(line, wish),
  });
  if (answer.kind === 'unsent') return { outcome: 'refused', code: answer.code };
  const unsure = { outcome: 'unsure', reference: instruction } as const;
  if (answer.kind === 'lost') return unsure;
  if (answer.status !== 201) {
    const code = refusalOf(answer);
    if (code === 'RP09') return findRefunded(line, wish);
    return code === undefined ? unsure : { outcome: 'refused', code };
  }
  if (!isLocationOf(answer.headers.location, instruction)) return unsure;
  return { outcome: 'sent', reference: instruction };
}

function refundBody(line: Line, wish: RefundWish) {
  return {
    originalPaymentReference: wish.settlement,
    callbackUrl: wish.callbackUrl,
    callbackIdentifier: wish.callbackSecret,
    // In a refund we are the payer.
    payerAlias: line.ourAlias,
    amount: swishAmount(wish.amountOre),
    currency: 'SEK',
    payerPaymentReference: swishReference(wish.number),
    message: swishMessage(bankText[wish.language].refund(wish.number)),
  };
}

/** The id was used before. A refund needs nobody, so one that is under way is as good as one that was just sent. */
async function findRefunded(line: Line, wish: RefundWish): Promise<Refunded> {
  const reference = instructionOf(wish.refundId);
  const found = await askRefund(line, { reference, ...wish });
  switch (found.state) {
    case 'under-way':
      return { outcome: 'sent', reference };
    case 'done':
      return { outcome: 'done', reference };
    case 'failed':
      return { outcome: 'refused', code: found.code ?? 'RP09' };
    case 'unsure':
      return { outcome: 'unsure', reference };
  }
}

async function askRefund(line: Line, known: RefundKnown): Promise<RefundAsked> {
  const expected = expectedOf(line, instructionOf(known.refundId), known.amountOre);
  if (known.reference !== expected.instruction) return { state: 'unsure', code: 'other_payment' };
  const answer = await line.ask('GET', `/v1/refunds/${expected.instruction}`);
  if (answer.kind === 'unsent') return { state: 'unsure', code: answer.code };
  if (answer.kind === 'lost') return { state: 'unsure', code: 'no_answer' };
  if (answer.status === 404) return { state: 'unsure', code: 'unknown_refund' };
  if (answer.status !== 200) return { state: 'unsure', code: `http_${answer.status}` };
  return readRefund(answer.body, expected);
}

function expectedOf(line: Line, instruction: string, amountOre: number): Expected {
  return { instruction, ourAlias: line.ourAlias, amountOre };
}

/** Why nothing was made of it; undefined where that is not certain. */
function refusalOf(answer: { readonly status: number; readonly body: string }): string | undefined {
  const isRefusal =
    answer.status >= 400 && answer.status < 500 && ![408, 409].includes(answer.status);
  return isRefusal ? refusalIn(answer.status, answer.body) : undefined;
}

/** Absent is forgiven; an answer that names something else was not meant for us. */
function isLocationOf(location: string | undefined, instruction: string): boolean {
  return location === undefined || location.endsWith(`/${instruction}`);
}

function checkSecret(callbackSecret: string): void {
  if (isCallbackSecret(callbackSecret)) return;
  throw new Problem('bad-input', 'the secret of a callback must be 32 to 36 letters and digits');
}
