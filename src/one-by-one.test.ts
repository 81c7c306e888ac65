import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneByOne } from './one-by-one.ts';
import { Problem } from './problem.ts';

test('what fails for one is done for the others, and the first fault is thrown at the end', async () => {
  const tried: number[] = [];
  const work = (item: number) => {
    tried.push(item);
    return item % 2 === 0 ? Promise.reject(new Error(`no ${item}`)) : Promise.resolve(true);
  };
  await assert.rejects(oneByOne([1, 2, 3, 4, 5], work), /no 2/);
  assert.deepEqual(tried, [1, 2, 3, 4, 5]);
});

test('it counts what was done', async () => {
  assert.equal(await oneByOne([1, 2, 3], (item) => Promise.resolve(item > 1)), 2);
  assert.equal(await oneByOne([], () => Promise.reject(new Error('nobody'))), 0);
});

test('what is said to be no fault is none, and everything else still is', async () => {
  const leave = () => Promise.reject(new Problem('fenced'));
  assert.equal(await oneByOne([1], leave, ['fenced', 'restricted']), 0);
  await assert.rejects(oneByOne([1], leave, ['restricted']), { code: 'fenced' });
  await assert.rejects(oneByOne([1], leave), { code: 'fenced' });
});
