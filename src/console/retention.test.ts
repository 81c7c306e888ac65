import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { closeMonths } from '../routines/roll-ups.ts';
import { signedIn } from './staff-browser.fixture.ts';
import type { StaffBrowser } from './staff-browser.fixture.ts';

let system: TestSystem;
let administrator: StaffBrowser;
let support: StaffBrowser;
let bookkeeper: StaffBrowser;

before(async () => {
  system = await testSystem();
  for (let index = 0; index < 6; index += 1) {
    const owner = await system.newCustomer({ email: `kund-${index}@example.se` });
    await system.placeOrderFor(owner);
  }
  administrator = await signedIn(system, 'administrator');
  support = await signedIn(system, 'support');
  bookkeeper = await signedIn(system, 'bookkeeper');
});
after(() => system[Symbol.asyncDispose]());

test('everybody on the staff reads what will go when; only administrators can run it by hand', async () => {
  for (const browser of [administrator, support, bookkeeper]) {
    const page = await browser.get('/console/retention');
    assert.equal(page.status, 200);
    assert.match(page.text, /Signed-in devices/);
    assert.match(page.text, /Accounts closed per week/);
  }
  assert.match((await administrator.get('/console/retention')).text, /Run now/);
  assert.doesNotMatch((await support.get('/console/retention')).text, /Run now/);
  assert.notEqual((await support.post('/console/retention/run')).status, 303);
});

test('run now removes what is due, and says how much', async () => {
  await system.db
    .insertInto('accounts.session')
    .values(await oldSession())
    .execute();
  const { status, location } = await administrator.post('/console/retention/run');
  assert.equal(status, 303);
  assert.equal(location, '/console/retention?removed=1');
  assert.match((await administrator.get('/console/retention?removed=1')).text, /Rows removed: 1/);
  const forged = await administrator.get('/console/retention?removed=%3Cb%3E');
  assert.doesNotMatch(forged.text, /Rows removed: /);
});

/** A copy of somebody's session that has not been used for 31 days. */
async function oldSession() {
  const row = await system.db
    .selectFrom('accounts.session as s')
    .innerJoin('accounts.account as a', 'a.owner_id', 's.owner_id')
    .selectAll('s')
    .executeTakeFirstOrThrow();
  const used_at = system.now.subtract({ hours: 31 * 24 });
  return { ...row, session_id: crypto.randomUUID() as typeof row.session_id, used_at };
}

test('the figures show what may be shown, and say when there is too little', async () => {
  assert.match((await support.get('/console/figures')).text, /No month is over yet/);
  await closeMonths(system.op('routine', 'retention'));
  const clock = system.now;
  system.now = Temporal.Instant.from('2026-12-01T12:00:00Z');
  await closeMonths(system.op('routine', 'retention'));
  system.now = clock;
  const page = await support.get('/console/figures');
  assert.equal(page.status, 200);
  assert.match(page.text, /November 2026/);
  assert.match(page.text, /fewer than five/);
  assert.match(page.text, /<svg class="chart__picture"/);
  assert.doesNotMatch(page.text, /style="/);
});
