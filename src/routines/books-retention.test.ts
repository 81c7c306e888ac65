import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newBookkeeper, newestVoucher, payBackAll, sellBySwish } from '../../test/books.ts';
import { proofParts } from '../../test/proof-parts.ts';
import { queuedFor } from '../../test/queued.ts';
import { addTestProduct } from '../../test/shop.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { begin } from '../begin.ts';
import { openVoucher } from '../bookkeeping/archive.ts';
import { holdYear } from '../bookkeeping/hold-year.ts';
import { listEndedYears, listYearStates } from '../bookkeeping/year-states.ts';
import { openYear } from '../bookkeeping/years.ts';
import type { KeysTables } from '../database/keys.ts';
import { openKysely, openPool } from '../database/pool.ts';
import { payBackByChoice } from '../history/goods-back.ts';
import { readWhole } from '../history/whole-order.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import { isProblem } from '../problem.ts';
import { Installation } from '../stores.fixture.ts';
import { booksAreKeptApart } from './proof/books.ts';
import { erasedIsGone, historyForgets } from './proof/erased.ts';
import { nothingIsOverdue } from './proof/overdue.ts';
import { endBooks } from './books-retention.ts';
import { forecastRetention } from './retention-forecast.ts';
import { mend, planMending } from './restore-mending.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const nothing = () => Promise.resolve();
const retention = (system: TestSystem) => system.op('routine', 'retention');
const moveTo = (system: TestSystem, at: string) => {
  system.now = Temporal.Instant.from(at);
};

/** A company whose years end with June, with a sale a minute before midnight and one a minute after, each paid back later. */
async function brokenYears() {
  const system = await testSystem();
  const keeper = await newBookkeeper(system);
  for (const [startsOn, endsOn] of [
    ['2026-07-01', '2027-06-30'],
    ['2027-07-01', '2028-06-30'],
  ] as const)
    await openYear(keeper.op(), { startsOn: day(startsOn), endsOn: day(endsOn) });
  const owner = await system.newCustomer();
  const item = await addTestProduct(system);
  moveTo(system, '2027-06-30T21:58:59Z');
  const before = await sellBySwish(system, owner, item);
  const kept = await sellBySwish(system, owner, item);
  const old = await newestVoucher(system, 'sale');
  moveTo(system, '2027-06-30T22:00:59Z');
  await sellBySwish(system, owner, item);
  const fresh = await newestVoucher(system, 'sale');
  assert.notEqual(old.year, fresh.year);
  // A sale of the old year that is paid back in the new one: its voucher refers to a year that goes first.
  moveTo(system, '2027-07-05T10:00:00Z');
  await payBackAll(system, before);
  return { system, keeper, owner, kept, old, fresh };
}

async function rowsOf(system: TestSystem, year: OwnerId): Promise<number> {
  const { rows } = await system.fresh.records.pool.query<{ n: number }>(
    `select (select count(*) from bookkeeping.voucher where owner_id = $1)::int
          + (select count(*) from bookkeeping.entry where owner_id = $1)::int
          + (select count(*) from bookkeeping.refund where owner_id = $1)::int
          + (select count(*) from bookkeeping.series where owner_id = $1)::int
          + (select count(*) from bookkeeping.fiscal_year where owner_id = $1)::int
          + (select count(*) from vault.owner where owner_id = $1)::int as n`,
    [year],
  );
  return rows[0]?.n ?? 0;
}

test('a year goes whole on the first of January after its seventh year, by the clock of Stockholm, and no second before', async () => {
  const { system, keeper, old, fresh } = await brokenYears();
  await using _ = system;
  moveTo(system, '2034-12-31T22:59:59Z');
  assert.equal(await endBooks(retention(system)), 0);
  const opened = await openVoucher(keeper.op(), { ...old, reason: 'Sista dagen' });
  assert.equal(opened.totalOre, 12_500);
  moveTo(system, '2034-12-31T23:00:00Z');
  assert.equal(await endBooks(retention(system)), 1);
  assert.equal(await rowsOf(system, old.year), 0);
  await assert.rejects(system.vault.mac(old.year, 'test', 'word'), { code: 'fenced' });
  await assert.rejects(openVoucher(keeper.op(), { ...old, reason: 'För sent' }), (error) =>
    isProblem(error, 'not-found'),
  );
  assert.ok((await rowsOf(system, fresh.year)) > 0);
  assert.equal(await endBooks(retention(system)), 0);
  moveTo(system, '2035-12-31T22:59:59Z');
  assert.equal(await endBooks(retention(system)), 0);
  moveTo(system, '2035-12-31T23:00:00Z');
  assert.equal(await endBooks(retention(system)), 1);
  assert.equal(await rowsOf(system, fresh.year), 0);
  assert.deepEqual(
    (await listEndedYears(keeper.op())).map(({ endsOn, endedAt }) => [
      endsOn.toString(),
      endedAt.toString(),
    ]),
    [
      ['2028-06-30', '2035-12-31T23:00:00Z'],
      ['2027-06-30', '2034-12-31T23:00:00Z'],
    ],
  );
});

test('what later years and living customers still say of an ended year leads nowhere, and breaks no promise', async () => {
  const { system, old } = await brokenYears();
  await using _ = system;
  moveTo(system, '2034-12-31T23:00:00Z');
  await endBooks(retention(system));
  const proof = system.op('routine', 'proof');
  const places = [
    ...(await erasedIsGone(proof, proofParts(system))).found,
    ...(await historyForgets(proof, proofParts(system))).found,
  ];
  assert.deepEqual(
    places.filter((place) => /bookkeeping|history/.test(place)),
    [],
  );
  assert.deepEqual((await booksAreKeptApart(proof, proofParts(system))).found, []);
  const { rows } = await system.fresh.records.pool.query(
    'select from bookkeeping.voucher where refers_year = $1',
    [old.year],
  );
  assert.equal(rows.length, 1);
});

test('a year that is not ended in time is found by the night', async () => {
  const { system } = await brokenYears();
  await using _ = system;
  const said = async () => {
    const proof = system.op('routine', 'proof');
    const seen = [
      ...(await nothingIsOverdue(proof)).found,
      ...(await booksAreKeptApart(proof, proofParts(system))).found,
    ];
    return seen.filter((place) => place.startsWith('bookkeeping.fiscal_year'));
  };
  moveTo(system, '2034-12-31T23:59:59Z');
  assert.deepEqual(await said(), []);
  moveTo(system, '2035-01-01T00:00:00Z');
  assert.equal((await said()).length, 2);
});

test('a year under audit stays through the day that was decided, and goes the day after', async () => {
  const { system, keeper, old } = await brokenYears();
  await using _ = system;
  moveTo(system, '2034-11-01T12:00:00Z');
  const reason = 'Skatterevision pågår';
  await holdYear(keeper.op(), { year: old.year, until: day('2035-03-31'), reason });
  const years = async () =>
    (await forecastRetention(retention(system))).years.map(({ name, goesOn, heldUntil }) => [
      name,
      goesOn.toString(),
      heldUntil?.toString() ?? null,
    ]);
  assert.deepEqual(await years(), [
    ['2026/2027', '2035-04-01', '2035-03-31'],
    ['2027/2028', '2036-01-01', null],
  ]);
  moveTo(system, '2035-03-31T21:59:59Z');
  assert.equal(await endBooks(retention(system)), 0);
  moveTo(system, '2035-03-31T22:00:00Z');
  assert.equal(await endBooks(retention(system)), 1);
  await assert.rejects(
    holdYear(keeper.op(), { year: old.year, until: day('2036-01-01'), reason }),
    (error) => isProblem(error, 'fenced'),
  );
});

test('a year that somebody holds while its end begins stays, and so does everything in it', async () => {
  const { system, keeper, old } = await brokenYears();
  await using _ = system;
  moveTo(system, '2034-12-31T23:00:00Z');
  const rows = await rowsOf(system, old.year);
  const wish = { year: old.year, until: day('2035-03-31'), reason: 'Skatterevision pågår' };
  const [hold, end] = await queuedFor(system, 'vault.owner', old.year, [
    () => holdYear(keeper.op(), wish),
    () => endBooks(retention(system)),
  ]);
  assert.equal(hold?.status, 'fulfilled');
  assert.deepEqual(end, { status: 'fulfilled', value: 0 });
  assert.equal(await rowsOf(system, old.year), rows);
  await openVoucher(keeper.op(), { ...old, reason: 'Skatterevision pågår' });
});

test('a hold that ends before the law’s time changes nothing, and the forecast says so', async () => {
  const { system, keeper, old } = await brokenYears();
  await using _ = system;
  await holdYear(keeper.op(), { year: old.year, until: day('2028-01-01'), reason: 'Granskning' });
  const [first] = (await forecastRetention(retention(system))).years;
  assert.deepEqual([first?.goesOn.toString(), first?.heldUntil], ['2035-01-01', null]);
  const [, state] = await listYearStates(keeper.op());
  assert.equal(state?.keptThrough.toString(), '2034-12-31');
});

test('money of a sale in an ended year cannot be paid back any more: nothing is booked and nothing leaves', async () => {
  const { system, owner, kept } = await brokenYears();
  await using _ = system;
  moveTo(system, '2035-01-02T12:00:00Z');
  await endBooks(retention(system));
  const op = system.op({ party: 'customer', owner }, 'payment');
  const whole = await readWhole(op, await op.vault.openFor(op, owner, ['history']), kept.orderId);
  const count = async () => {
    const { rows } = await system.fresh.records.pool.query<{ n: number }>(
      `select (select count(*) from bookkeeping.refund)::int
            + (select count(*) from bookkeeping.voucher)::int
            + (select count(*) from history.reversal)::int as n`,
    );
    return rows[0]?.n;
  };
  const before = await count();
  const lines = whole.lines.map(({ lineId }) => ({ lineId, amountOre: 100 }));
  const wish = { owner, orderId: kept.orderId, lines, statement: null, seenReversedOre: 0 };
  await assert.rejects(payBackByChoice(op, wish, nothing), (error) => isProblem(error, 'fenced'));
  assert.equal(await count(), before);
});

test('an end that was cut off after the key is destroyed is finished at the next turn', async () => {
  const { system, old } = await brokenYears();
  await using _ = system;
  moveTo(system, '2035-01-01T12:00:00Z');
  await inTransaction(retention(system), async (write) => {
    await write.vault.fenceAll(write, [old.year]);
    await write.db
      .updateTable('vault.owner')
      .set({ fenced_at: write.now })
      .where('owner_id', '=', old.year)
      .execute();
  });
  assert.ok((await rowsOf(system, old.year)) > 0);
  assert.equal(await endBooks(retention(system)), 1);
  assert.equal(await rowsOf(system, old.year), 0);
});

test('a year that a restore brings back is removed again, and remembered as one that has ended', async () => {
  const { system, old } = await brokenYears();
  await using _ = system;
  const { now } = system;
  const installation = new Installation(system.fresh);
  const copy = await installation.copy('records');
  const stores = await installation.start({ now });
  const at = Temporal.Instant.from('2035-01-01T12:00:00Z');
  const actor = { party: 'routine', routine: 'test' } as const;
  const opOf = ({ db, vault }: Pick<typeof stores, 'db' | 'vault'>) =>
    begin({ db, vault, actor, purpose: 'retention', now: at });
  assert.equal(await endBooks(opOf(stores)), 1);
  await installation.putBack('records', copy);
  const back = await installation.start({ role: 'command', now: at });
  const pool = openPool({ ...installation.fresh.keys.connection, max: 3 });
  try {
    const keys = openKysely<KeysTables>(pool);
    const plan = await planMending(opOf(back), keys);
    assert.deepEqual(plan.returned, [old.year]);
    await mend(opOf(back), keys, plan, { voidTokens: () => undefined, passed: () => undefined });
  } finally {
    await pool.end();
  }
  const years = await back.db.selectFrom('bookkeeping.ended_year').select('year_id').execute();
  assert.deepEqual(years, [{ year_id: old.year }]);
  const left = await back.db
    .selectFrom('bookkeeping.voucher')
    .select('voucher_id')
    .where('owner_id', '=', old.year)
    .execute();
  assert.deepEqual(left, []);
  await installation.stop();
});
