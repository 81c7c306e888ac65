// A customer's whole journey in a real browser, against a real server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { pause } from '../../src/database/processes.ts';
import type { Language } from '../../src/text/bilingual.ts';
import { portalFrameText } from '../../src/text/portal-frame.ts';
import { portalOrdersText } from '../../src/text/portal-orders.ts';
import { portalSecurityText } from '../../src/text/portal-security.ts';
import { portalText } from '../../src/text/portal.ts';
import { shopLetterText } from '../../src/text/shop-letter.ts';
import { openBrowser, openVisitor } from '../browser.ts';
import type { Looks, Visitor } from '../browser.ts';
import { startLive } from '../live.ts';
import type { Live } from '../live.ts';
import { newCustomer, order } from './client.ts';
import { keyboard, pointer } from './hands.ts';
import {
  assertGenuine,
  closeAccount,
  followReceipt,
  openReceiptElsewhere,
  readFarewell,
  takeMyData,
  useProofOfPurchase,
  verifyOnPage,
} from './leaving.ts';
import {
  assertShows,
  assertSigned,
  look,
  orderProduct,
  signIn,
  signOutAndIn,
  signUp,
  somebody,
  wanted,
} from './steps.ts';
import type { Walk } from './steps.ts';

const provenPromises = ['P01', 'P02', 'P03', 'P04', 'P06', 'P12', 'P16', 'P19'];
const otherDevice =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
let live: Live;
let browser: Browser;
const left = ['Lingon', 'Hjortron'] as const;
const receipts: string[] = [];

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

async function travel(walk: Walk): Promise<void> {
  await signUp(walk);
  await seeEmptyHistory(walk);
  await signOutAndIn(walk);
  const number = await orderProduct(walk);
  await readOrderLetter(walk, number);
  await seeOrder(walk, number);
  await endOtherSession(walk);
  await takeMyData(walk);
  const { letter } = await closeAccount(walk);
  receipts.push(await followReceipt(walk));
  await readFarewell(walk, await letter);
  walk.visitor.assertQuiet();
  await verifyOnPage(walk, await enter({ language: walk.language }));
  await useProofOfPurchase(walk, await enter({ language: walk.language, size: 'phone' }));
  await openReceiptElsewhere(walk, await enter({ language: walk.language, size: 'phone' }));
  await assertGenuine(live, receipts.at(-1) ?? '');
  await assertLooksUnknown(walk);
}

async function seeEmptyHistory(walk: Walk): Promise<void> {
  await walk.hand.menu(portalFrameText[walk.language].history);
  await look(walk, portalOrdersText[walk.language].history.title);
  await assertShows(walk, portalOrdersText[walk.language].history.nothing);
}

async function readOrderLetter(walk: Walk, number: string): Promise<void> {
  const { language, person, visitor } = walk;
  const { subject } = shopLetterText[language];
  const letter = await live.mail(person.email, number);
  assert.equal(letter.subject, subject(number));
  for (const words of [wanted.name[language], person.street])
    assert.ok(letter.text.includes(words));
  const there = visitor.page.url();
  await visitor.page.goto(letter.url);
  await assertSigned(visitor);
  await visitor.page.goto(there);
}

async function seeOrder(walk: Walk, number: string): Promise<void> {
  const { hand, language, person } = walk;
  const words = portalOrdersText[language];
  await hand.menu(portalFrameText[language].history);
  await look(walk, words.history.title);
  await hand.follow(number);
  await look(walk, words.order.title(number));
  await assertShows(walk, wanted.name[language], person.name, person.street, person.town);
}

/** Signs in on another device, finds it in the settings, and signs it out from there. */
async function endOtherSession(walk: Walk): Promise<void> {
  const { hand, language, person } = walk;
  const words = portalText[language];
  const security = portalSecurityText[language];
  const other = await enter({ language, userAgent: otherDevice });
  await other.page.goto(`${live.origin}/settings/devices`);
  assert.equal(await signIn({ visitor: other, hand: pointer(other), language, person }), 200);
  assert.equal(new URL(other.page.url()).pathname, '/settings/devices');
  await hand.menu(portalFrameText[language].settings);
  await look(walk, words.settings.title);
  await hand.follow(`${security.settings.see} ${security.settings.devices.toLowerCase()}`);
  await look(walk, security.devices.title);
  await assertShows(walk, 'Firefox, Windows', words.settings.thisDevice);
  await hand.press(new RegExp(`^${words.settings.endOne}.*Firefox, Windows`));
  await assertShows(walk, words.settings.endedOne);
  await look(walk, security.devices.title);
  await other.page.reload();
  assert.equal(new URL(other.page.url()).pathname, '/sign-in');
  other.assertQuiet();
  await other.context.close();
}

/** Signing in to the closed account is answered like signing in to one that never was. */
async function assertLooksUnknown(walk: Walk): Promise<void> {
  const { language, person } = walk;
  const words = portalText[language].signIn;
  const answers: string[] = [];
  for (const email of [person.email, 'never.was@example.se']) {
    const visitor = await enter({ language });
    await visitor.page.goto(`${live.origin}/sign-in`);
    const attempt = { visitor, hand: pointer(visitor), language, person: { ...person, email } };
    assert.equal(await signIn(attempt), 422);
    const shown = (await visitor.page.content()).replaceAll(email, 'ADDRESS');
    // What a passkey is asked is new each time.
    answers.push(shown.replaceAll(/data-options="[^"]*"/g, ''));
    await visitor.context.close();
  }
  assert.equal(answers[0], answers[1]);
  assert.ok(answers[0]?.includes(words.wrong));
}

function walkOf(visitor: Visitor, language: Language, word: string): Omit<Walk, 'hand'> {
  return { live, visitor, language, person: somebody(word) };
}

test('a customer without scripts, on a phone, in English, signs up, orders, sees everything and leaves', async () => {
  const visitor = await enter({ language: 'en', scripts: false, size: 'phone' });
  await travel({ ...walkOf(visitor, 'en', left[0]), hand: pointer(visitor) });
});

test('a customer with nothing but a keyboard, in Swedish, signs up, orders, sees everything and leaves', async () => {
  const visitor = await enter({ language: 'sv', scheme: 'dark' });
  await travel({ ...walkOf(visitor, 'sv', left[1]), hand: keyboard(visitor) });
});

/** The probe customer comes some seconds after the start. */
async function probeEnded(): Promise<void> {
  for (let waitedMs = 0; waitedMs < 90_000; waitedMs += 500) {
    const ended = await live.query(
      'records',
      'select state from routines.canary where ended_at is not null',
    );
    if (ended.length > 0) return;
    await pause(500);
  }
  assert.fail('the probe does not end');
}

test('after real use every promise that can be checked is kept', async () => {
  const staying = somebody('Åkerbär');
  await order(await newCustomer(live, staying), staying);
  await probeEnded();
  await live.mail(staying.email, '/history/');
  const { code, out } = await live.varsam('prove', '--json');
  const { promises } = JSON.parse(out) as {
    promises: { id: string; status: string; looked_at: number; found: string[] }[];
  };
  const broken = promises.filter(({ status }) => status === 'broken');
  assert.deepEqual(broken, []);
  assert.equal(code, 0);
  const kept = promises.filter(({ status, looked_at }) => status === 'kept' && looked_at > 0);
  for (const id of provenPromises)
    assert.ok(
      kept.some((one) => one.id === id),
      `${id}: ${out}`,
    );
});

test('nothing of the customers who left is in the logs, and none of their letters with the supplier', async () => {
  const logs = live.logs().toLowerCase();
  for (const word of left) {
    assert.deepEqual(await live.letters(somebody(word).email), []);
    assert.ok(!logs.includes(word.toLowerCase()));
  }
});

test('receipts are genuine when the server is gone', async () => {
  assert.equal(await live.end('SIGTERM'), 0);
  assert.equal(receipts.length, 2);
  for (const receipt of receipts) await assertGenuine(live, receipt);
});
