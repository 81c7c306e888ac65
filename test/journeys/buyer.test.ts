// What somebody does with an order after it is placed, in a real browser, with banks that answer over real lines.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { demoBookings } from '../../src/sandbox/demo-offers.ts';
import { buyerFaultText } from '../../src/text/buyer-fault.ts';
import { buyerGuestText } from '../../src/text/buyer-guest.ts';
import { buyerHistoryText } from '../../src/text/buyer-history.ts';
import { buyerOrderText } from '../../src/text/buyer-order.ts';
import { buyerPayText } from '../../src/text/buyer-pay.ts';
import { buyerRebookText } from '../../src/text/buyer-rebook.ts';
import { buyerRemoveText } from '../../src/text/buyer-remove.ts';
import { buyerTakeBackText } from '../../src/text/buyer-take-back.ts';
import { money } from '../../src/text/format.ts';
import { portalFrameText } from '../../src/text/portal-frame.ts';
import { shopBasketText } from '../../src/text/shop-basket.ts';
import { shopCatalogueText } from '../../src/text/shop-catalogue.ts';
import { shopCheckoutText } from '../../src/text/shop-checkout.ts';
import { shopReviewText } from '../../src/text/shop-review.ts';
import { openBrowser, openVisitor } from '../browser.ts';
import type { Looks, Visitor } from '../browser.ts';
import { startLive } from '../live.ts';
import type { Live } from '../live.ts';
import { pointer } from './hands.ts';
import { assertShows, fillBasket, look, signUp, somebody, wanted } from './steps.ts';
import type { Walk } from './steps.ts';

let live: Live;
let browser: Browser;
const advice = demoBookings[1] as (typeof demoBookings)[number];

before(async () => {
  live = await startLive();
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await live.stop();
});

async function enter(looks: Looks): Promise<Visitor> {
  const visitor = await openVisitor(browser, looks, () => [
    live.origin,
    live.mailboxUrl,
    live.bankUrl,
  ]);
  await visitor.page.goto(live.origin);
  return visitor;
}

/** Chooses the first free time of a booking, and puts it into the basket. */
async function bookAdvice(walk: Walk): Promise<void> {
  const { hand, visitor, language } = walk;
  const words = shopCatalogueText[language];
  await hand.follow(advice.name[language]);
  await visitor.page.getByRole('main').locator('input[type=radio]').first().check();
  assert.equal(await hand.press(words.item.add), 200);
}

/** From the basket to the page where it is paid. */
async function checkOut(walk: Walk, way: 'swish' | 'card', totalOre: number): Promise<void> {
  const { hand, visitor, person, language } = walk;
  const { form } = shopCheckoutText[language];
  const { page } = visitor;
  assert.equal(await hand.press(shopBasketText[language].checkout), 200);
  const fill = async (label: string, text: string) => {
    const field = page.getByRole('main').getByLabel(label, { exact: true });
    if ((await field.count()) > 0) await hand.write(label, text);
  };
  await fill(form.email, person.email);
  await fill(form.name, person.name);
  await fill(form.phone, '070-174 06 05');
  await fill(form.street, person.street);
  await fill(form.postalCode, person.postalCode);
  await fill(form.town, person.town);
  await page.getByLabel(form.ways[way], { exact: true }).check();
  assert.equal(await hand.press(form.toReview), 200);
  for (const box of await page.getByRole('main').getByRole('checkbox').all()) await box.check();
  assert.equal(await hand.press(shopReviewText[language].buy(money(totalOre, language))), 200);
  await look(walk, /./);
  assert.match(page.url(), /\/pay$/);
}

test('a guest pays by card at the bank’s page, rebooks, cancels and gets the money back', async () => {
  const visitor = await enter({ language: 'sv', scheme: 'light' });
  const walk: Walk = {
    live,
    visitor,
    hand: pointer(visitor),
    language: 'sv',
    person: somebody('Vattmark'),
  };
  const { page } = visitor;
  const pay = buyerPayText.sv;
  const words = buyerOrderText.sv;
  await bookAdvice(walk);
  await checkOut(walk, 'card', advice.priceOre);
  await assertShows(walk, pay.wayText.card, pay.wayText.swish);
  await page.getByRole('button', { name: pay.pay.card(money(advice.priceOre, 'sv')) }).click();
  await page.waitForURL(`${live.bankUrl}/**`);
  await page.goBack();
  await page.waitForURL(/\/pay/);
  if (!page.url().startsWith(live.origin)) await page.goto(live.origin);
  await page.getByRole('link', { name: pay.card.go }).click();
  await page.waitForURL(`${live.bankUrl}/**`);
  await page.getByRole('button', { name: /Pay/ }).click();
  await page.waitForURL(/\?paid=1$/);
  await look(walk, /^Beställning/);
  await assertShows(walk, words.news.paid, words.state.placed.times);
  const order = page.url().replace(/\?.*/, '');
  await walk.hand.follow(words.booking.rebook);
  await look(walk, buyerRebookText.sv.title);
  await page.getByRole('main').locator('input[type=radio]').last().check();
  assert.equal(await walk.hand.press(buyerRebookText.sv.book), 200);
  await assertShows(walk, words.news.rebookedText);
  await look(walk, /^Beställning/);
  await walk.hand.follow(/^Kvitto/);
  await look(walk, /^Kvitto/);
  await page.goto(`${order}/fault`);
  await look(walk, buyerFaultText.sv.title);
  await page.goto(`${order}/remove`.replace(/\/[\w-]+\/remove$/, '/remove'));
  await look(walk, buyerRemoveText.sv.obstacle);
  await page.goto(order);
  await walk.hand.follow(words.booking.cancel);
  const cancel = buyerTakeBackText.sv.cancel;
  await look(walk, cancel.question.times);
  await assertShows(walk, buyerTakeBackText.sv.hows.card);
  assert.equal(await walk.hand.press(cancel.yes.times), 200);
  await look(walk, buyerTakeBackText.sv.done.cancelled.times);
  const letter = await live.mail(
    walk.person.email,
    buyerTakeBackText.sv.letter.cancelled('').slice(0, 20),
  );
  assert.ok(letter.text.includes(new URL(order).pathname));
  await page.goto(`${live.origin}/guest`);
  await look(walk, buyerGuestText.sv.title);
  await walk.hand.write(buyerGuestText.sv.code, order);
  assert.equal(await walk.hand.press(buyerGuestText.sv.show), 200);
  await assertShows(walk, words.state.cancelled);
  await look(walk, /^Beställning/);
  visitor.assertQuiet();
});

test('a customer pays by Swish on a dark phone without scripts, and withdraws', async () => {
  const visitor = await enter({ language: 'en', scheme: 'dark', size: 'phone', scripts: false });
  const walk: Walk = {
    live,
    visitor,
    hand: pointer(visitor),
    language: 'en',
    person: somebody('Rönnsund'),
  };
  const { page } = visitor;
  const { hand } = walk;
  const pay = buyerPayText.en;
  const words = buyerOrderText.en;
  await signUp(walk);
  await fillBasket(walk);
  const totalOre = 2 * wanted.priceOre;
  await checkOut(walk, 'swish', totalOre);
  await hand.press(pay.pay.swish(money(totalOre, 'en')));
  await look(walk, pay.swish.title);
  await assertShows(walk, pay.swish.waiting, pay.swish.open);
  assert.equal(await page.locator('svg.qr').count(), 1);
  await page.getByRole('link', { name: pay.swish.open }).click();
  await page.waitForURL(`${live.bankUrl}/**`);
  await page
    .getByRole('button', { name: /Approve|Pay|Yes/ })
    .first()
    .click();
  await page.waitForLoadState();
  await page.goto(`${live.origin}/history`);
  await look(walk, buyerHistoryText.en.title);
  await page.goto(`${live.origin}/overview`);
  await look(walk);
  await page.locator('main a[href^="/history/"]').first().click();
  await page.waitForLoadState();
  await page.goto(`${page.url()}/pay`);
  await page.waitForURL(/\?paid=1$/);
  await look(walk, /^Order/);
  await hand.follow(words.withdraw);
  const { withdraw } = buyerTakeBackText.en;
  await look(walk, withdraw.title);
  await hand.write(withdraw.name, '');
  assert.equal(await hand.press(withdraw.next), 422);
  await look(walk, withdraw.title);
  await hand.write(withdraw.name, walk.person.name);
  assert.equal(await hand.press(withdraw.next), 200);
  await look(walk, withdraw.confirmTitle);
  assert.equal(await hand.press(withdraw.confirm), 200);
  await look(walk, buyerTakeBackText.en.done.withdrawn);
  const letter = await live.mail(walk.person.email, 'Acknowledgement');
  assert.match(letter.text, /Received: \d+ \w+ \d{4}, \d\d:\d\d:\d\d/);
  await hand.follow(buyerTakeBackText.en.done.toOrder);
  await look(walk, /^Order/);
  await hand.menu(portalFrameText.en.history);
  await look(walk, buyerHistoryText.en.title);
  await hand.write(buyerHistoryText.en.search, wanted.name.en);
  assert.equal(await hand.press(buyerHistoryText.en.searchButton), 200);
  await look(walk, /^Search/);
  visitor.assertQuiet();
});
