import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import type { OwnerId } from '../ids.ts';
import { isProblem } from '../problem.ts';
import { advanceErasure } from '../routines/erasure.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { readReceipt } from '../routines/erasure-receipt.ts';
import { endKept } from '../routines/kept-retention.ts';
import { newReceiptCode, proofCodeOf } from '../routines/receipt-code.ts';
import { sweep } from '../routines/retention.ts';
import {
  hasProofs,
  ownerOfProof,
  provablePurchases,
  readProofs,
  removeProofs,
} from './proof-of-purchase.ts';

let system: TestSystem;
let people = 0;

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

const writer = {
  line: ({ quantity, description }: { quantity: number; description: string }) =>
    `${quantity} × ${description}`,
  amount: (ore: number) => `${ore} öre`,
};
const anyone = () => system.op('nobody', 'proof-of-purchase');
const retention = () => system.op('routine', 'retention');

async function newCustomer(orders: number): Promise<OwnerId> {
  people += 1;
  system.now = system.now.add({ minutes: 20 });
  const owner = await system.newCustomer({ email: `person${people}@example.se` });
  for (let index = 0; index < orders; index += 1) {
    system.now = system.now.add({ minutes: 1 });
    await system.placeOrderFor(owner);
  }
  return owner;
}

async function leaveWithProof(owner: OwnerId) {
  const code = newReceiptCode();
  const op = system.op({ party: 'customer', owner }, 'leaving');
  const erasureId = await askErasure(op, owner, code, { farewell: null, proof: writer });
  const routine = system.op('routine', 'leaving');
  assert.equal(await advanceErasure(routine, erasureId, system.around), 'complete');
  return { code, proof: proofCodeOf(code), erasureId };
}

test('a proof of purchase outlives its account, and says what and when but not who', async () => {
  const owner = await newCustomer(2);
  const { proof, erasureId } = await leaveWithProof(owner);
  const found = await readProofs(anyone(), proof);
  assert.equal(found.length, 2);
  assert.match(found[0]?.number ?? '', /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  assert.match(found[0]?.bought.join() ?? '', /^2 × /);
  const text = JSON.stringify(found);
  for (const word of [person.name, person.street, person.email]) assert.ok(!text.includes(word));
  const receipt = await readReceipt(system.op('routine', 'leaving'), erasureId);
  assert.deepEqual(receipt?.body.kept, [
    { what: 'proof-of-purchase', law: 'own-choice', until: '2030-01-22' },
  ]);
});

test('nothing in the stores leads from the proof to the account, to its erasure or back', async () => {
  const owner = await newCustomer(1);
  const placed = await system.db
    .selectFrom('history.order')
    .select(['order_id', 'placed_at'])
    .where('owner_id', '=', owner)
    .executeTakeFirstOrThrow();
  const { proof, erasureId } = await leaveWithProof(owner);
  const { rows } = await sql<{ text: string }>`
    select p::text || ' ' || o::text as text from history.proof_of_purchase p
    join vault.owner o using (owner_id) where owner_id = ${ownerOfProof(proof)}`.execute(system.db);
  assert.equal(rows.length, 1);
  for (const trace of [owner, placed.order_id, erasureId]) {
    assert.ok(!rows[0]?.text.includes(trace), 'an id');
    assert.ok(!rows[0]?.text.includes(trace.slice(0, 13)), 'the time in an id');
  }
  const { purchased_at } = await system.db
    .selectFrom('history.proof_of_purchase')
    .select('purchased_at')
    .where('owner_id', '=', ownerOfProof(proof))
    .executeTakeFirstOrThrow();
  assert.equal(purchased_at.toString(), '2026-11-21T23:00:00Z', 'a day where the company is');
});

test('no other code opens it, and no row that somebody else wrote', async () => {
  const { code, proof } = await leaveWithProof(await newCustomer(1));
  assert.deepEqual(await readProofs(anyone(), code), []);
  assert.deepEqual(await readProofs(anyone(), proofCodeOf(newReceiptCode())), []);
  const owner = ownerOfProof(proof);
  const foreign = system.op({ party: 'customer', owner }, 'insight');
  await assert.rejects(foreign.vault.openFor(foreign, owner, ['purchases']), (error) =>
    isProblem(error, 'not-allowed'),
  );
});

test('whoever has the code removes it, and its key dies soon after', async () => {
  const { proof } = await leaveWithProof(await newCustomer(1));
  await removeProofs(anyone(), proofCodeOf(newReceiptCode()));
  assert.equal(await hasProofs(anyone(), proof), true);
  await removeProofs(anyone(), proof);
  assert.equal(await hasProofs(anyone(), proof), false);
  await removeProofs(anyone(), proof);
  assert.ok((await endKept(retention())) >= 1);
  const gone = system.op('routine', 'proof');
  await assert.rejects(gone.vault.openFor(gone, ownerOfProof(proof), ['purchases']), (error) =>
    isProblem(error, 'fenced'),
  );
});

test('who has nothing to prove, or does not want it, leaves nothing', async () => {
  const owner = await newCustomer(0);
  assert.equal(
    await provablePurchases(system.op({ party: 'customer', owner }, 'leaving'), [owner]),
    null,
  );
  const { proof, erasureId } = await leaveWithProof(owner);
  assert.equal(await hasProofs(anyone(), proof), false);
  const receipt = await readReceipt(system.op('routine', 'leaving'), erasureId);
  assert.deepEqual(receipt?.body.kept, []);
});

test('a purchase is kept for three years and two months to the day, and then its key dies', async () => {
  const bought = system.now;
  const { proof } = await leaveWithProof(await newCustomer(1));
  const begin = Temporal.Instant.from('2026-11-21T23:00:00Z');
  system.now = begin.add({ hours: 1158 * 24 });
  await sweep(retention());
  assert.equal(await hasProofs(anyone(), proof), true);
  system.now = begin.add({ hours: 1158 * 24, milliseconds: 1 });
  await sweep(retention());
  assert.equal(await hasProofs(anyone(), proof), false);
  assert.ok((await endKept(retention())) >= 1);
  system.now = bought.add({ minutes: 40 });
});
