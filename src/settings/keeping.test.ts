import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { signIn } from '../accounts/sign-in.ts';
import { beginSession, findSession } from '../accounts/sessions.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import { person } from '../../test/system.ts';
import { chooseStay, closingOf, datesToChoose, readKeeping } from './keeping.ts';
import type { Stay } from './keeping.ts';

let system: TestSystem;
let owner: OwnerId;

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
});
after(() => system[Symbol.asyncDispose]());

const op = () => system.op({ party: 'customer', owner }, 'account');
const choose = (stay: Stay) => inTransaction(op(), (write) => chooseStay(write, owner, stay));
const read = () => readKeeping(op(), owner);

async function usedAt(moment: string): Promise<void> {
  await system.db
    .updateTable('accounts.account')
    .set({ used_at: Temporal.Instant.from(moment) })
    .where('owner_id', '=', owner)
    .execute();
}

async function lastUse(): Promise<string> {
  const { used_at } = await system.db
    .selectFrom('accounts.account')
    .select('used_at')
    .where('owner_id', '=', owner)
    .executeTakeFirstOrThrow();
  return used_at.toString();
}

test('who has chosen nothing keeps the account until it has not been used for 36 months', async () => {
  const { stay, isChosen, closesAt } = await read();
  assert.deepEqual(stay, { choice: 'unused', months: 36 });
  assert.equal(isChosen, false);
  assert.equal(closesAt?.toString(), '2029-11-22T12:00:00Z');
});

const boundaries = [
  [
    'a year after a leap day is the last day of February',
    '2028-02-29T12:00:00+01:00',
    12,
    '2029-02-28T12:00:00+01:00',
  ],
  [
    'two years after a leap day as well',
    '2028-02-29T00:00:00+01:00',
    24,
    '2030-02-28T00:00:00+01:00',
  ],
  [
    'the last day of February leads to a 28th, also in a leap year',
    '2027-02-28T23:59:59+01:00',
    12,
    '2028-02-28T23:59:59+01:00',
  ],
  [
    'a moment before midnight stays on its day',
    '2026-11-22T23:59:59+01:00',
    12,
    '2027-11-22T23:59:59+01:00',
  ],
  ['midnight begins the next day', '2026-11-23T00:00:00+01:00', 12, '2027-11-23T00:00:00+01:00'],
  [
    'summer time in between does not move the hour',
    '2026-03-28T14:00:00+01:00',
    12,
    '2027-03-28T14:00:00+02:00',
  ],
  [
    'an hour that does not exist becomes the next one',
    '2026-03-28T02:30:00+01:00',
    12,
    '2027-03-28T03:30:00+02:00',
  ],
  ['New Year by our clock, not by UTC', '2026-12-31T23:30:00Z', 36, '2029-12-31T23:30:00Z'],
] as const;

for (const [what, used, months, closes] of boundaries) {
  test(`months without use are those of our calendar: ${what}`, async () => {
    await choose({ choice: 'unused', months });
    await usedAt(used);
    const { closesAt } = await read();
    assert.equal(closesAt?.toString(), Temporal.Instant.from(closes).toString());
    const told = closingOf({ choice: 'unused', months }, Temporal.Instant.from(used));
    assert.equal(told?.toString(), closesAt?.toString(), 'what the page says before is what holds');
  });
}

test('the page and the database agree about every moment but the hour that comes twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2040, 0, 1) }),
      fc.constantFrom(12, 24, 36),
      async (epochMs, months) => {
        const used = Temporal.Instant.fromEpochMilliseconds(epochMs);
        await choose({ choice: 'unused', months });
        await usedAt(used.toString());
        const said = closingOf({ choice: 'unused', months }, used) as Temporal.Instant;
        const { closesAt } = await read();
        const apart = Math.abs(said.since(closesAt as Temporal.Instant).total('hours'));
        const local = said.toZonedDateTimeISO('Europe/Stockholm');
        const isTwice = local.month === 10 && local.hour === 2 && local.dayOfWeek === 7;
        assert.ok(apart === 0 || (isTwice && apart === 1), `${used.toString()} ${months}`);
      },
    ),
    { numRuns: 60 },
  );
});

test('a date is the beginning of that day here, and use does not move it', async () => {
  await choose({ choice: 'until-date', date: Temporal.PlainDate.from('2027-07-01') });
  assert.equal((await read()).closesAt?.toString(), '2027-06-30T22:00:00Z');
  await usedAt('2027-06-01T12:00:00Z');
  assert.equal((await read()).closesAt?.toString(), '2027-06-30T22:00:00Z');
});

test('until I close it has no date', async () => {
  await choose({ choice: 'until-closed' });
  assert.equal((await read()).closesAt, null);
});

test('tomorrow is the first date that can be chosen, by our clock, and ten years ahead the last', () => {
  const at = (moment: string) => {
    const { first, last } = datesToChoose(Temporal.Instant.from(moment));
    return [first.toString(), last.toString()];
  };
  assert.deepEqual(at('2026-11-22T22:59:59Z'), ['2026-11-23', '2036-11-22']);
  assert.deepEqual(at('2026-11-22T23:00:00Z'), ['2026-11-24', '2036-11-23']);
});

test('signing in is use, and so is a session, but it is written down once an hour at most', async () => {
  const start = Temporal.Instant.from('2026-12-01T10:00:00Z');
  await usedAt('2026-11-01T10:00:00Z');
  system.now = start;
  assert.ok(
    await signIn(system.op('nobody', 'sign-in'), {
      email: person.email,
      password: person.password,
      device: '?',
    }),
  );
  assert.equal(await lastUse(), start.toString());
  const cookie = await inTransaction(op(), async (write) =>
    beginSession(write, await write.vault.sealFor(write, owner), '?'),
  );
  const visit = (minutes: number) => findSession(system, cookie, 'account', start.add({ minutes }));
  assert.ok(await visit(59));
  assert.equal(await lastUse(), start.toString());
  assert.ok(await visit(60));
  assert.equal(await lastUse(), start.add({ minutes: 60 }).toString());
  assert.ok(await visit(119));
  assert.equal(await lastUse(), start.add({ minutes: 60 }).toString());
});
