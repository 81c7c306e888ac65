// P18 where nothing is broken: before anything is booked, and after customers have left.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bookDispute } from '../src/bookkeeping/disputes.ts';
import { booksAreKeptApart } from '../src/routines/proof/books.ts';
import { leave, payBackAll, sellBySwish, settleRefunds } from './books.ts';
import { proofParts } from './proof-parts.ts';
import { addTestProduct } from './shop.ts';
import { testSystem } from './system.ts';

test('P18 has nothing to say where nothing was ever booked', async () => {
  await using system = await testSystem();
  const proof = system.op('routine', 'proof');
  assert.deepEqual(await booksAreKeptApart(proof, proofParts(system)), { lookedAt: 0, found: [] });
});

test('P18 is kept when customers leave and the books stay behind, with refunds under way', async () => {
  await using system = await testSystem();
  const item = await addTestProduct(system);
  const stays = await system.newCustomer();
  const leaves = await system.newCustomer({ email: 'alva.holm@example.se' });
  await sellBySwish(system, stays, item);
  const sold = await sellBySwish(system, leaves, item);
  await sellBySwish(system, leaves, item, 3);
  await payBackAll(system, sold);
  await leave(system, leaves);
  const proof = system.op('routine', 'proof');
  assert.deepEqual((await booksAreKeptApart(proof, proofParts(system))).found, []);
  await settleRefunds(system);
  assert.deepEqual(
    (await booksAreKeptApart(system.op('routine', 'proof'), proofParts(system))).found,
    [],
  );
});

test('P18 is kept when a payment is disputed: it is noted without rows until the bank has decided', async () => {
  await using system = await testSystem();
  await sellBySwish(system, await system.newCustomer(), await addTestProduct(system));
  assert.ok(await bookDispute(system.op('routine', 'payment'), 'SETTLED', 'evt_prov'));
  const proof = system.op('routine', 'proof');
  assert.deepEqual((await booksAreKeptApart(proof, proofParts(system))).found, []);
});
