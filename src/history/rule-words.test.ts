import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  cancellingInWords,
  cancellingRule,
  comesToCustomer,
  consentsFor,
  mayWithdraw,
  ruledTime,
  whereInWords,
  withdrawalInWords,
} from './rule-words.ts';
import type { RuledLine } from './rule-words.ts';

const now = Temporal.Instant.from('2026-11-22T12:00:00Z');
const rules = {
  durationMinutes: 60,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  stepMinutes: 30,
  leadMinutes: 0,
  horizonDays: 60,
  capacity: 1,
  freeCancelHours: 24,
  lateFeePercent: 50,
};
const inHours = (hours: number) => now.add({ hours });
const line = (change: Partial<RuledLine> = {}): RuledLine => ({
  kind: 'booking',
  fulfilment: 'on-site',
  withdrawal: 'right',
  unitPriceOre: 50_000,
  time: ruledTime(rules, inHours(48)),
  ...change,
});

test('cancelling is free to the very hour, then costs the fee in kronor', () => {
  assert.match(
    cancellingInWords(line(), 'sv', now) ?? '',
    /utan kostnad till och med måndag 23 november 2026 kl\.\s13\.00\. Därefter kostar det 250\skr/,
  );
  const late = line({ time: ruledTime(rules, inHours(24)) });
  assert.match(cancellingInWords(late, 'en', now) ?? '', /passed already.*SEK\s250/);
  const justInTime = line({ time: ruledTime(rules, inHours(24).add({ seconds: 1 })) });
  assert.match(cancellingInWords(justInTime, 'en', now) ?? '', /up to and including/);
});

test('cancelling without a fee is free until the time begins, and what is not booked has no such rule', () => {
  const free = { ...rules, lateFeePercent: 0 };
  assert.match(
    cancellingInWords(line({ time: ruledTime(free, inHours(1)) }), 'sv', now) ?? '',
    /ända till tiden börjar/,
  );
  assert.equal(cancellingInWords(line({ time: null }), 'sv', now), null);
  assert.match(
    cancellingRule(rules, 50_000, 'sv'),
    /till 24 timmar före\. Därefter kostar det 250/,
  );
  assert.match(cancellingRule({ ...rules, freeCancelHours: 1 }, 50_000, 'sv'), /en timme före/);
  assert.match(cancellingRule(free, 50_000, 'en'), /until the time begins/);
});

test('a service within fourteen days needs an agreement, the day after that does not', () => {
  const at = (hours: number) => [line({ time: ruledTime(rules, inHours(hours)) })];
  assert.deepEqual(consentsFor(at(14 * 24), now), ['early']);
  assert.deepEqual(consentsFor(at(14 * 24 + 1), now), []);
  assert.deepEqual(consentsFor([line({ withdrawal: 'date-bound' })], now), []);
});

test('digital content, and a service whose right ends when it is done, need one agreement each', () => {
  const lines = (['digital', 'performed-service', 'digital', 'custom-made'] as const).map(
    (withdrawal) => line({ withdrawal, time: null }),
  );
  assert.deepEqual(consentsFor(lines, now), ['digital', 'performed-service']);
  assert.deepEqual(consentsFor([], now), []);
});

test('each ground on which there is no right of withdrawal is told in its own words', () => {
  const grounds = ['custom-made', 'perishable', 'sealed', 'digital', 'performed-service'] as const;
  for (const language of ['sv', 'en'] as const) {
    const words = [...grounds, 'date-bound' as const, 'right' as const].map((withdrawal) =>
      withdrawalInWords({ withdrawal, kind: 'product' }, language),
    );
    assert.equal(new Set(words).size, words.length);
  }
  assert.match(withdrawalInWords({ withdrawal: 'right', kind: 'product' }, 'sv'), /fick varan/);
  assert.match(withdrawalInWords({ withdrawal: 'right', kind: 'service' }, 'sv'), /beställde/);
});

test('only where something can be withdrawn from is it told how', () => {
  const never = (['custom-made', 'perishable', 'date-bound'] as const).map((withdrawal) =>
    line({ withdrawal }),
  );
  assert.equal(mayWithdraw(never), false);
  assert.equal(mayWithdraw([...never, line({ withdrawal: 'sealed' })]), true);
});

test('where it is done is told for each way, and what is digital goes to no address', () => {
  const ways = ['shipped', 'pick-up', 'on-site', 'at-customer'] as const;
  const words = ways.map((fulfilment) => whereInWords(line({ fulfilment }), 'sv'));
  assert.equal(new Set(words).size, ways.length);
  assert.equal(whereInWords(line({ fulfilment: null }), 'sv'), null);
  assert.match(
    whereInWords({ fulfilment: 'shipped', withdrawal: 'digital' }, 'sv') ?? '',
    /digitalt/,
  );
  const comes = ways.filter((fulfilment) => comesToCustomer({ fulfilment, withdrawal: 'right' }));
  assert.deepEqual(comes, ['shipped', 'at-customer']);
  assert.equal(comesToCustomer({ fulfilment: 'shipped', withdrawal: 'digital' }), false);
});
