// Staff at the calendar and the catalogue in a real browser: dragging and the form that does the same, on every page and in
// both languages, on a phone, in dark, and without scripts.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { serve } from '@hono/node-server';
import type { Browser } from 'playwright-core';
import { noCallbacks } from '../../src/api/callback-routes.ts';
import { siteApp } from '../../src/app.ts';
import { newStaff, signInFields } from '../../src/console/staff-browser.fixture.ts';
import { bookingNumber } from '../../src/history/booking-number.ts';
import { readBooking } from '../../src/history/booking-rows.ts';
import { blockTime } from '../../src/history/calendar/block-time.ts';
import {
  addBookable,
  addResource,
  addSkill,
  book,
  when,
} from '../../src/history/calendar/calendar-rows.fixture.ts';
import { listKnownItems } from '../../src/history/catalogue/known-items.ts';
import { pngPicture } from '../../src/history/catalogue/pictures/pictures.fixture.ts';
import { addPicture, picturesOf } from '../../src/history/catalogue/pictures/pictures.ts';
import { noBanks } from '../../src/history/payments/banks.ts';
import type { OwnerId, RowId } from '../../src/ids.ts';
import { calendarText } from '../../src/text/console-calendar.ts';
import { consoleText } from '../../src/text/console.ts';
import { openBrowser, openVisitor } from '../browser.ts';
import type { Looks } from '../browser.ts';
import { testSystem } from '../system.ts';
import type { TestSystem } from '../system.ts';
import { keyboard, pointer } from './hands.ts';
import type { Hand } from './hands.ts';
import { assertShows, look } from './steps.ts';
import type { Place } from './steps.ts';

let system: TestSystem;
let server: Server;
let origin: string;
let browser: Browser;
let owner: OwnerId;
let resourceId: RowId;
const bookings: RowId[] = [];

before(async () => {
  system = await testSystem();
  [server, origin] = await startSite();
  browser = await openBrowser();
  owner = await system.newCustomer();
  const skill = await addSkill(system);
  resourceId = await addResource(system, { skills: [skill], label: 'Verkstaden' });
  const item = await addBookable(system, { needs: [skill], name: 'Stolslagning' });
  for (const time of ['09:00', '10:00', '11:00']) {
    bookings.push(await book(system, owner, item, when(`2026-12-01 ${time}`)));
  }
  const span = { startsAt: when('2026-12-01 15:00'), endsAt: when('2026-12-01 17:00') };
  await blockTime(system.op('routine', 'employment'), { resourceId, ...span });
});
after(async () => {
  await browser.close();
  server.close();
  server.closeAllConnections();
  await system[Symbol.asyncDispose]();
});

/** The whole site in this process, so that its time and its bookings are ours. */
async function startSite(): Promise<[Server, string]> {
  const listening = serve({ fetch: (request, env) => app(at).fetch(request, env), port: 0 });
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  const at = `http://localhost:${port}`;
  return [listening as Server, at];
}

function app(at: string) {
  return siteApp({
    db: system.db,
    vault: system.vault,
    site: {
      origin: at,
      sender: { from: 'Exempel AB <kund@example.se>', domain: 'example.se' },
      sandbox: null,
    },
    clock: () => system.now,
    note: ({ error }) => assert.equal(error, undefined),
    closing: () => Promise.resolve(),
    erasureSecretOf: () => '',
    banks: noBanks,
    ...noCallbacks,
  });
}

type Desk = Place & { readonly hand: Hand };

/** An administrator who is signed in and looks at a page. */
async function openDesk(looks: Looks, path: string): Promise<Desk> {
  const visitor = await openVisitor(browser, looks, () => [origin]);
  const desk = { visitor, language: looks.language, hand: pointer(visitor) };
  const { email, password, code } = signInFields(system, await newStaff(system, 'administrator'));
  const words = consoleText[looks.language].signIn;
  await visitor.page.goto(`${origin}/console/sign-in?return=${encodeURIComponent(path)}`);
  await desk.hand.write(words.email, email);
  await desk.hand.write(words.password, password);
  await desk.hand.write(words.code, code);
  assert.equal(await desk.hand.press(words.button), 200);
  return desk;
}

async function startOf(bookingId: RowId): Promise<string> {
  const booking = await readBooking(system.op('routine', 'order'), { owner, bookingId });
  return booking.startsAt.toString();
}

test('a booking is dragged to a free time of its resource', async () => {
  const desk = await openDesk({ language: 'sv' }, '/console/calendar?day=2026-12-01');
  const { page } = desk.visitor;
  await look(desk, calendarText.sv.title);
  const slot = page.locator('.calendar .slot', { hasText: bookingNumber(bookings[0]!) });
  const place = page.locator(`td[data-with="${resourceId}"][data-time="13:00"]`);
  const moved = page.waitForURL(/done=moved/);
  await slot.dragTo(place);
  await moved;
  await assertShows(desk, calendarText.sv.done.moved.title);
  assert.equal(await startOf(bookings[0]!), when('2026-12-01 13:00').toString());
  // Over to somebody who cannot do it: the form comes back and says so.
  const other = page.locator('td[data-time="13:00"]').first();
  const again = page.locator('.calendar .slot', { hasText: bookingNumber(bookings[0]!) });
  const refused = page.waitForURL(/\/bookings\//);
  await again.dragTo(other);
  await refused;
  assert.equal(desk.visitor.status(), 422);
  assert.equal(await startOf(bookings[0]!), when('2026-12-01 13:00').toString());
  desk.visitor.assertQuiet();
});

test('the same is done with the keyboard alone, without scripts', async () => {
  const looks = { language: 'en', scripts: false } as const;
  const desk = await openDesk(looks, '/console/calendar?day=2026-12-01');
  const hand = keyboard(desk.visitor);
  const words = calendarText.en.booking;
  await look(desk, calendarText.en.title);
  assert.equal(await desk.visitor.page.locator('[draggable="true"]').count(), 0);
  const number = bookingNumber(bookings[1]!);
  assert.equal(await hand.follow(`${words.title} ${number}`), 200);
  await look(desk, words.heading(number));
  await hand.write(words.time, '18:00');
  assert.equal(await hand.press(words.button), 422);
  await assertShows(desk, words.taken);
  await look(desk, words.heading(number));
  await hand.write(words.time, '14:00');
  assert.equal(await hand.press(words.button), 200);
  await assertShows(desk, calendarText.en.done.moved.title);
  assert.equal(await startOf(bookings[1]!), when('2026-12-01 14:00').toString());
  desk.visitor.assertQuiet();
});

const everyLook: readonly Looks[] = [
  { language: 'sv' },
  { language: 'en', size: 'phone', scheme: 'dark' },
];

for (const looks of everyLook) {
  test(`every page of catalogue and calendar can be used by everybody (${looks.language})`, async () => {
    const desk = await openDesk(looks, '/console/catalogue');
    for (const path of await pages()) {
      await desk.visitor.page.goto(`${origin}${path}`);
      assert.equal(desk.visitor.status(), 200, path);
      await look(desk);
    }
    desk.visitor.assertQuiet();
  });
}

async function pages(): Promise<string[]> {
  const items = await listKnownItems(system.db);
  const named = (words: string) => items.find(({ name }) => name.sv.includes(words))!;
  const [board, course] = [named('Skärbräda'), named('Vävkurs')];
  const room = '/console/catalogue';
  const at = `${room}/items/${board.itemId}`;
  const resource = `${room}/resources/${resourceId}`;
  return [
    room,
    `${room}/new`,
    `${room}/new/booking`,
    at,
    `${room}/items/${course.itemId}`,
    `${at}/change`,
    `${at}/variants`,
    `${at}/variants/${board.variants[0]?.variantId}`,
    `${at}/questions`,
    `${room}/items/${course.itemId}/booking`,
    `${at}/pictures`,
    `${at}/pictures/${await pictureOf(board.itemId)}`,
    `${room}/resources`,
    `${room}/resources/new`,
    resource,
    `${resource}/change`,
    `${resource}/hours/always`,
    `${room}/skills`,
    `${room}/closed-days`,
    '/console/calendar?day=2026-12-01',
    `/console/calendar?view=week&day=2026-12-01&resource=${resourceId}`,
    '/console/calendar/block',
    '/console/calendar/feeds',
    `/console/calendar/bookings/${owner}/${bookings[2]}`,
  ];
}

/** A picture that browsers can show: what is broken would be heard of. */
async function pictureOf(itemId: RowId): Promise<RowId> {
  const known = (await picturesOf(system.db, [itemId])).get(itemId)?.[0];
  if (known !== undefined) return known.pictureId;
  const alternative = { sv: 'En skärbräda', en: 'A cutting board' };
  await addPicture(system.op('routine', 'employment'), itemId, { bytes: pngPicture, alternative });
  return pictureOf(itemId);
}
