import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem } from '../problem.ts';
import { Turns } from './turns.ts';

/** Work that ends when it is told to. */
function piece() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let began = false;
  const work = () => {
    began = true;
    return promise;
  };
  return { work, resolve, reject, hasBegun: () => began };
}

test('no more run at once than may, and those who wait come in order', async () => {
  const turns = new Turns({ atOnce: 2, waitingMax: 5 });
  const pieces = Array.from({ length: 4 }, piece);
  const done = pieces.map(({ work }) => turns.take(work));
  assert.deepEqual(
    pieces.map(({ hasBegun }) => hasBegun()),
    [true, true, false, false],
  );
  pieces[1]?.resolve('second');
  assert.equal(await done[1], 'second');
  await Promise.resolve();
  assert.deepEqual(
    pieces.map(({ hasBegun }) => hasBegun()),
    [true, true, true, false],
  );
  for (const { resolve } of pieces) resolve('done');
  await Promise.all(done);
});

test('when as many wait as may, the next is refused, and there is room again afterwards', async () => {
  const turns = new Turns({ atOnce: 1, waitingMax: 200 });
  const first = piece();
  const running = turns.take(first.work);
  const waiting = Array.from({ length: 200 }, (_, n) => turns.take(() => Promise.resolve(n)));
  await assert.rejects(
    turns.take(() => Promise.resolve(0)),
    (error) => isProblem(error, 'unavailable'),
  );
  first.resolve('');
  await running;
  assert.equal((await Promise.all(waiting)).length, 200);
  assert.equal(await turns.take(() => Promise.resolve('free')), 'free');
});

test('work that fails gives its place back', async () => {
  const turns = new Turns({ atOnce: 1, waitingMax: 1 });
  await assert.rejects(
    turns.take(() => Promise.reject(new Error('damaged'))),
    /damaged/,
  );
  assert.equal(await turns.take(() => Promise.resolve('next')), 'next');
});
