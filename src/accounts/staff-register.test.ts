import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OwnerId } from '../ids.ts';
import { isProblem } from '../problem.ts';
import { nothingIsOverdue } from '../routines/proof/overdue.ts';
import { tellOfLetters } from '../routines/day-letters.ts';
import { endStaff } from '../routines/staff-retention.ts';
import { gatherStaffInsight } from '../requests/staff-insight.ts';
import { sendAll } from '../../test/used-company.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { codeAt, newOneTimeSecret } from './one-time-codes.ts';
import { findSession } from './sessions.ts';
import { findInvitation } from './staff-invitations.ts';
import type { StaffLetter } from './staff-invitations.ts';
import { joinWithPassword } from './staff-joining.ts';
import {
  changeRole,
  countStaff,
  endEmployment,
  endSessionsOf,
  listColleagues,
  readColleague,
  resetSignIn,
} from './staff-register.ts';
import { replaceOwnCodes, replaceOwnPassword } from './staff-own.ts';
import { tellingNobody } from './security-letters.ts';
import { addStaff, signInStaff } from './staff.ts';
import type { NewStaff } from './staff.ts';

const letter: StaffLetter = { language: 'sv', linkOf: (token) => `http://localhost/i/${token}` };
const ada = staffOf('ada', 'administrator');
const siv = staffOf('siv', 'support');

function staffOf(name: string, role: NewStaff['role']): NewStaff {
  const secret = newOneTimeSecret();
  return { role, name: `${name} Testsson`, email: `${name}@example.se`, password: 'p', secret };
}

async function add(system: TestSystem, person: NewStaff): Promise<OwnerId> {
  await addStaff(system.op('nobody', 'employment'), person);
  const owner = await system.vault.ownerOf({ kind: 'staff-email', value: person.email });
  assert.ok(owner);
  return owner;
}

const administering = (system: TestSystem, owner: OwnerId) =>
  system.op({ party: 'administrator', owner }, 'staff-administration');

const signIn = (system: TestSystem, person: NewStaff) =>
  signInStaff(system.op('nobody', 'employment'), {
    ...person,
    code: codeAt(person.secret, system.now),
    device: 'Firefox, Linux',
  });

const roleOf = async (system: TestSystem, token: string | null) =>
  (await findSession(system, token ?? '', 'staff', system.now))?.role ?? null;

async function two(system: TestSystem) {
  return { adaId: await add(system, ada), sivId: await add(system, siv) };
}

test('an administrator sees who works here, and each of them sees that somebody looked', async () => {
  await using system = await testSystem();
  const { adaId, sivId } = await two(system);
  const listed = await listColleagues(administering(system, adaId), 'staff');
  assert.deepEqual(
    listed.map(({ name, role, canSignIn }) => [name, role, canSignIn]),
    [
      [ada.name, 'administrator', true],
      [siv.name, 'support', true],
    ],
  );
  const own = system.op({ party: 'support', owner: sivId }, 'staff-insight');
  const { looks, tables } = await gatherStaffInsight(own, sivId);
  assert.deepEqual(
    looks.map(({ party }) => party),
    ['administrator'],
  );
  assert.ok(tables.some(({ table }) => table === 'accounts.staff'));
  // Looking at oneself is no look.
  const { looks: hers } = await gatherStaffInsight(
    system.op({ party: 'administrator', owner: adaId }, 'staff-insight'),
    adaId,
  );
  assert.deepEqual(hers, []);
});

test('nobody but an administrator opens a colleague, for any purpose of staff', async () => {
  await using system = await testSystem();
  const { adaId, sivId } = await two(system);
  const asSupport = system.op({ party: 'support', owner: sivId }, 'staff-administration');
  await assert.rejects(listColleagues(asSupport, 'staff'), (error) =>
    isProblem(error, 'not-allowed'),
  );
  for (const purpose of ['employment', 'staff-insight'] as const) {
    const op = system.op({ party: 'administrator', owner: adaId }, purpose);
    await assert.rejects(readColleague(op, sivId), (error) => isProblem(error, 'not-found'));
  }
});

test('a new role ends the sessions of the old one, holds at the next sign-in and is told by letter', async () => {
  await using system = await testSystem();
  const { adaId, sivId } = await two(system);
  const before = await signIn(system, siv);
  assert.equal(await roleOf(system, before), 'support');
  const op = administering(system, adaId);
  assert.equal(await changeRole(op, sivId, 'bookkeeper', 'sv'), 'done');
  assert.equal(await roleOf(system, before), null);
  system.now = system.now.add({ seconds: 30 });
  assert.equal(await roleOf(system, await signIn(system, siv)), 'bookkeeper');
  const waiting = await system.db.selectFrom('messages.outbox').select('owner_id').execute();
  assert.deepEqual(waiting, [{ owner_id: sivId }]);
});

test('a role that is raised in the row alone lets nobody in with it', async () => {
  await using system = await testSystem();
  const { sivId } = await two(system);
  const token = await signIn(system, siv);
  await system.db
    .updateTable('accounts.staff')
    .set({ role: 'administrator' })
    .where('owner_id', '=', sivId)
    .execute();
  assert.equal(await roleOf(system, token), null);
  system.now = system.now.add({ seconds: 30 });
  assert.equal(await roleOf(system, await signIn(system, siv)), null);
});

test('the last administrator can neither leave, nor be demoted, nor be reset', async () => {
  await using system = await testSystem();
  const { adaId, sivId } = await two(system);
  const op = administering(system, adaId);
  assert.equal(await endEmployment(op, adaId), 'last-administrator');
  assert.equal(await changeRole(op, adaId, 'support', 'sv'), 'last-administrator');
  assert.equal(await resetSignIn(op, adaId, letter), 'last-administrator');
  assert.ok(await signIn(system, ada));
  assert.equal(await changeRole(op, sivId, 'administrator', 'sv'), 'done');
  assert.equal(await endEmployment(op, adaId), 'done');
});

test('an administrator whose sign-in was reset does not count until the link is used', async () => {
  await using system = await testSystem();
  const { adaId, sivId } = await two(system);
  const op = administering(system, adaId);
  await changeRole(op, sivId, 'administrator', 'sv');
  const reset = await resetSignIn(op, sivId, letter);
  assert.equal(await endEmployment(op, adaId), 'last-administrator');
  assert.ok(typeof reset !== 'string');
  const joining = system.op('nobody', 'employment');
  const found = await findInvitation(joining, reset.token);
  assert.ok(found);
  const secret = newOneTimeSecret();
  const chosen = { password: 'ny', secret, code: codeAt(secret, system.now) };
  assert.ok(await joinWithPassword(joining, found, chosen, '?'));
  assert.equal(await endEmployment(op, adaId), 'done');
});

test('of two administrators who demote each other at once one stays', async () => {
  await using system = await testSystem();
  const { adaId, sivId } = await two(system);
  await changeRole(administering(system, adaId), sivId, 'administrator', 'sv');
  const outcomes = await Promise.all([
    changeRole(administering(system, adaId), sivId, 'support', 'sv'),
    changeRole(administering(system, sivId), adaId, 'support', 'sv'),
  ]);
  assert.deepEqual(outcomes.toSorted(), ['done', 'last-administrator']);
});

test('a reset ends sessions, password and codes at once, and only the link leads back in', async () => {
  await using system = await testSystem();
  const { adaId, sivId } = await two(system);
  const token = await signIn(system, siv);
  const op = administering(system, adaId);
  const first = await resetSignIn(op, sivId, letter);
  const second = await resetSignIn(op, sivId, letter);
  assert.equal(await roleOf(system, token), null);
  system.now = system.now.add({ seconds: 30 });
  assert.equal(await signIn(system, siv), null);
  assert.equal((await readColleague(op, sivId)).canSignIn, false);
  assert.ok(typeof first !== 'string' && typeof second !== 'string');
  const joining = system.op('nobody', 'employment');
  assert.equal(await findInvitation(joining, first.token), null);
  // What they may do is what the register says when they come back.
  await changeRole(op, sivId, 'bookkeeper', 'sv');
  const found = await findInvitation(joining, second.token);
  assert.equal(found?.kind, 'reset');
  const secret = newOneTimeSecret();
  const chosen = { password: 'ny', secret, code: codeAt(secret, system.now) };
  const back = await joinWithPassword(joining, found, chosen, '?');
  assert.equal(await roleOf(system, back), 'bookkeeper');
});

test('signing a colleague out everywhere leaves the sign-in as it was', async () => {
  await using system = await testSystem();
  const { adaId, sivId } = await two(system);
  const token = await signIn(system, siv);
  await endSessionsOf(administering(system, adaId), sivId);
  assert.equal(await roleOf(system, token), null);
  system.now = system.now.add({ seconds: 30 });
  assert.ok(await signIn(system, siv));
});

test('who has left has no session, no sign-in and no address; a stolen cookie is worth nothing', async () => {
  await using system = await testSystem();
  const { adaId, sivId } = await two(system);
  const stolen = await signIn(system, siv);
  const row = await system.db
    .selectFrom('accounts.session')
    .selectAll()
    .where('owner_id', '=', sivId)
    .executeTakeFirstOrThrow();
  const op = administering(system, adaId);
  assert.equal(await endEmployment(op, sivId), 'done');
  assert.equal(await roleOf(system, stolen), null);
  // A session that was being written while the employment ended.
  await system.db.insertInto('accounts.session').values(row).execute();
  assert.equal(await roleOf(system, stolen), null);
  system.now = system.now.add({ seconds: 30 });
  assert.equal(await signIn(system, siv), null);
  assert.equal(await system.vault.ownerOf({ kind: 'staff-email', value: siv.email }), null);
  const kept = await readColleague(op, sivId);
  assert.deepEqual([kept.name, kept.email, kept.role], [siv.name, null, 'support']);
  await assert.rejects(endEmployment(op, sivId), (error) => isProblem(error, 'not-found'));
  await assert.rejects(changeRole(op, sivId, 'bookkeeper', 'sv'), (error) =>
    isProblem(error, 'not-found'),
  );
  assert.equal((await countStaff(op)).left, 1);
  // The address is free for somebody new, or for the same person who comes back.
  await add(system, siv);
});

test('name and role of who has left go after two years, with the key', async () => {
  await using system = await testSystem();
  const { adaId, sivId } = await two(system);
  const op = administering(system, adaId);
  await changeRole(op, sivId, 'bookkeeper', 'sv');
  await sendAll(system);
  await endEmployment(op, sivId);
  const told: string[] = [];
  await tellOfLetters(system.op('routine', 'leaving'), (_recipient, { references }) => {
    told.push(...references);
    return Promise.resolve('confirmed');
  });
  assert.equal(told.length, 1);
  const left = system.now;
  const ending = () => endStaff(system.op('routine', 'retention'));
  system.now = left.add({ hours: 730 * 24 });
  assert.equal(await ending(), 0);
  system.now = left.add({ hours: 730 * 24 + 2 });
  const overdue = await nothingIsOverdue(system.op('routine', 'proof'));
  assert.ok(overdue.found.some((found) => found.includes('left too long ago')));
  assert.equal(await ending(), 1);
  const staff = await system.db.selectFrom('accounts.staff').select('owner_id').execute();
  assert.deepEqual(staff, [{ owner_id: adaId }]);
  assert.ok((await system.vault.fences(left)).some(({ owner }) => owner === sivId));
});

test('staff whose end was cut off after the fence are taken up again, whatever the sweep has taken', async () => {
  await using system = await testSystem();
  const { sivId } = await two(system);
  await endEmployment(
    administering(system, await add(system, staffOf('eva', 'administrator'))),
    sivId,
  );
  const fence = () => system.vault.fenceAll(system.op('routine', 'retention') as never, [sivId]);
  await fence();
  const fencedAt = system.now;
  await system.db
    .updateTable('vault.owner')
    .set({ fenced_at: fencedAt })
    .where('owner_id', '=', sivId)
    .execute();
  await system.db.deleteFrom('accounts.staff').where('owner_id', '=', sivId).execute();
  const found = async () => (await nothingIsOverdue(system.op('routine', 'proof'))).found.join();
  system.now = fencedAt.add({ hours: 1 }).subtract({ milliseconds: 1 });
  assert.doesNotMatch(await found(), /its key is gone/);
  system.now = fencedAt.add({ hours: 1, milliseconds: 1 });
  assert.match(await found(), new RegExp(`vault\\.owner ${sivId}: its key is gone and it is not`));
  assert.equal(await endStaff(system.op('routine', 'retention')), 1);
  assert.doesNotMatch(await found(), /its key is gone/);
  assert.equal(await endStaff(system.op('routine', 'retention')), 0);
});

test('a member of staff changes password and app, and the old ones are worth nothing', async () => {
  await using system = await testSystem();
  const { sivId } = await two(system);
  const op = system.op({ party: 'support', owner: sivId }, 'employment');
  await replaceOwnPassword(op, sivId, 'ett nytt lösenord', tellingNobody);
  const secret = newOneTimeSecret();
  const code = codeAt(secret, system.now);
  const wrong = { password: null, secret, code: codeAt(newOneTimeSecret(), system.now) };
  assert.equal(await replaceOwnCodes(op, sivId, wrong, tellingNobody), false);
  const chosen = { password: null, secret, code };
  assert.equal(await replaceOwnCodes(op, sivId, chosen, tellingNobody), true);
  system.now = system.now.add({ seconds: 30 });
  assert.equal(await signIn(system, siv), null);
  assert.equal(await signIn(system, { ...siv, password: 'ett nytt lösenord' }), null);
  assert.ok(await signIn(system, { ...siv, password: 'ett nytt lösenord', secret }));
});
