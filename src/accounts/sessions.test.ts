import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import {
  beginSession,
  endOtherSessions,
  endSession,
  findSession,
  listSessions,
} from './sessions.ts';
import { codeAt, newOneTimeSecret } from './one-time-codes.ts';
import { addStaff, signInStaff } from './staff.ts';
import { signIn } from './sign-in.ts';
import { readToken } from './tokens.ts';

async function begin(system: TestSystem, owner: OwnerId, device = 'Firefox, Linux') {
  const op = system.op({ party: 'customer', owner }, 'account');
  return inTransaction(op, async (write) =>
    beginSession(write, await write.vault.sealFor(write, owner), device),
  );
}

const find = (system: TestSystem, token: string, kind: 'account' | 'staff' = 'account') =>
  findSession(system, token, kind, system.now);

async function staffToken(system: TestSystem): Promise<string> {
  const secret = newOneTimeSecret();
  const anna = {
    email: 'anna@example.se',
    name: 'Anna Handläggare',
    password: 'personalens lösenfras',
  };
  const op = system.op('nobody', 'employment');
  await addStaff(op, { ...anna, role: 'support', secret });
  const code = codeAt(secret, system.now);
  const token = await signInStaff(op, { ...anna, code, device: '?' });
  assert.ok(token);
  return token;
}

test('a session says who it is, and is stored without its secret', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const token = await begin(system, owner);
  const signedIn = await find(system, token);
  assert.deepEqual([signedIn?.owner, signedIn?.role], [owner, null]);
  const { rows } = await system.fresh.records.pool.query('select s::text from accounts.session s');
  const secret = Buffer.from(readToken(token)?.secret ?? []).toString('hex');
  assert.ok(rows.every((row) => !JSON.stringify(row).includes(secret)));
});

test('a session of a customer ends thirty days after it was last used', async () => {
  await using system = await testSystem();
  const token = await begin(system, await system.newCustomer());
  const used = system.now;
  system.now = used.add({ hours: 720 }).subtract({ nanoseconds: 1000 });
  assert.ok(await find(system, token));
  // That was a use, so the days begin again.
  const again = system.now;
  system.now = again.add({ hours: 720 });
  assert.equal(await find(system, token), null);
  system.now = again.add({ hours: 719 });
  assert.ok(await find(system, token));
});

test('a session that is used every week stays', async () => {
  await using system = await testSystem();
  const token = await begin(system, await system.newCustomer());
  for (let week = 0; week < 10; week += 1) {
    system.now = system.now.add({ hours: 7 * 24 });
    assert.ok(await find(system, token));
  }
});

test('a session of staff ends twelve hours after it began, used or not', async () => {
  await using system = await testSystem();
  const token = await staffToken(system);
  const began = system.now;
  for (let minutes = 50; minutes < 12 * 60; minutes += 50) {
    system.now = began.add({ minutes });
    assert.equal((await find(system, token, 'staff'))?.role, 'support');
  }
  system.now = began.add({ hours: 12 }).subtract({ nanoseconds: 1000 });
  assert.ok(await find(system, token, 'staff'));
  system.now = began.add({ hours: 12 });
  assert.equal(await find(system, token, 'staff'), null);
});

test('a session of staff ends after an hour without use', async () => {
  await using system = await testSystem();
  const token = await staffToken(system);
  system.now = system.now.add({ minutes: 60 }).subtract({ nanoseconds: 1000 });
  assert.ok(await find(system, token, 'staff'));
  // That was a use, so the hour begins again.
  system.now = system.now.add({ minutes: 59 });
  assert.ok(await find(system, token, 'staff'));
  system.now = system.now.add({ minutes: 60 });
  assert.equal(await find(system, token, 'staff'), null);
});

test("a customer's session opens no door of staff, and staff's none of customers", async () => {
  await using system = await testSystem();
  const customer = await begin(system, await system.newCustomer());
  const staff = await staffToken(system);
  assert.equal(await find(system, customer, 'staff'), null);
  assert.equal(await find(system, staff, 'account'), null);
});

test('a token with any bit flipped is nobody', async () => {
  await using system = await testSystem();
  const token = await begin(system, await system.newCustomer());
  const bytes = Buffer.from(token, 'base64url');
  for (let bit = 0; bit < bytes.length * 8; bit += 5) {
    const changed = Buffer.from(bytes);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    assert.equal(await find(system, changed.toString('base64url')), null, `bit ${bit}`);
  }
  for (const wrong of ['', 'x', `${token} `, token.slice(1)])
    assert.equal(await find(system, wrong), null);
  assert.ok(await find(system, token));
});

test('a session that was ended is over at once, and only that one', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const [one, other, third] = [
    await begin(system, owner),
    await begin(system, owner),
    await begin(system, owner),
  ];
  await endSession(system.db, owner, (await find(system, one))!.sessionId);
  assert.equal(await find(system, one), null);
  assert.ok(await find(system, other));
  await endOtherSessions(system.db, owner, (await find(system, other))!.sessionId);
  assert.equal(await find(system, third), null);
  assert.ok(await find(system, other));
});

test("nobody ends or sees somebody else's session", async () => {
  await using system = await testSystem();
  const maja = await system.newCustomer();
  const nils = await system.newCustomer({ email: 'nils@example.se' });
  const token = await begin(system, maja, 'Safari, iPhone');
  const { sessionId } = (await find(system, token))!;
  await endSession(system.db, nils, sessionId);
  await endOtherSessions(system.db, nils, sessionId);
  assert.ok(await find(system, token));
  const op = system.op({ party: 'customer', owner: nils }, 'account');
  const listed = await listSessions(op, await op.vault.openFor(op, nils, ['credentials']));
  assert.ok(listed.every(({ device }) => device !== 'Safari, iPhone'));
});

test('the customer sees each device in words, the latest used first', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  system.now = system.now.add({ hours: 2 });
  await signIn(system.op('nobody', 'sign-in'), { ...person, device: 'Safari, iPhone' });
  const op = system.op({ party: 'customer', owner }, 'account');
  const listed = await listSessions(op, await op.vault.openFor(op, owner, ['credentials']));
  assert.deepEqual(
    listed.map(({ device }) => device),
    ['Safari, iPhone', 'Firefox, Linux'],
  );
});

test('the sessions of an account end in the moment its erasure is asked for', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const token = await begin(system, owner);
  await askErasure(system.op({ party: 'customer', owner }, 'leaving'), owner, newReceiptCode());
  assert.equal(await find(system, token), null);
});
