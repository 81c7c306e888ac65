import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { figureStep, isSafe, publishGroup, sumStepOre } from './roll-up-rules.ts';
import type { Contribution } from './roll-up-rules.ts';

const cells = ['product', 'service', 'booking', 'unnamed'] as const;

const contribution = fc.record({
  contributor: fc.integer({ min: 1, max: 14 }).map(String),
  cell: fc.constantFrom(...cells),
  figure: fc.integer({ min: 1, max: 40 }),
  sumOre: fc.integer({ min: 0, max: 5_000_000 }),
  vatOre: fc.integer({ min: 0, max: 1_000_000 }),
});
const contributions = fc.array(contribution, { maxLength: 60 });

function people(count: number, cell: Contribution['cell'], from = 0): Contribution[] {
  return Array.from({ length: count }, (_, index) => ({
    contributor: String(from + index),
    cell,
    figure: 2,
    sumOre: 20_000,
    vatOre: 4_000,
  }));
}

const of = (all: readonly Contribution[], ...wanted: readonly string[]) =>
  all.filter(({ cell }) => wanted.includes(cell));
const shownOf = (all: readonly Contribution[]) =>
  publishGroup(all)
    .filter(({ values }) => values !== null)
    .map(({ cell }) => cell);

test('everything that anybody can compute from what is published is of five people or more, none above half', () => {
  fc.assert(
    fc.property(contributions, (all) => {
      const published = publishGroup(all);
      if (published.length === 0) return;
      assert.ok(isSafe(all));
      const shown = published.filter(({ cell, values }) => cell !== 'all' && values !== null);
      for (const { cell } of shown) assert.ok(isSafe(of(all, cell)), cell);
      const names = shown.map(({ cell }) => cell as string);
      // The total without any choice of the shown cells is what an attacker can get at.
      for (let choice = 0; choice < 2 ** names.length; choice += 1) {
        const taken = names.filter((_, index) => (choice >> index) & 1);
        const left = all.filter(({ cell }) => !taken.includes(cell));
        assert.ok(left.length === 0 || isSafe(left) || isMadeOfSafe(all, left), taken.join());
      }
      const rest = all.filter(({ cell }) => !names.includes(cell));
      assert.ok(rest.length === 0 || isSafe(rest), 'the rest');
    }),
    { numRuns: 2_000 },
  );
});

/** A sum of several safe cells may be dominated by one person who is in all of them; each part is known anyway. */
function isMadeOfSafe(all: readonly Contribution[], left: readonly Contribution[]): boolean {
  const shown = new Set<string>(shownOf(all));
  const hidden = left.filter(({ cell }) => !shown.has(cell));
  return hidden.length === 0 || isSafe(hidden);
}

test('a withheld cell is never alone', () => {
  fc.assert(
    fc.property(contributions, (all) => {
      const withheld = publishGroup(all).filter(
        ({ cell, values }) => cell !== 'rest' && values === null,
      );
      assert.notEqual(withheld.length, 1);
    }),
    { numRuns: 1_000 },
  );
});

test('what is published is rounded, and its evidence keeps the rules', () => {
  fc.assert(
    fc.property(contributions, (all) => {
      for (const { evidence, values } of publishGroup(all)) {
        assert.equal((values?.figure ?? 0) % figureStep, 0);
        assert.equal((values?.sumOre ?? 0) % sumStepOre, 0);
        assert.equal((values?.vatOre ?? 0) % sumStepOre, 0);
        assert.ok(evidence === null || evidence.contributors >= 5);
        assert.ok(evidence === null || evidence.largestShare <= 50);
      }
    }),
  );
});

test('five people are a group and four are not', () => {
  assert.deepEqual(publishGroup(people(4, 'product')), []);
  assert.deepEqual(shownOf(people(5, 'product')), ['all', 'product']);
  assert.deepEqual(publishGroup([]), []);
});

test('one who makes up more than half is not shown, one who makes up half is', () => {
  const others = people(4, 'product', 1);
  const one = (figure: number): Contribution => ({ contributor: 'x', cell: 'product', figure });
  assert.deepEqual(shownOf([...others, one(8)]), ['all', 'product']);
  assert.deepEqual(publishGroup([...others, one(9)]), []);
});

test('a small cell takes the smallest large one with it, or all of them', () => {
  const all = [...people(2, 'service'), ...people(6, 'booking'), ...people(9, 'product')];
  assert.deepEqual(shownOf(all), ['all', 'product']);
  const two = [...people(2, 'service'), ...people(9, 'product', 2)];
  assert.deepEqual(shownOf(two), ['all']);
});

test('a customer in two small cells counts once', () => {
  const all = [...people(4, 'service'), ...people(4, 'booking'), ...people(9, 'product')];
  assert.deepEqual(shownOf(all), ['all'], 'the same four are no eight');
});

test('things that are only counted have no sums', () => {
  const [total] = publishGroup(
    people(6, 'all').map(({ contributor, cell }) => ({ contributor, cell, figure: 1 })),
  );
  assert.deepEqual(total, {
    cell: 'all',
    evidence: { contributors: 5, largestShare: 20 },
    values: { figure: 5, sumOre: null, vatOre: null },
  });
});
