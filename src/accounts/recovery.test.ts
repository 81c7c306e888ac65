import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { OwnerId } from '../ids.ts';
import { isProblem } from '../problem.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import { links as signUpLinks, person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { lettersTo, newPassword, tokenFor } from '../../test/access-letters.ts';
import { attemptsMax } from './attempts.ts';
import { codeAt, newOneTimeSecret } from './one-time-codes.ts';
import { changePassword } from './own-password.ts';
import { findRecovery, requestRecovery, resetPassword } from './recovery.ts';
import type { Recovery } from './recovery.ts';
import { isSecondFactor, turnOnCodes } from './second-factor.ts';
import { findSession } from './sessions.ts';
import { signIn } from './sign-in.ts';
import { confirmSignUp, findSignup, requestSignUp } from './sign-up.ts';
import { readToken, writeToken } from './tokens.ts';

const links = {
  recover: (token: string) => `http://localhost/recover/${token}`,
  signUp: 'http://localhost/sign-up',
};

async function request(system: TestSystem, email: string = person.email): Promise<void> {
  await requestRecovery(system.op('nobody', 'sign-in'), { email, language: 'sv' }, links);
}

async function find(system: TestSystem, token: string): Promise<Recovery | null> {
  return findRecovery(system.op('nobody', 'sign-in'), token);
}

async function findNow(system: TestSystem): Promise<Recovery> {
  const found = await find(system, await tokenFor(system, person.email, 'recover'));
  assert.ok(found);
  return found;
}

function reset(system: TestSystem, found: Recovery, code = '') {
  return resetPassword(system.op('nobody', 'sign-in'), found, { password: newPassword, code });
}

async function enter(system: TestSystem, password: string) {
  const attempt = { email: person.email, password, device: 'Firefox, Linux' };
  return signIn(system.op('nobody', 'sign-in'), attempt);
}

const isConflict = (error: unknown) => isProblem(error, 'conflict');

test('a link sets a new password, signs every device out and nobody in, and tells by letter', async () => {
  await using system = await testSystem();
  await system.newCustomer();
  const before = await enter(system, person.password);
  assert.ok(before?.kind === 'signed-in');
  await request(system);
  assert.ok(await enter(system, person.password), 'nothing changes until the link is used');
  system.now = system.now.add({ minutes: 1 });
  assert.equal(await reset(system, await findNow(system)), 'done');
  assert.equal(await findSession(system, before.token, 'account', system.now), null);
  assert.equal(await countRows(system, 'accounts.session'), 0);
  assert.equal(await enter(system, person.password), null);
  assert.ok(await enter(system, newPassword));
  const [letter] = await lettersTo(system, person.email);
  assert.equal(letter?.subject, 'Du har valt ett nytt lösenord');
});

test('a link works once, and the other links with it stop working', async () => {
  await using system = await testSystem();
  await system.newCustomer();
  await request(system);
  const first = await tokenFor(system, person.email, 'recover');
  system.now = system.now.add({ minutes: 1 });
  await request(system);
  const second = await tokenFor(system, person.email, 'recover');
  const found = await find(system, second);
  assert.ok(found);
  assert.ok(await find(system, first));
  assert.equal(await reset(system, found), 'done');
  assert.equal(await find(system, first), null);
  assert.equal(await find(system, second), null);
  await assert.rejects(reset(system, found), isConflict);
});

test('of two who use a link at once one sets the password', async () => {
  await using system = await testSystem();
  await system.newCustomer();
  await request(system);
  const found = await findNow(system);
  const settled = await Promise.allSettled([reset(system, found), reset(system, found)]);
  assert.deepEqual(settled.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
});

test('a link works for thirty minutes and not longer', async () => {
  await using system = await testSystem();
  await system.newCustomer();
  await request(system);
  const token = await tokenFor(system, person.email, 'recover');
  system.now = system.now.add({ minutes: 29, seconds: 59 });
  assert.ok(await find(system, token));
  system.now = system.now.add({ seconds: 1 });
  assert.equal(await find(system, token), null);
});

test('a changed password makes links that were sent before useless', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  await request(system);
  const token = await tokenFor(system, person.email, 'recover');
  const session = await sessionOf(system, owner);
  const op = system.op({ party: 'customer', owner }, 'account');
  await changePassword(op, session, { password: newPassword, endOthers: true });
  assert.equal(await find(system, token), null);
});

test('tokens that are wrong, of somebody else, of another use or of the dead lead nowhere', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  await system.newCustomer({ email: 'nils@example.se' });
  await request(system);
  const right = await tokenFor(system, person.email, 'recover');
  const parts = readToken(right);
  assert.ok(parts);
  await request(system, 'nils@example.se');
  const other = readToken(await tokenFor(system, 'nils@example.se', 'recover'));
  assert.ok(other);
  await requestSignUp(
    system.op('nobody', 'sign-up'),
    { email: 'ny@example.se', language: 'sv' },
    signUpLinks,
  );
  const signUp = /confirm\/(\S+)/.exec((await lettersTo(system, 'ny@example.se'))[0]?.text ?? '');
  const wrong = [
    '',
    'x'.repeat(86),
    right.toLowerCase(),
    `${right}A`,
    writeToken({ ...parts, secret: randomBytes(32) }),
    writeToken({ ...parts, owner: other.owner }),
    writeToken({ ...parts, row: other.row }),
    writeToken({ ...other, secret: parts.secret }),
    signUp?.[1] ?? '',
  ];
  for (const token of wrong) assert.equal(await find(system, token), null);
  assert.ok(await find(system, right));
  await askErasure(system.op({ party: 'customer', owner }, 'leaving'), owner, newReceiptCode());
  assert.equal(await find(system, right), null);
});

test('an address without an account gets a letter that says so, and the same work is done for it', async () => {
  await using system = await testSystem();
  await system.newCustomer();
  const rows = async () => ({
    recoveries: await countRows(system, 'accounts.recovery'),
    letters: await countRows(system, 'messages.outbox'),
    attempts: await countRows(system, 'accounts.attempt'),
  });
  const start = await rows();
  await request(system);
  const known = await rows();
  await request(system, 'okand@example.se');
  const unknown = await rows();
  assert.deepEqual(
    Object.values(known).map((count, n) => count - (Object.values(start)[n] ?? 0)),
    [1, 1, 1],
  );
  assert.deepEqual(
    Object.values(unknown).map((count, n) => count - (Object.values(known)[n] ?? 0)),
    [1, 1, 1],
  );
  const [letter] = await lettersTo(system, 'okand@example.se');
  assert.ok(letter);
  assert.ok(letter.text.includes(links.signUp));
  assert.ok(!letter.text.includes('/recover/'));
  const day = await system.db
    .selectFrom('vault.owner')
    .select('kind')
    .where('owner_id', '=', letter.owner)
    .executeTakeFirstOrThrow();
  assert.equal(day.kind, 'day');
});

test('who is leaving is written to as somebody without an account', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  await askErasure(system.op({ party: 'customer', owner }, 'leaving'), owner, newReceiptCode());
  await request(system);
  const [letter] = await lettersTo(system, person.email);
  assert.ok(letter?.text.includes(links.signUp));
});

test('a letter to an address that gets an account the same day goes over to the account', async () => {
  await using system = await testSystem();
  const email = 'ny@example.se';
  await request(system, email);
  system.now = system.now.add({ minutes: 1 });
  const op = system.op('nobody', 'sign-up');
  await requestSignUp(op, { email, language: 'sv' }, signUpLinks);
  const token = /confirm\/(\S+)/.exec((await lettersTo(system, email))[0]?.text ?? '')?.[1] ?? '';
  const found = await findSignup(op, token);
  assert.ok(found);
  await confirmSignUp(op, found, { name: 'Ny Testsson', password: newPassword, device: '?' });
  assert.deepEqual(await lettersTo(system, email), []);
  assert.equal(await countRows(system, 'accounts.recovery'), 0);
});

test('the letter goes to the address that the account has, not to one that is merely alike', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer({ email: 'kim.ek@example.se' });
  // The Kelvin sign becomes a k in lower case.
  await request(system, '\u212aim.ek@example.se');
  assert.deepEqual(await lettersTo(system, '\u212aim.ek@example.se'), []);
  const [letter] = await lettersTo(system, 'kim.ek@example.se');
  assert.equal(letter?.owner, owner);
});

test('recovery does not get around a second step', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const secret = newOneTimeSecret();
  const op = system.op({ party: 'customer', owner }, 'account');
  const codes = await turnOnCodes(op, owner, { secret, code: codeAt(secret, system.now) });
  assert.ok(codes);
  await request(system);
  const found = await findNow(system);
  assert.equal(found.needsCode, true);
  assert.equal(await reset(system, found), 'wrong-code');
  assert.equal(await reset(system, found, '000000'), 'wrong-code');
  assert.ok(await enter(system, person.password), 'the old password still works');
  system.now = system.now.add({ minutes: 2 });
  assert.equal(await reset(system, found, codeAt(secret, system.now)), 'done');
  system.now = system.now.add({ minutes: 20 });
  await request(system);
  assert.equal(await reset(system, await findNow(system), codes[0]), 'done');
  assert.equal(await enter(system, newPassword).then((outcome) => outcome?.kind), 'code-needed');
});

test('tries of signing in do not use up those of links, and a new link brings no new tries', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const secret = newOneTimeSecret();
  const op = system.op({ party: 'customer', owner }, 'account');
  await turnOnCodes(op, owner, { secret, code: codeAt(secret, system.now) });
  system.now = system.now.add({ minutes: 15 });
  await request(system);
  const found = await findNow(system);
  for (let n = 0; n < attemptsMax; n += 1) await isSecondFactor(op, owner, '000000', 'sign-in');
  assert.equal(await reset(system, found, codeAt(secret, system.now)), 'done');
  system.now = system.now.add({ seconds: 1 });
  await request(system);
  const next = await findNow(system);
  for (let n = 1; n < attemptsMax; n += 1)
    assert.equal(await reset(system, next, '000000'), 'wrong-code');
  const more = reset(system, next, '000000');
  await assert.rejects(more, (error) => isProblem(error, 'too-many'));
});

test('five letters in a quarter of an hour, to whomever', async () => {
  await using system = await testSystem();
  await system.newCustomer();
  for (const email of [person.email, 'okand@example.se']) {
    for (let n = 0; n < 5; n += 1) await request(system, email);
    await assert.rejects(request(system, email), (error) => isProblem(error, 'too-many'));
  }
});

async function sessionOf(system: TestSystem, owner: OwnerId) {
  const outcome = await enter(system, person.password);
  assert.ok(outcome?.kind === 'signed-in');
  const found = await findSession(system, outcome.token, 'account', system.now);
  assert.equal(found?.owner, owner);
  return found;
}

async function countRows(
  system: TestSystem,
  table: 'accounts.recovery' | 'accounts.session' | 'accounts.attempt' | 'messages.outbox',
): Promise<number> {
  const { count } = await system.db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}
