import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  leave,
  newBookkeeper,
  newColleague,
  newestVoucher,
  payBackAll,
  sellBySwish,
  sellOnSite,
} from '../../test/books.ts';
import { addTestProduct } from '../../test/shop.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import type { Item } from '../history/catalogue/items.ts';
import { readReceipt } from '../history/receipts/receipt.ts';
import type { OwnerId } from '../ids.ts';
import { isProblem } from '../problem.ts';
import { dayAt } from '../text/format.ts';
import { openVoucher, readOpenings, voucherPdf } from './archive.ts';
import type { VoucherPlace } from './book.ts';
import { correctVoucher } from './correct.ts';
import { holdYear } from './hold-year.ts';
import { isReportMissing, newestReport, noteReport } from './storage-reports.ts';
import { entriesOf, findVoucher, listVouchers, referringTo, vouchersAfter } from './vouchers.ts';
import type { ListedVoucher } from './vouchers.ts';
import { listYearStates } from './year-states.ts';

let system: TestSystem;
let owner: OwnerId;
let product: Item;
let keeper: Awaited<ReturnType<typeof newBookkeeper>>;

const reason = 'Momsdeklarationen för november';
const everything = { series: null, from: null, to: null };
const isNotAllowed = (error: unknown) => isProblem(error, 'not-allowed');

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
  product = await addTestProduct(system);
  keeper = await newBookkeeper(system);
});
after(() => system[Symbol.asyncDispose]());

async function openings(): Promise<number> {
  const rows = await system.db.selectFrom('bookkeeping.opening').select('opening_id').execute();
  return rows.length;
}

async function looksOf(year: OwnerId, party: string): Promise<number> {
  const rows = await system.db
    .selectFrom('vault.look')
    .select('look_id')
    .where('owner_id', '=', year)
    .where('party', '=', party)
    .execute();
  return rows.length;
}

async function sale(): Promise<VoucherPlace> {
  await sellBySwish(system, owner, product, 2);
  return newestVoucher(system, 'sale');
}

test('who keeps the books opens a receipt for a reason, byte for byte as it was kept, and as a PDF', async () => {
  const place = await sale();
  const before = await openings();
  const opened = await openVoucher(keeper.op(), { ...place, reason });
  assert.equal(await openings(), before + 1);
  assert.equal(opened.counterparty, person.name);
  assert.equal(opened.bankReference, 'SETTLED');
  assert.equal(opened.totalOre, 25_000);
  assert.ok(opened.receipt);
  assert.deepEqual(readReceipt(opened.receipt.bytes), opened.receipt.document);
  const pdf = await voucherPdf(opened);
  assert.equal(
    Buffer.from(pdf ?? [])
      .subarray(0, 5)
      .toString(),
    '%PDF-',
  );
  assert.equal(await looksOf(place.year, 'bookkeeper'), 1);
});

test('without a reason of five to three hundred characters nothing is opened, and nothing is written', async () => {
  const place = await sale();
  const before = await openings();
  for (const wrong of ['', '    ', 'moms', '\u202e\u0000moms\n', 'm'.repeat(301)]) {
    await assert.rejects(openVoucher(keeper.op(), { ...place, reason: wrong }), (error) =>
      isProblem(error, 'bad-input'),
    );
  }
  assert.equal(await openings(), before);
  await openVoucher(keeper.op(), { ...place, reason: 'momsö' });
  await openVoucher(keeper.op(), { ...place, reason: `  ${'å'.repeat(300)} ` });
  assert.equal(await openings(), before + 2);
});

test('nobody else opens the archive: no other role, no routine, and no customer', async () => {
  const place = await sale();
  const before = await openings();
  const staff = await Promise.all(
    (['support', 'administrator', 'provider'] as const).map(async (party) =>
      system.op({ party, owner: await newColleague(system, party) }, 'bookkeeping'),
    ),
  );
  const others = [
    ...staff,
    system.op('routine', 'bookkeeping'),
    system.op({ party: 'customer', owner }, 'history'),
    // The right person for the wrong purpose.
    system.op({ party: 'bookkeeper', owner: keeper.owner }, 'holds'),
  ];
  for (const op of others) {
    await assert.rejects(openVoucher(op, { ...place, reason }), isNotAllowed);
    await assert.rejects(correctVoucher(op, { ...place, reason }), isNotAllowed);
    await assert.rejects(readOpenings(op, { year: place.year, reason }), isNotAllowed);
    await assert.rejects(holdYear(op, { year: place.year, until: null, reason }), isNotAllowed);
  }
  assert.equal(await openings(), before);
});

test('the opening is committed before the vault is asked, so that none is unwritten', async () => {
  const place = await sale();
  const before = await openings();
  const op = keeper.op();
  const open = op.vault.openFor.bind(op.vault);
  let seen = 0;
  op.vault.openFor = async (...given) => {
    seen = await openings();
    return open(...given);
  };
  try {
    await openVoucher(op, { ...place, reason });
  } finally {
    Reflect.deleteProperty(op.vault, 'openFor');
  }
  assert.equal(seen, before + 1);
});

test('what is not there is not found, and no opening is written for it', async () => {
  const place = await sale();
  const before = await openings();
  const wrong = { ...place, voucherId: owner as never, reason };
  await assert.rejects(openVoucher(keeper.op(), wrong), (error) => isProblem(error, 'not-found'));
  assert.equal(await openings(), before);
});

test('the list of openings says who, what and why, newest first, and reading it is one of them', async () => {
  const place = await sale();
  await openVoucher(keeper.op(), { ...place, reason: 'Fråga från revisorn om köpet' });
  system.now = system.now.add({ minutes: 1 });
  const read = await readOpenings(keeper.op(), { year: place.year, reason: 'Årlig genomgång' });
  assert.deepEqual(
    read.openings
      .slice(0, 2)
      .map(({ reason: why, opened, openedBy }) => [why, opened, openedBy === keeper.owner]),
    [
      ['Årlig genomgång', 'openings', true],
      ['Fråga från revisorn om köpet', place.voucherId, true],
    ],
  );
});

test('vouchers are listed fifty at a time by what is in clear, by series and by days', async () => {
  for (let count = 0; count < 52; count += 1) await sellOnSite(system, owner, product);
  const { year } = await newestVoucher(system, 'sale');
  const op = keeper.op();
  const looks = await looksOf(year, 'bookkeeper');
  const terminal = { ...everything, series: 'T' };
  const first = await listVouchers(op, year, terminal);
  const second = await listVouchers(op, year, terminal, { number: 2, size: 50 });
  assert.equal(first.total, 52);
  assert.deepEqual(
    [...first.vouchers, ...second.vouchers].map(({ number }) => number),
    Array.from({ length: 52 }, (_, index) => index + 1),
  );
  const today = Temporal.PlainDate.from('2026-11-22');
  for (const [from, to, total] of [
    [today, today, 52],
    [today.add({ days: 1 }), null, 0],
    [null, today.subtract({ days: 1 }), 0],
  ] as const) {
    assert.equal((await listVouchers(op, year, { ...terminal, from, to })).total, total);
  }
  assert.equal(await looksOf(year, 'bookkeeper'), looks);
});

test('vouchers that are read one after the other come once each, whatever is booked meanwhile', async () => {
  const { year } = await sale();
  const op = keeper.op();
  const namesOf = (listed: readonly { series: string; number: number }[]) =>
    listed.map(({ series, number }) => `${series}${number}`);
  const { vouchers: before } = await listVouchers(op, year, everything, { number: 1, size: 1000 });
  const read = [];
  let after = null;
  for (;;) {
    const page: ListedVoucher[] = await vouchersAfter(op, year, everything, { after, size: 3 });
    read.push(...page);
    if (page.length < 3) break;
    after = page.at(-1) ?? null;
    // Of the first series there is, so that every later one moves along in the list.
    if (read.length < 12) await sellOnSite(system, owner, product, { way: 'cash' });
  }
  const names = namesOf(read);
  assert.equal(new Set(names).size, names.length);
  const known = new Set(names);
  assert.deepEqual(
    namesOf(before).filter((name) => !known.has(name)),
    [],
  );
});

test('a correction takes back every row, in a series of its own, and each leads to the other', async () => {
  const place = await sale();
  const op = keeper.op();
  const correction = await correctVoucher(op, { ...place, reason: 'Bokfört på fel dag' });
  const [original, corrected] = [await findVoucher(op, place), await findVoucher(op, correction)];
  assert.ok(original && corrected);
  assert.equal(corrected.series, 'X');
  assert.deepEqual(corrected.refers, place);
  assert.deepEqual(await referringTo(op, place), [corrected]);
  const rowsOf = async ({ year, voucherId }: VoucherPlace) =>
    (await entriesOf(op, year, [voucherId])).get(voucherId) ?? [];
  assert.deepEqual(
    (await rowsOf(correction)).map(({ account, amountOre }) => [account, -amountOre]),
    (await rowsOf(place)).map(({ account, amountOre }) => [account, amountOre]),
  );
  const opened = await openVoucher(op, { ...correction, reason });
  assert.equal(opened.madeBy, keeper.owner);
  assert.match(opened.text, /^Rättelse av S\d+-2026: Bokfört på fel dag$/);
  assert.equal(opened.receipt, null);
  assert.equal(opened.counterparty, null);
});

test('nothing is corrected twice, however many press the button; a correction can be taken back itself', async () => {
  const place = await sale();
  const tries = Array.from({ length: 4 }, () => correctVoucher(keeper.op(), { ...place, reason }));
  const outcomes = await Promise.allSettled(tries);
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') assert.ok(isProblem(outcome.reason, 'conflict'));
  }
  const correction = await newestVoucher(system, 'correction');
  await correctVoucher(keeper.op(), { ...correction, reason: 'Det var rätt från början' });
  const { series } = (await listYearStates(keeper.op()))[0] ?? { series: [] };
  assert.ok(series.every(({ isUnbroken }) => isUnbroken));
});

test('who leaves takes the history along, and the archive stays readable for its role alone', async () => {
  const who = { email: 'erik.berg@example.com', name: 'Erik Berg Testsson' };
  const leaver = await system.newCustomer(who);
  const sold = await sellBySwish(system, leaver, product);
  const place = await newestVoucher(system, 'sale');
  await payBackAll(system, sold);
  await leave(system, leaver);
  const rows = await system.db
    .selectFrom('history.payment')
    .select('payment_id')
    .where('owner_id', '=', leaver)
    .execute();
  assert.deepEqual(rows, []);
  const opened = await openVoucher(keeper.op(), { ...place, reason });
  assert.equal(opened.receipt?.document.total_ore, 12_500);
  const support = await newColleague(system, 'support');
  const op = system.op({ party: 'support', owner: support }, 'bookkeeping');
  await assert.rejects(openVoucher(op, { ...place, reason }), isNotAllowed);
});

test('a hold says until when, by whom and why, and can be let go; a day that is over is none', async () => {
  const { year } = await sale();
  const day = Temporal.PlainDate.from('2034-06-30');
  await holdYear(keeper.op(), { year, until: day, reason: 'Skatterevision pågår' });
  const [held] = await listYearStates(keeper.op());
  assert.equal(held?.keptThrough.toString(), '2034-06-30');
  system.now = system.now.add({ minutes: 1 });
  await holdYear(keeper.op(), { year, until: null, reason: 'Revisionen är klar' });
  const [free] = await listYearStates(keeper.op());
  assert.equal(free?.keptThrough.toString(), '2033-12-31');
  const { holds } = await readOpenings(keeper.op(), { year, reason });
  assert.deepEqual(
    holds.map(({ heldUntil, reason: why, madeBy }) => [
      heldUntil?.toString() ?? null,
      why,
      madeBy === keeper.owner,
    ]),
    [
      [null, 'Revisionen är klar', true],
      ['2034-06-30', 'Skatterevision pågår', true],
    ],
  );
  const today = dayAt(system.now);
  for (const until of [today.subtract({ days: 1 }), today.add({ years: 10, days: 1 })]) {
    await assert.rejects(holdYear(keeper.op(), { year, until, reason }), (error) =>
      isProblem(error, 'bad-input'),
    );
  }
  for (const until of [today, today.add({ years: 10 })])
    await holdYear(keeper.op(), { year, until, reason });
  await holdYear(keeper.op(), { year, until: null, reason });
});

test('the place of the books is reported anew at each move, and in Sweden not at all', async () => {
  const op = keeper.op();
  const report = (country: string, day: string) =>
    noteReport(keeper.op(), { country, reportedOn: Temporal.PlainDate.from(day) });
  assert.equal(await isReportMissing(op, null), false);
  assert.equal(await isReportMissing(op, 'SE'), false);
  assert.equal(await isReportMissing(op, 'NL'), true);
  await report('NL', '2026-11-02');
  assert.equal(await isReportMissing(op, 'NL'), false);
  assert.equal(await isReportMissing(op, 'DE'), true);
  await report('DE', '2026-11-20');
  assert.deepEqual(
    [await isReportMissing(op, 'DE'), await isReportMissing(op, 'NL')],
    [false, true],
  );
  assert.equal((await newestReport(op))?.country, 'DE');
});
