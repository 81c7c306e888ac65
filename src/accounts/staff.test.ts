import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem } from '../problem.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { staff } from './holdings.ts';
import { findSession } from './sessions.ts';
import { signIn } from './sign-in.ts';
import { codeAt, newOneTimeSecret } from './one-time-codes.ts';
import { addStaff, signInStaff } from './staff.ts';

const secret = newOneTimeSecret();
const anna = {
  email: 'anna@example.se',
  name: 'Anna Handläggare',
  password: 'personalens lösenfras',
  role: 'support',
  secret,
} as const;

async function withAnna(): Promise<TestSystem> {
  const system = await testSystem();
  await addStaff(system.op('nobody', 'employment'), anna);
  return system;
}

const attempt = (system: TestSystem, code: string, password: string = anna.password) =>
  signInStaff(system.op('nobody', 'employment'), {
    email: anna.email,
    password,
    code,
    device: '?',
  });

const codeAside = (system: TestSystem, steps: number) =>
  codeAt(secret, system.now.add({ seconds: 30 * steps }));

test('staff signs in with password and code, and is who the register says', async () => {
  await using system = await withAnna();
  const token = await attempt(system, codeAside(system, 0));
  const signedIn = await findSession(system, token ?? '', 'staff', system.now);
  assert.equal(signedIn?.role, 'support');
  const { owner } = signedIn;
  const op = system.op({ party: 'support', owner }, 'employment');
  const { sealed } = await system.db
    .selectFrom('accounts.staff')
    .select('sealed')
    .executeTakeFirstOrThrow();
  const opener = await op.vault.openFor(op, owner, ['staff']);
  assert.equal(opener.open(staff, owner, sealed).name, anna.name);
});

test('neither password nor code is enough alone', async () => {
  await using system = await withAnna();
  const code = codeAside(system, 0);
  assert.equal(await attempt(system, code, 'fel lösenfras här'), null);
  for (const wrong of [
    '',
    '000000',
    'abcdef',
    `${code}0`,
    code.slice(1),
    `-${code}`,
    '１２３４５６',
  ])
    assert.equal(await attempt(system, wrong), null, wrong);
  assert.ok(await attempt(system, ` ${code.slice(0, 3)} ${code.slice(3)} `));
});

test('a code one step early or late is taken, one two steps away is not', async () => {
  for (const [steps, isTaken] of [
    [-2, false],
    [-1, true],
    [1, true],
    [2, false],
  ] as const) {
    await using system = await withAnna();
    assert.equal((await attempt(system, codeAside(system, steps))) !== null, isTaken, `${steps}`);
  }
});

test('a code works once, and no older one after it', async () => {
  await using system = await withAnna();
  const code = codeAside(system, 0);
  assert.ok(await attempt(system, code));
  assert.equal(await attempt(system, code), null);
  assert.equal(await attempt(system, codeAside(system, -1)), null);
  system.now = system.now.add({ seconds: 30 });
  assert.equal(await attempt(system, code), null);
  assert.ok(await attempt(system, codeAside(system, 0)));
});

test('of many who come with the same code at once, one gets in', async () => {
  await using system = await withAnna();
  const code = codeAside(system, 0);
  const tokens = await Promise.all(Array.from({ length: 4 }, () => attempt(system, code)));
  assert.equal(tokens.filter((token) => token !== null).length, 1);
});

test('staff codes cannot be tried out', async () => {
  await using system = await withAnna();
  for (let n = 0; n < 10; n += 1) await attempt(system, '000000');
  await assert.rejects(attempt(system, codeAside(system, 0)), (error) =>
    isProblem(error, 'too-many'),
  );
});

test('an address has one member of staff, and nothing is left of the second', async () => {
  await using system = await withAnna();
  const again = addStaff(system.op('nobody', 'employment'), { ...anna, email: 'ANNA@example.se' });
  await assert.rejects(again, (error) => isProblem(error, 'conflict'));
  const staff = await system.db.selectFrom('accounts.staff').select('owner_id').execute();
  assert.equal(staff.length, 1);
});

test('the same address as customer and as staff are two people to the system', async () => {
  await using system = await withAnna();
  await system.newCustomer({ email: anna.email });
  const visit = { email: anna.email, password: anna.password, device: '?' };
  assert.equal(await signIn(system.op('nobody', 'sign-in'), visit), null);
  const code = codeAside(system, 0);
  assert.equal(await attempt(system, code, person.password), null);
  assert.ok(await attempt(system, code));
});
