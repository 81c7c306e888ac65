import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { askErasure } from './erasure-ask.ts';
import { openCase } from './erasure-case.ts';
import { newReceiptCode } from './receipt-code.ts';

async function placeOrders(
  system: TestSystem,
  owner: OwnerId,
  count: number,
  street: string,
): Promise<void> {
  for (let placed = 0; placed < count; placed += 1) {
    system.now = system.now.add({ minutes: 1 });
    await system.placeOrderFor(owner, { street });
  }
}

async function ask(system: TestSystem, owner: OwnerId) {
  const op = system.op({ party: 'customer', owner }, 'leaving');
  const erasureId = await askErasure(op, owner, newReceiptCode());
  const { searchStrings } = await openCase(system.op('routine', 'leaving'), erasureId);
  return { searchStrings, evidence: await evidenceOfAsking(system, erasureId) };
}

async function evidenceOfAsking(system: TestSystem, erasureId: RowId): Promise<unknown> {
  const { evidence } = await system.db
    .selectFrom('routines.erasure_step')
    .select('evidence')
    .where('erasure_id', '=', erasureId)
    .where('step', '=', 'asked')
    .executeTakeFirstOrThrow();
  return evidence;
}

test('names and streets of every order are searched for, as long as there are fifty', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  await placeOrders(system, owner, 1, 'Gamla Provgatan 1');
  await placeOrders(system, owner, 49, 'Nya Provgatan 2');
  const { searchStrings, evidence } = await ask(system, owner);
  assert.ok(searchStrings.includes('Gamla Provgatan 1'));
  assert.ok(searchStrings.includes('Nya Provgatan 2'));
  assert.deepEqual(evidence, {});
});

test('of more than fifty orders the newest are read before the key goes, and the receipt says so', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  await placeOrders(system, owner, 1, 'Gamla Provgatan 1');
  await placeOrders(system, owner, 50, 'Nya Provgatan 2');
  const { searchStrings, evidence } = await ask(system, owner);
  assert.equal(searchStrings.includes('Gamla Provgatan 1'), false);
  assert.ok(searchStrings.includes('Nya Provgatan 2'));
  assert.deepEqual(evidence, { newest_orders_read: 50 });
});
