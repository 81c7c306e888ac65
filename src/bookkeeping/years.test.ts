import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { isProblem } from '../problem.ts';
import { fiscalYearName } from './fiscal-years.ts';
import { listYears, openYear, yearOfToday } from './years.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const books = (system: TestSystem) => system.op('routine', 'payment');

async function keysMade(system: TestSystem): Promise<number> {
  const { rows } = await system.fresh.keys.pool.query<{ n: number }>(
    'select count(*)::int as n from keys.owner_key',
  );
  return rows[0]?.n ?? 0;
}

test(
  'before a year that lies ahead there is a shorter one for what is sold today',
  { timeout: 30_000 },
  async () => {
    await using system = await testSystem();
    await openYear(books(system), { startsOn: day('2026-12-15'), endsOn: day('2027-12-31') });
    const today = await yearOfToday(books(system));
    assert.deepEqual(
      [today.startsOn.toString(), today.endsOn.toString()],
      ['2026-01-01', '2026-12-14'],
    );
    const names = (await listYears(system.db)).map(fiscalYearName);
    assert.deepEqual(names, ['2026-01/2026-12', '2026-12/2027-12']);
  },
);

test(
  'the years up to today are opened one after the other, also when one lies ahead already',
  { timeout: 30_000 },
  async () => {
    await using system = await testSystem();
    await openYear(books(system), { startsOn: day('2024-07-01'), endsOn: day('2025-06-30') });
    await openYear(books(system), { startsOn: day('2027-01-01'), endsOn: day('2027-12-31') });
    const today = await yearOfToday(books(system));
    assert.equal(today.endsOn.toString(), '2026-12-31');
    const names = (await listYears(system.db)).map(fiscalYearName);
    assert.deepEqual(names, ['2024/2025', '2025/2026', '2026-07/2026-12', '2027']);
  },
);

test(
  'where no year of today can be opened it is said, and keys are not made for ever',
  { timeout: 30_000 },
  async () => {
    await using system = await testSystem();
    const { owner } = await yearOfToday(books(system));
    await system.db
      .updateTable('vault.owner')
      .set({ fenced_at: system.now })
      .where('owner_id', '=', owner)
      .execute();
    const before = await keysMade(system);
    await assert.rejects(yearOfToday(books(system)), (error) => isProblem(error, 'unavailable'));
    assert.ok((await keysMade(system)) <= before + 1);
  },
);

test('twenty who sell the first thing of a year at once find one year', async () => {
  await using system = await testSystem();
  const found = await Promise.all(Array.from({ length: 20 }, () => yearOfToday(books(system))));
  assert.equal(new Set(found.map(({ owner }) => owner)).size, 1);
});
