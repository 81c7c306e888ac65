// P18 broken on purpose: numbers, rows, keys, references, openings, money, time and place.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openVoucher } from '../src/bookkeeping/archive.ts';
import { bookVoucher, nextNumber } from '../src/bookkeeping/book.ts';
import { correctVoucher } from '../src/bookkeeping/correct.ts';
import { holdYear } from '../src/bookkeeping/hold-year.ts';
import { opening, yearHold } from '../src/bookkeeping/holdings.ts';
import { noteReport } from '../src/bookkeeping/storage-reports.ts';
import { yearOfToday } from '../src/bookkeeping/years.ts';
import { newOwnerId, newRowId } from '../src/ids.ts';
import { inTransaction } from '../src/operation.ts';
import { booksAreKeptApart } from '../src/routines/proof/books.ts';
import { checks } from '../src/routines/proof/prove.ts';
import {
  newBookkeeper,
  newestVoucher,
  payBackAll,
  sellBySwish,
  sellOnSite,
  settleRefunds,
} from './books.ts';
import { proofParts } from './proof-parts.ts';
import { addTestProduct } from './shop.ts';
import { assertSeen, usedCompany } from './used-company.ts';
import type { Sabotage, UsedCompany } from './used-company.ts';

let used: UsedCompany;

before(async () => {
  used = await usedCompany();
  const { system, maja, erik } = used;
  const item = await addTestProduct(system);
  const keeper = await newBookkeeper(system);
  await sellBySwish(system, maja, item, 2);
  await payBackAll(system, await sellBySwish(system, erik, item));
  await sellOnSite(system, maja, item, { way: 'cash' });
  await payBackAll(system, await sellOnSite(system, erik, item));
  await settleRefunds(system);
  const wrong = await newestVoucher(system, 'sale');
  await correctVoucher(keeper.op(), { ...wrong, reason: 'Prov av rättelse' });
  await openVoucher(keeper.op(), { ...wrong, reason: 'Prov av öppning' });
  const until = Temporal.PlainDate.from('2035-06-30');
  await holdYear(keeper.op(), { year: wrong.year, until, reason: 'Prov av bevarande' });
});
after(() => used[Symbol.asyncDispose]());

const books = ['bookkeeping.voucher', 'bookkeeping.entry', 'bookkeeping.series'];
const anyPaid = `select payment_id from history.payment where state = 'paid' order by 1 limit 1`;
const aSale = `select voucher_id from bookkeeping.voucher where kind = 'sale' order by 1 limit 1`;

const sabotages: readonly Sabotage[] = [
  {
    how: 'a voucher is removed',
    tables: books,
    sql: `delete from bookkeeping.entry where voucher_id = (${aSale});
          delete from bookkeeping.voucher where voucher_id = (${aSale})`,
    says: /bookkeeping\.series .*: not unbroken/,
  },
  {
    how: 'a number is given out and never used',
    tables: books,
    sql: `update bookkeeping.series set last_number = last_number + 1 where series = 'S'`,
    says: /bookkeeping\.series \S+ S: not unbroken/,
  },
  {
    how: 'a series is forgotten',
    tables: books,
    sql: `delete from bookkeeping.series where series = 'S'`,
    says: /bookkeeping\.series \S+ S: missing/,
  },
  {
    how: 'an amount is changed',
    tables: books,
    sql: `update bookkeeping.entry set amount_ore = amount_ore + 1
          where voucher_id = (${aSale}) and row_number = 1`,
    says: /bookkeeping\.voucher .*: does not balance/,
  },
  {
    how: 'both sides are changed',
    tables: books,
    sql: `update bookkeeping.entry set amount_ore = amount_ore + sign(amount_ore)::int
          where voucher_id = (${aSale}) and row_number <= 2`,
    says: /bookkeeping\.voucher .*: its rows are not its amount/,
  },
  {
    how: 'a sale is moved to another year by its day',
    tables: books,
    sql: `update bookkeeping.voucher set event_on = '2027-01-01' where voucher_id = (${aSale})`,
    says: /bookkeeping\.voucher .*: outside its year/,
  },
  {
    how: 'a correction is bent to another account',
    tables: books,
    sql: `update bookkeeping.entry e set account = '3999' from bookkeeping.voucher v
          where v.voucher_id = e.voucher_id and v.kind = 'correction' and e.row_number = 1`,
    says: /bookkeeping\.voucher .*: corrects something else/,
  },
  {
    how: 'something is corrected twice',
    tables: books,
    sql: `insert into bookkeeping.voucher
          select owner_id, gen_random_uuid(), series, number + 1, kind, way, event_on, compiled_at,
            total_ore, refers_year, refers_id, reference_hash, sealed
          from bookkeeping.voucher where kind = 'correction'`,
    says: /bookkeeping\.voucher .*: corrected twice/,
  },
  {
    how: 'two sealed values change places',
    tables: books,
    sql: `update bookkeeping.voucher v set sealed = o.sealed from bookkeeping.voucher o
          where v.kind = 'sale' and o.kind = 'refund'`,
    says: /bookkeeping\.voucher .*: does not open under the key of its year/,
  },
  {
    how: 'a voucher refers to a customer',
    tables: books,
    sql: ({ maja }) =>
      `update bookkeeping.voucher set refers_year = '${maja}' where kind = 'correction'`,
    says: /bookkeeping\.voucher\.refers_year: 1 refer to somebody/,
  },
  {
    how: 'a voucher refers to what never was',
    tables: books,
    sql: `update bookkeeping.voucher set refers_year = gen_random_uuid() where kind = 'correction'`,
    says: /bookkeeping\.voucher .*: refers to no year of the books/,
  },
  {
    how: 'a refund refers to what never was',
    tables: ['bookkeeping.refund'],
    sql: `update bookkeeping.refund set refund_year = gen_random_uuid()`,
    says: /bookkeeping\.refund .*: refers to no year of the books/,
  },
  {
    how: 'a customer is passed off as an ended year',
    tables: ['bookkeeping.ended_year'],
    sql: ({ maja }) =>
      `insert into bookkeeping.ended_year values ('${maja}', '2010-01-01', '2010-12-31', now())`,
    says: /ended_year .*: there is no fence[^]*history\.order\.owner_id/,
  },
  {
    how: 'an administrator has looked into the archive',
    tables: ['vault.look'],
    sql: `insert into vault.look (owner_id, look_id, looked_at, party, purpose, category, sealed)
          select owner_id, gen_random_uuid(), looked_at, 'administrator', 'bookkeeping', category, sealed
          from vault.look where party = 'bookkeeper'`,
    says: /vault\.look .*: not by who keeps the books/,
  },
  {
    how: 'who keeps the books has looked for another purpose',
    tables: ['vault.look'],
    sql: `update vault.look set purpose = 'holds' where party = 'bookkeeper'`,
    says: /vault\.look .*: without a reason/,
  },
  {
    how: 'an opening is removed',
    tables: ['bookkeeping.opening'],
    sql: `delete from bookkeeping.opening`,
    says: /vault\.look .*: without a reason/,
  },
  {
    how: 'an opening is spoiled',
    tables: ['bookkeeping.opening'],
    sql: `update bookkeeping.opening set sealed = set_byte(sealed, 40, 255 - get_byte(sealed, 40))`,
    says: /bookkeeping\.opening .*: does not open/,
  },
  {
    how: 'looks that are gone by their own time are no fault',
    tables: ['vault.look'],
    sql: `delete from vault.look where party = 'bookkeeper'`,
    says: null,
  },
  {
    how: 'a payment is worth more than its sale',
    tables: ['history.payment'],
    sql: `update history.payment set amount_ore = amount_ore + 1 where payment_id = (${anyPaid})`,
    says: /history\.payment .*: is not its sale in the books/,
  },
  {
    how: 'a payment was never booked',
    tables: ['history.payment'],
    sql: `update history.payment set voucher_year = null, voucher_id = null
          where payment_id = (${anyPaid})`,
    says: /history\.payment .*: is not its sale in the books/,
  },
  {
    how: 'a payment that failed was booked',
    tables: ['history.payment'],
    sql: `update history.payment set state = 'failed' where payment_id = (${anyPaid})`,
    says: /history\.payment .*: is not its sale in the books/,
  },
  {
    how: 'a payment came on another day than was booked',
    tables: ['history.payment'],
    sql: `update history.payment set settled_at = settled_at - interval '1 day'
          where payment_id = (${anyPaid})`,
    says: /history\.payment .*: is not its sale in the books/,
  },
  {
    how: 'one sale stands for two payments',
    tables: ['history.payment'],
    sql: `insert into history.payment
          select owner_id, gen_random_uuid(), order_id, way, state, amount_ore, created_at, settled_at, ask_at,
            asked, asked_at, voucher_year, voucher_id, sealed
          from history.payment where payment_id = (${anyPaid})`,
    says: /history\.payment .*: shares its sale with another/,
  },
  {
    how: 'a sale whose order was removed by its customer is no fault',
    tables: ['history.order', 'history.payment'],
    sql: `delete from history.order
          where order_id = (select order_id from history.payment where payment_id = (${anyPaid}));
          delete from history.payment where payment_id = (${anyPaid})`,
    says: null,
  },
  {
    how: 'a reversal is worth another sum than its refund',
    tables: ['history.reversal'],
    sql: `update history.reversal set amount_ore = amount_ore - 1 where refund_id is not null`,
    says: /history\.reversal .*: is not its refund in the books/,
  },
  {
    how: 'something was taken back and never paid back',
    tables: ['history.reversal'],
    sql: `update history.reversal set refund_id = null where amount_ore > 0`,
    says: /history\.reversal .*: is not its refund in the books/,
  },
  {
    how: 'two reversals are paid back by one refund',
    tables: ['history.reversal'],
    sql: `update history.reversal set refund_id = (select refund_id from bookkeeping.refund order by 1 limit 1)
          where refund_id is not null`,
    says: /history\.reversal .*: shares its refund with another/,
  },
  {
    how: 'a payment came by another way than was booked',
    tables: ['history.payment'],
    sql: `update history.payment set way = 'card' where payment_id = (${anyPaid})`,
    says: /history\.payment .*: is not its sale in the books/,
  },
  {
    how: 'a reversal that waits for goods is paid back already',
    tables: ['history.reversal'],
    sql: `update history.reversal set state = 'awaiting-goods' where refund_id is not null`,
    says: /history\.reversal .*: is not its refund in the books/,
  },
  {
    how: 'a refund has another sum than its voucher',
    tables: ['bookkeeping.refund'],
    sql: `update bookkeeping.refund set amount_ore = amount_ore - 1`,
    says: /bookkeeping\.refund .*: is not its voucher/,
  },
  {
    how: 'a refund of one sale is booked as that of another',
    tables: ['bookkeeping.refund'],
    sql: `update bookkeeping.refund r set voucher_id = v.voucher_id
          from bookkeeping.voucher v where v.series = 'C'`,
    says: /bookkeeping\.refund .*: is not its voucher/,
  },
  {
    how: 'money that was booked as paid back is not on its way',
    tables: ['bookkeeping.refund'],
    sql: `delete from bookkeeping.refund`,
    says: /bookkeeping\.voucher .*: pays back, and no money is on its way/,
  },
  {
    how: 'more is paid back than was sold',
    tables: ['bookkeeping.refund'],
    sql: `update bookkeeping.refund set amount_ore = 12501`,
    says: /bookkeeping\.voucher .*: more was paid back than was sold/,
  },
  {
    how: 'a year is kept longer than the law says',
    tables: ['bookkeeping.fiscal_year'],
    sql: `update bookkeeping.fiscal_year
          set starts_on = '2018-01-01', ends_on = '2018-12-31', held_until = null`,
    says: /bookkeeping\.fiscal_year .*: its time is over/,
  },
  {
    how: 'a year that is under audit is kept longer than the law says, and rightly so',
    tables: ['bookkeeping.fiscal_year', 'bookkeeping.voucher'],
    sql: `update bookkeeping.fiscal_year set starts_on = '2018-01-01', ends_on = '2018-12-31';
          update bookkeeping.voucher set event_on = '2018-11-22'`,
    says: /^(?![^]*its time is over)[^]*is not its sale/,
  },
];

test('P18 is checked by this, and kept after real use', async () => {
  assert.equal(checks.P18, booksAreKeptApart);
  const finding = await used.prove('P18');
  assert.equal(finding.status, 'kept', finding.found.join('\n'));
  assert.ok(finding.looked_at > 20);
});

for (const sabotage of sabotages) {
  test(`P18: ${sabotage.how}`, () => assertSeen(used, 'P18', sabotage));
}

test('P18 asks for the report of where the books are, for the country of now', async () => {
  const status = async (recordsCountry: string | null) =>
    (await used.prove('P18', { recordsCountry })).found.join('\n');
  assert.equal(await status(null), '');
  assert.equal(await status('SE'), '');
  const missing = /bookkeeping\.storage_report: the country of the records is missing/;
  assert.match(await status('NL'), missing);
  const reportedOn = Temporal.PlainDate.from('2026-11-20');
  await noteReport(used.system.op('routine', 'bookkeeping'), { country: 'NL', reportedOn });
  assert.equal(await status('NL'), '');
  assert.match(await status('DE'), missing);
});

test('P18: the key of somebody else opens what is in the books', async () => {
  const op = used.system.op('routine', 'proof');
  const authenticates = op.vault.authenticates.bind(op.vault);
  op.vault.authenticates = () => Promise.resolve(true);
  try {
    const { found } = await booksAreKeptApart(op, proofParts(used.system));
    assert.match(found.join('\n'), /bookkeeping\.voucher .*: opens under another key/);
  } finally {
    op.vault.authenticates = authenticates;
  }
});

test('P18: what is sealed names a customer, or somebody who does not work here', async () => {
  const { system, maja } = used;
  const op = system.op('routine', 'payment');
  const year = await yearOfToday(op);
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, year.owner);
    const hold_id = newRowId(op.now);
    const sealed = sealer.seal(yearHold, hold_id, { reason: 'Prov', made_by: maja });
    const held = { owner_id: year.owner, hold_id, held_at: op.now, held_until: null, sealed };
    await write.db.insertInto('bookkeeping.year_hold').values(held).execute();
    for (const [reason, opened_by, text] of [
      ['kort', maja, null],
      ['Prov av öppning', maja, null],
      ['Prov av öppning', newOwnerId(), newRowId(op.now)],
      ['Prov av öppning', newOwnerId(), 'något annat'],
    ] as const) {
      const opening_id = newRowId(op.now);
      const sealed = sealer.seal(opening, opening_id, { reason, opened_by, text });
      const opened = { owner_id: year.owner, opening_id, opened_at: op.now, sealed };
      await write.db.insertInto('bookkeeping.opening').values(opened).execute();
    }
    await bookVoucher(write, {
      year,
      series: 'D',
      number: await nextNumber(write, year, 'D'),
      kind: 'dispute',
      way: 'card',
      totalOre: 100,
      entries: [
        { account: '1580', amountOre: 100 },
        { account: '3001', amountOre: -100 },
      ],
      refers: null,
      personal: {
        number: 'PROV-0001',
        counterparty: null,
        text: `kund ${maja}`,
        receipt: null,
        bank_reference: null,
        made_by: maja,
      },
    });
  });
  const said = (await used.prove('P18')).found.join('\n');
  for (const sentence of [
    /bookkeeping\.voucher .*: names an owner/,
    /bookkeeping\.voucher .*: was booked by no member of staff/,
    /bookkeeping\.year_hold .*: was decided by no member of staff/,
    /bookkeeping\.opening .*: without a reason/,
    /bookkeeping\.opening .*: by nobody of the staff/,
    /bookkeeping\.opening .*: of no voucher of its year/,
  ])
    assert.match(said, sentence);
  assert.equal(said.split(': of no voucher of its year').length - 1, 2);
});
