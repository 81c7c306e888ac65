import { noBanks } from '../history/payments/banks.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { signIn } from '../accounts/sign-in.ts';
import type { OwnerId } from '../ids.ts';
import { accepted, busy, fakeSmtp, refused } from '../messages/outbox.fixture.ts';
import { readKeeping } from '../settings/keeping.ts';
import { keepingMailText } from '../text/keeping.ts';
import { advanceErasure, erasureByCode, erasuresDue } from './erasure.ts';
import { choose, daily, isOpen, origin, routine, turn } from './retention-accounts.fixture.ts';
import { accountsDue, closeAccounts, tellBeforeClosing } from './retention-accounts.ts';

const start = Temporal.Instant.from('2026-11-22T12:00:00Z');
const day = (days: number, from = start) => from.add({ hours: days * 24 });
/** A year after the account was last used, by our calendar. */
const due = Temporal.Instant.from('2027-11-22T12:00:00Z');
const moment = { milliseconds: 1 };

/** An account that is closed after a year without use, its letter of confirmation sent. */
async function unusedAccount(system: TestSystem): Promise<OwnerId> {
  const owner = await system.newCustomer();
  await choose(system, owner, { choice: 'unused', months: 12 });
  return owner;
}

const subjectsOf = (smtp: { readonly sent: readonly { readonly subject: string }[] }) =>
  smtp.sent.map(({ subject }) => subject);

test('two letters come, each of them once, and then the account is closed at its time', async () => {
  await using system = await testSystem();
  const owner = await unusedAccount(system);
  const smtp = fakeSmtp();
  const step = (at: Temporal.Instant) => turn(system, at, smtp);
  await step(day(-31, due).subtract(moment));
  assert.deepEqual(subjectsOf(smtp), []);
  await step(day(-31, due));
  await step(day(-31, due).add({ minutes: 15 }));
  assert.deepEqual(subjectsOf(smtp), ['Vi stänger ditt konto den 22 november 2027']);
  assert.match(smtp.sent[0]?.text ?? '', /Logga in senast den 21 november 2027/);
  await step(day(-8, due).subtract(moment));
  assert.equal(smtp.sent.length, 1);
  await step(day(-8, due));
  await step(day(-7, due));
  assert.equal(subjectsOf(smtp)[1], 'Påminnelse: vi stänger ditt konto den 22 november 2027');
  assert.equal(await step(due.subtract(moment)), 0);
  assert.ok(await isOpen(system, owner));
  assert.equal(await step(due), 1);
  assert.equal(smtp.sent.length, 2);
  assert.ok(!(await isOpen(system, owner)));
  const [erasureId] = await erasuresDue(system.op('routine', 'leaving'));
  assert.ok(erasureId);
  const state = await advanceErasure(system.op('routine', 'leaving'), erasureId, system.around);
  assert.equal(state, 'complete');
  assert.equal(await step(day(1, due)), 0);
  const farewell = smtp.sent.at(-1);
  const [, code = ''] = /\/receipt#([0-9A-Z-]{31})/.exec(farewell?.text ?? '') ?? [];
  assert.equal((await erasureByCode(system.op('nobody', 'leaving'), code))?.state, 'complete');
});

test('who signs in after both letters keeps the account, and is written to anew a year later', async () => {
  await using system = await testSystem();
  const owner = await unusedAccount(system);
  const smtp = fakeSmtp();
  assert.equal(await daily(system, [day(-31, due), day(-1, due)], smtp), null);
  assert.equal(smtp.sent.length, 2);
  system.now = due.subtract(moment);
  const { email, password } = person;
  assert.ok(await signIn(system.op('nobody', 'sign-in'), { email, password, device: '?' }));
  assert.equal(await turn(system, day(5, due), smtp), 0);
  const later = Temporal.Instant.from('2028-11-22T12:00:00Z').subtract(moment);
  const { closesAt } = await readKeeping(system.op({ party: 'customer', owner }, 'account'), owner);
  assert.equal(closesAt?.toString(), later.toString());
  assert.equal(smtp.sent.length, 2);
  await turn(system, day(-31, later), smtp);
  assert.equal(subjectsOf(smtp)[2], 'Vi stänger ditt konto den 22 november 2028');
});

test('two workers at once write one letter and begin one erasure', async () => {
  await using system = await testSystem();
  await unusedAccount(system);
  system.now = day(-31, due);
  const both = await Promise.all([
    tellBeforeClosing(routine(system)),
    tellBeforeClosing(routine(system)),
  ]);
  assert.deepEqual(both.toSorted(), [0, 1]);
  await daily(system, [day(-31, due), day(-1, due)]);
  system.now = due;
  const closed = await Promise.all([
    closeAccounts(routine(system), { origin, banks: noBanks }),
    closeAccounts(routine(system), { origin, banks: noBanks }),
  ]);
  assert.deepEqual(closed.toSorted(), [0, 1]);
  assert.equal((await erasuresDue(system.op('routine', 'leaving'))).length, 1);
});

test('an account is not closed while its letter waits for a mail server, and 30 days after it left', async () => {
  await using system = await testSystem();
  await unusedAccount(system);
  let answer = busy;
  const smtp = fakeSmtp(() => answer);
  const delayed = day(-25, due);
  assert.equal(await daily(system, [day(-31, due), day(-26, due)], smtp), null);
  answer = accepted;
  const closedAt = await daily(system, [delayed, day(20, due)], smtp);
  assert.ok(closedAt);
  assert.ok(closedAt.since(delayed).total('hours') / 24 >= 30, closedAt.toString());
  assert.ok(closedAt.since(due).total('hours') / 24 <= 7, closedAt.toString());
});

test('a mailbox that is gone is tried every week, and 90 days later the account is closed all the same', async () => {
  await using system = await testSystem();
  await unusedAccount(system);
  const smtp = fakeSmtp(() => refused);
  const closedAt = await daily(system, [day(-31, due), day(120, due)], smtp);
  assert.equal(closedAt?.toString(), day(90, due).toString());
  const tries = smtp.sent.filter(({ subject }) => subject.startsWith('Vi stänger ditt konto'));
  assert.ok(tries.length >= 15 && tries.length <= 19, `${tries.length} letters`);
});

test('an account whose time was over long before anybody wrote gets its whole month', async () => {
  await using system = await testSystem();
  await unusedAccount(system);
  const late = day(400, due);
  const smtp = fakeSmtp();
  assert.equal(await daily(system, [late, day(30, late)], smtp), null);
  assert.match(subjectsOf(smtp)[0] ?? '', /den 26 januari 2029/);
  assert.equal(
    (await daily(system, [day(31, late), day(33, late)], smtp))?.toString(),
    day(31, late).toString(),
  );
  assert.equal(smtp.sent.length, 2);
});

test('an order that is on its way is waited for, but not for ever', async () => {
  await using system = await testSystem();
  const owner = await unusedAccount(system);
  await system.placeOrderFor(owner);
  assert.equal(await daily(system, [day(-31, due), day(3, due)]), null);
  await system.db.updateTable('history.order').set({ state: 'performed' }).execute();
  assert.equal(
    (await daily(system, [day(4, due), day(5, due)]))?.toString(),
    day(4, due).toString(),
  );

  await using other = await testSystem();
  await other.placeOrderFor(await unusedAccount(other));
  const closedAt = await daily(other, [day(-31, due), day(95, due)]);
  assert.equal(closedAt?.toString(), day(90, due).toString());
});

test('who has restricted the handling of the data is left alone, and told anew when that ends', async () => {
  await using system = await testSystem();
  const owner = await unusedAccount(system);
  const smtp = fakeSmtp();
  await daily(system, [day(-31, due), day(-20, due)], smtp);
  assert.equal(smtp.sent.length, 1);
  await system.db
    .insertInto('vault.stop')
    .values({ owner_id: owner, purpose: 'keeping', ground: 'restriction', since: system.now })
    .execute();
  assert.equal(await daily(system, [day(-19, due), day(200, due)], smtp), null);
  await system.db.deleteFrom('vault.stop').execute();
  const lifted = day(201, due);
  const closedAt = await daily(system, [lifted, day(40, lifted)], smtp);
  assert.equal(closedAt?.toString(), day(31, lifted).toString());
});

test('a date holds whether the account is used or not; signing in does not move it', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  await choose(system, owner, {
    choice: 'until-date',
    date: Temporal.PlainDate.from('2027-07-01'),
  });
  const date = Temporal.Instant.from('2027-06-30T22:00:00Z');
  const smtp = fakeSmtp();
  await daily(system, [day(-31, date), day(-9, date)], smtp);
  system.now = day(-8, date);
  const { email, password } = person;
  assert.ok(await signIn(system.op('nobody', 'sign-in'), { email, password, device: '?' }));
  assert.equal(await daily(system, [day(-8, date), day(-1, date)], smtp), null);
  assert.deepEqual(subjectsOf(smtp), [
    'Ditt konto stängs den 1 juli 2027',
    'Påminnelse: ditt konto stängs den 1 juli 2027',
  ]);
  assert.match(smtp.sent[0]?.text ?? '', /Det räcker inte att logga in/);
  assert.equal(await turn(system, date.subtract(moment), smtp), 0);
  assert.equal(await turn(system, date, smtp), 1);
});

test('a date within days is told at once, in one letter, and holds', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  await choose(system, owner, {
    choice: 'until-date',
    date: Temporal.PlainDate.from('2026-11-25'),
  });
  const date = Temporal.Instant.from('2026-11-24T23:00:00Z');
  const smtp = fakeSmtp();
  assert.equal(await turn(system, start.add({ minutes: 15 }), smtp), 0);
  assert.deepEqual(subjectsOf(smtp), ['Ditt konto stängs den 25 november 2026']);
  assert.equal(await turn(system, date.subtract(moment), smtp), 0);
  assert.equal(await turn(system, date, smtp), 1);
  assert.equal(smtp.sent.length, 1);
});

test('another choice makes what a letter said void', async () => {
  await using system = await testSystem();
  const owner = await unusedAccount(system);
  await daily(system, [day(-31, due), day(-1, due)]);
  await choose(system, owner, { choice: 'until-closed' });
  assert.equal(await turn(system, due), 0);
  assert.equal(await turn(system, day(4_000, due)), 0);
});

test('an account that is used between the query and the lock stays', async () => {
  await using system = await testSystem();
  const owner = await unusedAccount(system);
  await daily(system, [day(-31, due), day(-1, due)]);
  system.now = due;
  assert.deepEqual(await accountsDue(routine(system)), [owner]);
  const closing = closeAccounts(routine(system), { origin, banks: noBanks });
  await system.db.updateTable('accounts.account').set({ used_at: system.now }).execute();
  const closed = await closing;
  const isStill = await isOpen(system, owner);
  assert.equal(closed === 0, isStill, 'closed or kept, and never half of it');
});

test('letters are in the language of the account and hold no link', () => {
  const said = { company: 'Exempel AB', day: 'X', lastDay: 'Y' };
  for (const language of ['sv', 'en'] as const) {
    for (const choice of ['unused', 'until-date'] as const) {
      const { subject, text } = keepingMailText[language][choice];
      for (const which of ['month', 'week'] as const) {
        assert.match(subject[which](said), /X/);
        assert.match(text[which](said), /X[^]*Y[^]*Exempel AB\n$/);
        assert.doesNotMatch(text[which](said), /https?:|!(?!\n)/);
      }
    }
  }
});
