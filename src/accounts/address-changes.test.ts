import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OwnerId } from '../ids.ts';
import { isProblem } from '../problem.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import {
  addressLinks,
  lettersTo,
  moveTo,
  newPassword,
  tokenFor,
} from '../../test/access-letters.ts';
import { readAccount } from './account.ts';
import { askAddressChange, confirmAddressChange, findAddressChange } from './address-changes.ts';
import { attemptsMax } from './attempts.ts';
import { codeAt, newOneTimeSecret } from './one-time-codes.ts';
import { recoveryCodesLeft } from './recovery-codes.ts';
import { requestRecovery } from './recovery.ts';
import { isSecondFactor, turnOnCodes } from './second-factor.ts';
import { signIn } from './sign-in.ts';
import { findUndo, undoAddressChange } from './undo-address-change.ts';

const email = 'ny.adress@example.com';
const isConflict = (error: unknown) => isProblem(error, 'conflict');

function own(system: TestSystem, owner: OwnerId) {
  return system.op({ party: 'customer', owner }, 'account');
}

function ask(system: TestSystem, owner: OwnerId, to: string = email) {
  const wish = { email: to, language: 'sv' } as const;
  return askAddressChange(own(system, owner), owner, wish, addressLinks);
}

async function addressOf(system: TestSystem, owner: OwnerId): Promise<string> {
  const op = own(system, owner);
  return (await readAccount(op, await op.vault.openFor(op, owner, ['credentials']))).email;
}

async function entersBy(system: TestSystem, address: string, password: string = person.password) {
  const attempt = { email: address, password, device: '?' };
  return (await signIn(system.op('nobody', 'sign-in'), attempt)) !== null;
}

async function undo(system: TestSystem, token: string, password: string, code = '') {
  const op = system.op('nobody', 'sign-in');
  const found = await findUndo(op, token);
  assert.ok(found, 'the link works');
  return undoAddressChange(op, found, { password, code, newPassword }, addressLinks);
}

test('nothing changes until the link at the new address is used; then everything does', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  assert.equal(await ask(system, owner), 'asked');
  assert.deepEqual(await lettersTo(system, person.email), []);
  assert.ok(await entersBy(system, person.email));
  assert.equal(await entersBy(system, email), false);
  const op = own(system, owner);
  const found = await findAddressChange(op, owner, await tokenFor(system, email, 'change-email'));
  assert.ok(found);
  await confirmAddressChange(op, found, addressLinks);
  assert.ok(await entersBy(system, email));
  assert.equal(await entersBy(system, person.email), false);
  assert.equal(await addressOf(system, owner), email);
  const [letter] = await lettersTo(system, person.email);
  assert.equal(letter?.subject, 'E-postadressen till ditt kundkonto är bytt');
  assert.ok(!letter.text.includes(email), 'the former address does not learn the new one');
  await assert.rejects(confirmAddressChange(op, found, addressLinks), isConflict);
});

test('only the account that asked can use the link, within a day, and only the newest one', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const nils = await system.newCustomer({ email: 'nils@example.se' });
  await ask(system, owner);
  const first = await tokenFor(system, email, 'change-email');
  assert.equal(await findAddressChange(own(system, nils), nils, first), null);
  assert.ok(await findAddressChange(own(system, owner), owner, first));
  system.now = system.now.add({ minutes: 1 });
  await ask(system, owner, 'annan@example.com');
  assert.equal(await findAddressChange(own(system, owner), owner, first), null);
  const second = await tokenFor(system, 'annan@example.com', 'change-email');
  system.now = system.now.add({ hours: 23, minutes: 59 });
  assert.ok(await findAddressChange(own(system, owner), owner, second));
  system.now = system.now.add({ minutes: 1 });
  assert.equal(await findAddressChange(own(system, owner), owner, second), null);
});

test('of two who confirm at once one does, and one letter is written', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  await ask(system, owner);
  const op = own(system, owner);
  const found = await findAddressChange(op, owner, await tokenFor(system, email, 'change-email'));
  assert.ok(found);
  const confirm = () => confirmAddressChange(op, found, addressLinks);
  await Promise.allSettled([confirm(), confirm()]);
  assert.equal(await addressOf(system, owner), email);
  assert.equal((await lettersTo(system, person.email)).length, 1);
});

test('an address that has an account gets the letter that says so, and the answer is the same', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const nils = await system.newCustomer({ email: 'nils@example.se' });
  assert.equal(await ask(system, owner, 'NILS@example.se'), 'asked');
  const [letter] = await lettersTo(system, 'NILS@example.se');
  assert.equal(letter?.subject, 'Du har redan ett kundkonto');
  assert.equal(letter.owner, nils, 'the letter goes when its customer goes');
  assert.ok(!letter.text.includes('/change-email/'));
  assert.equal(await ask(system, owner, ` ${person.email.toUpperCase()}`), 'same');
});

test('an address that gets an account of its own meanwhile stays with that account', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  await ask(system, owner);
  const op = own(system, owner);
  const found = await findAddressChange(op, owner, await tokenFor(system, email, 'change-email'));
  assert.ok(found);
  const other = await system.newCustomer({ email });
  await assert.rejects(confirmAddressChange(op, found, addressLinks), isConflict);
  assert.equal(await addressOf(system, owner), person.email);
  assert.ok(await entersBy(system, person.email));
  assert.equal(await system.vault.ownerOf({ kind: 'account-email', value: email }), other);
  const left = await system.db.selectFrom('accounts.address_change').select('state').execute();
  assert.deepEqual(left, []);
});

test('the former address and the password together undo a change, and all that its maker had ends', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const token = await moveTo(system, owner, email);
  assert.ok(await entersBy(system, email), 'a thief is signed in');
  assert.equal(await undo(system, token, 'fel lösenfras här'), 'wrong-password');
  assert.equal(await addressOf(system, owner), email);
  assert.equal(await undo(system, token, person.password), 'undone');
  assert.equal(await addressOf(system, owner), person.email);
  assert.equal(await entersBy(system, person.email), false, 'the old password is over');
  assert.ok(await entersBy(system, person.email, newPassword));
  assert.equal(await entersBy(system, email, newPassword), false);
  assert.equal(await findUndo(system.op('nobody', 'sign-in'), token), null);
  const subjects = async (to: string) =>
    (await lettersTo(system, to)).map(({ subject }) => subject);
  assert.ok((await subjects(person.email)).includes('Din e-postadress är som förut'));
  assert.ok((await subjects(email)).includes('Bytet av e-postadress är ångrat'));
});

test('undoing signs every device out and removes passkeys', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const token = await moveTo(system, owner, email);
  await entersBy(system, email);
  await undo(system, token, person.password);
  for (const table of ['accounts.session', 'accounts.passkey'] as const) {
    const rows = await system.db.selectFrom(table).select('owner_id').execute();
    assert.deepEqual(rows, [], table);
  }
});

test('a mailbox that was left behind opens nothing: its link needs the password, and recovery goes elsewhere', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  await moveTo(system, owner, email);
  const wish = { email: person.email, language: 'sv' } as const;
  const links = { recover: (token: string) => `/recover/${token}`, signUp: '/sign-up' };
  await requestRecovery(system.op('nobody', 'sign-in'), wish, links);
  const [letter] = await lettersTo(system, person.email);
  assert.equal(letter?.subject, 'Det finns inget kundkonto med den här adressen');
  assert.notEqual(letter.owner, owner);
});

test('the oldest link leads back past everything that was changed after it', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const first = await moveTo(system, owner, 'tjuv@example.com');
  const second = await moveTo(system, owner, 'tjuv2@example.com');
  assert.equal(await undo(system, first, person.password), 'undone');
  assert.equal(await addressOf(system, owner), person.email);
  assert.equal(await findUndo(system.op('nobody', 'sign-in'), second), null);
  for (const thief of ['tjuv@example.com', 'tjuv2@example.com'])
    assert.equal(await system.vault.ownerOf({ kind: 'account-email', value: thief }), null);
});

test('a change can be undone for seven days and not longer', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const token = await moveTo(system, owner, email);
  system.now = system.now.add({ hours: 7 * 24 - 1 });
  assert.ok(await findUndo(system.op('nobody', 'sign-in'), token));
  system.now = system.now.add({ hours: 1 });
  assert.equal(await findUndo(system.op('nobody', 'sign-in'), token), null);
});

test('undoing does not get around a second step', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const secret = newOneTimeSecret();
  const code = codeAt(secret, system.now);
  assert.ok(await turnOnCodes(own(system, owner), owner, { secret, code }));
  const token = await moveTo(system, owner, email);
  assert.equal(await undo(system, token, person.password, '000000'), 'wrong-code');
  const op = system.op('nobody', 'sign-in');
  for (let n = 0; n < attemptsMax; n += 1) await isSecondFactor(op, owner, '000000', 'sign-in');
  system.now = system.now.add({ minutes: 2 });
  assert.equal(await undo(system, token, person.password, codeAt(secret, system.now)), 'undone');
  assert.equal((await recoveryCodesLeft(op, owner)).left, 0, 'a thief may have made them');
  const [letter] = await lettersTo(system, person.email);
  assert.ok(letter?.text.includes('alla passkeys och reservkoder är borttagna'));
});

test('a former address that has an account of its own now is not taken from it', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const token = await moveTo(system, owner, email);
  const other = await system.newCustomer();
  assert.equal(await undo(system, token, person.password), 'taken');
  assert.equal(await addressOf(system, owner), email);
  assert.equal(await system.vault.ownerOf({ kind: 'account-email', value: person.email }), other);
});

test('the address of somebody who is leaving does not change any more', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  await ask(system, owner);
  const token = await tokenFor(system, email, 'change-email');
  const op = own(system, owner);
  const found = await findAddressChange(op, owner, token);
  assert.ok(found);
  await askErasure(system.op({ party: 'customer', owner }, 'leaving'), owner, newReceiptCode());
  assert.equal(await findAddressChange(op, owner, token), null);
  await assert.rejects(confirmAddressChange(op, found, addressLinks), (error) =>
    isProblem(error, 'fenced'),
  );
});
