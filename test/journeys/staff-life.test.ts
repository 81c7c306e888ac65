// Staff from the first administrator to somebody who leaves, in a real browser: the set-up of a company.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { codeAt } from '../../src/accounts/one-time-codes.ts';
import { consoleText } from '../../src/text/console.ts';
import { joiningText } from '../../src/text/console-joining.ts';
import { ownText } from '../../src/text/console-own.ts';
import { staffText } from '../../src/text/console-staff.ts';
import { portalSecurityText } from '../../src/text/portal-security.ts';
import { openBrowser, openVisitor } from '../browser.ts';
import type { Looks } from '../browser.ts';
import { startLive } from '../live.ts';
import type { Live } from '../live.ts';
import { pointer } from './hands.ts';
import type { Hand } from './hands.ts';
import { giveDevice } from './security.ts';
import { assertShows, look } from './steps.ts';
import type { Place } from './steps.ts';

const ada = { name: 'Ada Björkdotter', email: 'ada.bjork@example.se' };
const siv = { name: 'Siv Lönnsdotter', email: 'siv.lonn@example.se' };
const password = 'fyra gröna ord i regnet';
const words = staffText.sv;
const codeStepSeconds = 30;
let live: Live;
let browser: Browser;

type Desk = Place & { readonly hand: Hand };

before(async () => {
  live = await startLive();
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await live.stop();
});

async function openDesk(looks: Looks = { language: 'sv' }): Promise<Desk> {
  const visitor = await openVisitor(browser, looks, () => [live.origin]);
  return { visitor, language: 'sv', hand: pointer(visitor) };
}

/** The codes of an authenticator app that has read the picture on the page; each works once. */
async function appOf({ visitor }: Desk): Promise<(steps: 0 | 1) => string> {
  const secret = await visitor.page.locator('input[name=secret]').inputValue();
  return (steps) =>
    codeAt(secret, Temporal.Now.instant().add({ seconds: steps * codeStepSeconds }));
}

test('a company is set up by its first administrator, and somebody comes, changes and leaves', async () => {
  const refused = await live.varsam('staff', 'invite', ada.email, '--name', ada.name, ...as);
  assert.equal(refused.code, 1);
  assert.match(refused.notes, /--another/);
  const made = await live.varsam('staff', 'invite', ada.email, '--name', ada.name, ...as, another);
  assert.equal(made.code, 0, made.notes);
  const desk = await openDesk({ language: 'sv', scripts: false });
  const app = await joinWithCodes(desk, made.out.trim());
  await inviteSiv(desk, app);
  const theirs = await openDesk({ language: 'sv', size: 'phone' });
  const device = await giveDevice(theirs.visitor);
  await joinWithPasskey(theirs, device);
  await changeRole(desk);
  await theirs.visitor.page.goto(`${live.origin}/console`);
  await look(theirs, consoleText.sv.signIn.title);
  assert.equal(await signInWithPasskey(theirs, device), 200);
  await assertSignedInAs(theirs, consoleText.sv.roles.bookkeeper);
  await seeOwnData(theirs);
  await endEmployment(desk);
  await theirs.visitor.page.goto(`${live.origin}/console/me`);
  await look(theirs, consoleText.sv.signIn.title);
  assert.equal(await signInWithPasskey(theirs, device), 422);
  await assertShows(theirs, portalSecurityText.sv.signIn.wrongPasskey);
  const logs = live.logs();
  for (const { name, email } of [ada, siv]) {
    assert.ok(!logs.includes(name) && !logs.includes(email), 'the log tells');
  }
  desk.visitor.assertQuiet();
  theirs.visitor.assertQuiet();
});

const as = ['--role', 'administrator'] as const;
const another = '--another';

async function joinWithCodes(desk: Desk, link: string): Promise<(steps: 0 | 1) => string> {
  const joining = joiningText.sv;
  await desk.visitor.page.goto(link);
  await look(desk, joining.title);
  const app = await appOf(desk);
  await desk.hand.write(joining.password, 'kort');
  assert.equal(await desk.hand.press(joining.button), 422);
  await look(desk, joining.title);
  await desk.hand.write(joining.password, password);
  await desk.hand.write(joining.code, app(0));
  assert.equal(await desk.hand.press(joining.button), 200);
  await look(desk, consoleText.sv.home.title);
  await assertSignedInAs(desk, consoleText.sv.roles.administrator);
  await desk.visitor.page.goto(link);
  assert.equal(desk.visitor.status(), 410);
  await look(desk, joining.over.title);
  return app;
}

async function inviteSiv(desk: Desk, app: (steps: 0 | 1) => string): Promise<void> {
  const { confirm } = portalSecurityText.sv;
  await desk.visitor.page.goto(`${live.origin}/console`);
  await desk.hand.menu(consoleText.sv.staff);
  await look(desk, words.list.title);
  await desk.hand.follow(words.list.invite);
  await look(desk, confirm.title);
  await desk.hand.write(confirm.password, password);
  await desk.hand.write(confirm.code, app(1));
  assert.equal(await desk.hand.press(confirm.submit), 200);
  await look(desk, words.invite.title);
  assert.equal(await desk.hand.press(words.invite.button), 422);
  await look(desk, words.invite.title);
  await desk.hand.write(words.invite.name, siv.name);
  await desk.hand.write(words.invite.email, siv.email);
  await desk.visitor.page.getByLabel(consoleText.sv.roles.support, { exact: true }).check();
  assert.equal(await desk.hand.press(words.invite.button), 200);
  await assertShows(desk, words.done.invited, siv.name);
  await look(desk, words.list.title);
}

type Device = Awaited<ReturnType<typeof giveDevice>>;

async function joinWithPasskey(desk: Desk, device: Device): Promise<void> {
  const { text } = await live.mail(siv.email, '/console/invitation/');
  const link = /http\S+\/console\/invitation\/\S+/.exec(text)?.[0] ?? '';
  await desk.visitor.page.goto(link);
  await look(desk, joiningText.sv.title);
  await device.touch(true);
  assert.equal(await desk.hand.press(joiningText.sv.passkeyButton), 200);
  await device.touch(false);
  assert.equal(await device.count(), 1);
  await look(desk, consoleText.sv.home.title);
  await assertSignedInAs(desk, consoleText.sv.roles.support);
}

async function openSiv(desk: Desk): Promise<void> {
  await desk.hand.menu(consoleText.sv.staff);
  await desk.hand.follow(siv.name);
  await look(desk, siv.name);
  assert.ok(!(await desk.visitor.page.title()).includes(siv.name));
}

async function changeRole(desk: Desk): Promise<void> {
  await openSiv(desk);
  await desk.visitor.page.getByLabel(consoleText.sv.roles.bookkeeper, { exact: true }).check();
  assert.equal(await desk.hand.press(words.person.changeRoleButton), 200);
  await assertShows(desk, words.done.role);
  await live.mail(siv.email, consoleText.sv.roles.bookkeeper);
}

async function signInWithPasskey({ hand }: Desk, device: Device): Promise<number> {
  await device.touch(true);
  const status = await hand.press(portalSecurityText.sv.signIn.passkey);
  await device.touch(false);
  return status;
}

async function assertSignedInAs({ visitor }: Desk, role: string): Promise<void> {
  const text = await visitor.page.getByRole('banner').textContent();
  assert.ok(text?.includes(consoleText.sv.signedInAs(role)), `not signed in as ${role}`);
}

async function seeOwnData(desk: Desk): Promise<void> {
  const own = ownText.sv;
  await desk.visitor.page.goto(`${live.origin}/console/me`);
  await look(desk, own.title);
  await assertShows(desk, siv.name, siv.email);
  await desk.hand.follow(own.dataLink);
  await look(desk, own.stored.title);
  await assertShows(desk, consoleText.sv.partyRoles.administrator);
}

async function endEmployment(desk: Desk): Promise<void> {
  await openSiv(desk);
  await desk.hand.follow(words.person.leaveLink);
  await look(desk, words.leave.heading(siv.name));
  assert.equal(await desk.hand.press(words.leave.button), 200);
  await assertShows(desk, words.done.left, words.list.former);
  await look(desk, words.list.title);
}
