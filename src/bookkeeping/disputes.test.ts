import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newestVoucher, sellBySwish } from '../../test/books.ts';
import { queuedFor } from '../../test/queued.ts';
import { addTestProduct } from '../../test/shop.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { bookDispute, listDisputes } from './disputes.ts';

let system: TestSystem;

before(async () => {
  system = await testSystem();
  await sellBySwish(system, await system.newCustomer(), await addTestProduct(system));
});
after(() => system[Symbol.asyncDispose]());

const dispute = (reference = 'SETTLED') =>
  bookDispute(system.op('routine', 'payment'), reference, 'evt_prov');

test('a dispute of a sale that the books do not know is not booked', async () => {
  assert.equal(await dispute('UNKNOWN'), false);
  assert.deepEqual(await listDisputes(system.op('routine', 'bookkeeping')), []);
});

test('the same dispute that comes several times at once, or again, is one voucher', async () => {
  const { year } = await newestVoucher(system, 'sale');
  const comers = [dispute, dispute, dispute].map((come) => () => come());
  const outcomes = await queuedFor(system, 'bookkeeping.fiscal_year', year, comers);
  for (const outcome of outcomes) assert.deepEqual(outcome, { status: 'fulfilled', value: true });
  assert.equal(await dispute(), true);
  const listed = await listDisputes(system.op('routine', 'bookkeeping'));
  assert.deepEqual(
    listed.map(({ name, saleName }) => [name, saleName]),
    [['D1-2026', 'S1-2026']],
  );
});
