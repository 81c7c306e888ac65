import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { inTransaction } from '../operation.ts';
import { bookVoucher, nextNumber, seriesOf } from './book.ts';
import type { Series } from './book.ts';
import { isUnbroken, seriesStates } from './year-states.ts';
import { openYear, yearOfToday } from './years.ts';
import type { BookYear } from './years.ts';

let system: TestSystem;
let years: BookYear[];

before(async () => {
  system = await testSystem();
  const op = system.op('routine', 'payment');
  const first = await yearOfToday(op);
  await openYear(op, {
    startsOn: Temporal.PlainDate.from('2027-01-01'),
    endsOn: Temporal.PlainDate.from('2027-12-31'),
  });
  const { owner_id } = await system.db
    .selectFrom('bookkeeping.fiscal_year')
    .select('owner_id')
    .where('owner_id', '<>', first.owner)
    .executeTakeFirstOrThrow();
  const next = { owner: owner_id, startsOn: first.endsOn.add({ days: 1 }) };
  years = [first, { ...next, endsOn: Temporal.PlainDate.from('2027-12-31') }];
});
after(() => system[Symbol.asyncDispose]());

type Booking = {
  readonly year: 0 | 1;
  readonly series: Series;
  /** When its transaction is given up: before a number is taken, after it, or after all is booked. */
  readonly fails: 'never' | 'before' | 'numbered' | 'booked';
};

const givenUp = new Error('given up');

/** One sale of 1 krona, as far as it comes. */
async function book({ year: index, series, fails }: Booking): Promise<number | null> {
  const year = years[index] as BookYear;
  const giveUp = (at: Booking['fails']) => {
    if (fails === at) throw givenUp;
  };
  try {
    return await inTransaction(system.op('routine', 'payment'), async (write) => {
      await write.vault.sealFor(write, year.owner);
      giveUp('before');
      const number = await nextNumber(write, year, series);
      giveUp('numbered');
      await bookVoucher(write, {
        year,
        series,
        number,
        kind: 'sale',
        way: null,
        totalOre: 100,
        entries: [
          { account: '1910', amountOre: 100 },
          { account: '3004', amountOre: -100 },
        ],
        refers: null,
        personal: {
          number: 'PROV-0001',
          counterparty: null,
          text: 'Prov',
          receipt: null,
          bank_reference: null,
          made_by: null,
        },
      });
      giveUp('booked');
      return number;
    });
  } catch (error) {
    if (error === givenUp) return null;
    throw error;
  }
}

const anyBooking: fc.Arbitrary<Booking> = fc.record({
  year: fc.constantFrom(0, 1),
  series: fc.constantFrom(seriesOf.swish, seriesOf.card, seriesOf.refund),
  fails: fc.oneof(
    { weight: 3, arbitrary: fc.constant('never' as const) },
    { weight: 2, arbitrary: fc.constantFrom('before' as const, 'numbered', 'booked') },
  ),
});

test('however many book at once and whoever gives up, numbers have no gap and no repeat', async () => {
  const given = new Map<string, number[]>();
  await fc.assert(
    fc.asyncProperty(fc.array(anyBooking, { minLength: 2, maxLength: 20 }), async (bookings) => {
      const numbers = await Promise.all(bookings.map(book));
      for (const [index, number] of numbers.entries()) {
        const { year, series } = bookings[index] as Booking;
        const known = given.get(`${year} ${series}`) ?? [];
        if (number !== null) given.set(`${year} ${series}`, [...known, number]);
      }
      for (const [name, all] of given) {
        const expected = Array.from({ length: all.length }, (_, index) => index + 1);
        assert.deepEqual(
          all.toSorted((one, other) => one - other),
          expected,
          name,
        );
      }
      for (const state of await seriesStates(system.op('routine', 'proof'))) {
        assert.ok(isUnbroken(state), state.series);
      }
    }),
    { numRuns: 40 },
  );
  assert.ok([...given.values()].flat().length > 50);
});

test('a voucher that is gone, a number that was skipped and a series without vouchers are seen', () => {
  const whole = { first: 1, last: 3, count: 3, last_number: 3 };
  assert.ok(isUnbroken(whole));
  for (const wrong of [
    { ...whole, count: 2 },
    { ...whole, first: 2, count: 2 },
    { ...whole, last: 2, count: 2 },
    { ...whole, last_number: 4 },
    { first: null, last: null, count: 0, last_number: 1 },
  ])
    assert.ok(!isUnbroken(wrong));
});
