import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BookingState, Withdrawal } from '../database/records-history.ts';
import { newOwnerId, newRowId } from '../ids.ts';
import { noAnswers } from './answers.ts';
import type { Order, OrderLine } from './orders.ts';
import { optionsOf } from './take-back.ts';
import type { WholeOrder } from './whole-order.ts';
import { whyNotWithdraw } from './why-not.ts';

const at = (text: string) =>
  Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Stockholm').toInstant();

function paidOrder(of: {
  readonly withdrawal: Withdrawal;
  readonly performedAt: Temporal.Instant | null;
  readonly kind?: OrderLine['kind'];
}): WholeOrder {
  const placedAt = at('2026-05-20T10:00');
  const orderId = newRowId(placedAt);
  const order: Order = {
    orderId,
    number: 'AAAA-BBBB',
    placedAt,
    state: of.performedAt === null ? 'placed' : 'performed',
    totalOre: 10_000,
    vatOre: 2_000,
    payWay: 'swish',
    payBy: null,
    performedAt: of.performedAt,
    termsId: null,
    delivery: {
      recipient_name: '',
      phone: null,
      street: null,
      postal_code: null,
      town: null,
      message: null,
    },
  };
  const line: OrderLine = {
    lineId: newRowId(placedAt),
    kind: of.kind ?? 'product',
    item: null,
    description: 'Provfilt',
    quantity: 1,
    unitPriceOre: 10_000,
    vatPercent: 25,
    withdrawal: of.withdrawal,
    answers: noAnswers,
  };
  const payment = {
    owner: newOwnerId(),
    paymentId: newRowId(placedAt),
    orderId,
    way: 'swish',
    state: 'paid',
    amountOre: 10_000,
    createdAt: placedAt,
    settledAt: placedAt,
    asked: 0,
  } as const;
  return { order, lines: [line], bookings: [], payments: [payment], reversals: [], receipts: [] };
}

/** An hour that was booked and paid, of a service that can be withdrawn from until it is performed. */
function bookedOrder(startsAt: Temporal.Instant, state: BookingState): WholeOrder {
  const whole = paidOrder({ withdrawal: 'performed-service', performedAt: null, kind: 'booking' });
  const [line] = whole.lines;
  assert.ok(line);
  const booking = {
    owner: newOwnerId(),
    bookingId: newRowId(startsAt),
    orderId: whole.order.orderId,
    lineId: line.lineId,
    itemId: null,
    state,
    startsAt,
    endsAt: startsAt.add({ hours: 1 }),
    freeCancelUntil: startsAt.subtract({ hours: 24 }),
    lateFeePercent: 0,
    moves: 0,
    beginAskedAt: null,
  };
  return { ...whole, bookings: [booking] };
}

/** The last day on which it can be withdrawn, and that it is over at its end. */
function lastDay(performed: string): string {
  const whole = paidOrder({ withdrawal: 'right', performedAt: at(`${performed}T15:00`) });
  const until = optionsOf(whole, at(`${performed}T15:01`))[0]?.withdraw?.until;
  assert.ok(until);
  const before = optionsOf(whole, until.subtract({ seconds: 1 }))[0];
  assert.ok(before?.withdraw);
  assert.equal(optionsOf(whole, until)[0]?.withdraw, null);
  return until
    .subtract({ seconds: 1 })
    .toZonedDateTimeISO('Europe/Stockholm')
    .toPlainDate()
    .toString();
}

test('the fourteen days end with a whole day, and never on a day off', () => {
  const days: [had: string, last: string, why: string][] = [
    ['2026-05-20', '2026-06-03', 'a Wednesday'],
    ['2026-05-23', '2026-06-08', 'Saturday and National Day, then a Sunday'],
    ['2026-06-05', '2026-06-22', 'Midsummer Eve, Midsummer, a Sunday'],
    ['2026-12-10', '2026-12-28', 'Christmas Eve to a Sunday'],
    ['2026-12-17', '2027-01-04', 'New Year’s Eve over New Year to a Sunday'],
    ['2026-03-15', '2026-03-30', 'the night in which the clocks go forward'],
    ['2026-04-20', '2026-05-04', 'a Monday'],
  ];
  for (const [had, last, why] of days) assert.equal(lastDay(had), last, why);
});

test('each ground of the law ends the right when the law says so, and not before', () => {
  const had = at('2026-05-20T15:00');
  const now = at('2026-05-21T10:00');
  const cases: [Withdrawal, boolean, ReturnType<typeof whyNotWithdraw>][] = [
    ['right', true, null],
    ['right', false, null],
    ['sealed', true, null],
    ['digital', false, null],
    ['digital', true, 'delivered'],
    ['performed-service', false, null],
    ['performed-service', true, 'performed'],
    ['custom-made', false, 'custom-made'],
    ['perishable', true, 'perishable'],
    ['date-bound', false, 'date-bound'],
  ];
  for (const [withdrawal, isPerformed, why] of cases) {
    const whole = paidOrder({ withdrawal, performedAt: isPerformed ? had : null });
    const [options] = optionsOf(whole, now);
    assert.ok(options);
    assert.equal(whyNotWithdraw(whole, options), why, `${withdrawal} ${isPerformed}`);
  }
  const late = paidOrder({ withdrawal: 'sealed', performedAt: had });
  const [options] = optionsOf(late, at('2026-07-01T10:00'));
  assert.equal(options && whyNotWithdraw(late, options), 'too-late');
});

test('a time that is over is not withdrawn from, and of one that is going on the part that was had is paid for', () => {
  const startsAt = at('2026-05-21T10:00');
  const minute = (minutes: number) => startsAt.add({ minutes });
  const refundAt = (now: Temporal.Instant, state: BookingState = 'booked') => {
    const whole = bookedOrder(startsAt, state);
    const withdraw = optionsOf(whole, now)[0]?.withdraw ?? null;
    return withdraw && [withdraw.refundOre, withdraw.feeOre];
  };
  assert.deepEqual(refundAt(minute(-1)), [10_000, 0]);
  assert.deepEqual(refundAt(minute(14)), [10_000, 0], 'whole quarters of an hour count');
  assert.deepEqual(refundAt(minute(15)), [7_500, 2_500]);
  assert.deepEqual(refundAt(minute(59)), [2_500, 7_500]);
  assert.equal(refundAt(minute(60)), null);
  assert.equal(refundAt(minute(30), 'performed'), null);
  assert.equal(refundAt(minute(30), 'no-show'), null);
  const whole = bookedOrder(startsAt, 'booked');
  const [options] = optionsOf(whole, minute(60));
  assert.equal(options && whyNotWithdraw(whole, options), 'performed');
});

test('who did not ask for it to begin early pays nothing for the part that was had', () => {
  const startsAt = at('2026-05-21T10:00');
  const feeOf = (withdrawal: Withdrawal, beginAskedAt: Temporal.Instant | null) => {
    const whole = bookedOrder(startsAt, 'booked');
    const lines = whole.lines.map((line) => ({ ...line, withdrawal }));
    const bookings = whole.bookings.map((booking) => ({ ...booking, beginAskedAt }));
    return optionsOf({ ...whole, lines, bookings }, startsAt.add({ minutes: 30 }))[0]?.withdraw
      ?.feeOre;
  };
  assert.equal(feeOf('performed-service', null), 5_000, 'what is asked for with the order itself');
  assert.equal(feeOf('right', startsAt), 5_000);
  assert.equal(feeOf('right', null), 0, 'its time was set afterwards, or by the company');
});
