import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { newRowId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { outbox } from '../messages/outbox.ts';
import { inTransaction } from '../operation.ts';
import type { Purpose } from '../policy/purposes.ts';
import { purposesStoppedBy } from '../policy/rules.ts';
import { isProblem } from '../problem.ts';
import { advanceErasure } from '../routines/erasure.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { personalIsSealed } from '../routines/proof/sealed.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { changeStops, listStops, stopsOf } from './stops.ts';
import type { StopGround } from './stops.ts';

let system: TestSystem;
let count = 0;

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

const newCustomer = () => system.newCustomer({ email: `stopp${(count += 1)}@example.se` });
const own = (owner: OwnerId) => system.op({ party: 'customer', owner }, 'account');
const everything = purposesStoppedBy('restriction');

type Saying = { readonly kind: string; readonly purpose: string; readonly ground: string };

/** What the ledger says of a customer, in its order. */
async function sayings(owner: OwnerId, from = 0): Promise<Saying[]> {
  const { log } = system.vault.ledger;
  const found: Saying[] = [];
  for (let index = from; index < log.size; index += 1) {
    const { kind } = log.parsedLine(index);
    const payload = await log.payload(index);
    if (payload === null || !('ground' in payload) || payload.owner !== owner) continue;
    found.push({ kind, purpose: payload.purpose, ground: payload.ground });
  }
  return found;
}

/** What would be stopped if the records came back empty and the ledger were replayed. */
async function replayed(owner: OwnerId, from: number): Promise<string[]> {
  const state = new Set<string>();
  for (const { kind, purpose, ground } of await sayings(owner, from)) {
    if (kind === 'no') state.add(`${purpose} ${ground}`);
    else state.delete(`${purpose} ${ground}`);
  }
  return [...state].sort();
}

async function stopped(owner: OwnerId): Promise<string[]> {
  const stops = await listStops(own(owner), owner);
  return stops.map(({ purpose, ground }) => `${purpose} ${ground}`).sort();
}

const change = (owner: OwnerId, ground: StopGround, purposes: readonly Purpose[], stops = true) =>
  changeStops(own(owner), owner, { ground, purposes, stops });

test('a restriction stops staff at once, and ending it lets them go on', async () => {
  const owner = await newCustomer();
  const clerk = await newCustomer();
  const staff = system.op({ party: 'support', owner: clerk }, 'support');
  const look = () => staff.vault.openFor(staff, owner, ['history']);
  await look();
  await change(owner, 'restriction', ['support']);
  await assert.rejects(look(), (error) => isProblem(error, 'restricted'));
  assert.deepEqual([...(await stopsOf(own(owner), owner))], [['support', 'restriction']]);
  await change(owner, 'restriction', ['support'], false);
  await look();
});

test('what both rights stop goes on only when both are ended', async () => {
  const owner = await newCustomer();
  await change(owner, 'restriction', everything);
  await change(owner, 'objection', ['support']);
  await change(owner, 'restriction', everything, false);
  assert.deepEqual(await stopped(owner), ['support objection']);
});

test('a right stops only the purposes that the notice says, and nothing is written otherwise', async () => {
  const owner = await newCustomer();
  const size = system.vault.ledger.log.size;
  await assert.rejects(change(owner, 'objection', ['support', 'order-handling']), (error) =>
    isProblem(error, 'bad-input'),
  );
  assert.deepEqual(await stopped(owner), []);
  assert.equal(system.vault.ledger.log.size, size);
});

test('every order of yes, no and withdrawn ends as it was last said, in the records as in the ledger', async () => {
  const owner = await newCustomer();
  const step = fc.record({
    ground: fc.constantFrom<StopGround>('restriction', 'objection'),
    purpose: fc.constantFrom<Purpose>('support', 'newsletter'),
    stops: fc.boolean(),
    later: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 7 }), async (steps) => {
      const from = system.vault.ledger.log.size;
      const expected = new Set(await stopped(owner));
      const before = new Set(expected);
      for (const { ground, purpose, stops, later } of steps) {
        if (later) system.now = system.now.add({ seconds: 1 });
        await change(owner, ground, [purpose], stops);
        if (stops) expected.add(`${purpose} ${ground}`);
        else expected.delete(`${purpose} ${ground}`);
      }
      assert.deepEqual(await stopped(owner), [...expected].sort());
      const said = new Set(steps.map(({ purpose, ground }) => `${purpose} ${ground}`));
      const fromLedger = new Set(await replayed(owner, from));
      const untouched = [...before].filter((one) => !said.has(one));
      assert.deepEqual([...fromLedger, ...untouched].sort(), [...expected].sort());
    }),
    { numRuns: 20 },
  );
});

test('yes and no at once end the same in the records and in the ledger', async () => {
  const owner = await newCustomer();
  for (let round = 0; round < 4; round += 1) {
    const from = system.vault.ledger.log.size;
    await Promise.all(
      [true, false, true, false].map((stops) => change(owner, 'objection', ['support'], stops)),
    );
    assert.deepEqual(await replayed(owner, from), await stopped(owner));
  }
});

test('who dies between ledger and row leaves a no that is done when it is said again', async () => {
  const owner = await newCustomer();
  const wish = { ground: 'restriction', purposes: ['support'], stops: true } as const;
  const die = (): never => {
    throw new Error('the machine stops here');
  };
  await assert.rejects(changeStops(own(owner), owner, wish, die), /stops here/);
  assert.deepEqual(await stopped(owner), []);
  assert.deepEqual((await sayings(owner)).length, 1, 'the no is durable');
  await changeStops(own(owner), owner, wish);
  assert.deepEqual(await stopped(owner), ['support restriction']);
  assert.equal((await sayings(owner)).length, 1, 'said in the same moment it is one statement');
  await assert.rejects(changeStops(own(owner), owner, { ...wish, stops: false }, die), /here/);
  assert.deepEqual(await stopped(owner), ['support restriction']);
  await changeStops(own(owner), owner, wish);
  assert.deepEqual(await replayed(owner, 0), ['support restriction'], 'the last word is no');
});

test('the records note how far in the ledger they are, so that an older copy is seen', async () => {
  const owner = await newCustomer();
  await change(owner, 'restriction', ['support']);
  const { applied_ledger } = await system.db
    .selectFrom('system.store')
    .select('applied_ledger')
    .executeTakeFirstOrThrow();
  assert.equal(applied_ledger, system.vault.ledger.log.size - 1);
});

test('an erasure takes the stops with it, and who is being erased stops nothing any more', async () => {
  const owner = await newCustomer();
  await change(owner, 'restriction', everything);
  const leaving = system.op({ party: 'customer', owner }, 'leaving');
  const erasure = await askErasure(leaving, owner, newReceiptCode());
  const [stopping] = await Promise.allSettled([
    change(owner, 'objection', ['support']),
    advanceErasure(system.op('routine', 'leaving'), erasure, system.around),
  ]);
  assert.ok(stopping.status === 'rejected' && isProblem(stopping.reason, 'fenced'));
  const left = await system.db
    .selectFrom('vault.stop')
    .select('purpose')
    .where('owner_id', '=', owner)
    .execute();
  assert.deepEqual(left, []);
});

test('an objection takes away the messages that wait for its purpose, a restriction lets them wait', async () => {
  const owner = await newCustomer();
  const write = () =>
    inTransaction(own(owner), async (op) => {
      const message_id = newRowId(op.now);
      const sealer = await op.vault.sealFor(op, owner);
      const mail = { email: 'a@example.se', subject: 'x', text: 'y', language: 'sv' };
      const sealed = sealer.seal(outbox, message_id, mail);
      await op.db
        .insertInto('messages.outbox')
        .values({
          owner_id: owner,
          message_id,
          channel: 'mail',
          purpose: 'newsletter',
          written_at: op.now,
          due_at: op.now,
          sealed,
        })
        .execute();
    });
  const waiting = async () =>
    (
      await system.db
        .selectFrom('messages.outbox')
        .select('message_id')
        .where('owner_id', '=', owner)
        .where('purpose', '=', 'newsletter')
        .execute()
    ).length;
  await write();
  await change(owner, 'restriction', ['newsletter']);
  assert.equal(await waiting(), 1);
  await change(owner, 'objection', ['newsletter']);
  assert.equal(await waiting(), 0);
});

test('the proofs leave out who has restricted them, and go on with the others', async () => {
  const owner = await newCustomer();
  const routine = system.op({ party: 'routine', routine: 'prove' }, 'proof');
  const looks = async () =>
    (
      await system.db
        .selectFrom('vault.look')
        .select('look_id')
        .where('owner_id', '=', owner)
        .execute()
    ).length;
  await change(owner, 'restriction', ['proof']);
  await assert.rejects(routine.vault.openFor(routine, owner, ['credentials']), (error) =>
    isProblem(error, 'restricted'),
  );
  assert.deepEqual((await personalIsSealed(routine)).found, []);
  assert.equal(await looks(), 0);
});
