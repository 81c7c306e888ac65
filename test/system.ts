import { join } from 'node:path';
import { hashPassword } from '../src/accounts/passwords.ts';
import { findSignup, openAccount, requestSignUp } from '../src/accounts/sign-up.ts';
import { begin } from '../src/begin.ts';
import type { OwnerId, RowId } from '../src/ids.ts';
import { newRowId } from '../src/ids.ts';
import { listItems } from '../src/history/catalogue/items.ts';
import type { Item } from '../src/history/catalogue/items.ts';
import { placeOrder } from '../src/history/place-order.ts';
import { plainLine } from '../src/history/order-wish.ts';
import { publishTerms } from '../src/history/terms.ts';
import { outbox, sendNext } from '../src/messages/outbox.ts';
import type { Smtp } from '../src/messages/smtp.ts';
import type { Actor, Operation } from '../src/operation.ts';
import type { Purpose } from '../src/policy/purposes.ts';
import { addAgreement, addRecipient, today } from '../src/recipients/register.ts';
import type { Surroundings } from '../src/routines/erasure-steps.ts';
import { addDemoCatalogue } from '../src/sandbox/demo-catalogue.ts';
import { openStores } from '../src/stores.ts';
import type { Stores } from '../src/stores.ts';
import { freshStores } from './stores.ts';
import type { FreshStores } from './stores.ts';

/** A customer of a test, as example domains and plain Swedish names allow. */
export const person = {
  email: 'maja.lind@example.se',
  name: 'Maja Lind Testsson',
  password: 'en lång och trygg lösenfras',
  street: 'Provgatan 17',
  postal_code: '503 32',
  town: 'Borås',
} as const;

export type Person = { readonly [K in keyof typeof person]: string };

/** Stores of one test with everything that makes operations; time stands still until it is moved. */
export type TestSystem = Stores & {
  readonly fresh: FreshStores;
  readonly folder: string;
  readonly around: Surroundings;
  now: Temporal.Instant;
  op(actor: Actor['party'] | Actor, purpose: Purpose): Operation;
  /** Signs up, confirms with the link of the waiting letter, and returns the new account. */
  newCustomer(who?: Partial<Person>): Promise<OwnerId>;
  placeOrderFor(owner: OwnerId, who?: Partial<Person>): Promise<RowId>;
  [Symbol.asyncDispose](): Promise<void>;
};

export const links = {
  confirm: (token: string) => `http://localhost/confirm/${token}`,
  signIn: 'http://localhost/sign-in',
};

export async function testSystem(): Promise<TestSystem> {
  const fresh = await freshStores();
  const start = Temporal.Instant.from('2026-11-22T12:00:00Z');
  const stores = await openStores({
    records: fresh.records.pool,
    keys: fresh.keys.pool,
    folder: fresh.folder,
    sandbox: true,
    now: start,
    role: 'server',
  });
  const system: TestSystem = {
    ...stores,
    fresh,
    folder: fresh.folder,
    now: start,
    around: {
      tell: () => Promise.resolve('confirmed'),
      logFolder: join(fresh.folder, 'log'),
      sandbox: true,
      clock: () => system.now,
      passed: () => undefined,
    },
    op: (actor, purpose) =>
      begin({
        db: stores.db,
        vault: stores.vault,
        actor: actorOf(actor),
        purpose,
        now: system.now,
      }),
    newCustomer: (who) => newCustomer(system, { ...person, ...who }),
    placeOrderFor: (owner, who) => placeOrderFor(system, owner, { ...person, ...who }),
    [Symbol.asyncDispose]: () => fresh.dispose(),
  };
  await seed(system);
  return system;
}

/** A mail supplier with an agreement, and the demo catalogue. */
async function seed(system: TestSystem): Promise<void> {
  const op = system.op({ party: 'routine', routine: 'test' }, 'employment');
  const recipientId = await addRecipient(op, {
    category: 'supplier',
    name: 'Exempelposten AB',
    country: 'SE',
    role: 'processor',
    channel: 'mail',
    transferTool: null,
    transferValidUntil: null,
    noticeUrl: null,
    erasureUrl: 'http://localhost/erasure-requests',
  });
  await addAgreement(op, recipientId, { signedOn: today(op.now), validFrom: today(op.now) });
  for (const channel of ['swish', 'card'] as const) {
    await addRecipient(op, {
      category: 'bank',
      name: channel === 'swish' ? 'Exempelbanken AB' : 'Exempelkort AB',
      country: 'SE',
      role: 'controller',
      channel,
      transferTool: null,
      transferValidUntil: null,
      noticeUrl: 'https://bank.example.com/personuppgifter',
      erasureUrl: null,
    });
  }
  await system.db.transaction().execute((db) => addDemoCatalogue(db, system.now));
  await publishTerms(system.db, system.now);
}

async function newCustomer(system: TestSystem, who: Person): Promise<OwnerId> {
  const op = system.op('nobody', 'sign-up');
  await requestSignUp(op, { email: who.email, language: 'sv' }, links);
  const token = await confirmationToken(system, who.email);
  await sendWaiting(system);
  const signup = await findSignup(op, token);
  if (signup === null) throw new Error('the link in the letter does not work');
  const hash = await hashOnce(who.password);
  const choice = { name: who.name, hash, device: 'Firefox, Linux' };
  await openAccount(op, signup, choice, () => undefined);
  return signup.accountId;
}

const hashes = new Map<string, Promise<string>>();

/** A hash takes 64 MiB and some sixty milliseconds: customers of one test file who share a password share it. */
function hashOnce(password: string): Promise<string> {
  const known = hashes.get(password) ?? hashPassword(password);
  hashes.set(password, known);
  return known;
}

/** Sends what waits, through the gate, to a supplier that takes everything. */
async function sendWaiting(system: TestSystem): Promise<void> {
  const smtp: Smtp = {
    send: ({ messageId }) => Promise.resolve({ outcome: 'accepted', reference: messageId }),
    close: () => Promise.resolve(),
  };
  const op = system.op({ party: 'routine', routine: 'send-mail' }, 'service-message');
  const sender = { from: 'Exempel AB <kund@example.se>', domain: 'example.se' };
  while (await sendNext(op, smtp, sender));
}

/** The token in the newest confirmation that waits for an address. Opened as the routine that sends it would. */
export async function confirmationToken(system: TestSystem, email: string): Promise<string> {
  const rows = await system.db
    .selectFrom('messages.outbox')
    .select(['owner_id', 'message_id', 'sealed'])
    .orderBy('written_at', 'desc')
    .orderBy('message_id', 'desc')
    .execute();
  const op = system.op({ party: 'routine', routine: 'send-mail' }, 'service-message');
  for (const row of rows) {
    const opener = await op.vault.openForGate(op, row.owner_id, 'messages');
    const mail = opener.open(outbox, row.message_id, row.sealed);
    const token = /\/confirm\/(\S+)/.exec(mail.text)?.[1];
    if (mail.email === email && token) return token;
  }
  throw new Error('no confirmation is waiting for that address');
}

async function placeOrderFor(system: TestSystem, owner: OwnerId, who: Person): Promise<RowId> {
  const item = (await listItems(system.db))[0] as Item;
  const op = system.op({ party: 'customer', owner }, 'order');
  const delivery = {
    recipient_name: who.name,
    phone: null,
    street: who.street,
    postal_code: who.postal_code,
    town: who.town,
    message: null,
  };
  const wish = {
    orderId: newRowId(system.now),
    lines: [plainLine(item, 2, item.name.sv)],
    delivery,
    payWay: 'on-site' as const,
    termsId: null,
  };
  return placeOrder(op, owner, wish, () => null);
}

function actorOf(actor: Actor['party'] | Actor): Actor {
  if (typeof actor !== 'string') return actor;
  if (actor === 'nobody') return { party: 'nobody' };
  if (actor === 'routine') return { party: 'routine', routine: 'test' };
  throw new Error(`a ${actor} has an owner of its own`);
}
