import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hash } from '@node-rs/argon2';
import { isProblem } from '../problem.ts';
import { advanceErasure } from '../routines/erasure.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { inTransaction } from '../operation.ts';
import type { OwnerId } from '../ids.ts';
import { freeGuesses, waitSeconds } from './guesses.ts';
import { credential } from './holdings.ts';
import { endAllSessions, putPassword } from './own-password.ts';
import { argon2Parameters, hashPassword, isPassword } from './passwords.ts';
import { beginCustomerSession } from './sign-in-steps.ts';
import { checkPassword, isOwnPassword, signIn } from './sign-in.ts';

const attempt = (system: TestSystem, change: { email?: string; password?: string } = {}) =>
  signIn(system.op('nobody', 'sign-in'), {
    email: person.email,
    password: person.password,
    device: 'Firefox, Linux',
    ...change,
  });

/** The row of an owner's password. */
async function passwordRow(system: TestSystem, owner: OwnerId) {
  return system.db
    .selectFrom('accounts.credential')
    .select(['credential_id', 'changed_at', 'sealed'])
    .where('owner_id', '=', owner)
    .where('kind', '=', 'password')
    .executeTakeFirstOrThrow();
}

async function readHash(system: TestSystem, owner: OwnerId): Promise<string> {
  const row = await passwordRow(system, owner);
  const opener = await system.vault.openFor(system.op('nobody', 'sign-in'), owner, ['credentials']);
  return opener.open(credential, row.credential_id, row.sealed).password_hash ?? '';
}

async function storeHash(system: TestSystem, owner: OwnerId, password_hash: string): Promise<void> {
  const { credential_id } = await passwordRow(system, owner);
  await inTransaction(system.op('nobody', 'sign-in'), async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    const sealed = sealer.seal(credential, credential_id, { password_hash, one_time_secret: null });
    await write.db
      .updateTable('accounts.credential')
      .set({ sealed })
      .where('credential_id', '=', credential_id)
      .execute();
  });
}

async function changeOf(system: TestSystem, owner: OwnerId) {
  return (await passwordRow(system, owner)).changed_at.toString();
}

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

test('five wrong guesses cost no waiting, then each one does, whoever owns the address', async () => {
  await using system = await testSystem();
  await system.newCustomer();
  for (const email of [person.email, 'okand@example.se']) {
    for (let n = 0; n < freeGuesses; n += 1)
      assert.equal(await attempt(system, { email, password: 'fel lösenfras här' }), null);
    await assert.rejects(attempt(system, { email }), isTooMany);
    await assert.rejects(attempt(system, { email: email.toUpperCase() }), isTooMany);
  }
});

test('the right password after the wait makes what went wrong forgotten', async () => {
  await using system = await testSystem();
  await system.newCustomer();
  const wrong = { password: 'fel lösenfras här' };
  for (let n = 0; n < freeGuesses; n += 1) await attempt(system, wrong);
  system.now = system.now.add({ seconds: waitSeconds(freeGuesses) - 1 });
  await assert.rejects(attempt(system), isTooMany);
  system.now = system.now.add({ seconds: 1 });
  assert.ok(await attempt(system));
  for (let n = 0; n < freeGuesses; n += 1) assert.equal(await attempt(system, wrong), null);
  await assert.rejects(attempt(system, wrong), isTooMany);
});

test('many tries at once are counted one by one', async () => {
  await using system = await testSystem();
  await system.newCustomer();
  const settled = await Promise.allSettled(
    Array.from({ length: 14 }, () => attempt(system, { password: 'fel lösenfras här' })),
  );
  assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, freeGuesses);
});

test('nothing that was typed stands in the counters, and no two days count under the same name', async () => {
  await using system = await testSystem();
  const tryOnce = () => attempt(system, { email: 'okand@example.se' });
  await tryOnce();
  system.now = system.now.add({ hours: 24 });
  await tryOnce();
  for (const table of ['accounts.attempt', 'accounts.failure'] as const) {
    const rows = await system.db.selectFrom(table).select('bucket').execute();
    const buckets = rows.map(({ bucket }) => Buffer.from(bucket).toString('hex'));
    assert.ok(buckets.length >= 2);
    assert.equal(new Set(buckets).size, buckets.length);
    assert.ok(rows.every(({ bucket }) => bucket.length === 32));
  }
});

test('a sign-in under way ends when the password is replaced before it has a session', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const op = system.op('nobody', 'sign-in');
  const first = await checkPassword(op, 'account-email', person);
  assert.ok(first);
  const password_hash = await hashPassword('fyra nya ord i en rad');
  const [beginning] = await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    await putPassword(write, sealer, password_hash);
    await endAllSessions(write, owner);
    // In a list, so that the transaction does not wait for what waits for it.
    return [beginCustomerSession(op, first, '?')];
  });
  assert.equal(await beginning, null, 'that waited for the new password');
  assert.equal(await beginCustomerSession(op, first, '?'), null, 'that came after it');
  const sessions = await system.db.selectFrom('accounts.session').select('session_id').execute();
  assert.deepEqual(sessions, []);
});

test('a hash that was made more cheaply is made anew at the next sign-in, and the password stays', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const cheap = await hash(person.password.normalize('NFC'), {
    ...argon2Parameters,
    memoryCost: 19_456,
    timeCost: 2,
  });
  await storeHash(system, owner, cheap);
  const changedAt = await changeOf(system, owner);
  system.now = system.now.add({ hours: 1 });
  assert.equal(await attempt(system, { password: 'fel lösenfras här' }), null);
  assert.equal(await readHash(system, owner), cheap);
  assert.ok(await attempt(system));
  const anew = await readHash(system, owner);
  assert.ok(anew.startsWith('$argon2id$v=19$m=65536,t=3,p=1$'));
  assert.ok(await attempt(system));
  assert.equal(await readHash(system, owner), anew);
  assert.deepEqual(await changeOf(system, owner), changedAt);
});

test('an owner who signs in twice at once with a cheap hash is let in twice and left with one good hash', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const cheap = await hash(person.password.normalize('NFC'), { ...argon2Parameters, timeCost: 1 });
  await storeHash(system, owner, cheap);
  const signedIn = await Promise.all([attempt(system), attempt(system)]);
  assert.ok(signedIn.every((outcome) => outcome?.kind === 'signed-in'));
  assert.ok(await isPassword(person.password, await readHash(system, owner)));
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
    system.now = system.now.add({ minutes: 15 });
    assert.equal(await attempt(system, { password: 'fel lösenfras här' }), null, until);
    // The wrong guess makes the next one wait.
    system.now = system.now.add({ minutes: 15 });
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
  assert.equal(await isOwnPassword(op, maja, person.password), true);
  await assert.rejects(isOwnPassword(op, nils, password), (error) => isProblem(error, 'not-found'));
  for (let n = 0; n < freeGuesses; n += 1) await isOwnPassword(op, maja, 'fel');
  await assert.rejects(isOwnPassword(op, maja, person.password), isTooMany);
});
