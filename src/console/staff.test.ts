import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { codeAt } from '../accounts/one-time-codes.ts';
import { inviteStaff } from '../accounts/staff-invitations.ts';
import type { NewStaff } from '../accounts/staff.ts';
import type { OwnerId } from '../ids.ts';
import { outbox } from '../messages/outbox.ts';
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
let colleague: NewStaff;
let colleagueId: OwnerId;
const room = '/console/staff';
const password = 'fyra ord och ett till';

before(async () => {
  system = await testSystem();
});

beforeEach(async () => {
  // Codes are for half a minute each.
  system.now = system.now.add({ minutes: 1 });
  browser = await signedIn(system, 'administrator');
  await confirmEverybody(system);
  colleague = await newStaff(system, 'support');
  colleagueId = await idOf(colleague.email);
});

after(() => system[Symbol.asyncDispose]());

async function idOf(email: string): Promise<OwnerId> {
  const owner = await system.vault.ownerOf({ kind: 'staff-email', value: email });
  assert.ok(owner);
  return owner;
}

/** The path of the link in the letter that waits for an address. */
async function linkFor(email: string): Promise<string> {
  const rows = await system.db
    .selectFrom('messages.outbox')
    .selectAll()
    .where('owner_id', '=', await idOf(email))
    .orderBy('message_id', 'desc')
    .execute();
  const op = system.op({ party: 'routine', routine: 'send-mail' }, 'service-message');
  for (const row of rows) {
    const opener = await op.vault.openForGate(op, row.owner_id, 'messages');
    const { text } = opener.open(outbox, row.message_id, row.sealed);
    const path = /\/console\/invitation\/\S+/.exec(text)?.[0];
    if (path !== undefined) return path;
  }
  throw new Error('no link is waiting');
}

async function enter(staff: NewStaff): Promise<StaffBrowser> {
  const own = openBrowser(system);
  const answer = await own.post('/console/sign-in', signInFields(system, staff));
  assert.equal(answer.status, 303);
  return own;
}

/** The key that the form offers, and the code that an app would show for it. */
function chosenOn(text: string): { secret: string; code: string } {
  const secret = /name="secret" value="(\w+)"/.exec(text)?.[1] ?? '';
  return { secret, code: codeAt(secret, system.now) };
}

test('what changes anything asks anew who is there, and leads back', async () => {
  const other = await signedIn(system, 'administrator');
  const paths = ['role', 'reset', 'end-sessions', 'leave'].map((one) => `${colleagueId}/${one}`);
  for (const path of ['invite', ...paths]) {
    const { location } = await other.post(`${room}/${path}`);
    assert.match(location ?? '', /^\/console\/confirm-identity\?return=/, path);
  }
  assert.equal((await other.get(`${room}/${colleagueId}`)).status, 200);
});

test('staff of another role, and ids of nobody, find nothing', async () => {
  const support = await enter(colleague);
  await confirmEverybody(system);
  const customer = await system.newCustomer({ email: 'tove@example.se' });
  for (const path of ['', '/invite', `/${colleagueId}`, `/${colleagueId}/leave`]) {
    assert.equal((await support.get(`${room}${path}`)).status, 404);
  }
  for (const path of ['invite', `${colleagueId}/role`, `${colleagueId}/again`]) {
    assert.equal((await support.post(`${room}/${path}`)).status, 404);
  }
  for (const id of [customer, 'x', '%00', 'c1b9f0f6-3f5e-4a52-9d6f-3f3b7a0a9c11']) {
    assert.equal((await browser.get(`${room}/${id}`)).status, 404);
    assert.equal((await browser.get(`${room}/${id}/leave`)).status, 404);
    const posts = ['role', 'reset', 'end-sessions', 'again', 'leave'];
    for (const one of posts) {
      const { status } = await browser.post(`${room}/${id}/${one}`, { role: 'support' });
      assert.equal(status, 404, `${id} ${one}`);
    }
  }
});

test('a form that is wrong keeps what was typed, and says what to mend', async () => {
  const { status, text } = await browser.post(`${room}/invite`, {
    name: 'Åsa "Quote" <b>',
    email: 'not an address',
  });
  assert.equal(status, 422);
  assert.match(text, /value="Åsa &quot;Quote&quot; &lt;b&gt;"/);
  assert.match(text, /Write the address like this/);
  assert.match(text, /Choose a role/);
  const taken = { name: 'Siv', email: colleague.email, role: 'support' };
  const again = await browser.post(`${room}/invite`, taken);
  assert.equal(again.status, 422);
  assert.match(again.text, /invited already or belongs to somebody/);
});

test('somebody invited chooses on the page of the link, and is let in to the rooms of the role', async () => {
  const email = 'vera@example.se';
  const sent = await browser.post(`${room}/invite`, { name: 'Vera Ny', email, role: 'bookkeeper' });
  assert.equal(sent.location, `${room}?done=invited`);
  assert.match((await browser.get(room)).text, /Vera Ny/);
  const link = await linkFor(email);
  const stranger = openBrowser(system);
  const page = await stranger.get(link);
  assert.equal(page.status, 200);
  assert.match(page.text, /Hello Vera Ny/);
  const chosen = chosenOn(page.text);
  const short = await stranger.post(link, { ...chosen, password: 'kort' });
  assert.equal(short.status, 422);
  assert.ok(short.text.includes(`name="secret" value="${chosen.secret}"`));
  const guessable = await stranger.post(link, { ...chosen, password: 'vera ny vera ny vera' });
  assert.equal(guessable.status, 422);
  const wrong = await stranger.post(link, { ...chosen, code: '12 34', password });
  assert.equal(wrong.status, 422);
  assert.ok(!wrong.text.includes(password));
  const joined = await stranger.post(link, { ...chosen, password });
  assert.equal(joined.location, '/console');
  assert.equal((await stranger.get('/console/orders')).status, 404);
  assert.equal((await stranger.get('/console/me')).status, 200);
  assert.equal((await openBrowser(system).get(link)).status, 410);
  assert.equal((await openBrowser(system).post(link, { ...chosen, password })).status, 410);
});

test('two links opened at once offer different keys, and a key that we did not make is refused', async () => {
  const op = system.op('routine', 'staff-administration');
  const person = { name: 'Ulla', email: 'ulla@example.se', role: 'support' } as const;
  const link = `/console/invitation/${await inviteStaff(op, person, null)}`;
  const [one, two] = [await openBrowser(system).get(link), await openBrowser(system).get(link)];
  assert.notEqual(chosenOn(one.text).secret, chosenOn(two.text).secret);
  const weak = await openBrowser(system).post(link, { secret: 'AAAA', code: '000000', password });
  assert.equal(weak.status, 400);
  const wrongPasskey = await openBrowser(system).post(`${link}/passkey`, { answer: '{}' });
  assert.equal(wrongPasskey.status, 422);
});

test('a link that is too old, withdrawn, renewed or never was looks the same', async () => {
  const email = 'egon@example.se';
  await browser.post(`${room}/invite`, { name: 'Egon', email, role: 'support' });
  const first = await linkFor(email);
  const id = await idOf(email);
  assert.equal((await browser.post(`${room}/${id}/again`)).location, `${room}?done=again`);
  const second = await linkFor(email);
  assert.notEqual(first, second);
  assert.equal((await openBrowser(system).get(second)).status, 200);
  assert.equal((await browser.post(`${room}/${id}/withdraw`)).location, `${room}?done=withdrawn`);
  const over = await openBrowser(system).get(second);
  for (const link of [first, second, '/console/invitation/x', `${second}x`]) {
    const seen = await openBrowser(system).get(link);
    assert.equal(seen.status, 410);
    assert.equal(seen.text.replaceAll(link, ''), over.text.replaceAll(second, ''));
  }
});

test('a new role signs the colleague out, who is told; a role that is none is refused', async () => {
  const own = await enter(colleague);
  const at = `${room}/${colleagueId}`;
  assert.equal((await browser.post(`${at}/role`, { role: 'owner' })).status, 400);
  assert.equal((await own.get('/console')).status, 200);
  const changed = await browser.post(`${at}/role`, { role: 'bookkeeper' });
  assert.equal(changed.location, `${room}?done=role`);
  assert.equal((await own.get('/console')).status, 303);
});

test('a colleague is reset, ended everywhere and let go; the stolen cookie is worth nothing', async () => {
  const own = await enter(colleague);
  const at = `${room}/${colleagueId}`;
  assert.equal((await browser.post(`${at}/end-sessions`)).location, `${room}?done=sessions`);
  assert.equal((await own.get('/console')).status, 303);
  assert.equal((await browser.post(`${at}/reset`)).location, `${room}?done=reset`);
  assert.match((await browser.get(at)).text, /To choose a new sign-in/);
  const link = await linkFor(colleague.email);
  const back = openBrowser(system);
  const chosen = chosenOn((await back.get(link)).text);
  assert.equal((await back.post(link, { ...chosen, password })).location, '/console');
  const question = await browser.get(`${at}/leave`);
  assert.match(question.text, /End the employment of Siv Medarbetare/);
  assert.equal((await browser.post(`${at}/leave`)).location, `${room}?done=left`);
  assert.equal((await back.get('/console')).status, 303);
  assert.equal((await browser.get(`${at}/leave`)).status, 404);
  const former = await browser.get(at);
  assert.match(former.text, /Siv Medarbetare/);
  assert.ok(!former.text.includes(colleague.email));
});

test('the last administrator is told why not', async () => {
  await system.db.updateTable('accounts.staff').set({ left_at: system.now }).execute();
  const lone = await newStaff(system, 'administrator');
  const own = await enter(lone);
  await confirmEverybody(system);
  const at = `${room}/${await idOf(lone.email)}`;
  for (const [path, fields] of [
    ['role', { role: 'support' }],
    ['leave', {}],
  ] as const) {
    const { status, text } = await own.post(`${at}/${path}`, fields);
    assert.equal(status, 422);
    assert.match(text, /There is no other administrator/);
  }
  assert.equal((await own.post(`${at}/reset`)).status, 404);
  await system.db.updateTable('accounts.staff').set({ left_at: null }).execute();
});

test('everybody sees and downloads what is stored about them, and who has looked', async () => {
  await browser.get(room);
  const own = await enter(colleague);
  const page = await own.get('/console/me/data');
  assert.ok(page.text.includes(colleague.email));
  assert.match(page.text, /an administrator/);
  const file = JSON.parse((await own.get('/console/me/data/download')).text) as {
    data: { table: string }[];
    looked_at_by: { role: string; purpose: string }[];
  };
  assert.ok(file.data.some(({ table }) => table === 'accounts.staff'));
  assert.ok(!JSON.stringify(file).includes('$argon2'));
  assert.equal(file.looked_at_by[0]?.role, 'administrator');
});

test('password and app are changed by who has confirmed, and the letter says so', async () => {
  const own = await enter(colleague);
  const asked = await own.get('/console/me/password');
  assert.match(asked.location ?? '', /confirm-identity/);
  await confirmEverybody(system);
  assert.equal((await own.post('/console/me/password', { password: 'kort' })).status, 422);
  const changed = await own.post('/console/me/password', { password });
  assert.equal(changed.location, '/console/me?done=password');
  const chosen = chosenOn((await own.get('/console/me/codes')).text);
  const wrong = await own.post('/console/me/codes', { ...chosen, code: '000000' });
  assert.equal(wrong.status, 422);
  const replaced = await own.post('/console/me/codes', chosen);
  assert.equal(replaced.location, '/console/me?done=codes');
  const letters = await system.db
    .selectFrom('messages.outbox')
    .select('message_id')
    .where('owner_id', '=', colleagueId)
    .execute();
  assert.equal(letters.length, 2);
});

test('one device is signed out, or all others, and nobody else’s', async () => {
  const own = await enter(colleague);
  system.now = system.now.add({ seconds: 30 });
  const other = await enter(colleague);
  assert.equal((await own.post('/console/me/sessions/end-others')).status, 303);
  assert.equal((await other.get('/console/me')).status, 303);
  const [, theirs = ''] =
    /sessions\/([\w-]+)\/end"/.exec((await browser.get('/console/me')).text) ?? [];
  await own.post(`/console/me/sessions/${theirs}/end`);
  assert.equal((await browser.get('/console/me')).status, 200);
  assert.equal((await own.post('/console/me/sessions/x/end')).status, 404);
});

test('a problem shows the rooms to who is signed in, and the way in to who is not', async () => {
  const lost = await browser.get('/console/nothing');
  assert.equal(lost.status, 404);
  assert.match(lost.text, /href="\/console\/recipients"/);
  const stranger = await openBrowser(system).get('/console/nothing');
  assert.doesNotMatch(stranger.text, /href="\/console\/recipients"/);
});
