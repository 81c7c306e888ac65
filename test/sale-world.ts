// The world in which orders are told of: banks, a calendar, goods and a mailbox, which outlive every process.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Item } from '../src/history/catalogue/items.ts';
import type { Banks } from '../src/history/payments/banks.ts';
import { openCard } from '../src/history/payments/card.ts';
import { openSwish } from '../src/history/payments/swish.ts';
import type { OwnerId } from '../src/ids.ts';
import type { MailEnvelope } from '../src/messages/smtp.ts';
import { startBank } from '../src/sandbox/bank.ts';
import type { Bank } from '../src/sandbox/bank.ts';
import { addTestBooking, addTestProduct } from './shop.ts';
import type { TestSystem } from './system.ts';

/** Where stories happen. It outlives the processes, as banks, mailboxes and calendars do. */
export type World = {
  readonly system: TestSystem;
  readonly bank: Bank;
  readonly banks: Banks;
  readonly site: { readonly origin: string };
  readonly customer: OwnerId;
  readonly product: Item;
  readonly time: Item;
  /** Callbacks that have arrived and nobody has looked at. */
  readonly callbacks: RawCall[];
  /** All that the mail supplier has said 250 to. */
  readonly letters: MailEnvelope[];
  /** Letters that were taken by the supplier when the process ended, before it had written that down: how often. */
  readonly takenUnseen: Map<string, number>;
  [Symbol.asyncDispose](): Promise<void>;
};

type RawCall = { readonly path: string; readonly headers: Headers; readonly body: Uint8Array };

export const stockAtFirst = 100_000;
/** How long an answer of a bank is waited for, so that a test does not wait for one that never comes. */
const impatienceMs = 300;

export async function openWorld(system: TestSystem): Promise<World> {
  const callbacks: RawCall[] = [];
  const receiver = await startReceiver(callbacks);
  const bank = await startBank({
    folder: join(system.folder, 'bank'),
    clock: () => system.now,
    secondMs: 1,
    webhookUrl: `${receiver.origin}/callbacks/card`,
  });
  return {
    system,
    bank,
    banks: {
      swish: openSwish({ ...bank.swish, timeoutMs: impatienceMs }),
      card: openCard({ ...bank.card, timeoutMs: impatienceMs, retryDelayMs: 1 }),
    },
    site: { origin: receiver.origin },
    customer: await system.newCustomer(),
    product: await addTestProduct(system, { stock: stockAtFirst }),
    time: await addTestBooking(system),
    callbacks,
    letters: [],
    takenUnseen: new Map(),
    [Symbol.asyncDispose]: async () => {
      await bank.stop();
      await receiver.stop();
    },
  };
}

/** Somebody whom the banks call. What they say is heard when the story comes to it. */
async function startReceiver(callbacks: RawCall[]) {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = new Headers(request.headers as Record<string, string>);
      callbacks.push({ path: request.url ?? '', headers, body: Buffer.concat(chunks) });
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** After the end of a process: what the supplier has taken and still waits to be sent will be sent again. */
export async function noteTakenUnseen({ system, letters, takenUnseen }: World): Promise<void> {
  const waiting = await system.db.selectFrom('messages.outbox').select('message_id').execute();
  for (const { message_id } of waiting) {
    const taken = letters.find(({ messageId }) => messageId.includes(message_id));
    if (taken) takenUnseen.set(taken.messageId, (takenUnseen.get(taken.messageId) ?? 0) + 1);
  }
}

/** Is there nothing left that a routine would do? */
export async function isQuiet({ system: { db } }: World): Promise<boolean> {
  const payments = db
    .selectFrom('history.payment')
    .select('payment_id as row')
    .where('state', 'in', ['asking', 'open', 'unsure']);
  const refunds = db
    .selectFrom('bookkeeping.refund')
    .select('refund_id as row')
    .where('state', 'in', ['asking', 'sent', 'unsure'])
    .where('way', 'in', ['swish', 'card']);
  const unpaid = db
    .selectFrom('history.order')
    .select('order_id as row')
    .where('state', '=', 'unpaid');
  const letters = db.selectFrom('messages.outbox').select('message_id as row');
  const left = await payments
    .unionAll(refunds)
    .unionAll(unpaid)
    .unionAll(letters)
    .limit(1)
    .executeTakeFirst();
  return left === undefined;
}
