// Staff at work in a real browser: signing in, looking at a customer, and an agreement that ends.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { notice } from '../../src/policy/notice.ts';
import { pause } from '../../src/database/processes.ts';
import type { StaffRole } from '../../src/database/records.ts';
import { consoleText } from '../../src/text/console.ts';
import { customersText } from '../../src/text/console-customers.ts';
import { deskText } from '../../src/text/console-desk.ts';
import { moneyText } from '../../src/text/console-money.ts';
import { registersText } from '../../src/text/console-registers.ts';
import { setupText } from '../../src/text/console-setup.ts';
import { portalSecurityText } from '../../src/text/portal-security.ts';
import { portalText } from '../../src/text/portal.ts';
import { privacyText } from '../../src/text/privacy.ts';
import { partyText } from '../../src/text/privacy-states.ts';
import { openBrowser, openVisitor } from '../browser.ts';
import type { Looks } from '../browser.ts';
import { startLive } from '../live.ts';
import type { Live } from '../live.ts';
import { closing, keepProbeAway, newClient, newCustomer, order } from './client.ts';
import { pointer } from './hands.ts';
import type { Hand } from './hands.ts';
import {
  assertShows,
  look,
  signIn as signInToPortal,
  somebody,
  stringsOf,
  textOf,
} from './steps.ts';
import type { Place } from './steps.ts';

const words = consoleText.sv;
const customers = customersText.sv;
const registers = registersText.sv;
const person = somebody('Odon');
const swedish: Looks = { language: 'sv' };
let live: Live;
let browser: Browser;

type Desk = Place & { readonly hand: Hand };

before(async () => {
  live = await startLive();
  await keepProbeAway(live);
  browser = await openBrowser();
  await order(await newCustomer(live, person), person);
});
after(async () => {
  await browser.close();
  await live.stop();
});

async function openDesk(looks: Looks = swedish): Promise<Desk> {
  const visitor = await openVisitor(browser, looks, () => [live.origin]);
  return { visitor, language: 'sv', hand: pointer(visitor) };
}

async function signIn(desk: Desk, role: StaffRole, code: string): Promise<number> {
  const { email, password } = live.staff(role);
  await desk.visitor.page.goto(`${live.origin}/console`);
  await desk.hand.write(words.signIn.email, email);
  await desk.hand.write(words.signIn.password, password);
  await desk.hand.write(words.signIn.code, code);
  return desk.hand.press(words.signIn.button);
}

function placeOf({ visitor }: Desk): string {
  const { pathname, search } = new URL(visitor.page.url());
  return `${pathname}${search}`;
}

test('a wrong code and a code that was used are refused in the same words', async () => {
  const desk = await openDesk();
  const { code } = live.staff('bookkeeper');
  const right = code();
  const wrong = right === '000000' ? '000001' : '000000';
  assert.equal(await signIn(desk, 'bookkeeper', wrong), 422);
  await assertShows(desk, words.signIn.wrong);
  await look(desk, words.signIn.title);
  assert.equal(await signIn(desk, 'bookkeeper', right), 200);
  assert.equal(placeOf(desk), '/console');
  await look(desk, words.home.title);
  await desk.hand.pressInFrame(words.frame.signOut);
  assert.equal(await signIn(desk, 'bookkeeper', right), 422);
  await assertShows(desk, words.signIn.wrong);
  desk.visitor.assertQuiet();
});

test('staff finds a customer by the exact address, and opening says so to the customer', async () => {
  const desk = await openDesk();
  assert.equal(await signIn(desk, 'support', live.staff('support').code()), 200);
  await look(desk, words.home.title);
  await search(desk, 'nobody.like.that@example.se');
  assert.equal(desk.visitor.status(), 422);
  await assertShows(desk, customers.search.none);
  await look(desk, customers.search.title);
  await search(desk, person.email);
  assert.match(placeOf(desk), /^\/console\/customers\/[0-9a-f-]{36}$/);
  await assertMasked(desk);
  assert.equal(await desk.hand.press(customers.purposes.support.button), 200);
  await assertShows(desk, person.name, person.email, person.street, customers.opened.seen);
  await look(desk, person.name);
  assert.ok(!(await desk.visitor.page.title()).includes(person.name));
  await assertCustomerSees('support');
  desk.visitor.assertQuiet();
});

async function search(desk: Desk, address: string): Promise<void> {
  await desk.hand.menu(words.customers);
  await desk.hand.write(customers.search.email, address);
  await desk.hand.press(customers.search.button);
  assert.ok(!desk.visitor.page.url().includes('example.se'), 'the address is in the URL');
}

async function assertMasked(desk: Desk): Promise<void> {
  await look(desk, customers.masked.title);
  const html = await desk.visitor.page.content();
  for (const one of stringsOf(person)) assert.ok(!html.includes(one), 'masked, yet it shows');
}

/** Role, purpose and time, on the customer's own page. */
async function assertCustomerSees(role: 'support' | 'administrator'): Promise<void> {
  const visitor = await openVisitor(browser, { language: 'sv', size: 'phone' }, () => [
    live.origin,
  ]);
  await visitor.page.goto(`${live.origin}/my-data`);
  await signInToPortal({ visitor, hand: pointer(visitor), language: 'sv', person });
  await look({ visitor, language: 'sv' }, privacyText.sv.myData.title);
  const looks = visitor.page.locator('section[aria-labelledby=looks]');
  const text = await looks.innerText();
  assert.ok(text.includes(partyText.sv[role]));
  assert.ok(text.includes(notice.purposes.support.words.sv));
  const time = (await looks.locator('time').first().getAttribute('datetime')) ?? '';
  const age = Temporal.Now.instant().since(Temporal.Instant.from(time)).total('seconds');
  assert.ok(age >= -1 && age < 120, `the look is ${age} seconds old`);
  visitor.assertQuiet();
  await visitor.context.close();
}

test('an order leads to its customer, who is opened to carry it out', async () => {
  const desk = await openDesk({ language: 'sv', size: 'phone' });
  assert.equal(await signIn(desk, 'support', live.staff('support').code(1)), 200);
  await desk.hand.menu(words.orders);
  await desk.hand.follow(new RegExp(`^${deskText.sv.list.open}`));
  await look(desk, deskText.sv.order.title);
  await desk.hand.follow(new RegExp(`^${deskText.sv.order.showCustomer}`));
  await assertMasked(desk);
  await desk.hand.press(customers.purposes['order-handling'].button);
  await assertShows(desk, customers.opened.chosen, person.name, person.street);
  await look(desk, person.name);
  assert.equal(await desk.hand.follow(customers.opened.close), 200);
  await assertMasked(desk);
  desk.visitor.assertQuiet();
});

test('every room of the console is accessible, on a phone and in the dark as well', async () => {
  const leaver = somebody('Tranbär');
  const leaving = await newCustomer(live, leaver);
  await leaving.post('/close', await closing(leaving, leaver));
  const desk = await openDesk({ language: 'sv', size: 'phone', scheme: 'dark', scripts: false });
  const { code } = live.staff('administrator');
  assert.equal(await signIn(desk, 'administrator', code()), 200);
  const rooms = [
    [words.orders, deskText.sv.list.title],
    [words.money, moneyText.sv.title],
    [words.erasures, registers.erasures.title],
    [words.recipients, registers.recipients.title],
    [words.promises, registers.promises.title],
    [words.customers, customers.search.title],
    [words.today, words.home.title],
  ] as const;
  for (const [entry, title] of rooms) {
    assert.equal(await desk.hand.menu(entry), 200);
    await look(desk, title);
    const text = await textOf(desk);
    for (const one of stringsOf(person))
      assert.ok(!text.includes(one), `${entry} names a customer`);
  }
  desk.visitor.assertQuiet();
});

test('without an agreement no mail leaves, everybody is told, and a new agreement lets it go', async () => {
  const desk = await openDesk();
  const administrator = live.staff('administrator');
  assert.equal(await signIn(desk, 'administrator', administrator.code(1)), 200);
  await endAgreement(desk);
  const waiting = somebody('Vildros');
  const client = newClient(live);
  await client.post('/sign-up', { email: waiting.email });
  const sent = await client.get('/sign-up/sent');
  assert.ok(sent.text.includes(portalText.en.mailDelay.text));
  await untilHeld();
  assert.deepEqual(await live.letters(waiting.email), []);
  await desk.hand.menu(words.today);
  await assertShows(desk, words.home.mailStopped, words.mailObstacle['no-agreement']);
  await look(desk, words.home.title);
  await signAgreement(desk);
  await live.letMailBeDue();
  await live.mail(waiting.email, '/confirm/');
  const after = await client.get('/sign-up/sent');
  assert.ok(!after.text.includes(portalText.en.mailDelay.text));
  desk.visitor.assertQuiet();
});

async function endAgreement(desk: Desk): Promise<void> {
  const { recipients } = registers;
  await desk.hand.menu(words.recipients);
  await look(desk, recipients.title);
  await desk.hand.follow(new RegExp(`^${recipients.end}`));
  await look(desk, portalSecurityText.sv.confirm.title);
  // As if the code of the next half minute had come.
  await live.query('records', 'update accounts.session set confirmed_at = now()');
  await desk.hand.menu(words.recipients);
  await desk.hand.follow(new RegExp(`^${recipients.end}`));
  await look(desk, recipients.confirm.heading('Exempelposten AB'));
  await desk.hand.press(recipients.confirm.button);
  await assertShows(desk, recipients.doneEnded, recipients.stopped);
  await look(desk, recipients.title);
}

async function signAgreement(desk: Desk): Promise<void> {
  const { recipients } = registers;
  await desk.hand.menu(words.recipients);
  await desk.hand.follow(new RegExp(`^${setupText.sv.agreement.link}`));
  await look(desk, setupText.sv.agreement.heading('Exempelposten AB'));
  await desk.hand.press(setupText.sv.agreement.button);
  await assertShows(desk, recipients.doneSigned, recipients.open);
}

/** The routine that sends mail has come by and has been stopped at the gate. */
async function untilHeld(): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const rows = await live.query('records', 'select held from messages.outbox where held');
    if (rows.length > 0) return;
    await pause(100);
  }
  assert.fail('the message is not held');
}
