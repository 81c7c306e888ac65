import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem } from '../problem.ts';
import type { OwnerId } from '../ids.ts';
import { outbox } from '../messages/outbox.ts';
import { securityMailText } from '../text/mail-security.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { attemptsMax } from './attempts.ts';
import { confirmByPasskey, confirmByPassword } from './confirm-identity.ts';
import { codeAt, newOneTimeSecret } from './one-time-codes.ts';
import {
  addDevice,
  answerToSignIn,
  ceremonyOf,
  customerOp,
  origin,
  rpId,
  sessionOf,
  signInOp,
} from './passkeys.fixture.ts';
import { changePassword } from './own-password.ts';
import { askToConfirm } from './passkeys.ts';
import { readRecoveryCode, recoveryCodesLeft, recoveryCodesMade } from './recovery-codes.ts';
import {
  hasSecondFactor,
  isSecondFactor,
  newRecoveryCodes,
  turnOffCodes,
  turnOnCodes,
} from './second-factor.ts';
import { findSession } from './sessions.ts';
import { completeSignIn, signInByPasskey } from './sign-in-steps.ts';
import { signIn } from './sign-in.ts';
import { ticketMinutes } from './tickets.ts';

const device = 'Firefox, Linux';
const stepSeconds = 30;
const isTooMany = (error: unknown) => isProblem(error, 'too-many');

/** A customer with two-step verification; the code that turned it on is used up, so time moves on one step. */
async function withCodes(system: TestSystem) {
  const owner = await system.newCustomer();
  const secret = newOneTimeSecret();
  const code = codeAt(secret, system.now);
  const recovery = await turnOnCodes(customerOp(system, owner), owner, { secret, code });
  assert.ok(recovery);
  system.now = system.now.add({ seconds: 2 * stepSeconds });
  return { owner, secret, recovery, code: () => codeAt(secret, system.now) };
}

async function firstStep(system: TestSystem): Promise<string> {
  const outcome = await signIn(signInOp(system), { ...person, device });
  assert.ok(outcome?.kind === 'code-needed');
  return outcome.pending;
}

async function lettersTo(system: TestSystem, owner: OwnerId): Promise<string[]> {
  const op = system.op('routine', 'service-message');
  const rows = await system.db
    .selectFrom('messages.outbox')
    .selectAll()
    .where('owner_id', '=', owner)
    .orderBy('message_id')
    .execute();
  const opener = await op.vault.openForGate(op, owner, 'messages');
  return rows.map(({ message_id, sealed }) => opener.open(outbox, message_id, sealed).subject);
}

test('codes count only when a code shows that the app has the key', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const op = customerOp(system, owner);
  const secret = newOneTimeSecret();
  assert.equal(await turnOnCodes(op, owner, { secret, code: '000000' }), null);
  assert.equal(await hasSecondFactor(op, owner), false);
  const code = codeAt(secret, system.now);
  const codes = await turnOnCodes(op, owner, { secret, code });
  assert.equal(new Set(codes).size, recoveryCodesMade);
  assert.equal(await hasSecondFactor(op, owner), true);
  assert.equal(
    await isSecondFactor(op, owner, code, 'sign-in'),
    false,
    'the first code is used up',
  );
  await assert.rejects(turnOnCodes(op, owner, { secret, code: codeAt(secret, op.now) }), (error) =>
    isProblem(error, 'conflict'),
  );
  for (const weak of ['', 'AAAA', `${secret}A`]) {
    const turning = turnOnCodes(op, owner, { secret: weak, code });
    await assert.rejects(turning, (error) => isProblem(error, 'bad-input'));
  }
});

test('a code works once, a step to either side of its time and no further', async () => {
  await using system = await testSystem();
  const { owner, secret } = await withCodes(system);
  const at = (steps: number) => codeAt(secret, system.now.add({ seconds: steps * stepSeconds }));
  const use = (code: string) => isSecondFactor(signInOp(system), owner, code, 'sign-in');
  assert.equal(await use(at(-2)), false);
  assert.equal(await use(at(2)), false);
  assert.equal(await use(at(-1)), true);
  assert.equal(await use(at(0)), true);
  assert.equal(await use(at(-1)), false, 'nor one before it');
  assert.equal(await use(at(1)), true);
  assert.equal(await use(at(1)), false);
  system.now = system.now.add({ minutes: 15 });
  const both = await Promise.all([use(at(0)), use(at(0))]);
  assert.equal(both.filter(Boolean).length, 1, 'of two at once, one');
});

test('after ten tries in a quarter of an hour no code is heard, whichever it is', async () => {
  await using system = await testSystem();
  const { owner, code } = await withCodes(system);
  system.now = system.now.add({ minutes: 15 });
  const op = signInOp(system);
  for (let n = 0; n < attemptsMax; n += 1)
    assert.equal(await isSecondFactor(op, owner, '000000', 'sign-in'), false);
  await assert.rejects(isSecondFactor(op, owner, code(), 'sign-in'), isTooMany);
  system.now = system.now.add({ minutes: 15 });
  assert.equal(await isSecondFactor(signInOp(system), owner, code(), 'sign-in'), true);
});

test('who uses up the tries of signing in does not keep the owner from confirming who it is', async () => {
  await using system = await testSystem();
  const { owner, code } = await withCodes(system);
  const session = await sessionOf(system, owner);
  const pending = await firstStep(system);
  const guess = () => completeSignIn(signInOp(system), { pending, code: '000000', device });
  for (let n = 0; n < attemptsMax; n += 1) assert.equal(await guess(), 'wrong');
  await assert.rejects(guess(), isTooMany);
  const right = { password: person.password, code: code() };
  assert.ok(await confirmByPassword(customerOp(system, owner), session, right));
});

test('a first step is over when its password has been changed, and uses up no code', async () => {
  await using system = await testSystem();
  const { owner, code } = await withCodes(system);
  const session = await sessionOf(system, owner);
  const pending = await firstStep(system);
  const change = { password: 'fyra nya ord i en rad', endOthers: true };
  await changePassword(customerOp(system, owner), session, change);
  const op = signInOp(system);
  assert.equal(await completeSignIn(op, { pending, code: code(), device }), 'over');
  assert.equal(await isSecondFactor(op, owner, code(), 'sign-in'), true);
});

test('a recovery code works once in place of a code, as it is typed, and its use is told', async () => {
  await using system = await testSystem();
  const { owner, recovery } = await withCodes(system);
  const [first = '', second = ''] = recovery;
  const use = (code: string) => isSecondFactor(signInOp(system), owner, code, 'sign-in');
  assert.equal(await use(first.toUpperCase().replaceAll('-', ' ')), true);
  assert.equal(await use(first), false);
  const both = await Promise.all([use(second), use(second)]);
  assert.equal(both.filter(Boolean).length, 1);
  assert.equal(await use('00000-00000-00000-00000-00000'), false);
  assert.equal((await recoveryCodesLeft(signInOp(system), owner)).left, recoveryCodesMade - 2);
  const { subject } = securityMailText.sv.changes['recovery-code-used'];
  assert.equal((await lettersTo(system, owner)).filter((one) => one === subject).length, 2);
  assert.equal(readRecoveryCode('not a code'), null);
});

test('a new set of recovery codes replaces the old one, and two asked for at once leave one set', async () => {
  await using system = await testSystem();
  const { owner, recovery } = await withCodes(system);
  const op = customerOp(system, owner);
  const sets = await Promise.all([newRecoveryCodes(op, owner), newRecoveryCodes(op, owner)]);
  assert.equal((await recoveryCodesLeft(op, owner)).left, recoveryCodesMade);
  assert.equal(await isSecondFactor(op, owner, recovery[0] ?? '', 'sign-in'), false);
  const worked = [];
  for (const [code = ''] of sets) worked.push(await isSecondFactor(op, owner, code, 'sign-in'));
  assert.equal(worked.filter(Boolean).length, 1);
});

test('without codes there are no recovery codes, and turning off what is off writes no letter', async () => {
  await using system = await testSystem();
  const { owner } = await withCodes(system);
  const op = customerOp(system, owner);
  await turnOffCodes(op, owner);
  const letters = await lettersTo(system, owner);
  await turnOffCodes(op, owner);
  assert.deepEqual(await lettersTo(system, owner), letters);
  assert.deepEqual(letters.slice(-2), [
    securityMailText.sv.changes['codes-on'].subject,
    securityMailText.sv.changes['codes-off'].subject,
  ]);
  assert.equal(await hasSecondFactor(op, owner), false);
  assert.equal((await recoveryCodesLeft(op, owner)).left, 0);
  await assert.rejects(newRecoveryCodes(op, owner), (error) => isProblem(error, 'conflict'));
  assert.equal((await signIn(signInOp(system), { ...person, device }))?.kind, 'signed-in');
});

test('with codes the password begins no session; password and code do, once', async () => {
  await using system = await testSystem();
  const { owner, code, recovery } = await withCodes(system);
  const count = () =>
    system.db.selectFrom('accounts.session').select('session_id').where('owner_id', '=', owner);
  const before = (await count().execute()).length;
  const pending = await firstStep(system);
  assert.equal((await count().execute()).length, before);
  const op = signInOp(system);
  assert.equal(await completeSignIn(op, { pending, code: '000000', device }), 'wrong');
  const done = await completeSignIn(op, { pending, code: code(), device });
  assert.ok(typeof done === 'object');
  assert.equal((await findSession(system, done.token, 'account', system.now))?.owner, owner);
  const again = await completeSignIn(op, { pending, code: recovery[0] ?? '', device });
  assert.equal(again, 'over', 'the first step is used up');
});

test('the first step lasts some minutes, for one owner, and cannot be made up', async () => {
  await using system = await testSystem();
  const { owner, code } = await withCodes(system);
  const pending = await firstStep(system);
  const stranger = await system.newCustomer({ email: 'nils@example.se' });
  const bytes = Buffer.from(pending, 'base64url');
  const moved = Buffer.concat([
    Buffer.from(stranger.replaceAll('-', ''), 'hex'),
    bytes.subarray(16),
  ]);
  const made = Buffer.from(bytes);
  made[60] = (made[60] ?? 0) ^ 1;
  for (const wrong of [moved.toString('base64url'), made.toString('base64url'), '', 'x']) {
    const op = signInOp(system);
    assert.equal(await completeSignIn(op, { pending: wrong, code: code(), device }), 'over');
  }
  system.now = system.now.add({ minutes: ticketMinutes['sign-in to complete'] });
  const late = await completeSignIn(signInOp(system), { pending, code: code(), device });
  assert.equal(late, 'over');
  assert.equal(
    await isSecondFactor(signInOp(system), owner, code(), 'sign-in'),
    true,
    'no code was used up',
  );
});

test('a passkey whose device looked who held it needs no code; one that did not does', async () => {
  await using system = await testSystem();
  const { owner } = await withCodes(system);
  const session = await sessionOf(system, owner);
  const verifying = await addDevice(system, session);
  const careless = await addDevice(system, session, { isVerifying: false });
  const kindFor = async (one: typeof verifying) => {
    const answer = await answerToSignIn(system, one.device);
    return (await signInByPasskey(signInOp(system), { origin, answer, device }))?.kind;
  };
  assert.equal(await kindFor(verifying), 'signed-in');
  assert.equal(await kindFor(careless), 'code-needed');
  await turnOffCodes(customerOp(system, owner), owner);
  assert.equal(await kindFor(careless), 'signed-in');
});

test('confirming by password asks for the code as well, and gives the session a new token', async () => {
  await using system = await testSystem();
  const { owner, code } = await withCodes(system);
  const session = await sessionOf(system, owner);
  const { password } = person;
  const op = customerOp(system, owner);
  const right = code();
  assert.equal(
    await confirmByPassword(op, session, { password: 'fel lösenfras', code: right }),
    null,
  );
  assert.equal(await confirmByPassword(op, session, { password, code: '000000' }), null);
  assert.equal(await confirmByPassword(op, session, { password, code: '' }), null);
  const token = await confirmByPassword(op, session, { password, code: right });
  assert.ok(token);
  const found = await findSession(system, token, 'account', system.now);
  assert.equal(found?.sessionId, session.sessionId);
  assert.deepEqual(found?.confirmedAt, system.now);
  assert.equal(await confirmByPassword(op, session, { password, code: right }), null, 'used up');
});

test('confirming by passkey takes only a passkey of this account, of this session, that was verified', async () => {
  await using system = await testSystem();
  const session = await sessionOf(system, await system.newCustomer());
  const stranger = await sessionOf(system, await system.newCustomer({ email: 'nils@example.se' }));
  const own = await addDevice(system, session);
  const careless = await addDevice(system, session, { isVerifying: false });
  const foreign = await addDevice(system, stranger);
  const op = customerOp(system, session.owner);
  const challengeFor = async (asking: typeof session) => {
    const asked = customerOp(system, asking.owner);
    const options = await askToConfirm(asked, { ...ceremonyOf(asking), verification: 'required' });
    return { origin, challenge: options?.challenge ?? '' };
  };
  const confirm = (answer: string) => confirmByPasskey(op, session, { origin, answer });
  const asking = await challengeFor(session);
  assert.equal(await confirm(foreign.device.get(asking, rpId)), null, "another account's passkey");
  assert.equal(await confirm(careless.device.get(asking, rpId)), null, 'nobody looked who held it');
  const elsewhere = await challengeFor(await sessionOf(system, session.owner));
  assert.equal(await confirm(own.device.get(elsewhere, rpId)), null, 'asked in another session');
  const signing = await answerToSignIn(system, own.device);
  assert.equal(await confirm(signing), null, 'an answer for signing in');
  const answer = own.device.get(asking, rpId);
  assert.ok(await confirm(answer));
  assert.equal(await confirm(answer), null, 'once');
});

test('whoever stole the token of a session before it was confirmed is out', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const outcome = await signIn(signInOp(system), { ...person, device });
  assert.ok(outcome?.kind === 'signed-in');
  const session = await findSession(system, outcome.token, 'account', system.now);
  assert.ok(session);
  const op = customerOp(system, owner);
  const token = await confirmByPassword(op, session, { password: person.password, code: '' });
  assert.ok(token);
  assert.equal(await findSession(system, outcome.token, 'account', system.now), null);
  assert.ok(await findSession(system, token, 'account', system.now));
});
