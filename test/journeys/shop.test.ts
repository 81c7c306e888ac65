// A guest's way from the start page to a placed order, in a real browser, against a real server.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { demoItems } from '../../src/sandbox/demo-items.ts';
import { demoBookings, demoServices } from '../../src/sandbox/demo-offers.ts';
import { intake } from '../../src/policy/intake.ts';
import { portalFrameText } from '../../src/text/portal-frame.ts';
import { shopBasketText } from '../../src/text/shop-basket.ts';
import { shopCatalogueText } from '../../src/text/shop-catalogue.ts';
import { shopCheckoutText } from '../../src/text/shop-checkout.ts';
import { shopLetterText } from '../../src/text/shop-letter.ts';
import { shopPagesText } from '../../src/text/shop-pages.ts';
import { shopReviewText } from '../../src/text/shop-review.ts';
import { shopRulesText } from '../../src/text/shop-rules.ts';
import { openBrowser, openVisitor } from '../browser.ts';
import type { Looks } from '../browser.ts';
import { startLive } from '../live.ts';
import type { Live } from '../live.ts';
import { keepProbeAway, newClient } from './client.ts';
import { keyboard, pointer } from './hands.ts';
import { assertShows, look, somebody } from './steps.ts';
import type { Walk } from './steps.ts';

type Offer = (typeof demoItems)[number];
const board = demoItems[2] as Offer;
const wash = demoServices[0] as Offer;
const advice = demoBookings[1] as Offer;
const course = demoBookings[0] as Offer;
const firstVisitBytesMax = 100_000;

let live: Live;
let browser: Browser;

before(async () => {
  live = await startLive();
  await keepProbeAway(live);
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await live.stop();
});

type Shopper = Walk;

async function enter(looks: Looks, word: string, handOf: typeof pointer): Promise<Shopper> {
  const visitor = await openVisitor(browser, looks, () => [live.origin, live.mailboxUrl]);
  const { language } = looks;
  return { live, visitor, hand: handOf(visitor), language, person: somebody(word) };
}

/** From the start page to the page of something that is offered. */
async function open(walk: Shopper, item: Offer): Promise<void> {
  await walk.visitor.page.goto(live.origin);
  await walk.hand.follow(item.name[walk.language]);
  await look(walk, item.name[walk.language]);
}

async function shop(walk: Shopper): Promise<void> {
  await fill(walk);
  await checkOut(walk);
  await order(walk);
  walk.visitor.assertQuiet();
}

/** A product in a kind of its own, a service, and a time. */
async function fill(walk: Shopper): Promise<void> {
  const { hand, language } = walk;
  const words = shopCatalogueText[language];
  await open(walk, board);
  await hand.choose(new RegExp(`^${board.variants?.[1]?.name[language]}`));
  await hand.press(words.item.add);
  await look(walk, shopBasketText[language].title);
  await open(walk, wash);
  await hand.press(words.item.add);
  await bookTime(walk);
  const { title, lines } = shopBasketText[language];
  await look(walk, title);
  const rows = walk.visitor.page.getByRole('list', { name: lines }).getByRole('listitem');
  assert.equal(await rows.count(), 3);
  const head = walk.visitor.page.getByRole('banner');
  assert.match(await head.innerText(), /\b3\b/);
}

/** Without a time, which is told; then in another month, back, and at the first free time. */
async function bookTime(walk: Shopper): Promise<void> {
  const { hand, language, visitor } = walk;
  const words = shopCatalogueText[language];
  await open(walk, advice);
  assert.equal(await hand.press(words.item.add), 422);
  await assertShows(walk, words.faults.start.missing);
  await look(walk, advice.name[language]);
  await hand.follow(words.calendar.next);
  await look(walk, advice.name[language]);
  await hand.follow(words.calendar.previous);
  const day = visitor.page.locator('table.month a').first();
  const name = (await day.innerText()).replace(/^\d+\s*/, '').trim();
  await hand.follow(name);
  await look(walk, advice.name[language]);
  await hand.choose(await firstTime(walk));
  assert.equal(await hand.press(words.item.add), 200);
}

async function firstTime({ visitor }: Shopper): Promise<string> {
  const label = visitor.page.locator('.time label').first();
  return (await label.innerText()).trim();
}

/** First with nothing but the name, which must be kept. */
async function checkOut(walk: Shopper): Promise<void> {
  const { hand, language, person, visitor } = walk;
  const { form, faults } = shopCheckoutText[language];
  assert.equal(await hand.press(shopBasketText[language].checkout), 200);
  await look(walk, form.title);
  await assertShows(walk, form.guest);
  await hand.write(form.name, person.name);
  assert.equal(await hand.press(form.toReview), 422);
  await assertShows(walk, faults.email.missing, faults.phone.missing, faults.street.missing);
  await look(walk, form.title);
  const kept = await visitor.page.getByLabel(form.name, { exact: true }).inputValue();
  assert.equal(kept, person.name);
  await hand.write(form.email, person.email);
  await hand.write(form.phone, '070-123 45 67');
  await hand.write(form.street, person.street);
  await hand.write(form.postalCode, person.postalCode);
  await hand.write(form.town, person.town);
  await hand.write(intake.access[language], 'Portkod 4711');
  await hand.write(intake.measurements[language], '2 × 3 m');
  await hand.choose(form.ways['on-site']);
  assert.equal(await hand.press(form.toReview), 200);
}

/** First without the box that has to be ticked. */
async function order(walk: Shopper): Promise<void> {
  const { hand, language, person } = walk;
  const words = shopReviewText[language];
  await look(walk, words.title);
  await assertShows(walk, board.variants?.[1]?.name[language] ?? '', 'Portkod 4711', person.street);
  const buy = new RegExp(`^${words.buyOnSite('')}`);
  assert.equal(await hand.press(buy), 422);
  await look(walk, words.title);
  await hand.choose(shopRulesText[language].consents.early);
  await hand.press(buy);
  const letter = await live.mail(person.email);
  assert.match(letter.subject, new RegExp(`^${shopLetterText[language].subject('')}`));
  for (const text of [wash.name[language], advice.name[language], '/guest/'])
    assert.ok(letter.text.includes(text), text);
}

test('a guest without scripts, on a phone, in English, books a time and orders goods and a service', async () => {
  const looks: Looks = { language: 'en', scripts: false, size: 'phone' };
  await shop(await enter(looks, 'Kardborre', pointer));
});

test('a guest with nothing but a keyboard, in Swedish, in the dark, books a time and orders goods and a service', async () => {
  await shop(await enter({ language: 'sv', scheme: 'dark' }, 'Tistel', keyboard));
});

test('nothing that a guest wrote stands in clear, in a log or in an address', async () => {
  const rows = await live.query(
    'records',
    `select o::text as row from history."order" o union all select l::text from history.order_line l
     union all select g::text from history.guest g union all select b::text from history.booking b`,
  );
  assert.ok(rows.length > 0);
  const stored = JSON.stringify(rows) + live.logs();
  // As words, because sealed bytes in hexadecimal have any four digits sooner or later.
  for (const word of ['kardborre', 'tistel', 'Portkod', '4711', '1234567'])
    assert.doesNotMatch(stored, new RegExp(`(?<![\\da-f])${word}`, 'i'));
});

test('the other pages of the shop are open to everybody, in both languages, on every screen', async () => {
  for (const language of ['sv', 'en'] as const) {
    for (const size of ['desktop', 'phone'] as const) {
      const walk = await enter({ language, size, scheme: 'dark' }, 'Nässla', pointer);
      const { page } = walk.visitor;
      const words = shopPagesText[language];
      for (const [path, heading] of [
        ['/terms', words.terms.title],
        ['/withdrawal-form', words.withdrawal.title],
        ['/basket', shopBasketText[language].title],
        ['/basket?added=1', shopBasketText[language].title],
      ] as const) {
        await page.goto(`${live.origin}${path}`);
        await look(walk, heading);
      }
      await page.goto(`${live.origin}/?q=xyz`);
      await look(walk);
      await open(walk, course);
      walk.visitor.assertQuiet();
      await walk.visitor.context.close();
    }
  }
});

test('what has changed in a basket meanwhile is told on a page that everybody can use', async () => {
  const walk = await enter({ language: 'sv', size: 'phone' }, 'Kvickrot', pointer);
  const words = shopBasketText.sv;
  const [, large] = board.variants ?? [];
  await open(walk, board);
  await walk.hand.choose(new RegExp(`^${large?.name.sv}`));
  await walk.hand.press(shopCatalogueText.sv.item.add);
  const change = (to: number | null) =>
    live.query('records', `update history.variant set stock = $1 where name->>'sv' = $2`, [
      to,
      large?.name.sv,
    ]);
  await change(0);
  try {
    await walk.visitor.page.goto(`${live.origin}/basket`);
    await assertShows(walk, words.trouble['sold-out']);
    await look(walk, words.title);
    assert.equal(await walk.hand.press(words.checkout), 409);
    await look(walk, words.title);
    await walk.hand.press(new RegExp(`^${words.remove}`));
    await assertShows(walk, words.removed, words.empty);
    await look(walk, words.title);
  } finally {
    await change(large?.stock ?? null);
  }
  await walk.hand.menu(portalFrameText.sv.start);
});

test('a first visit weighs less than a hundred kilobytes, whichever page it begins with', async () => {
  const start = await newClient(live).get('/');
  const paths = [...start.text.matchAll(/href="(\/catalogue\/[\w-]+)"/g)].map(([, path]) => path);
  for (const path of ['/', '/terms', ...paths]) {
    const html = await wireBytes(path ?? '/');
    const { text } = await newClient(live).get(path ?? '/');
    const assets = new Set(
      [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, asset]) => asset ?? ''),
    );
    let bytes = html;
    for (const asset of assets) bytes += await wireBytes(asset);
    assert.ok(assets.size >= 4);
    assert.ok(bytes < firstVisitBytesMax, `${path} weighs ${bytes} bytes`);
  }
});

/** Bytes of the body as they are sent to a browser that takes them compressed. */
async function wireBytes(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(
      `${live.origin}${path}`,
      { headers: { 'accept-encoding': 'br, gzip' } },
      (answer) => {
        let bytes = 0;
        answer.on('data', (piece: Buffer) => (bytes += piece.length));
        answer.on('end', () => resolve(bytes));
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}
