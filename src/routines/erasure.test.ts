import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { sendAll } from '../../test/used-company.ts';
import { newRowId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { sendNext, writeMail } from '../messages/outbox.ts';
import { inTransaction } from '../operation.ts';
import { advanceErasure, erasuresDue } from './erasure.ts';
import { askErasure } from './erasure-ask.ts';
import { readReceipt } from './erasure-receipt.ts';
import { tellingHours } from './erasure-steps.ts';
import type { Surroundings } from './erasure-steps.ts';
import { newReceiptCode } from './receipt-code.ts';

let system: TestSystem;
let people = 0;

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

function newCustomer(): Promise<OwnerId> {
  people += 1;
  system.now = system.now.add({ minutes: 20 });
  return system.newCustomer({ email: `person${people}@example.se` });
}

const ask = (owner: OwnerId, code = newReceiptCode()) =>
  askErasure(system.op({ party: 'customer', owner }, 'leaving'), owner, code);
const advance = (erasureId: Awaited<ReturnType<typeof ask>>, around: Partial<Surroundings> = {}) =>
  advanceErasure(system.op('routine', 'leaving'), erasureId, { ...system.around, ...around });

/** A letter to the customer, under the customer's own key. */
async function writeLetter(owner: OwnerId): Promise<void> {
  await inTransaction(system.op({ party: 'customer', owner }, 'order'), async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    const letter = { subject: 'Hej', text: 'Hej!', language: 'sv' } as const;
    await writeMail(write, sealer, { email: person.email, ...letter });
  });
}

test('a write that holds the customer when the erasure is asked for is waited for, and erased', async () => {
  const owner = await newCustomer();
  const held = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const writing = inTransaction(
    system.op({ party: 'customer', owner }, 'account'),
    async (write) => {
      await write.vault.sealFor(write, owner);
      begun.resolve();
      await held.promise;
      await write.db
        .insertInto('vault.stop')
        .values({ owner_id: owner, purpose: 'support', ground: 'objection', since: write.now })
        .execute();
    },
  );
  await begun.promise;
  let isAsked = false;
  const asking = ask(owner).then((erasureId) => {
    isAsked = true;
    return erasureId;
  });
  await new Promise((resolve) => setTimeout(resolve, 150));
  assert.equal(isAsked, false, 'the erasure waits for the writer');
  held.resolve();
  await writing;
  assert.equal(await advance(await asking), 'complete');
});

test('a write that comes after the erasure was asked for is refused', async () => {
  const owner = await newCustomer();
  const erasureId = await ask(owner);
  await assert.rejects(system.placeOrderFor(owner), { code: 'fenced' });
  assert.equal(await advance(erasureId), 'complete');
  await assert.rejects(system.placeOrderFor(owner), { code: 'fenced' });
});

test('a letter that is on its way when the erasure comes leaves nothing behind', async () => {
  const owner = await newCustomer();
  await sendAll(system);
  await writeLetter(owner);
  const sent = Promise.withResolvers<void>();
  const leaving = Promise.withResolvers<void>();
  const smtp = {
    send: async () => {
      leaving.resolve();
      await sent.promise;
      return { outcome: 'accepted', reference: 'x' } as const;
    },
    close: () => Promise.resolve(),
  };
  const op = system.op({ party: 'routine', routine: 'send-mail' }, 'service-message');
  const sender = { from: 'Exempel AB <kund@example.se>', domain: 'example.se' };
  const sending = sendNext(op, smtp, sender);
  await leaving.promise;
  const erasureId = await ask(owner);
  const advancing = advance(erasureId);
  await new Promise((resolve) => setTimeout(resolve, 150));
  sent.resolve();
  await Promise.all([sending, advancing.catch(() => undefined)]);
  assert.equal(await advance(erasureId), 'complete');
  const receipt = await readReceipt(system.op('routine', 'leaving'), erasureId);
  assert.deepEqual(
    receipt?.body.recipients.map(({ name, state }) => `${name}: ${state}`),
    ['Exempelposten AB: confirmed'],
  );
});

test('an erasure is not complete while anything is found, and is as soon as it is gone', async () => {
  const owner = await newCustomer();
  const other = await newCustomer();
  const row = { owner_id: other, ground: 'objection', since: system.now } as const;
  const stop = { ...row, purpose: `till ${person.name}` };
  await system.db.insertInto('vault.stop').values(stop).execute();
  const erasureId = await ask(owner);
  assert.equal(await advance(erasureId), 'told');
  assert.equal(await advance(erasureId), 'told');
  assert.equal(await readReceipt(system.op('routine', 'leaving'), erasureId), null);
  assert.ok((await erasuresDue(system.op('routine', 'leaving'))).includes(erasureId));
  await system.db.deleteFrom('vault.stop').where('owner_id', '=', other).execute();
  assert.equal(await advance(erasureId), 'complete');
});

test('a recipient that stays silent is waited for a day, and the receipt says that it was', async () => {
  const owner = await newCustomer();
  await writeLetter(owner);
  await sendAll(system);
  const asked = system.now;
  const erasureId = await ask(owner);
  const silent = { tell: () => Promise.resolve('silent' as const) };
  assert.equal(await advance(erasureId, silent), 'removed');
  system.now = asked.add({ hours: tellingHours }).subtract({ seconds: 1 });
  assert.equal(await advance(erasureId, silent), 'removed');
  system.now = asked.add({ hours: tellingHours + 1 });
  assert.equal(await advance(erasureId, silent), 'complete');
  const receipt = await readReceipt(system.op('routine', 'leaving'), erasureId);
  assert.deepEqual(
    receipt?.body.recipients.map(({ state }) => state),
    ['silent'],
  );
});

test('a recipient is told nothing but its own references, even when its agreement has ended', async () => {
  const owner = await newCustomer();
  await writeLetter(owner);
  await sendAll(system);
  await system.db
    .updateTable('recipients.agreement')
    .set({ ended_on: Temporal.PlainDate.from('2026-11-22') })
    .execute();
  const told: unknown[] = [];
  const erasureId = await ask(owner);
  const state = await advance(erasureId, {
    tell: (_recipient, request) => {
      told.push(request);
      return Promise.resolve('refused');
    },
  });
  await system.db.updateTable('recipients.agreement').set({ ended_on: null }).execute();
  assert.equal(state, 'complete');
  assert.equal(told.length, 1);
  assert.match(
    JSON.stringify(told),
    /^\[\{"requestId":"[0-9a-f-]+","references":\[("<[0-9a-f-]+@example\.se>",?)+\]\}\]$/,
  );
});

test('asking twice is one erasure with the same code, and refused with another', async () => {
  const owner = await newCustomer();
  const code = newReceiptCode();
  const erasureId = await ask(owner, code);
  assert.equal(await ask(owner, code), erasureId);
  await assert.rejects(ask(owner), { code: 'fenced' });
  assert.equal(await advance(erasureId), 'complete');
  await assert.rejects(ask(owner), { code: 'fenced' });
});

test('nobody asks for the erasure of somebody else', async () => {
  const owner = await newCustomer();
  const op = system.op({ party: 'customer', owner: await newCustomer() }, 'leaving');
  await assert.rejects(askErasure(op, owner, newReceiptCode()), { code: 'not-found' });
  assert.equal(await advance(await ask(owner)), 'complete');
});

test('an erasure that nobody asked for is not found', async () => {
  await assert.rejects(advance(newRowId(system.now)));
});
