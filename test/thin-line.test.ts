import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signIn } from '../src/accounts/sign-in.ts';
import { listOrders } from '../src/history/orders.ts';
import { gatherInsight } from '../src/requests/insight.ts';
import { advanceErasure, erasureByCode } from '../src/routines/erasure.ts';
import { askErasure } from '../src/routines/erasure-ask.ts';
import { readReceipt } from '../src/routines/erasure-receipt.ts';
import { newReceiptCode } from '../src/routines/receipt-code.ts';
import { person, testSystem } from './system.ts';

test('a customer signs up, orders, sees everything, leaves, and nothing is left but the receipt', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  await system.placeOrderFor(owner);

  const history = system.op({ party: 'customer', owner }, 'history');
  const opener = await history.vault.openFor(history, owner, ['history']);
  const [order] = await listOrders(history, opener);
  assert.equal(order?.delivery.recipient_name, person.name);

  const insight = await gatherInsight(system.op({ party: 'customer', owner }, 'insight'), owner);
  assert.ok(JSON.stringify(insight.categories).includes(person.email));

  const code = newReceiptCode();
  const erasureId = await askErasure(
    system.op({ party: 'customer', owner }, 'leaving'),
    owner,
    code,
  );
  const routine = system.op('routine', 'leaving');
  assert.equal(await advanceErasure(routine, erasureId, system.around), 'complete');

  const receipt = await readReceipt(routine, erasureId);
  assert.equal(receipt?.body.steps.length, 6);
  assert.equal((await erasureByCode(system.op('nobody', 'leaving'), code))?.state, 'complete');
  assert.equal(await signIn(system.op('nobody', 'sign-in'), { ...person, device: '?' }), null);
});
