import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { newRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import {
  basketTextMax,
  entriesMax,
  isWholeMinute,
  keyOf,
  readBasketText,
  writeBasketText,
} from './basket-cookie.ts';
import type { BasketEntry } from './basket-cookie.ts';

const now = Temporal.Instant.from('2026-11-22T12:00:00Z');
const anId: fc.Arbitrary<RowId> = fc.noShrink(fc.nat(10_000).map(() => newRowId(now)));
const entry: fc.Arbitrary<BasketEntry> = fc.record({
  itemId: anId,
  variantId: fc.option(anId),
  quantity: fc.integer({ min: 1, max: 99 }),
  startsAt: fc.option(
    fc
      .integer({ min: 1, max: 66_666_666 })
      .map((minutes) => Temporal.Instant.fromEpochMilliseconds(minutes * 60_000)),
  ),
  seenOre: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
});
const basket = fc.array(entry, { minLength: 1, maxLength: entriesMax });

const plain = (entries: readonly BasketEntry[]) =>
  entries.map(({ itemId, variantId, quantity, startsAt, seenOre }) =>
    [itemId, variantId, quantity, startsAt, seenOre].map(String).join(' '),
  );

test('a basket comes back from its cookie as it was put there', () => {
  fc.assert(
    fc.property(basket, (entries) => {
      const read = readBasketText(writeBasketText(entries));
      assert.equal(read.broken, 0);
      assert.deepEqual(plain(read.entries), plain(entries));
    }),
  );
});

test('a full basket is far smaller than what browsers keep of a cookie, and needs no escaping', () => {
  const full = Array.from({ length: entriesMax }, () => ({
    itemId: newRowId(now),
    variantId: newRowId(now),
    quantity: 99,
    startsAt: Temporal.Instant.fromEpochMilliseconds(66_666_666 * 60_000),
    seenOre: 2 ** 31 - 1,
  }));
  const text = writeBasketText(full);
  assert.ok(text.length < basketTextMax / 2, `${text.length} characters`);
  assert.equal(encodeURIComponent(text), text);
});

test('no text whatever makes it throw, and what it reads is within its limits', () => {
  const like = fc
    .array(fc.constantFrom('1', '~', '.', '-', 'A', '0', '99', '~1.', '..', '\u0000', 'å', '%7E'))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), like), (text) => {
      const { entries } = readBasketText(text);
      assert.ok(entries.length <= entriesMax);
      for (const { quantity, seenOre } of entries)
        assert.ok(quantity >= 1 && quantity <= 99 && seenOre >= 0);
    }),
    { numRuns: 1_000 },
  );
});

test('a basket that was changed on the way loses the rows that are broken, and keeps the others', () => {
  const change = fc.record({
    entries: basket,
    at: fc.nat(),
    to: fc.constantFrom('~', '.', '!', ' ', '\u0000', 'å', '-'),
  });
  fc.assert(
    fc.property(change, ({ entries, at, to }) => {
      const text = writeBasketText(entries);
      const place = 2 + (at % (text.length - 2));
      const read = readBasketText(text.slice(0, place) + to + text.slice(place + 1));
      const kept = new Set(plain(entries));
      const whole = plain(read.entries).filter((one) => kept.has(one));
      assert.ok(whole.length >= entries.length - 2);
    }),
  );
});

test('the twenty-first row, a row that comes twice, another format and a text that is too long are not read', () => {
  const one = (): BasketEntry => ({
    itemId: newRowId(now),
    variantId: null,
    quantity: 1,
    startsAt: null,
    seenOre: 100,
  });
  const many = Array.from({ length: entriesMax + 1 }, one);
  const read = readBasketText(writeBasketText(many));
  assert.deepEqual([read.entries.length, read.broken], [entriesMax, 1]);
  const first = many[0] as BasketEntry;
  const twice = readBasketText(writeBasketText([first, { ...first, quantity: 3 }]));
  assert.deepEqual([twice.entries.length, twice.entries[0]?.quantity, twice.broken], [1, 1, 1]);
  assert.equal(readBasketText(writeBasketText([first]).replace('1~', '2~')).broken, 1);
  const long = readBasketText(`${writeBasketText([first])}${'~x'.repeat(basketTextMax)}`);
  assert.deepEqual(long, { entries: [], broken: 1 });
  for (const nothing of [null, '']) assert.equal(readBasketText(nothing).broken, 0);
});

test('the same item at another time or in another variant is another row', () => {
  const base = { itemId: newRowId(now), variantId: null, quantity: 1, startsAt: null, seenOre: 1 };
  const variants = [
    base,
    { ...base, variantId: newRowId(now) },
    { ...base, startsAt: now },
    { ...base, startsAt: now.add({ minutes: 1 }) },
  ];
  assert.equal(new Set(variants.map(keyOf)).size, variants.length);
  assert.equal(keyOf(base), keyOf({ ...base, quantity: 5, seenOre: 7 }));
  for (const key of variants.map(keyOf)) assert.match(key, /^[\w-]+$/);
});

test('only whole minutes fit into a basket', () => {
  assert.ok(isWholeMinute(now));
  for (const odd of [now.add({ seconds: 1 }), Temporal.Instant.fromEpochMilliseconds(0)])
    assert.ok(!isWholeMinute(odd));
});
