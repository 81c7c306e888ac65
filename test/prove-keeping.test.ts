// P13 and P14 broken on purpose, on both sides of each limit.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openClient } from '../src/database/pool.ts';
import { choose, daily, routine } from '../src/routines/retention-accounts.fixture.ts';
import { tellBeforeClosing } from '../src/routines/retention-accounts.ts';
import { sweepHours } from '../src/routines/retention.ts';
import { accountsEndInTime } from '../src/routines/proof/accounts-due.ts';
import { figuresAreNobodys } from '../src/routines/proof/figures.ts';
import { checks } from '../src/routines/proof/prove.ts';
import { closeMonths } from '../src/routines/roll-ups.ts';
import { person, testSystem } from './system.ts';
import type { TestSystem } from './system.ts';

const proof = (system: TestSystem) => system.op('routine', 'proof');

test('P13 and P14 are checked by these', () => {
  assert.equal(checks.P13, figuresAreNobodys);
  assert.equal(checks.P14, accountsEndInTime);
});

async function asSuperuser(system: TestSystem, statement: string): Promise<void> {
  const client = await openClient(system.fresh.records.administrator);
  await client.query('set session_replication_role = replica');
  await client.query(statement);
  await client.end();
}

async function withFigures(): Promise<TestSystem> {
  const system = await testSystem();
  for (let index = 0; index < 6; index += 1) {
    const owner = await system.newCustomer({ email: `kund-${index}@example.se` });
    await system.placeOrderFor(owner);
  }
  system.now = Temporal.Instant.from('2026-12-01T12:00:00Z');
  await closeMonths(system.op('routine', 'retention'));
  return system;
}

test('P13 is kept after real use, and has looked at every figure', async () => {
  await using system = await withFigures();
  const { lookedAt, found } = await figuresAreNobodys(proof(system));
  assert.deepEqual(found, []);
  assert.ok(lookedAt >= 4);
});

const brokenFigures: readonly (readonly [string, string, RegExp])[] = [
  ['a group of four', 'update routines.figure set contributors = 4', /too few/],
  ['a group of unknown size', 'update routines.figure set contributors = null', /too few/],
  ['one who makes up 60 %', 'update routines.figure set largest_share = 60', /stands out/],
  ['a count that is exact', 'update routines.figure set figure = 6', /count is not rounded/],
  ['a sum that is exact', 'update routines.figure set sum_ore = sum_ore + 1', /sum is not rounded/],
  ['VAT that is exact', 'update routines.figure set vat_ore = vat_ore - 1', /VAT is not rounded/],
  [
    'a cell that can be computed from the total',
    `insert into routines.figure (month, measure, cell) values ('2026-11-01', 'ordered', 'service')`,
    /withheld cell can be computed/,
  ],
  [
    'a rest that is too small',
    `insert into routines.figure (month, measure, cell, contributors, largest_share)
     values ('2026-11-01', 'ordered', 'rest', 0, 50)`,
    /rest: too few/,
  ],
  [
    'a rest that is shown',
    `insert into routines.figure (month, measure, cell, contributors, largest_share, figure)
     values ('2026-11-01', 'ordered', 'rest', 5, 50, 5)`,
    /withheld is shown/,
  ],
  [
    'cells whose total was too small to show',
    `delete from routines.figure where measure = 'ordered' and cell = 'all'`,
    /cells without a total/,
  ],
  [
    'a month that is not over',
    `insert into routines.figures_month values ('2026-12-01', '2026-12-01T12:00:00Z')`,
    /it is not over/,
  ],
];

test('P13 is broken by each of these', async (t) => {
  await using system = await withFigures();
  await asSuperuser(
    system,
    `create schema kept; create table kept.figure as table routines.figure;
     create table kept.figures_month as table routines.figures_month`,
  );
  for (const [what, statement, says] of brokenFigures) {
    await t.test(what, async () => {
      await asSuperuser(system, statement);
      const { found } = await figuresAreNobodys(proof(system));
      assert.match(found.join('\n'), says);
      await asSuperuser(
        system,
        `delete from routines.figure; insert into routines.figure table kept.figure;
         delete from routines.figures_month; insert into routines.figures_month table kept.figures_month`,
      );
    });
  }
});

const due = Temporal.Instant.from('2027-11-22T12:00:00Z');
const days = (count: number) => due.add({ hours: count * 24 });

async function withUnusedAccount(): Promise<TestSystem> {
  const system = await testSystem();
  const owner = await system.newCustomer();
  await choose(system, owner, { choice: 'unused', months: 12 });
  return system;
}

async function found(system: TestSystem, at: Temporal.Instant): Promise<string> {
  system.now = at;
  const seen = await accountsEndInTime(proof(system));
  assert.ok(seen.lookedAt > 0);
  assert.ok(!seen.found.join().includes(person.email));
  return seen.found.join('\n');
}

test('P14 is broken when an account stays past its time by more than the pace of the routine', async () => {
  await using system = await withUnusedAccount();
  await daily(system, [days(-31), days(-1)]);
  assert.equal(await found(system, due.add({ hours: sweepHours })), '');
  assert.match(
    await found(system, due.add({ hours: sweepHours, milliseconds: 1 })),
    /accounts\.account .*: its time is over$/,
  );
});

test('P14 is broken when the time is over and nobody wrote, also where the routine would not look', async () => {
  await using system = await withUnusedAccount();
  const latest = days(1).add({ hours: sweepHours });
  assert.equal(await found(system, latest), '');
  assert.match(await found(system, latest.add({ milliseconds: 1 })), /nobody wrote/);
  // A choice that no page offers is one all the same.
  await system.db.updateTable('settings.keeping').set({ unused_months: 2 }).execute();
  system.now = Temporal.Instant.from('2027-03-01T12:00:00Z');
  assert.equal(await tellBeforeClosing(routine(system)), 0);
  assert.match(await found(system, system.now), /nobody wrote/);
});

test('P14 waits with a delivery, and no longer than the notice says', async () => {
  await using system = await withUnusedAccount();
  const { owner_id } = await system.db
    .selectFrom('accounts.account')
    .select('owner_id')
    .executeTakeFirstOrThrow();
  await system.placeOrderFor(owner_id);
  await daily(system, [days(-31), days(-1)]);
  assert.equal(await found(system, days(90)), '');
  const over = days(90).add({ hours: sweepHours, milliseconds: 1 });
  assert.match(await found(system, over), /waited too long/);
});

test('P14 is kept for a date, broken a moment after it, and has nothing to say of who stays', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  await choose(system, owner, { choice: 'until-closed' });
  assert.equal(await found(system, days(10_000)), '');
  system.now = Temporal.Instant.from('2026-11-22T12:00:00Z');
  await choose(system, owner, {
    choice: 'until-date',
    date: Temporal.PlainDate.from('2027-07-01'),
  });
  const date = Temporal.Instant.from('2027-06-30T22:00:00Z');
  await daily(system, [date.subtract({ hours: 31 * 24 }), date.subtract({ hours: 24 })]);
  assert.equal(await found(system, date.add({ hours: sweepHours })), '');
  assert.match(await found(system, date.add({ hours: sweepHours, milliseconds: 1 })), /is over/);
});
