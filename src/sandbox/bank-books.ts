/** What the banks know, in memory and in one file, so that a restart forgets no money. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { writePrivateFile } from './private-file.ts';

const time = z.string();
const swishPayment = z.strictObject({
  id: z.string(),
  /** Null where the payer's number was given: then the app is opened by the bank. */
  token: z.string().nullable(),
  payeePaymentReference: z.string().nullable(),
  callbackUrl: z.string(),
  callbackIdentifier: z.string().nullable(),
  payerAlias: z.string().nullable(),
  payeeAlias: z.string(),
  amountOre: z.number(),
  message: z.string(),
  status: z.enum(['CREATED', 'PAID', 'DECLINED', 'ERROR', 'CANCELLED']),
  paymentReference: z.string().nullable(),
  errorCode: z.string().nullable(),
  createdAt: time,
  paidAt: time.nullable(),
});
const swishRefund = z.strictObject({
  id: z.string(),
  originalPaymentReference: z.string(),
  payerPaymentReference: z.string().nullable(),
  callbackUrl: z.string(),
  callbackIdentifier: z.string().nullable(),
  payerAlias: z.string(),
  payeeAlias: z.string().nullable(),
  amountOre: z.number(),
  message: z.string(),
  status: z.enum(['VALIDATED', 'DEBITED', 'PAID', 'ERROR']),
  errorCode: z.string().nullable(),
  createdAt: time,
});
const metadata = z.record(z.string(), z.string());
const cardSession = z.strictObject({
  id: z.string(),
  intentId: z.string(),
  clientReference: z.string().nullable(),
  metadata,
  intentMetadata: metadata,
  description: z.string().nullable(),
  line: z.string(),
  amountOre: z.number(),
  successUrl: z.string(),
  cancelUrl: z.string().nullable(),
  locale: z.string(),
  status: z.enum(['open', 'complete', 'expired']),
  /** Null until somebody has tried to pay. */
  intentStatus: z.enum(['requires_payment_method', 'processing', 'succeeded']).nullable(),
  declineCode: z.string().nullable(),
  createdAt: time,
  expiresAt: time,
});
const cardRefund = z.strictObject({
  id: z.string(),
  intentId: z.string(),
  amountOre: z.number(),
  status: z.enum(['pending', 'succeeded', 'failed']),
  failureReason: z.string().nullable(),
  metadata,
  createdAt: time,
});
/** What was answered to an `Idempotency-Key`. */
const replay = z.strictObject({
  id: z.string(),
  fingerprint: z.string(),
  status: z.number(),
  body: z.string(),
  at: time,
});
const shape = z.strictObject({
  secretKey: z.string(),
  webhookSecret: z.string(),
  swishPayments: z.array(swishPayment),
  swishRefunds: z.array(swishRefund),
  cardSessions: z.array(cardSession),
  cardRefunds: z.array(cardRefund),
  replays: z.array(replay),
});

export type SwishPayment = z.infer<typeof swishPayment>;
export type SwishRefund = z.infer<typeof swishRefund>;
export type CardSession = z.infer<typeof cardSession>;
export type CardRefund = z.infer<typeof cardRefund>;
export type Replay = z.infer<typeof replay>;

type Shelf<T> = Map<string, T>;

export type Books = {
  readonly secretKey: string;
  readonly webhookSecret: string;
  readonly swishPayments: Shelf<SwishPayment>;
  readonly swishRefunds: Shelf<SwishRefund>;
  readonly cardSessions: Shelf<CardSession>;
  readonly cardRefunds: Shelf<CardRefund>;
  readonly replays: Shelf<Replay>;
  /** Resolves when what is in memory now lies on the disk. */
  save(): Promise<void>;
};

/** Of each kind; the oldest go first. */
const kept = 2_000;

/** @throws Error when the file is there and cannot be read: money is not forgotten silently. */
export async function openBooks(file: string): Promise<Books> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const found = await readBooks(file);
  const books = {
    secretKey: found?.secretKey ?? `sk_test_${randomBytes(24).toString('hex')}`,
    webhookSecret: found?.webhookSecret ?? `whsec_${randomBytes(24).toString('hex')}`,
    swishPayments: shelf(found?.swishPayments),
    swishRefunds: shelf(found?.swishRefunds),
    cardSessions: shelf(found?.cardSessions),
    cardRefunds: shelf(found?.cardRefunds),
    replays: shelf(found?.replays),
  };
  const save = oneAtATime(() => writePrivateFile(file, JSON.stringify(pagesOf(books))));
  await save();
  return { ...books, save };
}

async function readBooks(file: string): Promise<z.infer<typeof shape> | undefined> {
  try {
    return shape.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(`${file} is damaged. Remove it to start with empty banks.`, { cause: error });
  }
}

function shelf<T extends { readonly id: string }>(found: readonly T[] = []): Shelf<T> {
  return new Map(found.map((each) => [each.id, each]));
}

function pagesOf(books: Omit<Books, 'save'>): z.infer<typeof shape> {
  const page = <T>(all: Shelf<T>): T[] => {
    for (const oldest of [...all.keys()].slice(0, -kept)) all.delete(oldest);
    return [...all.values()];
  };
  return {
    secretKey: books.secretKey,
    webhookSecret: books.webhookSecret,
    swishPayments: page(books.swishPayments),
    swishRefunds: page(books.swishRefunds),
    cardSessions: page(books.cardSessions),
    cardRefunds: page(books.cardRefunds),
    replays: page(books.replays),
  };
}

/** Calls that come while one is under way share the next one. */
function oneAtATime(write: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    next ??= last
      .catch(() => undefined)
      .then(() => {
        last = next ?? last;
        next = undefined;
        return write();
      });
    return next;
  };
}
