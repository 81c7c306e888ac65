import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { OwnerId, RowId } from '../ids.ts';
import { newOwnerId, newRowId } from '../ids.ts';
import { addCalendar } from '../history/bookings.fixture.ts';
import { isProblem } from '../problem.ts';
import type { ProblemCode } from '../problem.ts';
import { gatherStaffInsight } from '../requests/staff-insight.ts';
import { endStaff } from '../routines/staff-retention.ts';
import { sendAll } from '../../test/used-company.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import {
  beginEngagement,
  chooseCalendars,
  endEngagement,
  latestEngagement,
  resourcesOf,
} from './engagements.ts';
import { codeAt, newOneTimeSecret } from './one-time-codes.ts';
import { addPerformer, addProvider } from './provider.fixture.ts';
import { inviteProvider } from './providers.ts';
import { findSession } from './sessions.ts';
import { administrators } from './staff-administrators.ts';
import {
  findInvitation,
  inviteStaff,
  listInvitations,
  sendInvitationAgain,
  withdrawInvitation,
} from './staff-invitations.ts';
import { joinWithPassword } from './staff-joining.ts';
import {
  changeRole,
  countStaff,
  endEmployment,
  kindOfColleague,
  listColleagues,
  resetSignIn,
} from './staff-register.ts';
import { signInStaff } from './staff.ts';

let system: TestSystem;
let weaver: RowId;
let spinner: RowId;
let calendars: RowId[];
const password = 'fyra ord och ett till';
const vera = { email: 'vera.vav@example.se', name: 'Vera Väv Testsson' };

before(async () => {
  system = await testSystem();
  weaver = await addPerformer(system, 'Vävstugan AB');
  spinner = await addPerformer(system, 'Garnet AB');
});
after(() => system[Symbol.asyncDispose]());

beforeEach(async () => {
  system.now = system.now.add({ minutes: 1 });
  await system.db.deleteFrom('accounts.provider_resource').execute();
  calendars = [await addCalendar(system, 'Vävare 1'), await addCalendar(system, 'Vävare 2')];
});

const administering = () => system.op('routine', 'staff-administration');
const joining = () => system.op('nobody', 'employment');

async function refused(work: Promise<unknown>, code: ProblemCode): Promise<void> {
  await assert.rejects(work, (error) => isProblem(error, code));
}

/** The token of the session, and the key of the codes. */
async function join(token: string): Promise<{ session: string | null; secret: string }> {
  const found = await findInvitation(joining(), token);
  assert.ok(found);
  const secret = newOneTimeSecret();
  const chosen = { password, secret, code: codeAt(secret, system.now) };
  return { session: await joinWithPassword(joining(), found, chosen, 'Firefox, Linux'), secret };
}

async function ownerOf(email: string): Promise<OwnerId> {
  const owner = await system.vault.ownerOf({ kind: 'staff-email', value: email });
  assert.ok(owner);
  return owner;
}

test('a provider is invited with recipient and calendars, joins, signs in, leaves, and is told of apart from staff', async () => {
  const person = { ...vera, recipientId: weaver, resourceIds: calendars };
  const token = await inviteProvider(administering(), person, null);
  const owner = await ownerOf(vera.email);
  await inviteStaff(administering(), { ...vera, email: 'bo@example.se', role: 'support' }, null);
  const invited = async (as: 'staff' | 'provider') =>
    (await listInvitations(administering(), as)).map(({ email }) => email);
  assert.deepEqual(
    [await invited('staff'), await invited('provider')],
    [['bo@example.se'], [vera.email]],
  );
  const { session, secret } = await join(token);
  const signedIn = await findSession(system, session ?? '', 'staff', system.now);
  assert.equal(signedIn?.role, 'provider');
  system.now = system.now.add({ seconds: 30 });
  const attempt = { email: vera.email, password, device: '?', code: codeAt(secret, system.now) };
  assert.ok(await signInStaff(joining(), attempt));
  assert.deepEqual((await resourcesOf(administering(), owner)).toSorted(), calendars.toSorted());
  assert.equal(await kindOfColleague(administering(), owner), 'provider');
  const names = async (as: 'staff' | 'provider') =>
    (await listColleagues(administering(), as)).map(({ name }) => name);
  assert.deepEqual(await names('provider'), [vera.name]);
  assert.ok(!(await names('staff')).includes(vera.name));
  assert.equal((await countStaff(administering())).working.provider, 1);
  assert.deepEqual(await administrators(administering()), []);

  await endEmployment(administering(), owner);
  assert.deepEqual(await resourcesOf(administering(), owner), []);
  assert.ok((await latestEngagement(administering(), owner))?.endedAt);
  assert.equal(await findSession(system, session ?? '', 'staff', system.now), null);
  await refused(chooseCalendars(administering(), owner, calendars), 'not-found');
  await refused(beginEngagement(administering(), owner, weaver), 'not-found');
});

test('a provider sees all that is stored about them, with through whom and since when', async () => {
  const { owner } = await addProvider(system, weaver, calendars);
  const op = system.op({ party: 'provider', owner }, 'staff-insight');
  const { tables } = await gatherStaffInsight(op, owner);
  const names = tables.map(({ table }) => table);
  for (const table of ['accounts.staff', 'accounts.engagement', 'accounts.credential'] as const)
    assert.ok(names.includes(table), table);
});

test('a provider stays one, and nobody of staff becomes one', async () => {
  const { owner } = await addProvider(system, weaver, []);
  for (const role of ['support', 'administrator', 'bookkeeper'] as const)
    await refused(changeRole(administering(), owner, role, 'sv'), 'not-allowed');
  const email = 'siv@example.se';
  const token = await inviteStaff(administering(), { email, name: 'Siv', role: 'support' }, null);
  await join(token);
  const siv = await ownerOf(email);
  await refused(changeRole(administering(), siv, 'provider', 'sv'), 'not-allowed');
  assert.equal(await kindOfColleague(administering(), siv), 'staff');
  assert.equal(await kindOfColleague(administering(), newOwnerId()), null);
  assert.equal(await kindOfColleague(administering(), await system.newCustomer()), null);
});

test('nobody is invited to perform for who performs nothing, or in a calendar that is none', async () => {
  const supplier = await addPerformer(system, 'Molnet AB', { category: 'supplier' });
  const person = { ...vera, email: 'ny@example.se', recipientId: supplier, resourceIds: [] };
  await refused(inviteProvider(administering(), person, null), 'conflict');
  const nowhere = { ...person, recipientId: weaver, resourceIds: [newRowId(system.now)] };
  await refused(inviteProvider(administering(), nowhere, null), 'bad-input');
  // What was refused leaves the address free.
  await inviteProvider(administering(), { ...nowhere, resourceIds: [] }, null);
});

test('a calendar belongs to providers of one recipient, as long as one of them sees it', async () => {
  const first = await addProvider(system, weaver, calendars);
  const beside = await addProvider(system, weaver, calendars);
  const other = await addProvider(system, spinner, []);
  const op = administering();
  await refused(chooseCalendars(op, other.owner, calendars), 'conflict');
  const person = { ...vera, email: 'x@example.se', recipientId: spinner, resourceIds: calendars };
  await refused(inviteProvider(op, person, null), 'conflict');
  await endEngagement(op, first.owner);
  await endEngagement(op, beside.owner);
  await refused(chooseCalendars(op, other.owner, calendars), 'conflict');
  await refused(beginEngagement(op, first.owner, spinner), 'conflict');
  await endEmployment(op, beside.owner);
  await chooseCalendars(op, first.owner, []);
  await chooseCalendars(op, other.owner, calendars);
  await refused(chooseCalendars(op, first.owner, calendars), 'conflict');
});

test('of two recipients that are given a calendar at once one gets it', async () => {
  const one = await addProvider(system, weaver, []);
  const other = await addProvider(system, spinner, []);
  const tries = await Promise.allSettled(
    [one, other].map(({ owner }) => chooseCalendars(administering(), owner, calendars)),
  );
  assert.deepEqual(tries.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
});

test('an engagement ends once, and another begins with the same calendars', async () => {
  const { owner } = await addProvider(system, weaver, calendars);
  const op = administering();
  await refused(beginEngagement(op, owner, spinner), 'conflict');
  await endEngagement(op, owner);
  const endedAt = system.now;
  system.now = system.now.add({ hours: 1 });
  await endEngagement(administering(), owner);
  assert.deepEqual((await latestEngagement(op, owner))?.endedAt, endedAt);
  await beginEngagement(administering(), owner, spinner);
  const latest = await latestEngagement(op, owner);
  assert.deepEqual([latest?.recipientId, latest?.endedAt], [spinner, null]);
  assert.equal((await resourcesOf(op, owner)).length, 2);
  const begun = await Promise.allSettled(
    [1, 2].map(() => beginEngagement(administering(), owner, weaver)),
  );
  assert.ok(begun.every(({ status }) => status === 'rejected'));
});

test('a withdrawn invitation frees its calendars, and a reset sign-in keeps them', async () => {
  const person = { ...vera, email: 'ater@example.se', recipientId: weaver, resourceIds: calendars };
  await inviteProvider(administering(), person, null);
  const invited = await ownerOf(person.email);
  await sendInvitationAgain(administering(), invited, null);
  assert.equal((await resourcesOf(administering(), invited)).length, 2);
  await withdrawInvitation(administering(), invited);
  assert.deepEqual(await resourcesOf(administering(), invited), []);
  const { owner } = await addProvider(system, spinner, calendars);
  const reset = await resetSignIn(administering(), owner, null);
  assert.ok(typeof reset !== 'string');
  assert.equal((await resourcesOf(administering(), owner)).length, 2);
  const { session } = await join(reset.token);
  const signedIn = await findSession(system, session ?? '', 'staff', system.now);
  assert.equal(signedIn?.role, 'provider');
});

test('an unanswered invitation of a provider goes like any other, with all that belongs to it', async () => {
  const letter = {
    language: 'sv',
    linkOf: (token: string) => `http://localhost/${token}`,
  } as const;
  const person = {
    ...vera,
    email: 'vante@example.se',
    recipientId: weaver,
    resourceIds: calendars,
  };
  await inviteProvider(administering(), person, letter);
  const owner = await ownerOf(person.email);
  await sendAll(system);
  system.now = system.now.add({ hours: 7 * 24, milliseconds: 1 });
  await endStaff(system.op('routine', 'retention'));
  assert.deepEqual(await resourcesOf(administering(), owner), []);
  system.now = system.now.add({ hours: 14 * 24 });
  await endStaff(system.op('routine', 'retention'));
  for (const table of ['accounts.engagement', 'vault.owner'] as const) {
    const left = await system.db
      .selectFrom(table)
      .select('owner_id')
      .where('owner_id', '=', owner)
      .execute();
    assert.deepEqual(left, [], table);
  }
});

test('whoever left two years ago is gone with engagements and all', async () => {
  const { owner } = await addProvider(system, weaver, calendars);
  await endEmployment(administering(), owner);
  system.now = system.now.add({ hours: 2 * 366 * 24 });
  await endStaff(system.op('routine', 'retention'));
  assert.equal(await latestEngagement(administering(), owner), null);
});
