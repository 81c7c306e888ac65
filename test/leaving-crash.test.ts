// Killed (SIGKILL) on the way out: with a proof of purchase to keep, and with a last letter that has just left.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { hasProofs } from '../src/history/proof-of-purchase.ts';
import type { OwnerId } from '../src/ids.ts';
import { fakeSmtp, sendAll } from '../src/messages/outbox.fixture.ts';
import { advanceErasure, erasureByCode } from '../src/routines/erasure.ts';
import { askErasure } from '../src/routines/erasure-ask.ts';
import { endFarewells } from '../src/routines/erasure-farewell.ts';
import { newReceiptCode, proofCodeOf } from '../src/routines/receipt-code.ts';
import { crash, restart } from './crashes.ts';
import { keepingWish } from './crash-order.ts';
import { testSystem } from './system.ts';
import type { TestSystem } from './system.ts';

let system: TestSystem;

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

type Leaver = { readonly owner: OwnerId; readonly code: string };

async function newLeaver(): Promise<Leaver> {
  system.now = system.now.add({ minutes: 1 });
  const email = `${randomBytes(5).toString('hex')}@example.se`;
  const owner = await system.newCustomer({ email });
  await system.placeOrderFor(owner);
  return { owner, code: newReceiptCode() };
}

const askFor = (at: TestSystem, { owner, code }: Leaver) =>
  askErasure(at.op({ party: 'customer', owner }, 'leaving'), owner, code, keepingWish);

const provenBy = (at: TestSystem, { code }: Leaver) =>
  hasProofs(at.op('nobody', 'proof-of-purchase'), proofCodeOf(code));

async function casesLeft(at: TestSystem): Promise<number> {
  const owners = await at.db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('kind', '=', 'erasure_case')
    .execute();
  return owners.length;
}

/** Complete, with its last letter sent. */
async function newFarewell(): Promise<Leaver> {
  const leaver = await newLeaver();
  const erasureId = await askFor(system, leaver);
  await advanceErasure(system.op('routine', 'leaving'), erasureId, system.around);
  await sendAll(system, fakeSmtp());
  return leaver;
}

test('a request to leave with a proof of purchase that is killed anywhere can be repeated, and the proof is there once', async () => {
  const rehearsal = await newLeaver();
  const journey = { kind: 'ask', ...rehearsal, keeps: true } as const;
  const { length } = await crash(system, journey, { points: 'every', dieAt: 0 });
  assert.ok(length > 20);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: length }), async (dieAt) => {
      const leaver = await newLeaver();
      await crash(system, { kind: 'ask', ...leaver, keeps: true }, { points: 'every', dieAt });
      const restarted = await restart(system);
      const asked = await erasureByCode(restarted.op('routine', 'leaving'), leaver.code);
      assert.equal(await provenBy(restarted, leaver), asked !== null, 'both or neither');
      const erasureId = await askFor(restarted, leaver);
      const routine = restarted.op('routine', 'leaving');
      assert.equal(await advanceErasure(routine, erasureId, restarted.around), 'complete');
      assert.equal(await provenBy(restarted, leaver), true);
    }),
    { numRuns: 5, endOnFailure: true },
  );
  await sendAll(system, fakeSmtp());
  await endFarewells(system.op('routine', 'leaving'), system.around);
});

test('a last letter that is killed between any two parts of its end is ended by the next start', async () => {
  const others = await casesLeft(system);
  await newFarewell();
  const points = await crash(system, { kind: 'farewells' }, { points: 'named', dieAt: 0 });
  assert.deepEqual(points, [
    'the carrier of the last letter was told',
    'ledger has the fence',
    'key is destroyed',
    'the case is closed',
  ]);
  for (const [index, point] of points.entries()) {
    const leaver = await newFarewell();
    const how = { points: 'named', dieAt: index + 1 } as const;
    const reached = await crash(system, { kind: 'farewells' }, how);
    assert.equal(reached.at(-1), point);
    const restarted = await restart(system);
    const op = restarted.op('routine', 'leaving');
    await endFarewells(op, restarted.around);
    assert.equal((await erasureByCode(op, leaver.code))?.farewell, 'erased');
    assert.equal(await casesLeft(restarted), others);
  }
});
