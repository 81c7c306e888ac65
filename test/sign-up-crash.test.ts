// The process is killed (SIGKILL) at every part of a sign-up; the person tries again and gets exactly one account.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { signIn } from '../src/accounts/sign-in.ts';
import { confirmSignUp, findSignup, requestSignUp } from '../src/accounts/sign-up.ts';
import { advanceErasure } from '../src/routines/erasure.ts';
import { askErasure } from '../src/routines/erasure-ask.ts';
import { newReceiptCode } from '../src/routines/receipt-code.ts';
import { crash, restart } from './crashes.ts';
import type { CrashOrder } from './crash-order.ts';
import { confirmationToken, links, person, testSystem } from './system.ts';
import type { TestSystem } from './system.ts';

let system: TestSystem;

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

function newEmail(): string {
  system.now = system.now.add({ minutes: 20 });
  return `${randomBytes(5).toString('hex')}@example.se`;
}

async function request(at: TestSystem, email: string): Promise<string> {
  system.now = system.now.add({ minutes: 1 });
  await requestSignUp(at.op('nobody', 'sign-up'), { email, language: 'sv' }, links);
  return confirmationToken(at, email);
}

async function confirm(at: TestSystem, token: string): Promise<void> {
  const op = at.op('nobody', 'sign-up');
  const found = await findSignup(op, token);
  assert.ok(found, 'the link works');
  await confirmSignUp(op, found, { name: person.name, password: person.password, device: '?' });
}

function tryToSignIn(at: TestSystem, email: string) {
  const attempt = { email, password: person.password, device: '?' };
  return signIn(at.op('nobody', 'sign-in'), attempt);
}

/** One account or none; and none leaves the link as it was. */
async function assertWhole(at: TestSystem, email: string, token: string): Promise<boolean> {
  const owner = await at.vault.ownerOf({ kind: 'account-email', value: email });
  const rows = await Promise.all(
    (['vault.owner', 'accounts.account', 'accounts.credential'] as const).map((table) =>
      at.db
        .selectFrom(table)
        .select('owner_id')
        .where('owner_id', '=', owner ?? ('00000000-0000-4000-8000-000000000000' as never))
        .execute(),
    ),
  );
  const counts = rows.map(({ length }) => length);
  const hasAccount = counts[0] === 1;
  assert.deepEqual(counts, hasAccount ? [1, 1, 1] : [0, 0, 0], 'half an account');
  const isOpen = (await findSignup(at.op('nobody', 'sign-up'), token)) !== null;
  assert.equal(isOpen, !hasAccount, 'the link works exactly until there is an account');
  return hasAccount;
}

/** Whatever was left, the account works and can be erased without a rest. */
async function assertUsable(at: TestSystem, email: string): Promise<void> {
  assert.ok(await tryToSignIn(at, email));
  const owner = await at.vault.ownerOf({ kind: 'account-email', value: email });
  assert.ok(owner);
  const op = at.op({ party: 'customer', owner }, 'leaving');
  const erasureId = await askErasure(op, owner, newReceiptCode());
  const state = await advanceErasure(at.op('routine', 'leaving'), erasureId, at.around);
  assert.equal(state, 'complete');
}

async function confirmAfterCrash(how: Pick<CrashOrder, 'points' | 'dieAt'>, anew: boolean) {
  const email = newEmail();
  const token = await request(system, email);
  const { name, password } = person;
  const points = await crash(system, { kind: 'confirm', token, name, password }, how);
  const restarted = await restart(system);
  const hasAccount = await assertWhole(restarted, email, token);
  if (!hasAccount) await confirm(restarted, anew ? await request(restarted, email) : token);
  await assertUsable(restarted, email);
  return points;
}

test('a confirmation that is killed between its parts is taken up by the same link or by a new one', async () => {
  const points = await confirmAfterCrash({ points: 'named', dieAt: 0 }, false);
  assert.deepEqual(points, ['key is created', 'account is written']);
  for (const [index, point] of points.entries()) {
    for (const anew of [false, true]) {
      const reached = await confirmAfterCrash({ points: 'named', dieAt: index + 1 }, anew);
      assert.equal(reached.at(-1), point);
    }
  }
});

test('a confirmation that is killed before any statement leaves a whole account or none', async () => {
  const { length } = await confirmAfterCrash({ points: 'every', dieAt: 0 }, false);
  const dieAt = fc.integer({ min: 1, max: length });
  await fc.assert(
    fc.asyncProperty(dieAt, fc.boolean(), async (point, anew) => {
      await confirmAfterCrash({ points: 'every', dieAt: point }, anew);
    }),
    { numRuns: 6, endOnFailure: true },
  );
});

test('a request to sign up that is killed before any statement can be repeated', async () => {
  const rehearsal = { kind: 'request', email: newEmail() } as const;
  system.now = system.now.add({ hours: 24 });
  const { length } = await crash(system, rehearsal, { points: 'every', dieAt: 0 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: length }), async (dieAt) => {
      // Each on a day of its own, so that the key of the day is made under way.
      system.now = system.now.add({ hours: 24 });
      const email = newEmail();
      await crash(system, { kind: 'request', email }, { points: 'every', dieAt });
      const restarted = await restart(system);
      await confirm(restarted, await request(restarted, email));
      await assertUsable(restarted, email);
      assert.deepEqual(await daysWithTwoOwners(restarted), []);
    }),
    { numRuns: 6, endOnFailure: true },
  );
});

async function daysWithTwoOwners(at: TestSystem): Promise<string[]> {
  const rows = await at.db
    .selectFrom('vault.owner')
    .select('created_at')
    .where('kind', '=', 'day')
    .execute();
  const days = rows.map(({ created_at }) => created_at.toString().slice(0, 10));
  return days.filter((day, index) => days.indexOf(day) !== index);
}
