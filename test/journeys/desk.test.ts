// A day at the desk in a real browser: finding an order, opening it, taking money, handing over, paying back, goods back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { consoleText } from '../../src/text/console.ts';
import { deskText } from '../../src/text/console-desk.ts';
import { actionsText } from '../../src/text/console-desk-actions.ts';
import { moneyText } from '../../src/text/console-money.ts';
import { openBrowser, openVisitor } from '../browser.ts';
import type { Looks } from '../browser.ts';
import { startLive } from '../live.ts';
import type { Live } from '../live.ts';
import { keepProbeAway, newCustomer, order } from './client.ts';
import { pointer } from './hands.ts';
import type { Hand } from './hands.ts';
import { assertShows, look, somebody, stringsOf } from './steps.ts';
import type { Place } from './steps.ts';

const words = deskText.sv;
const actions = actionsText.sv;
const person = somebody('Hjortron');
let live: Live;
let browser: Browser;
let number: string;

type Desk = Place & { readonly hand: Hand };

before(async () => {
  live = await startLive();
  await keepProbeAway(live);
  browser = await openBrowser();
  await order(await newCustomer(live, person), person);
  const { subject } = await live.mail(person.email, '/history/');
  [number = ''] = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(subject) ?? [];
  assert.ok(number);
});
after(async () => {
  await browser.close();
  await live.stop();
});

async function openDesk(looks: Looks, steps: 0 | 1): Promise<Desk> {
  const visitor = await openVisitor(browser, looks, () => [live.origin]);
  const desk: Desk = { visitor, language: 'sv', hand: pointer(visitor) };
  const { email, password, code } = live.staff('support');
  await visitor.page.goto(`${live.origin}/console`);
  await desk.hand.write(consoleText.sv.signIn.email, email);
  await desk.hand.write(consoleText.sv.signIn.password, password);
  await desk.hand.write(consoleText.sv.signIn.code, code(steps));
  assert.equal(await desk.hand.press(consoleText.sv.signIn.button), 200);
  return desk;
}

async function assertMasked({ visitor, language }: Desk): Promise<void> {
  await look({ visitor, language }, words.order.title);
  const html = await visitor.page.content();
  for (const one of [...stringsOf(person), number])
    assert.ok(!html.includes(one), 'masked, yet it shows');
}

async function find(desk: Desk): Promise<void> {
  await desk.hand.menu(consoleText.sv.orders);
  await desk.hand.write(words.list.number, number.toLowerCase().replace('-', ' '));
  await desk.hand.press(words.list.find);
  assert.ok(!desk.visitor.page.url().includes(number));
}

test('staff finds an order by its number, opens it, takes payment and hands it over', async () => {
  const desk = await openDesk({ language: 'sv' }, 0);
  await desk.hand.menu(consoleText.sv.orders);
  await look(desk, words.list.title);
  await desk.hand.write(words.list.number, 'inget');
  assert.equal(await desk.hand.press(words.list.find), 422);
  await look(desk, words.list.title);
  await find(desk);
  await assertMasked(desk);
  assert.equal(await desk.hand.press(words.order.open), 200);
  await assertShows(desk, person.name, person.email, person.street);
  await look(desk, words.opened.heading(number));
  await desk.visitor.page.getByRole('link', { name: words.opened.close }).first().click();
  await assertMasked(desk);
  await desk.hand.follow(words.order.takePayment);
  await look(desk, actions.takePayment.title);
  assert.equal(await desk.hand.press(actions.takePayment.button), 422);
  await look(desk, actions.takePayment.title);
  await desk.visitor.page.getByRole('radio').first().check();
  assert.equal(await desk.hand.press(actions.takePayment.button), 200);
  await assertShows(desk, words.done['take-payment']);
  await live.mail(person.email, 'Receipt number');
  await desk.hand.follow(words.order.handOver);
  await look(desk, actions.handOver.title);
  assert.equal(await desk.hand.press(actions.handOver.button), 200);
  await assertShows(desk, words.done['hand-over']);
  await assertMasked(desk);
  desk.visitor.assertQuiet();
});

test('on a phone in the dark staff pays a part back, and takes goods back from who withdrew', async () => {
  const desk = await openDesk({ language: 'sv', size: 'phone', scheme: 'dark' }, 1);
  const { page } = desk.visitor;
  await find(desk);
  await desk.hand.press(words.order.open);
  await page.getByText(actions.refund.summary, { exact: true }).click();
  await page.getByLabel(actions.refund.reason, { exact: true }).fill('En repa i glasyren');
  assert.equal(await desk.hand.press(actions.refund.button), 422);
  await look(desk, actions.refund.title);
  await page.locator('input[name^="amount-"]').fill('49,50');
  assert.equal(await desk.hand.press(actions.refund.button), 200);
  await look(desk);
  assert.equal(await desk.hand.press(/^Betala tillbaka/), 200);
  await assertShows(desk, words.done.refund);
  await desk.hand.press(words.order.open);
  await page.getByText(actions.takeBack.withdrawal.summary, { exact: true }).click();
  await desk.hand.press(actions.takeBack.withdrawal.button);
  await look(desk, actions.takeBack.withdrawal.confirmTitle);
  assert.equal(await desk.hand.press(actions.takeBack.withdrawal.confirm), 200);
  await assertShows(desk, words.done['take-back'], words.order.goodsAgain);
  await assertMasked(desk);
  assert.equal(await desk.hand.press(/^Varorna är här/), 422);
  await assertMasked(desk);
  await page.getByLabel(words.order.goodsAgainYes, { exact: true }).check();
  assert.equal(await desk.hand.press(/^Varorna är här/), 200);
  await assertShows(desk, words.done['goods-back']);
  await assertMasked(desk);
  await desk.hand.menu(consoleText.sv.money);
  await look(desk, moneyText.sv.title);
  await desk.hand.follow(/^Betald för hand/);
  await look(desk);
  assert.equal(await desk.hand.press(moneyText.sv.confirm), 200);
  await assertShows(desk, moneyText.sv.done);
  desk.visitor.assertQuiet();
});
