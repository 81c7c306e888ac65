import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem } from '../problem.ts';
import { advanceErasure } from '../routines/erasure.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { isOwnPassword, signIn } from './sign-in.ts';

const attempt = (system: TestSystem, change: { email?: string; password?: string } = {}) =>
  signIn(system.op('nobody', 'sign-in'), {
    email: person.email,
    password: person.password,
    device: 'Firefox, Linux',
    ...change,
  });

const isTooMany = (error: unknown) => isProblem(error, 'too-many');

test('the right address and password sign in, in any case and form; nothing else does', async () => {
  await using system = await testSystem();
  await system.newCustomer();
  assert.ok(await attempt(system));
  assert.ok(await attempt(system, { email: ' MAJA.LIND@example.SE ' }));
  assert.ok(await attempt(system, { password: person.password.normalize('NFD') }));
  assert.equal(await attempt(system, { password: 'fel lösenfras här' }), null);
  assert.equal(await attempt(system, { password: '' }), null);
  assert.equal(await attempt(system, { email: 'okand@example.se' }), null);
  assert.equal(await attempt(system, { email: '' }), null);
});

test('ten tries in a quarter of an hour are let through, the next is not, whoever owns the address', async () => {
  await using system = await testSystem();
  await system.newCustomer();
  for (const email of [person.email, 'okand@example.se']) {
    for (let n = 0; n < 10; n += 1)
      assert.equal(await attempt(system, { email, password: 'fel lösenfras här' }), null);
    await assert.rejects(attempt(system, { email }), isTooMany);
    await assert.rejects(attempt(system, { email: email.toUpperCase() }), isTooMany);
  }
});

test('many tries at once are counted one by one', async () => {
  await using system = await testSystem();
  await system.newCustomer();
  const settled = await Promise.allSettled(
    Array.from({ length: 14 }, () => attempt(system, { password: 'fel lösenfras här' })),
  );
  assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, 10);
});

test('the next quarter of an hour begins at zero', async () => {
  await using system = await testSystem();
  await system.newCustomer();
  for (let n = 0; n < 10; n += 1) await attempt(system, { password: 'fel lösenfras här' });
  system.now = system.now.add({ minutes: 14, seconds: 59 });
  await assert.rejects(attempt(system), isTooMany);
  system.now = system.now.add({ seconds: 1 });
  assert.ok(await attempt(system));
});

test('nothing that was typed stands in the counters, and no two days count under the same name', async () => {
  await using system = await testSystem();
  const tryOnce = () => attempt(system, { email: 'okand@example.se' });
  await tryOnce();
  system.now = system.now.add({ hours: 24 });
  await tryOnce();
  const rows = await system.db.selectFrom('accounts.attempt').selectAll().execute();
  assert.equal(rows.length, 2);
  assert.notDeepEqual(rows[0]?.bucket, rows[1]?.bucket);
  assert.ok(rows.every(({ bucket }) => bucket.length === 32));
});

test('who is leaving cannot sign in; only the right password is told why', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const leaving = system.op({ party: 'customer', owner }, 'leaving');
  const erasureId = await askErasure(leaving, owner, newReceiptCode());
  await assert.rejects(attempt(system), (error) => isProblem(error, 'fenced'));
  const routine = system.op('routine', 'leaving');
  for (const until of ['asked', 'fenced', 'removed', 'complete'] as const) {
    await advanceErasure(routine, erasureId, system.around, until);
    assert.equal(await attempt(system, { password: 'fel lösenfras här' }), null, until);
    if (until !== 'asked') assert.equal(await attempt(system), null, until);
  }
});

test('a lost key is told as a fault of ours, and never as a wrong password', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  await system.fresh.keys.pool.query('delete from keys.owner_key where owner_id = $1', [owner]);
  await assert.rejects(attempt(system), (error) => isProblem(error, 'key-missing'));
});

test("a customer confirms with his own password, and nobody else's", async () => {
  await using system = await testSystem();
  const maja = await system.newCustomer();
  const password = 'en helt annan lösenfras';
  const nils = await system.newCustomer({ email: 'nils@example.se', password });
  const op = system.op({ party: 'customer', owner: maja }, 'account');
  assert.equal(await isOwnPassword(op, maja, person.password), true);
  assert.equal(await isOwnPassword(op, maja, password), false);
  await assert.rejects(isOwnPassword(op, nils, password), (error) => isProblem(error, 'not-found'));
  for (let n = 0; n < 8; n += 1) await isOwnPassword(op, maja, 'fel');
  await assert.rejects(isOwnPassword(op, maja, person.password), isTooMany);
});
