import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillEveryHolding } from '../../test/every-holding.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { choose } from './retention-accounts.fixture.ts';
import { forecastMonths, forecastRetention, forecastWeeks } from './retention-forecast.ts';
import { sweep } from './retention.ts';

const read = (system: TestSystem) => forecastRetention(system.op('routine', 'retention'));
const sum = (counts: readonly number[]) => counts.reduce((all, one) => all + one, 0);

test('the forecast has the weeks and months of the calendar, from today', async () => {
  await using system = await testSystem();
  // A Sunday evening: the week ends with it.
  const { weeks, months } = await read(system);
  assert.equal(weeks.length, forecastWeeks);
  assert.equal(months.length, forecastMonths);
  assert.deepEqual(
    weeks.slice(0, 2).map(({ from, until }) => `${from.toString()} ${until.toString()}`),
    ['2026-11-22 2026-11-23', '2026-11-23 2026-11-30'],
  );
  assert.deepEqual(
    months.slice(0, 2).map(({ from, until }) => `${from.toString()} ${until.toString()}`),
    ['2026-11-22 2026-12-01', '2026-12-01 2027-01-01'],
  );
});

test('an account is foreseen in the week and month of its closing, on both sides of midnight', async () => {
  await using system = await testSystem();
  const [first, second, third] = [
    await system.newCustomer({ email: 'ett@example.se' }),
    await system.newCustomer({ email: 'tva@example.se' }),
    await system.newCustomer({ email: 'tre@example.se' }),
  ];
  const until = (date: string) =>
    ({ choice: 'until-date', date: Temporal.PlainDate.from(date) }) as const;
  await choose(system, first, until('2026-11-29'));
  await choose(system, second, until('2026-11-30'));
  await choose(system, third, { choice: 'until-closed' });
  const { accounts } = await read(system);
  assert.deepEqual(accounts.weeks.slice(0, 3), [0, 1, 1]);
  assert.deepEqual(accounts.months.slice(0, 2), [2, 0]);
  assert.equal(sum(accounts.months), 2);
});

test('what is due now is what the sweep removes, and nothing is removed by looking', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  await fillEveryHolding(system.op('nobody', 'account'), owner, 'x');
  const before = await read(system);
  assert.equal(sum(before.holdings.map(({ dueNow }) => dueNow)), 0);
  assert.ok(sum(before.holdings.flatMap(({ months }) => months)) > 5);
  system.now = system.now.add({ hours: 24 * 365 * 3 });
  const due = sum((await read(system)).holdings.map(({ dueNow }) => dueNow));
  assert.ok(due > 5);
  assert.equal(sum((await read(system)).holdings.map(({ dueNow }) => dueNow)), due);
  assert.equal(await sweep(system.op('routine', 'retention')), due);
  assert.equal(sum((await read(system)).holdings.map(({ dueNow }) => dueNow)), 0);
});
