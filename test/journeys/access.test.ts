// Getting back into an account and moving it to another address, in a real browser against a real server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { Language } from '../../src/text/bilingual.ts';
import { accessMailText } from '../../src/text/mail-access.ts';
import { securityMailText } from '../../src/text/mail-security.ts';
import { portalAccessText } from '../../src/text/portal-access.ts';
import { portalSecurityText } from '../../src/text/portal-security.ts';
import { portalText } from '../../src/text/portal.ts';
import { openBrowser, openVisitor } from '../browser.ts';
import type { Looks, Visitor } from '../browser.ts';
import { startLive } from '../live.ts';
import type { Live } from '../live.ts';
import { newCustomer } from './client.ts';
import { keyboard, pointer } from './hands.ts';
import { assertShows, assertSigned, look, signIn, somebody } from './steps.ts';
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

function enter(looks: Looks): Promise<Visitor> {
  return openVisitor(browser, looks, () => [live.origin, live.mailboxUrl]);
}

/** Opens the newest letter with these words on the mailbox page, and follows its link. */
async function followLetter(walk: Walk, to: string, subject: string, link: RegExp): Promise<void> {
  const letter = await live.mail(to, subject);
  await walk.visitor.page.goto(letter.url);
  await assertSigned(walk.visitor);
  await walk.hand.follow(link);
}

/** From the sign-in page, with the address that was typed there, to a new password. */
async function forgetPassword(walk: Walk): Promise<Walk> {
  const { hand, visitor, language, person } = walk;
  const words = portalAccessText[language];
  await visitor.page.goto(`${live.origin}/sign-in`);
  await hand.write(portalText[language].signIn.email, person.email);
  assert.equal(await hand.press(words.signIn.forgotten), 200);
  await look(walk, words.recover.title);
  const kept = await visitor.page.getByLabel(words.recover.email, { exact: true }).inputValue();
  assert.equal(kept, person.email);
  assert.equal(await hand.press(words.recover.submit), 200);
  await look(walk, words.sent.title);
  await followLetter(walk, person.email, accessMailText[language].recover.subject, /\/recover\//);
  await look(walk, words.reset.title);
  return choosePassword(walk);
}

/** First one that everybody chooses, which must be explained; then a good one. */
async function choosePassword(walk: Walk): Promise<Walk> {
  const { hand, visitor, language, person } = walk;
  const words = portalAccessText[language];
  const link = visitor.page.url();
  await hand.write(words.reset.password, 'password12345678');
  assert.equal(await hand.press(words.reset.submit), 422);
  await assertShows(walk, words.faults.newPassword.common);
  await look(walk, words.reset.title);
  const password = `sju gula ${person.name.split(' ')[1] ?? ''} i dimman`;
  await hand.write(words.reset.password, password);
  assert.equal(await hand.press(words.reset.submit), 200);
  await look(walk, words.reset.doneTitle);
  await visitor.page.goto(link);
  await look(walk, words.reset.overTitle);
  // In the language in which the account was made, by a client that speaks English.
  const { subject } = securityMailText.en.changes['password-recovered'];
  assert.ok(await live.mail(person.email, subject));
  return { ...walk, person: { ...person, password } };
}

async function comeBack(walk: Walk, old: string): Promise<void> {
  const { visitor, language, person } = walk;
  await visitor.page.goto(`${live.origin}/sign-in`);
  assert.equal(await signIn({ ...walk, person: { ...person, password: old } }), 422);
  await assertShows(walk, portalText[language].signIn.wrong);
  assert.equal(await signIn(walk), 200);
}

/** Goes to a page for which one confirms who one is, and confirms it by password. */
async function goConfirmed(walk: Walk, path: string): Promise<void> {
  const { hand, visitor, language, person } = walk;
  await visitor.page.goto(`${live.origin}${path}`);
  const words = portalSecurityText[language].confirm;
  if (!visitor.page.url().includes('/confirm-identity')) return;
  await hand.write(words.password, person.password);
  assert.equal(await hand.press(words.submit), 200);
}

async function moveToNewAddress(walk: Walk): Promise<Walk> {
  const { hand, language, person } = walk;
  const words = portalAccessText[language];
  const email = `new.${person.email}`;
  await goConfirmed(walk, '/settings/email');
  await look(walk, words.email.title);
  await hand.write(words.email.email, person.email);
  assert.equal(await hand.press(words.email.submit), 422);
  await assertShows(walk, words.faults.email.same);
  await look(walk);
  await hand.write(words.email.email, email);
  assert.equal(await hand.press(words.email.submit), 200);
  await look(walk, words.email.sentTitle);
  const { subject } = accessMailText[language].confirmAddress;
  await followLetter(walk, email, subject, /\/change-email\//);
  await look(walk, words.confirmEmail.title);
  await assertShows(walk, person.email, email);
  assert.equal(await hand.press(words.confirmEmail.submit), 200);
  await look(walk, words.changed.email);
  return { ...walk, person: { ...person, email } };
}

/** Somebody at the former address reads what may be done, and is not let in by the letter alone. */
async function seeUndo(walk: Walk, former: string): Promise<void> {
  const { hand, language, person } = walk;
  const words = portalAccessText[language];
  await followLetter(
    walk,
    former,
    accessMailText[language].addressChanged.subject,
    /\/undo-email\//,
  );
  await look(walk, words.undoEmail.title);
  await assertShows(walk, former);
  const text = await walk.visitor.page.getByRole('main').innerText();
  assert.ok(!text.includes(person.email), 'the former address does not learn the new one');
  await hand.write(words.undoEmail.password, 'fel lösenord som inte är');
  await hand.write(words.undoEmail.newPassword, 'åtta blå ord i en lång rad');
  assert.equal(await hand.press(words.undoEmail.submit), 422);
  await assertShows(walk, words.undoEmail.wrong);
  await look(walk, words.undoEmail.title);
}

async function changeTheRest(walk: Walk): Promise<void> {
  const { hand, visitor, language } = walk;
  const words = portalAccessText[language];
  await visitor.page.goto(`${live.origin}/settings/name`);
  await look(walk, words.name.title);
  await hand.write(words.name.name, '');
  assert.equal(await hand.press(words.name.submit), 422);
  await look(walk, words.name.title);
  await hand.write(words.name.name, 'Åsa Nyanamnet Testsson');
  assert.equal(await hand.press(words.name.submit), 200);
  await look(walk, words.changed.name);
  await goConfirmed(walk, '/settings/password');
  await look(walk, words.password.title);
  await hand.write(words.password.password, 'nio röda ord i en lång rad');
  assert.equal(await hand.press(words.password.submit), 200);
  await look(walk, words.changed.password);
}

async function travel(given: Omit<Walk, 'hand'>, hand: Walk['hand']): Promise<void> {
  const first = { ...given, hand };
  await newCustomer(live, first.person);
  const walk = await forgetPassword(first);
  await comeBack(walk, first.person.password);
  const moved = await moveToNewAddress(walk);
  await changeTheRest(moved);
  await seeUndo(moved, walk.person.email);
  moved.visitor.assertQuiet();
}

function walkOf(visitor: Visitor, language: Language, word: string): Omit<Walk, 'hand'> {
  return { live, visitor, language, person: somebody(word) };
}

test('a customer without scripts, on a phone, in English, gets back in and moves to another address', async () => {
  const visitor = await enter({ language: 'en', scripts: false, size: 'phone' });
  await travel(walkOf(visitor, 'en', 'Tranbar'), pointer(visitor));
});

test('a customer with nothing but a keyboard, in Swedish, gets back in and moves to another address', async () => {
  const visitor = await enter({ language: 'sv' });
  await travel(walkOf(visitor, 'sv', 'Odon'), keyboard(visitor));
});
