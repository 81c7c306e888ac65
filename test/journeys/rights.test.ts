// What customers may demand, done by themselves in a real browser.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import type { Browser } from 'playwright-core';
import { readPdf } from '../../src/pdf/read-pdf.fixture.ts';
import { portalFrameText } from '../../src/text/portal-frame.ts';
import { archiveText } from '../../src/text/privacy-file.ts';
import { privacyText } from '../../src/text/privacy.ts';
import { changesText } from '../../src/text/rights-changes.ts';
import { stopsText } from '../../src/text/rights-stops.ts';
import { rightsText } from '../../src/text/rights.ts';
import { openBrowser, openVisitor } from '../browser.ts';
import type { Looks } from '../browser.ts';
import { startLive } from '../live.ts';
import type { Live } from '../live.ts';
import { newColleague, newCustomer, order } from './client.ts';
import type { Client } from './client.ts';
import { confirmIdentity } from './confirm.ts';
import { keyboard, pointer } from './hands.ts';
import type { Hand } from './hands.ts';
import { assertShows, look, signIn, somebody } from './steps.ts';
import type { Walk } from './steps.ts';

let live: Live;
let browser: Browser;
let clerk: Client;

before(async () => {
  live = await startLive();
  browser = await openBrowser();
  clerk = await newColleague(live, 'support');
});
after(async () => {
  await browser.close();
  await live.stop();
});

/** Somebody who has ordered, at the page with their rights. */
async function enter(word: string, looks: Looks, handOf: (at: Walk['visitor']) => Hand) {
  const person = somebody(word);
  const path = await order(await newCustomer(live, person), person);
  const visitor = await openVisitor(browser, looks, () => [live.origin, live.mailboxUrl]);
  const hand = handOf(visitor);
  const walk: Walk = { live, visitor, hand, language: looks.language, person };
  await visitor.page.goto(`${live.origin}/sign-in`);
  await signIn(walk);
  return { walk, path };
}

async function openRights({ hand, language }: Walk): Promise<void> {
  await hand.menu(portalFrameText[language].myData);
  await hand.follow(privacyText[language].rights.all);
}

/** Stops customer service, sees that it is so for staff, and allows it again. */
async function restrict(walk: Walk): Promise<void> {
  const { hand, language, person } = walk;
  const words = stopsText[language].stops;
  const { list } = rightsText[language];
  await hand.follow(list.links.restrict[0]);
  await look(walk, words.restriction.title);
  const support = words.purposes.support.name;
  assert.equal(await hand.press(new RegExp(`^${words.stop}.*${support}`)), 200);
  await look(walk, words.restriction.title);
  await assertShows(walk, words.savedStopped);
  const found = await clerk.post('/console/customers', { email: person.email });
  assert.equal((await clerk.post(`${found.location}/support`)).status, 403);
  await hand.press(words.restriction.all);
  await hand.press(words.restriction.none);
  await assertShows(walk, words.savedAllowed);
  assert.equal((await clerk.post(`${found.location}/support`)).status, 200);
  await hand.follow(list.back);
}

/** Corrects where an order goes, from the page about correcting, and reads the letter. */
async function correct(walk: Walk, path: string): Promise<void> {
  const { hand, language, visitor, person } = walk;
  const { correct: words, list } = rightsText[language];
  await hand.follow(list.links.correct[0]);
  await look(walk, words.title);
  await assertShows(walk, person.email, person.name);
  await visitor.page.goto(`${live.origin}${path}`);
  const { delivery } = changesText[language];
  await hand.follow(`${delivery.change} ${delivery.about}`);
  await look(walk, delivery.title);
  await visitor.page.locator('input[name=street]').fill('Nya vägen 9');
  assert.equal(await hand.press(delivery.save), 200);
  await look(walk);
  await assertShows(walk, delivery.saved, 'Nya vägen 9');
  const { text } = await live.mail(person.email, 'Nya vägen 9');
  assert.ok(text.includes(path));
}

/** Hides the identity; customer service is told that few may open, and no more. */
async function hide(walk: Walk): Promise<void> {
  const { hand, language, person } = walk;
  const { protected: words } = changesText[language];
  await openRights(walk);
  await look(walk, rightsText[language].list.title);
  await hand.follow(rightsText[language].list.links.protected[0]);
  await confirmIdentity(walk);
  await look(walk, words.title);
  assert.equal(await hand.press(words.on), 200);
  await look(walk, words.title);
  await assertShows(walk, words.savedOn, words.isOn);
  const found = await clerk.post('/console/customers', { email: person.email });
  const refused = await clerk.post(`${found.location}/support`);
  assert.equal(refused.status, 403);
  assert.ok(!refused.text.includes(person.name));
}

/** The archive, opened as its customer would. */
async function takeArchive(walk: Walk): Promise<void> {
  const { hand, language, visitor, person } = walk;
  const { download } = rightsText[language];
  await hand.menu(portalFrameText[language].myData);
  await hand.follow(privacyText[language].myData.download);
  await confirmIdentity(walk);
  await look(walk, download.title);
  const [file] = await Promise.all([
    visitor.page.waitForEvent('download'),
    visitor.page.getByRole('link', { name: download.archiveButton }).click(),
  ]);
  const files = unzipSync(readFileSync(await file.path()));
  const words = archiveText[language];
  const names = Object.keys(files);
  assert.deepEqual(names.slice(0, 3), [
    words.readMeName,
    `${words.name}.pdf`,
    `${words.name}.json`,
  ]);
  const json = strFromU8(files[`${words.name}.json`]!);
  assert.ok(json.includes(person.street) || json.includes('Nya vägen 9'));
  const { text } = readPdf(files[`${words.name}.pdf`]!);
  assert.ok(text.includes(person.name) && text.includes(person.email));
}

test('by phone, without scripts, in English: restrict, correct, hide and take everything along', async () => {
  const looks: Looks = { language: 'en', size: 'phone', scripts: false };
  const { walk, path } = await enter('Blåbärs', looks, pointer);
  await openRights(walk);
  await look(walk, rightsText.en.list.title);
  await restrict(walk);
  await correct(walk, path);
  await takeArchive(walk);
  await hide(walk);
  walk.visitor.assertQuiet();
});

test('by keyboard, in the dark, in Swedish: hide, restrict and take everything along', async () => {
  const looks: Looks = { language: 'sv', scheme: 'dark' };
  const { walk } = await enter('Krusbärs', looks, keyboard);
  await openRights(walk);
  await look(walk, rightsText.sv.list.title);
  await restrict(walk);
  await hide(walk);
  await takeArchive(walk);
  walk.visitor.assertQuiet();
});
