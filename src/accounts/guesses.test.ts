import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import { isProblem } from '../problem.ts';
import { restart } from '../../test/crashes.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import {
  countGuess,
  forgetGuesses,
  freeGuesses,
  guessesFromNetworkMax,
  guessesInRowMax,
  waitSeconds,
} from './guesses.ts';
import { isKnownNetwork, rememberNetwork } from './known-networks.ts';
import { requestRecovery, resetPassword } from './recovery.ts';
import { isOwnPassword, signIn } from './sign-in.ts';

const home = '198.51.100.0/24';
const stranger = () => Promise.resolve(false);

/** The guess itself without its hash, which would take a minute here and nothing is said about it. */
async function isLetThrough(
  system: TestSystem,
  at: string,
  from: string | null,
  owner: OwnerId | null = null,
): Promise<boolean> {
  const op = system.op('nobody', 'sign-in');
  try {
    await countGuess(op, { at, from }, () => isKnownNetwork(op, owner, from));
    return true;
  } catch (error) {
    if (isProblem(error, 'too-many')) return false;
    throw error;
  }
}

async function signInFrom(system: TestSystem, network: string, password: string = person.password) {
  const op = { ...system.op('nobody', 'sign-in'), network };
  return signIn(op, { email: person.email, password, device: '?' });
}

test('the wait grows from half a minute to a quarter of an hour and no further', () => {
  const waits = [0, 4, 5, 6, 7, 8, 9, 10, 11, 100].map(waitSeconds);
  assert.deepEqual(waits, [0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
});

test('each wrong guess from one network makes the next wait longer, and others are not slowed down by it', async () => {
  await using system = await testSystem();
  const at = 'account-email maja.lind@example.se';
  for (let n = 0; n < freeGuesses; n += 1) assert.ok(await isLetThrough(system, at, home));
  for (let failures = freeGuesses; failures < freeGuesses + 8; failures += 1) {
    assert.equal(await isLetThrough(system, at, home), false);
    system.now = system.now.add({ seconds: waitSeconds(failures) - 1 });
    assert.equal(await isLetThrough(system, at, home), false, `too early after ${failures}`);
    system.now = system.now.add({ seconds: 1 });
    assert.ok(await isLetThrough(system, at, home), `in time after ${failures}`);
  }
  assert.ok(await isLetThrough(system, at, '203.0.113.0/24'));
  assert.ok(await isLetThrough(system, 'account-email nils@example.se', home));
});

test('10 000 wrong passwords from many networks do not keep the owner out, and get a hundred guesses', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  assert.ok(await signInFrom(system, home));
  const at = `account-email ${person.email}`;
  const op = system.op('nobody', 'sign-in');
  let through = 0;
  for (let batch = 0; batch < 500; batch += 1) {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        countGuess(op, { at, from: `10.${batch % 250}.${n}.0/24` }, stranger).then(
          () => true,
          () => false,
        ),
      ),
    );
    through += answers.filter(Boolean).length;
  }
  // Those who come at the same moment are counted one after the other, so a few more may slip through.
  assert.ok(through >= guessesInRowMax && through < guessesInRowMax + 20, String(through));
  assert.equal(await isLetThrough(system, at, '192.0.2.0/24', owner), false);
  assert.ok(await signInFrom(system, home), 'the owner gets in from a network of his own');
  assert.ok(await isLetThrough(system, at, '192.0.2.0/24', owner), 'and the count begins anew');
});

test('an address without an account is answered the same all the way', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const steps = async (at: string, whose: OwnerId | null) => {
    const seen: boolean[] = [];
    for (let n = 0; n < guessesInRowMax + 10; n += 1)
      seen.push(await isLetThrough(system, at, `10.0.${n}.0/24`, whose));
    for (let n = 0; n < 8; n += 1) seen.push(await isLetThrough(system, at, '10.1.1.0/24', whose));
    return seen;
  };
  const known = await steps(`account-email ${person.email}`, owner);
  assert.deepEqual(await steps('account-email okand@example.se', null), known);
  assert.equal(known.filter(Boolean).length, guessesInRowMax);
});

test('a network that guesses at many addresses is stopped, whatever they are', async () => {
  await using system = await testSystem();
  let through = 0;
  for (let n = 0; n < guessesFromNetworkMax + 20; n += 1)
    if (await isLetThrough(system, `account-email ${n}@example.se`, home)) through += 1;
  assert.equal(through, guessesFromNetworkMax);
  assert.ok(await isLetThrough(system, 'account-email 1@example.se', '203.0.113.0/24'));
  system.now = system.now.add({ minutes: 15 });
  assert.ok(await isLetThrough(system, 'account-email 2@example.se', home));
});

test('midnight gives no fresh set of guesses, and a day without any forgives', async () => {
  await using system = await testSystem();
  system.now = Temporal.Instant.from('2026-11-22T23:59:00Z');
  const at = 'account-email maja.lind@example.se';
  for (let n = 0; n < freeGuesses; n += 1) assert.ok(await isLetThrough(system, at, home));
  system.now = Temporal.Instant.from('2026-11-22T23:59:59Z');
  assert.ok(await isLetThrough(system, at, home), 'the first wait is over');
  system.now = Temporal.Instant.from('2026-11-23T00:00:58Z');
  assert.equal(
    await isLetThrough(system, at, home),
    false,
    'the second wait goes on over midnight',
  );
  system.now = Temporal.Instant.from('2026-11-23T00:00:59Z');
  assert.ok(await isLetThrough(system, at, home));
  assert.equal(await isLetThrough(system, at, home), false, 'and grows from where it was');
  system.now = Temporal.Instant.from('2026-11-25T00:00:00Z');
  for (let n = 0; n < freeGuesses; n += 1) assert.ok(await isLetThrough(system, at, home));
});

test('a hundred wrong guesses before midnight are a hundred after it', async () => {
  await using system = await testSystem();
  system.now = Temporal.Instant.from('2026-11-22T23:50:00Z');
  const at = 'account-email maja.lind@example.se';
  for (let n = 0; n < guessesInRowMax; n += 1)
    assert.ok(await isLetThrough(system, at, `10.0.${n}.0/24`));
  system.now = Temporal.Instant.from('2026-11-23T00:10:00Z');
  assert.equal(await isLetThrough(system, at, '10.2.2.0/24'), false);
});

test('what was counted is still counted when the server starts again', async () => {
  await using system = await testSystem();
  const at = 'account-email maja.lind@example.se';
  for (let n = 0; n < freeGuesses; n += 1) await isLetThrough(system, at, home);
  const again = await restart(system);
  assert.equal(await isLetThrough(again, at, home), false);
});

test('where the network is unknown the address alone is counted', async () => {
  await using system = await testSystem();
  const at = 'account-email maja.lind@example.se';
  for (let n = 0; n < freeGuesses; n += 1) assert.ok(await isLetThrough(system, at, null));
  assert.equal(await isLetThrough(system, at, null), false);
  const buckets = await system.db.selectFrom('accounts.attempt').select('bucket').execute();
  assert.equal(buckets.length, 1, 'only the count of all');
});

test('a right guess makes everything forgotten that went wrong, from wherever', async () => {
  await using system = await testSystem();
  const guess = { at: 'account-email maja.lind@example.se', from: home };
  const op = system.op('nobody', 'sign-in');
  for (let n = 0; n < freeGuesses; n += 1) await countGuess(op, guess, stranger);
  await forgetGuesses(op, guess);
  assert.deepEqual(await system.db.selectFrom('accounts.failure').selectAll().execute(), []);
});

test('recovery stays open when guessing has shut an address, and opens it again', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const at = `account-email ${person.email}`;
  for (let n = 0; n < guessesInRowMax; n += 1)
    await isLetThrough(system, at, `10.0.${n}.0/24`, owner);
  await assert.rejects(signInFrom(system, home), (error) => isProblem(error, 'too-many'));
  const op = { ...system.op('nobody', 'sign-in'), network: home };
  const recoveryId = await recoveryOf(system, owner);
  const found = { owner, recoveryId, email: person.email, name: person.name, needsCode: false };
  await resetPassword(op, found, { password: 'en helt annan lösenfras', code: '' });
  assert.ok(await signInFrom(system, home, 'en helt annan lösenfras'));
});

test('networks of an owner are kept as hashes under the key of the owner, twenty of them', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const op = system.op('nobody', 'sign-in');
  for (let n = 0; n < 25; n += 1) {
    const later = { ...op, now: op.now.add({ minutes: n }) };
    await inTransaction(later, async (write) =>
      rememberNetwork(write, await write.vault.sealFor(write, owner), `10.0.${n}.0/24`),
    );
  }
  const known = await Promise.all(
    [0, 4, 5, 24].map((n) => isKnownNetwork(op, owner, `10.0.${n}.0/24`)),
  );
  assert.deepEqual(known, [false, false, true, true]);
  assert.equal(await isKnownNetwork(op, null, '10.0.24.0/24'), false);
  const old = { ...op, now: op.now.add({ hours: 24 * 181 }) };
  assert.equal(await isKnownNetwork(old, owner, '10.0.24.0/24'), false);
});

test('wrong confirmations of somebody who is signed in are slowed down as well', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const op = { ...system.op({ party: 'customer', owner }, 'account'), network: home };
  for (let n = 0; n < freeGuesses; n += 1)
    assert.equal(await isOwnPassword(op, owner, 'fel'), false);
  await assert.rejects(isOwnPassword(op, owner, person.password), (error) =>
    isProblem(error, 'too-many'),
  );
});

/** A recovery that waits, as if its letter had been asked for. */
async function recoveryOf(system: TestSystem, owner: OwnerId) {
  const links = { recover: (token: string) => token, signUp: '' };
  const wish = { email: person.email, language: 'sv' } as const;
  await requestRecovery(system.op('nobody', 'sign-in'), wish, links);
  const { recovery_id } = await system.db
    .selectFrom('accounts.recovery')
    .select('recovery_id')
    .where('owner_id', '=', owner)
    .executeTakeFirstOrThrow();
  return recovery_id;
}
