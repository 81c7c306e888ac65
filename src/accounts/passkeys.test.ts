import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listSecurityEvents } from '../availability/security-events.ts';
import type { RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import { isProblem } from '../problem.ts';
import { advanceErasure } from '../routines/erasure.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import { Authenticator } from '../routines/canary/authenticator.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { checkPasskey, unknownPasskey } from './passkey-check.ts';
import {
  addDevice,
  answerToAdd,
  answerToSignIn,
  asked,
  ceremonyOf,
  customerOp,
  origin,
  rpId,
  sessionOf,
  signInOp,
} from './passkeys.fixture.ts';
import {
  addPasskey,
  askToAdd,
  askToSignIn,
  listPasskeys,
  passkeysMax,
  removePasskey,
  renamePasskey,
} from './passkeys.ts';
import { tellingNobody } from './security-letters.ts';
import type { SignedIn } from './sessions.ts';
import { beginCustomerSession } from './sign-in-steps.ts';
import { removeOwnPasskey } from './staff-own.ts';
import { insertStaff } from './staff.ts';
import { ticketMinutes } from './tickets.ts';

const other = { email: 'nils@example.se' };
const customer = { ...asked, kind: 'account' } as const;

const come = (system: TestSystem, answer: string) =>
  checkPasskey(signInOp(system), customer, answer);

async function list(system: TestSystem, { owner }: SignedIn) {
  const op = customerOp(system, owner);
  return listPasskeys(op, await op.vault.openFor(op, owner, ['credentials']));
}

test('a passkey that was added leads its owner in, by nothing but what the device says', async () => {
  await using system = await testSystem();
  const session = await sessionOf(system, await system.newCustomer());
  const { device, passkeyId } = await addDevice(system, session);
  const came = await come(system, await answerToSignIn(system, device));
  assert.deepEqual(came, { owner: session.owner, shown: passkeyId, isVerified: true });
  const [passkey] = await list(system, session);
  assert.equal(passkey?.name, 'Firefox, Linux');
  assert.deepEqual(passkey?.usedAt, system.now);
  assert.equal(passkey?.backup, 'one-device');
  assert.equal(passkey?.wentBackAt, null);
});

test('a passkey is called what its maker is called, where that is known', async () => {
  await using system = await testSystem();
  const session = await sessionOf(system, await system.newCustomer());
  const aaguid = Buffer.from('ea9b8d664d011d213ce4b48cb575d5b4', 'hex');
  await addDevice(system, session, { aaguid });
  const [passkey] = await list(system, session);
  assert.equal(passkey?.provider, 'Google Password Manager');
  assert.equal(passkey.name, 'Google Password Manager');
});

test('an answer works once, on whichever side of midnight it comes again', async () => {
  await using system = await testSystem();
  system.now = Temporal.Instant.from('2026-11-22T23:58:00Z');
  const session = await sessionOf(system, await system.newCustomer());
  const { device } = await addDevice(system, session);
  const answer = await answerToSignIn(system, device);
  assert.ok(await come(system, answer));
  assert.equal(await come(system, answer), null);
  system.now = Temporal.Instant.from('2026-11-23T00:01:00Z');
  assert.equal(await come(system, answer), null);
  const twice = await answerToSignIn(system, device);
  const both = await Promise.all([come(system, twice), come(system, twice)]);
  assert.equal(both.filter((came) => came !== null).length, 1, 'of two at once, one');
});

test('an answer is in time to the last millisecond and not after it', async () => {
  await using system = await testSystem();
  const session = await sessionOf(system, await system.newCustomer());
  const { device } = await addDevice(system, session);
  const answers = [await answerToSignIn(system, device), await answerToSignIn(system, device)];
  const lastMs = ticketMinutes['passkey to sign in'] * 60_000 - 1;
  system.now = system.now.add({ milliseconds: lastMs });
  assert.ok(await come(system, answers[0] ?? ''));
  system.now = system.now.add({ milliseconds: 1 });
  assert.equal(await come(system, answers[1] ?? ''), null);
});

test('another origin, another site, another challenge and a forged signature are refused alike', async () => {
  await using system = await testSystem();
  const session = await sessionOf(system, await system.newCustomer());
  const { device } = await addDevice(system, session);
  const { challenge } = await askToSignIn(signInOp(system), asked);
  const right = device.get({ origin, challenge }, rpId);
  const forged = JSON.parse(right) as { response: { signature: string } };
  forged.response.signature = Buffer.from('not a signature').toString('base64url');
  const wrong = [
    device.get({ origin: 'https://konto.example.com', challenge }, rpId),
    device.get({ origin: `${origin}.example.com`, challenge }, rpId),
    device.get({ origin, challenge }, 'konto.example.com'),
    device.get({ origin, challenge: Buffer.alloc(48).toString('base64url') }, rpId),
    device.get({ origin, challenge: '' }, rpId),
    JSON.stringify(forged),
    '',
    '{}',
    'null',
    '[]',
    right.replace('public-key', 'password'),
    right.slice(0, -2),
    'x'.repeat(20_000),
  ];
  for (const answer of wrong) assert.equal(await come(system, answer), null, answer.slice(0, 60));
  assert.ok(await come(system, right), 'none of them used the challenge up');
});

test('a challenge to add is none to sign in, nor one of another session or account', async () => {
  await using system = await testSystem();
  const session = await sessionOf(system, await system.newCustomer());
  const elsewhere = await sessionOf(system, session.owner);
  const stranger = await sessionOf(system, await system.newCustomer(other));
  const { device } = await addDevice(system, session);
  const op = customerOp(system, session.owner);
  const options = await askToAdd(op, ceremonyOf(session), { email: '?', name: '?' });
  assert.equal(
    await come(system, device.get({ origin, challenge: options.challenge }, rpId)),
    null,
  );
  const answer = await answerToAdd(system, session, new Authenticator());
  const add = (asking: SignedIn) =>
    addPasskey(customerOp(system, asking.owner), ceremonyOf(asking), { answer, name: '?' });
  assert.equal(await add(elsewhere), null);
  assert.equal(await add(stranger), null);
  assert.ok(await add(session));
  assert.equal(await add(session), null, 'and it works once');
});

test('what the options say keeps a device from having two passkeys, and asks for one that finds its owner', async () => {
  await using system = await testSystem();
  const session = await sessionOf(system, await system.newCustomer());
  const { device } = await addDevice(system, session);
  const op = customerOp(system, session.owner);
  const options = await askToAdd(op, ceremonyOf(session), { email: 'a', name: 'b' });
  assert.deepEqual(
    options.excludeCredentials?.map(({ id }) => id),
    [device.id],
  );
  assert.equal(options.authenticatorSelection?.residentKey, 'required');
  assert.equal(options.rp.id, rpId);
  const staff = { ...ceremonyOf(session), verification: 'required' as const };
  const asks = await askToAdd(op, staff, { email: 'a', name: 'b' });
  assert.equal(asks.authenticatorSelection?.userVerification, 'required');
  const careless = new Authenticator({ isVerifying: false });
  const answer = careless.create({ origin, challenge: asks.challenge }, rpId, asks.user.id);
  assert.equal(await addPasskey(op, staff, { answer, name: '?' }), null);
});

test('a counter that goes back is told to the owner and to staff, and locks nobody out', async () => {
  await using system = await testSystem();
  const session = await sessionOf(system, await system.newCustomer());
  const { device } = await addDevice(system, session, { counter: 5 });
  assert.ok(await come(system, await answerToSignIn(system, device)));
  assert.equal((await list(system, session))[0]?.wentBackAt, null);
  device.counter = 2;
  assert.ok(await come(system, await answerToSignIn(system, device)));
  assert.deepEqual((await list(system, session))[0]?.wentBackAt, system.now);
  const events = await listSecurityEvents(system.db);
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ['passkey-counter'],
  );
});

test('a removed passkey leads nowhere, and the device may forget it; others it must keep', async () => {
  await using system = await testSystem();
  const session = await sessionOf(system, await system.newCustomer());
  const kept = await addDevice(system, session);
  const gone = await addDevice(system, session);
  const op = customerOp(system, session.owner);
  await renamePasskey(op, session.owner, { passkeyId: kept.passkeyId, name: 'Jobbmobilen' });
  await removePasskey(op, session.owner, gone.passkeyId);
  await removePasskey(op, session.owner, gone.passkeyId);
  assert.deepEqual(
    (await list(system, session)).map(({ name }) => name),
    ['Jobbmobilen'],
  );
  const answer = await answerToSignIn(system, gone.device);
  assert.equal(await come(system, answer), null);
  assert.equal(await unknownPasskey(signInOp(system), answer), gone.device.id);
  const good = await answerToSignIn(system, kept.device);
  assert.equal(await unknownPasskey(signInOp(system), good), null);
  assert.ok(await come(system, good));
});

test('a passkey that is removed while somebody signs in with it begins no session', async () => {
  await using system = await testSystem();
  const session = await sessionOf(system, await system.newCustomer());
  const { device, passkeyId } = await addDevice(system, session);
  const came = await come(system, await answerToSignIn(system, device));
  assert.ok(came);
  await removePasskey(customerOp(system, session.owner), session.owner, passkeyId);
  assert.equal(await beginCustomerSession(signInOp(system), came, '?'), null);
});

test('of two windows that remove the last two passkeys of a member of staff, one does', async () => {
  await using system = await testSystem();
  const session = await sessionOf(system, await system.newCustomer());
  const { owner } = session;
  const one = await addDevice(system, session);
  const two = await addDevice(system, session);
  const op = customerOp(system, owner);
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    const anna = { email: 'anna@example.se', name: 'Anna', role: 'support' } as const;
    await insertStaff(write, sealer, anna);
    await write.db.deleteFrom('accounts.credential').where('owner_id', '=', owner).execute();
  });
  const remove = (passkeyId: RowId) => removeOwnPasskey(op, owner, passkeyId, tellingNobody);
  const removed = await Promise.all([remove(one.passkeyId), remove(two.passkeyId)]);
  assert.deepEqual(removed.toSorted(), [false, true]);
  assert.equal((await list(system, session)).length, 1);
});

test("nobody renames or removes somebody else's passkey", async () => {
  await using system = await testSystem();
  const session = await sessionOf(system, await system.newCustomer());
  const { device, passkeyId } = await addDevice(system, session);
  const stranger = await system.newCustomer(other);
  const op = customerOp(system, stranger);
  await assert.rejects(renamePasskey(op, stranger, { passkeyId, name: 'x' }), (error) =>
    isProblem(error, 'not-found'),
  );
  await removePasskey(op, stranger, passkeyId);
  assert.ok(await come(system, await answerToSignIn(system, device)));
});

test('a passkey of a customer is none of a member of staff, and goes with its account', async () => {
  await using system = await testSystem();
  const session = await sessionOf(system, await system.newCustomer());
  const { device } = await addDevice(system, session);
  const asStaff = { ...asked, kind: 'staff' } as const;
  const answer = await answerToSignIn(system, device);
  const employment = system.op('nobody', 'employment');
  assert.equal(await checkPasskey(employment, asStaff, answer), null);
  assert.ok(await come(system, answer));

  const leaving = system.op({ party: 'customer', owner: session.owner }, 'leaving');
  const erasureId = await askErasure(leaving, session.owner, newReceiptCode());
  await advanceErasure(system.op('routine', 'leaving'), erasureId, system.around);
  const after = await answerToSignIn(system, device);
  assert.equal(await come(system, after), null);
  assert.equal(await unknownPasskey(signInOp(system), after), device.id);
  assert.deepEqual(await system.db.selectFrom('accounts.passkey').selectAll().execute(), []);
});

test('there is room for so many passkeys and no more', async () => {
  await using system = await testSystem();
  const session = await sessionOf(system, await system.newCustomer());
  for (let n = 0; n < passkeysMax; n += 1) await addDevice(system, session);
  await assert.rejects(addDevice(system, session), (error) => isProblem(error, 'too-many'));
});
