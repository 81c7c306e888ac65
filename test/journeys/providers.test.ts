// Those who perform services, in a real browser: from the invitation to a booking that is done, and what its customer sees.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { addBookable, addCalendar, book, someone } from '../../src/history/bookings.fixture.ts';
import type { OwnerId, RowId } from '../../src/ids.ts';
import { intake } from '../../src/policy/intake.ts';
import { shortLabel } from '../../src/text/field-label.ts';
import { companyTimeZone } from '../../src/text/format.ts';
import { joiningText } from '../../src/text/console-joining.ts';
import { providersText } from '../../src/text/console-providers.ts';
import { consoleText } from '../../src/text/console.ts';
import { ownText } from '../../src/text/console-own.ts';
import { portalSecurityText } from '../../src/text/portal-security.ts';
import { privacyText } from '../../src/text/privacy.ts';
import { providerText } from '../../src/text/provider.ts';
import { openBrowser, openVisitor } from '../browser.ts';
import type { Looks } from '../browser.ts';
import { startLive } from '../live.ts';
import type { Live } from '../live.ts';
import { giveCalendars, writeTo } from './bookings.ts';
import { keepProbeAway, newCustomer } from './client.ts';
import { keyboard, pointer } from './hands.ts';
import type { Hand } from './hands.ts';
import { giveDevice } from './security.ts';
import { assertShows, look, signIn, somebody, textOf } from './steps.ts';
import type { Place } from './steps.ts';

const vera = { name: 'Vera Björkvävare', email: 'vera.bjork@example.se' };
const performer = 'Vävstugan Exempel AB';
const person = somebody('Tranbär');
const [atHome, course] = ['Montering av vävstol', 'Prova på att väva'];
const door = 'Portkod 4711, tredje våningen';
let live: Live;
let browser: Browser;
let calendar: RowId;

type Desk = Place & { readonly hand: Hand };

before(async () => {
  live = await startLive();
  await keepProbeAway(live);
  browser = await openBrowser();
  await newCustomer(live, person);
  calendar = await fillCalendar();
});
after(async () => {
  await browser.close();
  await live.stop();
});

/** Two hours of today, at whatever time of the day the test runs: one that has begun, and one that is to come. */
function timesOfToday(now: Temporal.Instant) {
  const here = now.toZonedDateTimeISO(companyTimeZone);
  const [dayBegins, lastMinute] = [here.startOfDay(), here.with({ hour: 23, minute: 59 })];
  const [earliest, latest] = [here.subtract({ minutes: 70 }), here.add({ minutes: 75 })];
  const { compare } = Temporal.ZonedDateTime;
  const begun = compare(earliest, dayBegins) < 0 ? dayBegins : earliest;
  const toCome = compare(latest, lastMinute) > 0 ? lastMinute : latest;
  return { begun: begun.toInstant(), toCome: toCome.toInstant() };
}

/** Somebody to book, and two bookings. */
function fillCalendar(): Promise<RowId> {
  return writeTo(live, async (here) => {
    const owner = await here.vault.ownerOf({ kind: 'account-email', value: person.email });
    assert.ok(owner);
    const on = [await addCalendar(here, 'Vävare Vera')];
    const questions = ['access'] as const;
    const home = { name: atHome, fulfilment: 'at-customer', questions } as const;
    const { begun, toCome } = timesOfToday(here.now);
    const who = { on, person: { recipient_name: person.name, street: person.street } };
    const item = await addBookable(here, home);
    const answers = { access: door };
    await book(here, owner, { ...who, item, startsAt: begun.toString(), answers });
    const later = await addBookable(here, { name: course });
    await book(here, owner, { ...who, item: later, startsAt: toCome.toString() });
    return on[0]!;
  });
}

async function openDesk(looks: Looks): Promise<Desk> {
  const visitor = await openVisitor(browser, looks, () => [live.origin]);
  return { visitor, language: looks.language, hand: pointer(visitor) };
}

const hidden = () => [person.name, person.street, door, someone.phone];

async function assertHides(desk: Desk): Promise<void> {
  const html = await desk.visitor.page.content();
  for (const one of hidden()) assert.ok(!html.includes(one), 'not asked for, yet it shows');
}

test('a provider is invited, joins with a passkey on a phone, opens a booking and says how it went', async () => {
  await invite();
  const phone = await openDesk({ language: 'sv', size: 'phone' });
  const words = providerText.sv;
  await joinWithPasskey(phone);
  await assertShows(phone, atHome, course, words.atCustomer);
  await assertHides(phone);
  await phone.hand.menu(words.frame.week);
  await look(phone, /^Vecka \d+$/);
  await assertHides(phone);
  await phone.hand.follow(new RegExp(atHome));
  await look(phone, atHome);
  await assertHides(phone);
  assert.equal(await phone.hand.press(words.one.open), 200);
  await look(phone, atHome);
  await assertShows(phone, words.one.seen, ...hidden(), shortLabel(intake.access.sv));
  assert.ok(!(await phone.visitor.page.title()).includes(person.name));
  await markAndUndo(phone);
  await phone.hand.menu(words.frame.today);
  await assertShows(phone, words.states.performed);
  await seeOwnPage(phone);
  phone.visitor.assertQuiet();
  const logs = live.logs();
  for (const one of [...hidden(), vera.name, vera.email])
    assert.ok(!logs.includes(one), 'the log tells');
});

/** By an administrator, who is asked anew who it is. */
async function invite(): Promise<void> {
  const desk = await openDesk({ language: 'sv' });
  const words = providersText.sv;
  const { email, password, code } = live.staff('administrator');
  await desk.visitor.page.goto(`${live.origin}/console/providers`);
  await signInAsStaff(desk, { email, password, code: code() });
  await look(desk, words.list.title);
  await desk.hand.menu(consoleText.sv.recipients);
  await desk.hand.follow(`${words.inviteTo} ${words.inviteAbout(performer)}`);
  const { confirm } = portalSecurityText.sv;
  await desk.hand.write(confirm.password, password);
  await desk.hand.write(confirm.code, code(1));
  assert.equal(await desk.hand.press(confirm.submit), 200);
  await look(desk, words.invite.title);
  assert.equal(await desk.hand.press(words.invite.button), 422);
  await assertShows(desk, words.faults.name.missing, words.faults.email.missing);
  await look(desk, words.invite.title);
  const { page } = desk.visitor;
  await desk.hand.write(words.invite.name, vera.name);
  await desk.hand.write(words.invite.email, vera.email);
  await page.getByLabel(performer).check();
  await page.getByLabel(`Vävare Vera (${words.calendars.kinds.person})`).check();
  assert.equal(await desk.hand.press(words.invite.button), 200);
  await assertShows(desk, words.done.invited, vera.name, performer);
  await look(desk, words.list.title);
  await desk.hand.follow(vera.name);
  await look(desk, vera.name);
  assert.ok(!(await page.title()).includes(vera.name));
  desk.visitor.assertQuiet();
  await desk.visitor.context.close();
}

type Credentials = { readonly email: string; readonly password: string; readonly code: string };

async function signInAsStaff(desk: Desk, { email, password, code }: Credentials): Promise<void> {
  const words = consoleText[desk.language].signIn;
  await desk.hand.write(words.email, email);
  await desk.hand.write(words.password, password);
  await desk.hand.write(words.code, code);
  assert.equal(await desk.hand.press(words.button), 200);
}

async function joinWithPasskey(desk: Desk): Promise<void> {
  const { text } = await live.mail(vera.email, '/console/invitation/');
  const link = /http\S+\/console\/invitation\/\S+/.exec(text)?.[0] ?? '';
  const device = await giveDevice(desk.visitor);
  await desk.visitor.page.goto(link);
  await look(desk, joiningText.sv.title);
  await device.touch(true);
  assert.equal(await desk.hand.press(joiningText.sv.passkeyButton), 200);
  await device.touch(false);
  assert.equal(new URL(desk.visitor.page.url()).pathname, '/provider');
  await look(desk);
}

async function markAndUndo(desk: Desk): Promise<void> {
  const words = providerText[desk.language];
  assert.equal(await desk.hand.press(words.mark.performed), 200);
  await assertShows(desk, words.done.performed, words.states.performed);
  await look(desk, atHome);
  assert.equal(await desk.hand.press(words.mark.booked), 200);
  await assertShows(desk, words.done.booked, words.states.booked);
  await look(desk, atHome);
  assert.equal(await desk.hand.press(words.mark.performed), 200);
}

async function seeOwnPage(desk: Desk): Promise<void> {
  await desk.hand.menu(providerText.sv.frame.me);
  await look(desk, ownText.sv.title);
  await assertShows(desk, vera.name, performer, 'Vävare Vera');
  await desk.hand.follow(ownText.sv.dataLink);
  await look(desk, ownText.sv.stored.title);
  await assertShows(desk, consoleText.sv.partyRoles.administrator);
  assert.equal((await desk.visitor.page.goto(`${live.origin}/console/orders`))?.status(), 404);
  await look(desk);
}

test('the customer sees that the performer was told, what, when and why', async () => {
  const visitor = await openVisitor(browser, { language: 'sv', size: 'phone' }, () => [
    live.origin,
  ]);
  await visitor.page.goto(`${live.origin}/my-data`);
  const walk = { visitor, hand: pointer(visitor), language: 'sv', person } as const;
  await signIn(walk);
  await look(walk, privacyText.sv.myData.title);
  const received = visitor.page.locator('section[aria-labelledby=received]');
  const text = await received.innerText();
  assert.ok(text.includes(`${performer}, Sverige`));
  for (const field of ['mottagarens namn', 'gatuadress', 'hur vi kommer in'])
    assert.ok(text.includes(field), field);
  assert.ok(text.includes(privacyText.sv.received.each(1)));
  visitor.assertQuiet();
});

test('without scripts, by keyboard and in English, a provider signs in with a code and finds the day’s bookings', async () => {
  const { email, password, code } = live.staff('provider');
  await giveCalendars(live, email, [calendar]);
  const looks = { language: 'en', scripts: false, size: 'phone', scheme: 'dark' } as const;
  const visitor = await openVisitor(browser, looks, () => [live.origin]);
  const desk: Desk = { visitor, language: 'en', hand: keyboard(visitor) };
  const words = providerText.en;
  await visitor.page.goto(`${live.origin}/provider/week`);
  await look(desk, consoleText.en.signIn.title);
  await signInAsStaff(desk, { email, password, code: code() });
  await look(desk, /^Week \d+$/);
  await desk.hand.follow(new RegExp(course));
  await look(desk, course);
  assert.ok(!(await textOf(desk)).includes(words.mark.performed), 'it has not begun');
  assert.equal(await desk.hand.press(words.one.open), 200);
  await look(desk, course);
  await assertShows(desk, person.name, someone.phone);
  assert.ok(!(await textOf(desk)).includes(person.street), 'the customer comes here');
  await stopPerforming();
  assert.equal(await reopen(desk), 403);
  await look(desk, course);
  await assertShows(desk, words.one.withheld);
  await assertHides(desk);
  await desk.hand.press(consoleText.en.frame.signOut);
  await look(desk, consoleText.en.signIn.title);
  visitor.assertQuiet();
});

/** The customer restricts what those who perform services may know, as if on their own page. */
async function stopPerforming(): Promise<void> {
  const [row] = await live.query('records', 'select distinct owner_id from history.booking');
  const owner = row?.['owner_id'] as OwnerId;
  await live.query(
    'records',
    `insert into vault.stop (owner_id, purpose, ground, since)
     values ($1, 'performing', 'restriction', now())`,
    [owner],
  );
}

async function reopen(desk: Desk): Promise<number> {
  const words = providerText[desk.language].one;
  await desk.hand.follow(words.close);
  return desk.hand.press(words.open);
}
