import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inOneTurn } from './in-one-turn.ts';

/** Doubles numbers, and notes which were asked together. */
function doubling() {
  const asked: (readonly number[])[] = [];
  const double = inOneTurn((_place: object, numbers: readonly number[]) => {
    asked.push(numbers);
    return Promise.resolve(numbers.map((number) => 2 * number));
  });
  return { asked, double };
}

test('what is asked in one turn is asked together, and each gets his own answer', async () => {
  const { asked, double } = doubling();
  const place = {};
  assert.deepEqual(await Promise.all([double(place, 1), double(place, 2)]), [2, 4]);
  assert.deepEqual(asked, [[1, 2]]);
});

test('nothing is kept: the same question a turn later is asked anew', async () => {
  const { asked, double } = doubling();
  const place = {};
  await double(place, 1);
  await double(place, 1);
  assert.deepEqual(asked, [[1], [1]]);
});

test('questions about different stores are not mixed', async () => {
  const { asked, double } = doubling();
  await Promise.all([double({}, 1), double({}, 2)]);
  assert.deepEqual(asked, [[1], [2]]);
});

test('more than a hundred questions become two', async () => {
  const { asked, double } = doubling();
  const place = {};
  const numbers = Array.from({ length: 101 }, (_, number) => number);
  const answers = await Promise.all(numbers.map((number) => double(place, number)));
  assert.deepEqual(
    answers,
    numbers.map((number) => 2 * number),
  );
  assert.deepEqual(
    asked.map(({ length }) => length),
    [100, 1],
  );
});

test('where the asking fails, it fails for all who asked, and the next turn tries again', async () => {
  let fails = true;
  const ask = inOneTurn((_place: object, numbers: readonly number[]) =>
    fails ? Promise.reject(new Error('no connection')) : Promise.resolve(numbers),
  );
  const place = {};
  const outcomes = await Promise.allSettled([ask(place, 1), ask(place, 2)]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  fails = false;
  assert.equal(await ask(place, 3), 3);
});
