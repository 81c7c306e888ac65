import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import {
  newBookkeeper,
  newestVoucher,
  payBackAll,
  sellBySwish,
  sellOnSite,
} from '../../test/books.ts';
import { addTestProduct, addTestService } from '../../test/shop.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import type { OwnerId } from '../ids.ts';
import { isProblem } from '../problem.ts';
import { correctVoucher } from './correct.ts';
import { bookDispute } from './disputes.ts';
import { exportSie, listExports } from './export.ts';
import type { Period } from './export.ts';
import { faultsOf, faultsOfBytes, readSie } from './sie.fixture.ts';
import { listYears, openYear } from './years.ts';

let system: TestSystem;
let owner: OwnerId;
let keeper: Awaited<ReturnType<typeof newBookkeeper>>;

const day = (text: string) => Temporal.PlainDate.from(text);
const at = (text: string) => {
  system.now = Temporal.Instant.from(text);
};

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
  keeper = await newBookkeeper(system);
  // A broken year, so that a sale in August and one in May are in the same one.
  for (const [startsOn, endsOn] of [
    ['2026-07-01', '2027-06-30'],
    ['2027-07-01', '2028-06-30'],
  ] as const)
    await openYear(keeper.op(), { startsOn: day(startsOn), endsOn: day(endsOn) });
  await makeSales();
});
after(() => system[Symbol.asyncDispose]());

/** Goods and services of three rates, paid in three ways, paid back, corrected, on both sides of midnight and of the year. */
async function makeSales(): Promise<void> {
  const goods = await addTestProduct(system, { priceOre: 99_90 });
  const food = await addTestProduct(system, { priceOre: 45_00, vatPercent: 12 });
  const service = await addTestService(system, { priceOre: 400_00, vatPercent: 6 });
  await sellBySwish(system, owner, goods, 3);
  const cash = await sellOnSite(system, owner, goods, { way: 'cash' });
  await sellOnSite(system, owner, service);
  await payBackAll(system, cash);
  await correctVoucher(keeper.op(), {
    ...(await newestVoucher(system, 'refund')),
    reason: 'Prov av rättelse',
  });
  // 23.59 and 00.01 in Stockholm, where summer time is two hours ahead.
  at('2027-06-30T21:58:59Z');
  await sellBySwish(system, owner, food);
  at('2027-06-30T22:00:59Z');
  await sellBySwish(system, owner, food);
}

async function exported(name: 0 | 1, period?: Period) {
  // Each file is of a moment of its own, by which the newest is found.
  system.now = system.now.add({ seconds: 1 });
  const year = (await listYears(system.db))[name];
  assert.ok(year);
  const days = period ?? { from: year.startsOn, to: year.endsOn };
  const file = await exportSie(keeper.op(), { year, period: days, version: '0.1.0' });
  return { year, file, sie: readSie(file.bytes) };
}

test('what was sold, paid back and corrected comes out as a file that a program can import', async () => {
  const { file, sie } = await exported(0);
  assert.deepEqual([...faultsOf(file.bytes), ...faultsOfBytes(file.bytes)], []);
  assert.equal(file.name, 'varsam-2026_2027.SI');
  assert.deepEqual(
    sie.vouchers.map(({ series, number, text }) => [series, number, text]),
    [
      ['C', '1', 'Kvitto C1-2026/2027'],
      ['R', '1', 'Återbetalning R1-2026/2027, kvitto C1-2026/2027'],
      ['S', '1', 'Kvitto S1-2026/2027'],
      ['S', '2', 'Kvitto S2-2026/2027'],
      ['T', '1', 'Kvitto T1-2026/2027'],
      ['X', '1', 'Rättelse av R1-2026/2027'],
    ],
  );
});

test('the rows are those of the books, and the sums of the file those of the database', async () => {
  const { year, sie } = await exported(0);
  const { rows } = await system.fresh.records.pool.query(
    `select account, sum(amount_ore)::int as sum from bookkeeping.entry
     where owner_id = $1 group by account order by account`,
    [year.owner],
  );
  const sums = new Map<string, number>();
  for (const { account, amountOre } of sie.vouchers.flatMap((voucher) => voucher.rows))
    sums.set(account, (sums.get(account) ?? 0) + amountOre);
  assert.deepEqual(
    [...sums].toSorted(([one], [other]) => (one < other ? -1 : 1)),
    rows.map((row: { account: string; sum: number }) => [row.account, row.sum]),
  );
  const cash = sie.vouchers.find(({ series }) => series === 'C');
  assert.deepEqual(
    cash?.rows.map(({ account, amountOre }) => [account, amountOre]),
    [
      ['1910', 100_00],
      ['3001', -79_92],
      ['2611', -19_98],
      ['3740', -10],
    ],
  );
});

test('a sale a minute before midnight is in the old year, a minute after in the new one', async () => {
  const [old, fresh] = [await exported(0), await exported(1)];
  assert.equal(old.sie.vouchers.find(({ number }) => number === '2')?.day, '20270630');
  assert.deepEqual(
    fresh.sie.vouchers.map(({ series, number, day: on }) => [series, number, on]),
    [['S', '1', '20270701']],
  );
});

test('a period has its own days and no others, and its name says which', async () => {
  const november = { from: day('2026-11-22'), to: day('2026-11-22') };
  const { file, sie } = await exported(0, november);
  assert.equal(file.name, 'varsam-2026_2027-20261122-20261122.SI');
  assert.equal(sie.vouchers.length, 5);
  await assert.rejects(exported(0, { from: day('2026-08-01'), to: day('2026-08-31') }), (error) =>
    isProblem(error, 'not-found'),
  );
  for (const [from, to] of [
    ['2026-06-30', '2026-08-31'],
    ['2026-08-31', '2027-07-01'],
    ['2026-09-01', '2026-08-31'],
  ] as const) {
    await assert.rejects(exported(0, { from: day(from), to: day(to) }), (error) =>
      isProblem(error, 'bad-input'),
    );
  }
});

test('no name, address or order number is in the file, and nothing was opened to make it', async () => {
  const year = (await listYears(system.db))[0];
  const looks = () =>
    system.db
      .selectFrom('vault.look')
      .select('look_id')
      .where('party', '=', 'bookkeeper')
      .execute();
  const before = await looks();
  const { file } = await exported(0);
  assert.deepEqual(await looks(), before);
  const text = Buffer.from(file.bytes).toString('latin1');
  const orders = await system.db.selectFrom('history.order').select('order_id').execute();
  for (const word of [person.name, 'Maja', 'Lind', person.email, 'Provfilt', 'SETTLED'])
    assert.ok(!text.includes(word), word);
  for (const { order_id } of orders) assert.ok(!text.includes(order_id));
  assert.ok(year && !text.includes(year.owner));
});

test('each file is written down with its days, its size and its hash', async () => {
  // The other files of this test are of the same moment.
  system.now = system.now.add({ seconds: 1 });
  const { year, file } = await exported(0);
  const [newest] = await listExports(keeper.op(), year.owner);
  assert.equal(newest?.sha256, createHash('sha256').update(file.bytes).digest('hex'));
  assert.deepEqual(
    [newest.vouchers, newest.from.toString(), newest.to.toString()],
    [6, '2026-07-01', '2027-06-30'],
  );
});

test('a dispute is noted without rows: it is left out of the file, and cannot be taken back', async () => {
  assert.ok(await bookDispute(system.op('routine', 'payment'), 'SETTLED', 'evt_prov'));
  const dispute = await newestVoucher(system, 'dispute');
  const { file, sie } = await exported(1);
  assert.deepEqual(faultsOf(file.bytes), []);
  assert.ok(sie.vouchers.every(({ series }) => series !== 'D'));
  const wish = { ...dispute, reason: 'Prov av rättelse' };
  await assert.rejects(correctVoucher(keeper.op(), wish), (error) => isProblem(error, 'conflict'));
});

test('nobody but who keeps the books exports', async () => {
  const year = (await listYears(system.db))[0];
  assert.ok(year);
  const period = { from: year.startsOn, to: year.endsOn };
  for (const op of [
    system.op('routine', 'bookkeeping'),
    system.op({ party: 'administrator', owner: keeper.owner }, 'bookkeeping'),
  ]) {
    await assert.rejects(exportSie(op, { year, period, version: '0' }), (error) =>
      isProblem(error, 'not-allowed'),
    );
  }
});
