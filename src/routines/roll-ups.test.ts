import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { erase } from '../../test/used-company.ts';
import type { OwnerId } from '../ids.ts';
import { latestFigures } from './roll-ups-read.ts';
import { closeMonths, monthsToClose } from './roll-ups.ts';

const op = (system: TestSystem) => system.op('routine', 'retention');
const months = async (system: TestSystem) => (await monthsToClose(op(system))).map(String);

async function customers(system: TestSystem, count: number, from = 0): Promise<OwnerId[]> {
  const owners: OwnerId[] = [];
  for (let index = from; index < from + count; index += 1) {
    const owner = await system.newCustomer({ email: `kund-${index}@example.se` });
    await system.placeOrderFor(owner);
    owners.push(owner);
  }
  return owners;
}

const stored = (system: TestSystem) =>
  system.db.selectFrom('routines.figure').selectAll().orderBy('measure').orderBy('cell').execute();

test('a month is over at midnight by our clock, and is computed once', async () => {
  await using system = await testSystem();
  await customers(system, 6);
  system.now = Temporal.Instant.from('2026-11-30T22:59:59.999Z');
  assert.deepEqual(await months(system), []);
  assert.equal(await closeMonths(op(system)), 0);
  system.now = Temporal.Instant.from('2026-11-30T23:00:00Z');
  assert.deepEqual(await months(system), ['2026-11']);
  const both = await Promise.all([closeMonths(op(system)), closeMonths(op(system))]);
  assert.deepEqual(both.toSorted(), [0, 1]);
  assert.deepEqual(await months(system), []);
  const [november] = await latestFigures(op(system), 12);
  const figureOf = (measure: string, cell: string) =>
    november?.figures.find((one) => one.measure === measure && one.cell === cell);
  assert.equal(figureOf('sign-ups', 'all')?.figure, 5);
  assert.equal(figureOf('orders', 'all')?.figure, 5);
  assert.equal(figureOf('orders', 'all')?.sumOre, null);
  assert.equal(figureOf('ordered', 'product')?.figure, 10, 'two of each, rounded');
  assert.ok((figureOf('ordered', 'product')?.sumOre ?? 0) > 0);
  assert.equal(figureOf('closings', 'all'), undefined, 'fewer than five');
});

test('an order a moment before midnight belongs to its month, whatever UTC says', async () => {
  await using system = await testSystem();
  system.now = Temporal.Instant.from('2026-12-31T22:59:59Z');
  await customers(system, 5);
  system.now = Temporal.Instant.from('2026-12-31T23:00:00Z');
  await customers(system, 5, 5);
  system.now = Temporal.Instant.from('2027-02-01T12:00:00Z');
  assert.equal(await closeMonths(op(system)), 2);
  const orders = (await stored(system)).filter(({ measure }) => measure === 'orders');
  assert.deepEqual(
    orders.map(({ month, figure }) => [month.toString(), figure]),
    [
      ['2026-12-01', 5],
      ['2027-01-01', 5],
    ],
  );
});

test('who leaves after a month was closed changes nothing in it: there is no second publication to compare', async () => {
  await using system = await testSystem();
  const [first] = await customers(system, 6);
  system.now = Temporal.Instant.from('2026-12-01T12:00:00Z');
  await closeMonths(op(system));
  const before = await stored(system);
  assert.ok(before.length > 0);
  await erase(system, first as OwnerId);
  assert.equal(await closeMonths(op(system)), 0);
  assert.deepEqual(await stored(system), before);
  system.now = Temporal.Instant.from('2027-01-05T12:00:00Z');
  assert.equal(await closeMonths(op(system)), 1, 'only December');
  const november = (await stored(system)).filter(({ month }) => month.month === 11);
  assert.deepEqual(november, before);
});

test('nobody can change or remove what was published', async () => {
  await using system = await testSystem();
  await customers(system, 5);
  system.now = Temporal.Instant.from('2026-12-01T12:00:00Z');
  await closeMonths(op(system));
  await assert.rejects(system.db.deleteFrom('routines.figure').execute(), /permission denied/);
  const update = system.db.updateTable('routines.figure').set({ figure: 1 });
  await assert.rejects(update.execute(), /permission denied/);
});

test('a company without customers has no months', async () => {
  await using system = await testSystem();
  system.now = Temporal.Instant.from('2027-12-01T12:00:00Z');
  assert.deepEqual(await months(system), []);
});

test('an order that lapsed because nobody paid it does not count', async () => {
  await using system = await testSystem();
  const lapsed = await customers(system, 5);
  await customers(system, 5, 5);
  await system.db
    .updateTable('history.order')
    .set({ state: 'lapsed' })
    .where('owner_id', 'in', lapsed)
    .execute();
  system.now = Temporal.Instant.from('2026-12-01T12:00:00Z');
  await closeMonths(op(system));
  const rows = await stored(system);
  const orders = rows.find(({ measure, cell }) => measure === 'orders' && cell === 'all');
  assert.equal(orders?.figure, 5);
});
