/** For tests: banks in a folder of their own, somebody whom they call, and wishes as if the gate had let them through. */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCard } from '../history/payments/card.ts';
import { openSwish } from '../history/payments/swish.ts';
import type {
  BankWay,
  PaymentKnown,
  PaymentWish,
  RefundKnown,
  RefundWish,
} from '../history/payments/way.ts';
import { newRowId } from '../ids.ts';
import type { Disclosed } from '../recipients/disclosed.ts';
import { startBank } from './bank.ts';
import type { Bank, BankOptions } from './bank.ts';

export const start = Temporal.Instant.from('2026-11-22T12:00:00Z');
export const callbackSecret = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';

export type Called = { readonly headers: IncomingHttpHeaders; readonly body: string };

export type BankInFolder = AsyncDisposable & {
  readonly folder: string;
  /** Another one after `restart`. */
  readonly bank: Bank;
  now(): Temporal.Instant;
  advance(seconds: number): void;
  /** Opened anew for each call, so that they follow a restart. */
  swish(timeoutMs?: number): BankWay;
  card(timeoutMs?: number): BankWay;
  /** What the banks have sent, in the order of arrival. */
  readonly called: readonly Called[];
  readonly callbackUrl: string;
  /** What the one who is called answers from now on. */
  answerWith(...statuses: readonly number[]): void;
  restart(): Promise<void>;
  payment(change?: Partial<PaymentWish>): Disclosed<PaymentWish>;
  refund(settlement: string, change?: Partial<RefundWish>): Disclosed<RefundWish>;
};

const patienceMs = 8_000;

/** Stops and forgets everything when disposed of. */
export async function bankInFolder(change: Partial<BankOptions> = {}): Promise<BankInFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'bank-'));
  let now = start;
  const clock = (): Temporal.Instant => now;
  const receiver = await startReceiver();
  const options = { folder, clock, secondMs: 1, webhookUrl: receiver.url, ...change };
  let bank = await startBank(options);
  const shared = { callbackUrl: receiver.url, callbackSecret };
  return {
    folder,
    get bank() {
      return bank;
    },
    now: clock,
    advance: (seconds) => {
      now = now.add({ seconds });
    },
    swish: (timeoutMs = patienceMs) => openSwish({ ...bank.swish, timeoutMs }),
    card: (timeoutMs = patienceMs) => openCard({ ...bank.card, timeoutMs, retryDelayMs: 10 }),
    called: receiver.called,
    callbackUrl: receiver.url,
    answerWith: receiver.answerWith,
    restart: async () => {
      await bank.stop();
      bank = await startBank(options);
    },
    payment: (wish = {}) => paymentWish(now, { ...shared, ...wish }),
    refund: (settlement, wish = {}) => refundWish(now, { settlement, ...shared, ...wish }),
    [Symbol.asyncDispose]: async () => {
      await bank.stop();
      await receiver.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function paymentWish(now: Temporal.Instant, change: Partial<PaymentWish>): Disclosed<PaymentWish> {
  const wish: PaymentWish = {
    paymentId: newRowId(now),
    number: '10234567',
    amountOre: 125_050,
    language: 'sv',
    returnUrl: 'http://localhost:8080/orders/paid',
    cancelUrl: 'http://localhost:8080/orders/pay',
    callbackUrl: 'https://konto.example.se/payments/swish',
    callbackSecret,
    expiresAt: now.add({ minutes: 30 }),
    ...change,
  };
  return wish as Disclosed<PaymentWish>;
}

function refundWish(
  now: Temporal.Instant,
  change: Partial<RefundWish> & Pick<RefundWish, 'settlement'>,
): Disclosed<RefundWish> {
  const wish: RefundWish = {
    refundId: newRowId(now),
    number: '10234567',
    amountOre: 125_050,
    language: 'sv',
    callbackUrl: 'https://konto.example.se/payments/swish',
    callbackSecret,
    ...change,
  };
  return wish as Disclosed<RefundWish>;
}

export function knownAs(wish: PaymentWish, reference: string): PaymentKnown {
  const { paymentId, amountOre } = wish;
  return { reference, paymentId, amountOre };
}

export function refundKnownAs(wish: RefundWish, reference: string): RefundKnown {
  const { refundId, amountOre } = wish;
  return { reference, refundId, amountOre };
}

async function startReceiver() {
  const called: Called[] = [];
  let statuses: readonly number[] = [200];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (body += part));
    request.on('end', () => {
      called.push({ headers: request.headers, body });
      const [status = 200, ...rest] = statuses;
      if (rest.length > 0) statuses = rest;
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`,
    called,
    answerWith: (...wanted: readonly number[]) => {
      statuses = wanted;
    },
    stop: async () => {
      const closed = new Promise((resolve) => {
        server.close(resolve);
      });
      server.closeAllConnections();
      await closed;
    },
  };
}
