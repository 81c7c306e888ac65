import assert from 'node:assert/strict';
import { test } from 'node:test';

import fc from 'fast-check';
import { matchNeeds } from './match-needs.ts';

test('each need gets the first that nobody else has', () => {
  assert.deepEqual(
    matchNeeds([['a', 'b'], ['a', 'b', 'c'], ['c']], () => true),
    ['a', 'b', 'c'],
  );
  assert.deepEqual(
    matchNeeds([['a', 'b'], ['a']], () => true),
    ['b', 'a'],
  );
  assert.deepEqual(
    matchNeeds([['a', 'b'], ['b']], (option) => option === 'b'),
    null,
  );
  assert.deepEqual(
    matchNeeds([], () => true),
    [],
  );
});

test('a way is found whenever there is one, and nobody serves twice', () => {
  const letters = fc.uniqueArray(fc.constantFrom(...'abcdef'), { maxLength: 6 });
  const needs = fc.array(letters, { maxLength: 5 });
  fc.assert(
    fc.property(needs, letters, (options, usable) => {
      const isUsable = (option: string) => usable.includes(option);
      const matched = matchNeeds(options, isUsable);
      assert.equal(matched !== null, canBeDone(options, isUsable, []));
      if (matched === null) return;
      assert.equal(matched.length, options.length);
      assert.equal(new Set(matched).size, matched.length);
      assert.ok(matched.every((one, need) => options[need]!.includes(one) && isUsable(one)));
    }),
    { numRuns: 1000 },
  );
});

function canBeDone(
  [first, ...others]: readonly (readonly string[])[],
  isUsable: (option: string) => boolean,
  used: readonly string[],
): boolean {
  if (first === undefined) return true;
  return first.some(
    (one) => isUsable(one) && !used.includes(one) && canBeDone(others, isUsable, [...used, one]),
  );
}
