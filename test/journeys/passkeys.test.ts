// Passkeys, codes and confirming who one is, in a real browser and without one, against a real server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { codeAt } from '../../src/accounts/one-time-codes.ts';
import { securityMailText } from '../../src/text/mail-security.ts';
import { portalCodesText } from '../../src/text/portal-codes.ts';
import { portalFrameText } from '../../src/text/portal-frame.ts';
import { portalSecurityText } from '../../src/text/portal-security.ts';
import { portalText } from '../../src/text/portal.ts';
import { openBrowser, openVisitor } from '../browser.ts';
import type { Looks } from '../browser.ts';
import { startLive } from '../live.ts';
import type { Live } from '../live.ts';
import { newClient, newColleague, newCustomer } from './client.ts';
import { pointer } from './hands.ts';
import { addPasskey, confirmByPassword, giveDevice, optionsIn } from './security.ts';
import type { TouchedDevice } from './security.ts';
import { assertShows, look, signIn, somebody, textOf } from './steps.ts';
import type { Walk } from './steps.ts';

let live: Live;
let browser: Browser;

before(async () => {
  live = await startLive();
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await live.stop();
});

/** Somebody who has an account, on the sign-in page of a new browser. */
async function arrive(word: string, looks: Looks): Promise<Walk> {
  const person = somebody(word);
  await newCustomer(live, person);
  const visitor = await openVisitor(browser, looks, () => [live.origin, live.mailboxUrl]);
  await visitor.page.goto(`${live.origin}/sign-in`);
  return { live, visitor, hand: pointer(visitor), language: looks.language, person };
}

async function confirm(walk: Walk, code?: string): Promise<void> {
  const { hand, language, person } = walk;
  const words = portalSecurityText[language].confirm;
  await look(walk, words.title);
  await hand.write(words.password, person.password);
  if (code !== undefined) await hand.write(words.code, code);
  assert.equal(await hand.press(words.submit), 200);
}

async function signOut({ hand, language }: Walk): Promise<void> {
  await hand.pressInFrame(portalFrameText[language].signOut);
}

/** By way of the settings, with the password once more in between. */
async function addPasskeyByHand(walk: Walk, device: TouchedDevice): Promise<void> {
  const { hand, language } = walk;
  const words = portalSecurityText[language];
  await hand.follow(words.hint.link);
  await look(walk, words.passkeys.title);
  await assertShows(walk, words.passkeys.none);
  await hand.follow(words.passkeys.add);
  await confirm(walk);
  await look(walk, words.newPasskey.title);
  await device.touch(true);
  assert.equal(await hand.press(words.newPasskey.button), 200);
  await device.touch(false);
  await look(walk, words.passkeys.title);
  await assertShows(walk, words.passkeys.added);
  assert.equal(await device.count(), 1);
}

async function signInByButton(walk: Walk, device: TouchedDevice): Promise<void> {
  const { hand, language, person, visitor } = walk;
  const words = portalSecurityText[language].signIn;
  await visitor.page.goto(`${live.origin}/sign-in`);
  await look(walk, portalText[language].signIn.title);
  await device.touch(true);
  assert.equal(await hand.press(words.passkey), 200);
  await device.touch(false);
  await look(walk, portalText[language].overview.hello(person.name));
}

/** The list below the field for the address offers the passkey, and it is taken; no button is pressed. */
async function signInByField(walk: Walk, device: TouchedDevice): Promise<void> {
  const { page } = walk.visitor;
  await device.touch(true);
  await page.goto(`${live.origin}/sign-in`);
  await page.waitForURL(/\/overview$/);
  await device.touch(false);
}

async function renameByHand(walk: Walk): Promise<void> {
  const { hand, language, visitor } = walk;
  const words = portalSecurityText[language];
  await visitor.page.goto(`${live.origin}/settings/passkeys`);
  await hand.follow(new RegExp(`^${words.passkeys.change}`));
  await look(walk);
  await hand.write(words.onePasskey.name, ' ');
  assert.equal(await hand.press(words.onePasskey.save), 422);
  await look(walk);
  await hand.write(words.onePasskey.name, 'Köksdatorn');
  assert.equal(await hand.press(words.onePasskey.save), 200);
  await assertShows(walk, words.passkeys.renamed, 'Köksdatorn');
}

async function removeByHand(walk: Walk): Promise<void> {
  const { hand, language } = walk;
  const words = portalSecurityText[language];
  await hand.follow(new RegExp(`^${words.passkeys.change}`));
  await hand.follow(words.onePasskey.toRemove);
  await confirm(walk);
  await look(walk, words.onePasskey.confirmTitle('Köksdatorn'));
  assert.equal(await hand.press(words.onePasskey.remove), 200);
  await assertShows(walk, words.passkeys.removed, words.passkeys.none);
}

test('a passkey is added, signs in by field and by button, is renamed and removed, and signs in no more', async () => {
  const walk = await arrive('Nypon', { language: 'sv' });
  const { visitor, hand, person, language } = walk;
  const device = await giveDevice(visitor);
  assert.equal(await signIn(walk), 200);
  await addPasskeyByHand(walk, device);
  // The account was made by a client that reads English.
  const { changes } = securityMailText.en;
  await live.mail(person.email, changes['passkey-added'].subject);
  await signOut(walk);
  await signInByButton(walk, device);
  await signOut(walk);
  await signInByField(walk, device);
  await renameByHand(walk);
  // The device forgets what is removed here, so that a copy must show that it is refused.
  await removeByHand(walk);
  await live.mail(person.email, changes['passkey-removed'].subject);
  await signOut(walk);
  await visitor.page.goto(`${live.origin}/sign-in`);
  if ((await device.count()) > 0) {
    await device.touch(true);
    assert.equal(await hand.press(portalSecurityText[language].signIn.passkey), 422);
    await assertShows(walk, portalSecurityText[language].signIn.wrongPasskey);
  }
  visitor.assertQuiet();
});

test('a removed passkey, and one that never was, are refused in the same words', async () => {
  const person = somebody('Slånbär');
  const client = await newCustomer(live, person);
  const device = await addPasskey(live, client, person);
  const rpId = new URL(live.origin).hostname;
  const tryIt = async () => {
    const visitor = newClient(live);
    const { challenge } = optionsIn(await visitor.get('/sign-in'));
    const answer = device.get({ origin: live.origin, challenge }, rpId);
    return visitor.post('/sign-in/passkey', { answer });
  };
  assert.equal((await tryIt()).status, 303);
  const list = await client.get('/settings/passkeys');
  const [, id = ''] = /\/settings\/passkeys\/([\w-]{36})/.exec(list.text) ?? [];
  assert.equal((await client.post(`/settings/passkeys/${id}/remove`)).status, 303);
  const refused = await tryIt();
  assert.equal(refused.status, 422);
  const never = await newClient(live).post('/sign-in/passkey', { answer: '{}' });
  const words = portalSecurityText.en.signIn.wrongPasskey;
  for (const { text } of [refused, never]) assert.ok(text.includes(words));
});

test('codes are turned on, asked for, replaced and turned off, without scripts and on a phone', async () => {
  const walk = await arrive('Rönnbär', { language: 'en', scripts: false, size: 'phone' });
  const { hand, visitor, person, language } = walk;
  const words = { ...portalSecurityText[language], ...portalCodesText[language] };
  assert.equal(await signIn(walk), 200);
  await visitor.page.goto(`${live.origin}/settings/codes`);
  await look(walk, words.codes.title);
  await hand.follow(words.codes.turnOn);
  await confirm(walk);
  await look(walk, words.newCodes.title);
  const secret = await visitor.page.locator('.code__text').innerText();
  await hand.write(words.newCodes.code, '12');
  assert.equal(await hand.press(words.newCodes.submit), 422);
  await look(walk, words.newCodes.title);
  assert.equal(await visitor.page.locator('.code__text').innerText(), secret, 'the key is kept');
  const code = codeAt(secret, Temporal.Now.instant());
  await hand.write(words.newCodes.code, code);
  assert.equal(await hand.press(words.newCodes.submit), 200);
  await look(walk, words.recovery.onTitle);
  const recovery = (await visitor.page.locator('.code__text').innerText()).split('\n');
  assert.equal(recovery.length, 10);
  const [file] = await Promise.all([
    visitor.page.waitForEvent('download'),
    visitor.page.getByRole('button', { name: words.recovery.download }).click(),
  ]);
  assert.equal(file.suggestedFilename(), words.recovery.file);
  await live.mail(person.email, securityMailText[language].changes['codes-on'].subject);
  await signOut(walk);

  await visitor.page.goto(`${live.origin}/sign-in`);
  assert.equal(await signIn(walk), 200);
  await look(walk, words.code.title);
  await visitor.page.goto(`${live.origin}/overview`);
  assert.equal(new URL(visitor.page.url()).pathname, '/sign-in', 'not signed in yet');
  await visitor.page.goto(`${live.origin}/sign-in/code`);
  await hand.write(words.code.code, code);
  assert.equal(await hand.press(words.code.submit), 422, 'a code works once');
  await look(walk, words.code.title);
  await hand.write(words.code.code, recovery[0] ?? '');
  assert.equal(await hand.press(words.code.submit), 200);
  await look(walk, portalText[language].overview.hello(person.name));
  await live.mail(person.email, securityMailText[language].changes['recovery-code-used'].subject);

  await visitor.page.goto(`${live.origin}/settings`);
  await look(walk);
  await assertShows(walk, words.settings.recoveryLeft(9, 10));
  await visitor.page.goto(`${live.origin}/settings/codes`);
  await look(walk);
  await hand.follow(words.codes.turnOff);
  await confirm(walk, recovery[1]);
  await look(walk, words.codesOff.title);
  assert.equal(await hand.press(words.codesOff.submit), 200);
  await assertShows(walk, words.codes.turnedOff);
  assert.ok(!(await textOf(walk)).includes(words.codes.recoveryTitle));
  visitor.assertQuiet();
});

test('a stolen cookie shows the account and changes nothing that is hard to undo', async () => {
  const person = somebody('Getbär');
  const owner = await newCustomer(live, person);
  const thief = newClient(live);
  for (const [name, value] of owner.cookies) thief.cookies.set(name, value);
  assert.equal((await thief.get('/settings')).status, 200);
  for (const path of ['passkeys/new', 'codes/new', 'codes/off', 'codes/recovery']) {
    const page = await thief.get(`/settings/${path}`);
    assert.equal(page.status, 303, path);
    assert.match(page.location, /^\/confirm-identity\?return=/);
    assert.equal((await thief.post(`/settings/${path}`)).status, 303, path);
  }
  const wrong = await thief.post('/confirm-identity', { password: 'gissat lösenord' });
  assert.equal(wrong.status, 422);
  assert.equal((await confirmByPassword(owner, person)).status, 303);
  assert.equal((await owner.get('/settings/passkeys/new')).status, 200);
  const after = await thief.get('/settings');
  assert.match(after.location, /^\/sign-in/, 'the confirmation gave the session another token');
});

test('confirming leads back to a page of ours, and two tabs may confirm one after the other', async () => {
  const person = somebody('Vinbär');
  const client = await newCustomer(live, person);
  const { password } = person;
  for (const back of ['https://example.com/', '//example.com', '/confirm-identity', '/sign-in']) {
    const answer = await client.post('/confirm-identity', { password, return: back });
    assert.ok(['/', '/settings'].includes(answer.location), `${back} leads to ${answer.location}`);
  }
  const tabs = await Promise.all([
    client.get('/confirm-identity'),
    client.get('/confirm-identity'),
  ]);
  assert.deepEqual(
    tabs.map(({ status }) => status),
    [200, 200],
  );
  assert.equal((await confirmByPassword(client, person)).status, 303);
  assert.equal((await confirmByPassword(client, person)).status, 303);
  assert.equal((await client.get('/settings/codes/new')).status, 200);
});

test('a member of staff confirms by password and code, and comes back to a page of the console', async () => {
  const desk = await newColleague(live, 'support');
  const before = desk.cookies.get('__Host-staff');
  const { password, code } = live.staff('support');
  const page = '/console/confirm-identity';
  assert.equal((await desk.post(page, { password, code: '000000' })).status, 422);
  assert.equal((await desk.post(page, { password: 'gissat', code: code(1) })).status, 422);
  const right = { password, code: code(1), return: '/settings' };
  const answer = await desk.post(page, right);
  assert.equal(answer.location, '/console');
  assert.notEqual(desk.cookies.get('__Host-staff'), before);
  assert.equal((await desk.post(page, right)).status, 422, 'a code works once');
  const visitor = await openVisitor(browser, { language: 'sv' }, () => [live.origin]);
  const value = desk.cookies.get('__Host-staff') ?? '';
  const url = live.origin.replace('http:', 'https:');
  await visitor.context.addCookies([
    { name: '__Host-staff', value, url, httpOnly: true, secure: true },
  ]);
  await visitor.page.goto(`${live.origin}${page}`);
  await look({ visitor, language: 'sv' }, portalSecurityText.sv.confirm.title);
});
