import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OwnerId } from '../ids.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { lettersTo, newPassword } from '../../test/access-letters.ts';
import { changePassword } from './own-password.ts';
import { findSession } from './sessions.ts';
import { signIn } from './sign-in.ts';

async function enter(system: TestSystem, password: string): Promise<string | null> {
  const attempt = { email: person.email, password, device: 'Firefox, Linux' };
  const outcome = await signIn(system.op('nobody', 'sign-in'), attempt);
  return outcome?.kind === 'signed-in' ? outcome.token : null;
}

async function change(system: TestSystem, owner: OwnerId, token: string, endOthers: boolean) {
  const session = await findSession(system, token, 'account', system.now);
  assert.ok(session);
  const op = system.op({ party: 'customer', owner }, 'account');
  await changePassword(op, session, { password: newPassword, endOthers });
}

test('a new password takes the place of the old one, the other devices are signed out, and a letter tells of it', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const [here, there] = [
    await enter(system, person.password),
    await enter(system, person.password),
  ];
  assert.ok(here && there);
  await change(system, owner, here, true);
  assert.ok(await findSession(system, here, 'account', system.now));
  assert.equal(await findSession(system, there, 'account', system.now), null);
  assert.equal(await enter(system, person.password), null);
  assert.ok(await enter(system, newPassword));
  const [letter] = await lettersTo(system, person.email);
  assert.equal(letter?.subject, 'Ditt lösenord är ändrat');
  assert.equal(letter.owner, owner);
});

test('who wants it stays signed in elsewhere', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const [here, there] = [
    await enter(system, person.password),
    await enter(system, person.password),
  ];
  assert.ok(here && there);
  await change(system, owner, here, false);
  assert.ok(await findSession(system, there, 'account', system.now));
});

test('an account without a password gets one', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const here = await enter(system, person.password);
  assert.ok(here);
  await system.db.deleteFrom('accounts.credential').where('owner_id', '=', owner).execute();
  await change(system, owner, here, true);
  assert.ok(await enter(system, newPassword));
});
