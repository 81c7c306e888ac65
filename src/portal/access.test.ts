import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { lettersTo, newPassword, tokenFor } from '../../test/access-letters.ts';
import { freeGuesses } from '../accounts/guesses.ts';
import { portalAccessText } from '../text/portal-access.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { openVisitor, signedInVisitor } from './privacy-visitor.fixture.ts';
import type { Seen, Visitor } from './privacy-visitor.fixture.ts';

let system: TestSystem;
const words = portalAccessText.en;

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

async function newCustomer(): Promise<{ email: string; browser: Visitor }> {
  system.now = system.now.add({ minutes: 20 });
  const email = `${randomBytes(5).toString('hex')}@example.se`;
  await system.newCustomer({ email });
  return { email, browser: await signedInVisitor(system, email, 'en') };
}

/** Everything that an answer shows, with the address that was typed taken out. */
function shown({ status, location, source, headers }: Seen, email: string): string {
  const rest = [...headers].filter(([name]) => name !== 'date');
  return JSON.stringify([status, location, source.replaceAll(email, 'ADDRESS'), rest]);
}

test('asking for a new password is answered the same whoever has an account, in every byte', async () => {
  const { email } = await newCustomer();
  const answers: string[] = [];
  for (const address of [email, 'okand@example.se']) {
    const browser = openVisitor(system);
    const begun = await browser.post('/recover/begin', { email: address, password: 'x' });
    const sent = await browser.post('/recover', { email: address });
    assert.equal(sent.location, '/recover/sent');
    const page = await browser.get('/recover/sent');
    answers.push([begun, sent, page].map((seen) => shown(seen, address)).join('\n'));
  }
  assert.equal(answers[0], answers[1]);
});

test('too many letters are refused in the same words for everybody', async () => {
  const { email } = await newCustomer();
  for (const address of [email, 'okand2@example.se']) {
    const browser = openVisitor(system);
    for (let n = 0; n < 5; n += 1)
      assert.equal((await browser.post('/recover', { email: address })).status, 303);
    assert.equal((await browser.post('/recover', { email: address })).status, 429);
  }
});

test('a link asks for a password by the rules, sets it, and signs nobody in', async () => {
  const { email } = await newCustomer();
  const browser = openVisitor(system);
  await browser.post('/recover', { email });
  const page = `/recover/${await tokenFor(system, email, 'recover')}`;
  const first = await browser.get(page);
  assert.equal(first.status, 200);
  assert.ok(first.source.includes(email));
  const wrong: [string, string][] = [
    ['kort', words.faults.newPassword['too-short']],
    [`${person.name} 2026`, words.faults.newPassword['about-you']],
    ['123456789012345', words.faults.newPassword['in-order']],
    ['lösenord12345678', words.faults.newPassword.common],
  ];
  for (const [password, why] of wrong) {
    const seen = await browser.post(page, { password });
    assert.equal(seen.status, 422);
    assert.ok(seen.text.includes(why), password);
    assert.ok(!seen.source.includes(password), 'a password is never sent back');
  }
  const done = await browser.post(page, { password: newPassword });
  assert.equal(done.location, '/recover/done');
  assert.equal(browser.cookies.has('__Host-session'), false);
  assert.equal((await browser.get('/recover/done')).status, 200);
  assert.equal((await browser.get('/overview')).status, 303);
  assert.equal((await browser.get(page)).status, 410);
  assert.equal((await browser.post(page, { password: newPassword })).status, 410);
});

test('links that are wrong look like links that are over', async () => {
  const browser = openVisitor(system);
  const pages = [`/recover/${'x'.repeat(86)}`, '/recover/x', `/undo-email/${'A'.repeat(86)}`];
  for (const page of pages) {
    assert.equal((await browser.get(page)).status, 410);
    assert.equal((await browser.post(page, { password: newPassword })).status, 410);
  }
});

test('what changes how one gets in asks first who is there', async () => {
  const { browser } = await newCustomer();
  for (const page of ['/settings/password', '/settings/email']) {
    const seen = await browser.get(page);
    assert.equal(seen.location, `/confirm-identity?return=${encodeURIComponent(page)}`);
    assert.notEqual((await browser.post(page, { password: newPassword })).status, 200);
  }
  await confirm(browser);
  for (const page of ['/settings/password', '/settings/email'])
    assert.equal((await browser.get(page)).status, 200);
  const stranger = openVisitor(system);
  for (const page of ['/settings/password', '/settings/email', '/settings/name'])
    assert.match((await stranger.get(page)).location ?? '', /^\/sign-in/);
});

test('a change of password keeps the choice about other devices when something is wrong', async () => {
  const { email, browser } = await newCustomer();
  const other = await signedInVisitor(system, email, 'en');
  await confirm(browser);
  assert.match((await browser.get('/settings/password')).source, /name="others"[^>]*checked/);
  const wrong = await browser.post('/settings/password', { password: 'kort' });
  assert.equal(wrong.status, 422);
  assert.doesNotMatch(wrong.source, /name="others"[^>]*checked/);
  const done = await browser.post('/settings/password', { password: newPassword });
  assert.equal(done.location, '/settings/changed?what=password');
  assert.equal((await other.get('/overview')).status, 200);
  await browser.post('/settings/password', { password: 'tio ord till i raden', others: 'end' });
  assert.equal((await other.get('/overview')).status, 303);
  assert.equal((await browser.get('/settings/changed?what=password')).status, 200);
});

test('a change of address is answered the same whether another account has the new one', async () => {
  const taken = await newCustomer();
  const answers: string[] = [];
  for (const address of [taken.email, 'ledig@example.com']) {
    const { browser } = await newCustomer();
    await confirm(browser);
    const asked = await browser.post('/settings/email', { email: address });
    const page = await browser.get('/settings/email/sent');
    answers.push([asked, page].map((seen) => shown(seen, address)).join('\n'));
  }
  assert.equal(answers[0], answers[1]);
});

test("another customer's link changes nothing and looks like none", async () => {
  const { browser } = await newCustomer();
  await confirm(browser);
  await browser.post('/settings/email', { email: 'bytt@example.com' });
  const page = `/change-email/${await tokenFor(system, 'bytt@example.com', 'change-email')}`;
  const other = await newCustomer();
  assert.equal((await other.browser.get(page)).status, 410);
  assert.equal((await other.browser.post(page)).status, 410);
  assert.match((await openVisitor(system).get(page)).location ?? '', /^\/sign-in/);
  const seen = await browser.get(page);
  assert.ok(seen.text.includes('bytt@example.com'));
  assert.equal((await browser.post(page)).location, '/settings/changed?what=email');
});

test('the page that undoes a change does not tell the new address, and takes the password', async () => {
  const { email, browser } = await newCustomer();
  await confirm(browser);
  await browser.post('/settings/email', { email: 'hemlig.ny@example.com' });
  await browser.post(
    `/change-email/${await tokenFor(system, 'hemlig.ny@example.com', 'change-email')}`,
  );
  const page = `/undo-email/${await tokenFor(system, email, 'undo-email')}`;
  const stranger = openVisitor(system);
  const seen = await stranger.get(page);
  assert.ok(seen.text.includes(email));
  assert.ok(!seen.source.includes('hemlig.ny'));
  const same = { password: person.password, newPassword: person.password };
  const refused = await stranger.post(page, same);
  assert.ok(refused.text.includes(words.faults.newPassword.same));
  const wrong = await stranger.post(page, { password: 'fel lösenord här', newPassword });
  assert.ok(wrong.text.includes(words.undoEmail.wrong));
  assert.equal((await browser.get('/overview')).status, 200);
  const done = await stranger.post(page, { password: person.password, newPassword });
  assert.equal(done.location, '/undo-email/done');
  assert.equal((await browser.get('/overview')).status, 303);
  assert.ok((await lettersTo(system, 'hemlig.ny@example.com')).length > 0);
});

test('a name is changed and shown', async () => {
  const { browser } = await newCustomer();
  assert.equal((await browser.post('/settings/name', { name: ' ' })).status, 422);
  const name = 'Zoë 李 O’Brien-Łuczak';
  assert.equal(
    (await browser.post('/settings/name', { name })).location,
    '/settings/changed?what=name',
  );
  assert.ok((await browser.get('/settings/name')).source.includes(name));
  assert.equal((await browser.get('/settings/changed?what=other')).location, '/settings');
});

test('after too many wrong passwords the page says to wait and leads to a new password', async () => {
  const { email } = await newCustomer();
  for (const address of [email, 'okand3@example.se']) {
    const browser = openVisitor(system);
    const attempt = { email: address, password: 'fel lösenfras här' };
    for (let n = 0; n < freeGuesses; n += 1)
      assert.equal((await browser.post('/sign-in', attempt)).status, 422);
    const seen = await browser.post('/sign-in', attempt);
    assert.equal(seen.status, 429);
    assert.ok(seen.text.includes(words.signIn.waitText));
    assert.match(seen.source, /formaction="\/recover\/begin"/);
    assert.ok(seen.source.includes(address), 'what was typed is kept');
  }
});

async function confirm(browser: Visitor): Promise<void> {
  const seen = await browser.post('/confirm-identity', {
    password: person.password,
    return: '/settings',
  });
  assert.equal(seen.status, 303);
}
