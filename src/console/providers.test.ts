import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { codeAt } from '../accounts/one-time-codes.ts';
import { resourcesOf } from '../accounts/engagements.ts';
import { addPerformer, addProvider } from '../accounts/provider.fixture.ts';
import type { TestProvider } from '../accounts/provider.fixture.ts';
import { addCalendar } from '../history/bookings.fixture.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { newOwnerId } from '../ids.ts';
import { outbox } from '../messages/outbox.ts';
import { endAgreement } from '../recipients/register.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import {
  confirmEverybody,
  newStaff,
  openBrowser,
  signedIn,
  signInFields,
} from './staff-browser.fixture.ts';
import type { StaffBrowser } from './staff-browser.fixture.ts';

let system: TestSystem;
let browser: StaffBrowser;
let performer: RowId;
let calendar: RowId;
let provider: TestProvider;
const room = '/console/providers';
const password = 'fyra ord och ett till';

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

beforeEach(async () => {
  system.now = system.now.add({ minutes: 1 });
  browser = await signedIn(system, 'administrator');
  await confirmEverybody(system);
  performer = await addPerformer(system, 'Weavers Ltd');
  calendar = await addCalendar(system, 'Loom 1');
  provider = await addProvider(system, performer, [calendar]);
});

const operation = () => system.op('routine', 'staff-administration');

async function idOf(email: string): Promise<OwnerId> {
  const owner = await system.vault.ownerOf({ kind: 'staff-email', value: email });
  assert.ok(owner);
  return owner;
}

/** The text of the letter that waits for an address. */
async function letterTo(email: string): Promise<string> {
  const row = await system.db
    .selectFrom('messages.outbox')
    .selectAll()
    .where('owner_id', '=', await idOf(email))
    .executeTakeFirstOrThrow();
  const op = system.op({ party: 'routine', routine: 'send-mail' }, 'service-message');
  const opener = await op.vault.openForGate(op, row.owner_id, 'messages');
  return opener.open(outbox, row.message_id, row.sealed).text;
}

test('an administrator invites a provider from the recipient, who joins and is led to their bookings', async () => {
  const { text } = await browser.get('/console/recipients');
  const address = `${room}/invite?recipient=${performer}`;
  assert.ok(text.includes(address));
  const form = await browser.get(address);
  assert.match(form.text, new RegExp(`value="${performer}" checked`));
  const email = 'vera.vav@example.se';
  const free = await addCalendar(system, 'Loom 2');
  const fields = { name: 'Vera Weaver', email, recipient: performer, [`calendar-${free}`]: 'yes' };
  const sent = await browser.post(`${room}/invite`, fields);
  assert.equal(sent.location, `${room}?done=invited`);
  assert.deepEqual(await resourcesOf(operation(), await idOf(email)), [free]);
  const letter = await letterTo(email);
  assert.match(letter, /see the bookings that you perform for/);
  const link = /\/console\/invitation\/\S+/.exec(letter)?.[0] ?? '';
  const stranger = openBrowser(system);
  const page = await stranger.get(link);
  assert.match(page.text, /see the bookings that you perform for/);
  const secret = /name="secret" value="(\w+)"/.exec(page.text)?.[1] ?? '';
  const chosen = { secret, code: codeAt(secret, system.now), password };
  assert.equal((await stranger.post(link, chosen)).location, '/provider');
  assert.equal((await stranger.get('/provider')).status, 200);
  const list = await browser.get(room);
  assert.match(list.text, /Vera Weaver/);
  assert.match(list.text, /Weavers Ltd/);
  assert.doesNotMatch((await browser.get('/console/staff')).text, /Vera Weaver/);
});

test('a form that is wrong keeps what was typed and ticked, and says what to mend', async () => {
  const free = await addCalendar(system, 'Loom 3');
  const wrong = await browser.post(`${room}/invite`, {
    name: '',
    email: 'not an address',
    [`calendar-${free}`]: 'yes',
  });
  assert.equal(wrong.status, 422);
  for (const words of [/person’s name/, /Write the address like this/, /Choose through whom/])
    assert.match(wrong.text, words);
  assert.match(wrong.text, new RegExp(`name="calendar-${free}" value="${free}" checked`));
  const supplier = await addPerformer(system, 'Cloud Ltd', { category: 'supplier' });
  const fields = { name: 'Vera', email: 'v@example.se', recipient: supplier };
  assert.equal((await browser.post(`${room}/invite`, fields)).status, 422);
  assert.ok(!(await browser.get(`${room}/invite`)).text.includes(supplier));
  const taken = { ...fields, recipient: performer, email: provider.email };
  assert.match((await browser.post(`${room}/invite`, taken)).text, /invited already or has a sign/);
  const spinner = await addPerformer(system, 'Spinners Ltd');
  const theirs = { ...fields, recipient: spinner, [`calendar-${calendar}`]: 'yes' };
  assert.match((await browser.post(`${room}/invite`, theirs)).text, /another recipient: Loom 1/);
});

test('the form says where nothing can be handed out today, and what to do where nobody performs services', async () => {
  await endAgreement(system.op('routine', 'employment'), performer);
  assert.match((await browser.get(`${room}/invite`)).text, /Nothing can be handed out to it today/);
  await system.db
    .updateTable('recipients.recipient')
    .set({ category: 'supplier' })
    .where('category', '=', 'performer')
    .execute();
  const { text } = await browser.get(`${room}/invite`);
  assert.match(text, /No recipient performs services/);
  assert.doesNotMatch((await browser.get('/console/recipients')).text, /invite\?recipient/);
});

test('calendars are changed, an engagement ends and another begins', async () => {
  const at = `${room}/${provider.owner}`;
  const other = await addCalendar(system, 'Loom 4');
  const page = await browser.get(at);
  assert.match(page.text, new RegExp(`name="calendar-${calendar}" value="${calendar}" checked`));
  assert.doesNotMatch(page.text, /begin-engagement/);
  const changed = await browser.post(`${at}/calendars`, { [`calendar-${other}`]: 'yes' });
  assert.equal(changed.location, `${room}?done=calendars`);
  assert.deepEqual(await resourcesOf(operation(), provider.owner), [other]);
  const spinner = await addPerformer(system, 'Spinners Ltd');
  const theirs = await addCalendar(system, 'Wheel');
  await addProvider(system, spinner, [theirs]);
  const refused = await browser.post(`${at}/calendars`, { [`calendar-${theirs}`]: 'yes' });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /another recipient: Wheel/);
  assert.equal((await browser.post(`${at}/end-engagement`)).location, `${room}?done=ended`);
  assert.match((await browser.get(room)).text, /Weavers Ltd, ended/);
  assert.match((await browser.get(at)).text, /begin-engagement/);
  assert.equal((await browser.post(`${at}/begin-engagement`)).status, 422);
  const begun = await browser.post(`${at}/begin-engagement`, { recipient: spinner });
  assert.equal(begun.location, `${room}?done=begun`);
  const again = await browser.post(`${at}/begin-engagement`, { recipient: spinner });
  assert.equal(again.status, 409);
});

test('a provider’s sign-in is reset and ended, and the last administrator is nobody’s concern here', async () => {
  const at = `${room}/${provider.owner}`;
  const own = openBrowser(system);
  await own.post('/console/sign-in', signInFields(system, provider));
  assert.equal((await own.get('/provider')).status, 200);
  assert.equal((await browser.post(`${at}/end-sessions`)).location, `${room}?done=sessions`);
  assert.equal((await own.get('/provider')).status, 303);
  assert.equal((await browser.post(`${at}/reset`)).location, `${room}?done=reset`);
  assert.match(await letterTo(provider.email), /reset your sign-in to your bookings/);
  const question = await browser.get(`${at}/leave`);
  assert.match(question.text, /End the sign-in of Vera/);
  assert.equal((await browser.post(`${at}/leave`)).location, `${room}?done=left`);
  assert.match((await browser.get(room)).text, /Have left/);
  assert.equal((await browser.get(`${at}/leave`)).status, 404);
  assert.deepEqual(await resourcesOf(operation(), provider.owner), []);
});

test('an invited provider is sent a new link, or none', async () => {
  const email = `ny-${provider.owner}@example.se`;
  const fields = { name: 'Nya Weaver', email, recipient: performer };
  await browser.post(`${room}/invite`, fields);
  const at = `${room}/${await idOf(email)}`;
  const page = await browser.get(at);
  assert.match(page.text, /Nya Weaver/);
  assert.match(page.text, /Weavers Ltd/);
  assert.equal((await browser.post(`${at}/again`)).location, `${room}?done=again`);
  assert.equal((await browser.post(`${at}/withdraw`)).location, `${room}?done=withdrawn`);
  assert.equal((await browser.get(at)).status, 404);
});

test('staff and providers are each in a room of their own, and nobody changes rooms', async () => {
  const colleague = await newStaff(system, 'support');
  const [staffId, providerId] = [await idOf(colleague.email), provider.owner];
  const actions = ['reset', 'end-sessions', 'again', 'withdraw', 'leave'];
  for (const [where, id] of [
    ['/console/staff', providerId],
    [room, staffId],
    [room, newOwnerId()],
    [room, 'x'],
  ] as const) {
    assert.equal((await browser.get(`${where}/${id}`)).status, 404);
    assert.equal((await browser.get(`${where}/${id}/leave`)).status, 404);
    for (const action of actions) {
      const { status } = await browser.post(`${where}/${id}/${action}`);
      assert.equal(status, 404, `${where} ${action}`);
    }
  }
  const raised = await browser.post(`/console/staff/${providerId}/role`, { role: 'administrator' });
  assert.equal(raised.status, 404);
  for (const action of ['calendars', 'end-engagement', 'begin-engagement'])
    assert.equal((await browser.post(`${room}/${staffId}/${action}`)).status, 404, action);
  const invite = await browser.get('/console/staff/invite');
  assert.doesNotMatch(invite.text, /value="provider"/);
  const asStaff = { name: 'Eva', email: 'eva@example.se', role: 'provider' };
  assert.equal((await browser.post('/console/staff/invite', asStaff)).status, 422);
  const role = await browser.post(`/console/staff/${staffId}/role`, { role: 'provider' });
  assert.equal(role.status, 400);
});

test('only administrators care for providers, and what changes anything asks anew who is there', async () => {
  const at = `${room}/${provider.owner}`;
  for (const role of ['support', 'bookkeeper'] as const) {
    const other = await signedIn(system, role);
    await confirmEverybody(system);
    for (const path of [room, `${room}/invite`, at, `${at}/leave`])
      assert.equal((await other.get(path)).status, 404);
    assert.equal((await other.post(`${at}/calendars`)).status, 404);
  }
  const unconfirmed = await signedIn(system, 'administrator');
  for (const action of ['calendars', 'end-engagement', 'begin-engagement', 'reset', 'leave']) {
    const { location } = await unconfirmed.post(`${at}/${action}`);
    assert.match(location ?? '', /^\/console\/confirm-identity\?return=/, action);
  }
  assert.equal((await unconfirmed.get(at)).status, 200);
});
