import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { listRuns, noteRun } from '../availability/runs.ts';
import { Turns } from './runner.ts';
import { schedule } from './schedule.ts';
import type { Routine } from './schedule.ts';

const day = 24 * 3_600_000;

/** A process on these stores; `pass` lets time pass, `jump` sets the clock on the wall. */
function startProcess(system: TestSystem) {
  let steadyMs = 0;
  const ran: string[] = [];
  const turns = new Turns({
    db: system.db,
    vault: system.vault,
    parts: {} as never,
    clock: () => system.now,
    steadyMs: () => steadyMs,
    note: () => undefined,
  });
  const routine = (name: string): Routine => {
    const found = schedule.find((one) => one.name === name);
    assert.ok(found, name);
    return { ...found, run: () => Promise.resolve(ran.push(name)) };
  };
  const jump = (milliseconds: number) => (system.now = system.now.add({ milliseconds }));
  const pass = (milliseconds: number) => {
    jump(milliseconds);
    steadyMs += milliseconds;
  };
  return { take: (name: string) => turns.take(routine(name)), ran, jump, pass };
}

const noted = async ({ db }: TestSystem) => (await listRuns(db)).map(({ routine }) => routine);

test('in a new installation every routine runs, and its run is noted', async () => {
  await using system = await testSystem();
  const { take, ran } = startProcess(system);
  for (const name of ['retention', 'close-accounts', 'availability']) {
    assert.equal(await take(name), 'ran');
  }
  assert.deepEqual(ran, ['retention', 'close-accounts', 'availability']);
  assert.deepEqual(await noted(system), ['availability', 'close-accounts', 'retention']);
});

test('after a week off what erases by the clock waits an hour, and the rest does not', async () => {
  await using system = await testSystem();
  await noteRun(system.db, 'availability', system.now, 0);
  system.now = system.now.add({ hours: 7 * 24 });
  const { take, ran, pass } = startProcess(system);
  for (const name of ['availability', 'watch-stores', 'erasures', 'send-mail']) {
    assert.equal(await take(name), 'ran');
  }
  const held = schedule.filter(({ purpose }) => purpose === 'retention' || purpose === 'keeping');
  assert.ok(held.length > 8);
  for (const { name } of held) assert.equal(await take(name), 'held');
  pass(3_600_000);
  for (const { name } of held) assert.equal(await take(name), 'ran');
  assert.equal(ran.length, 4 + held.length);
});

test('a process that starts again on a clock that jumped does not believe it any sooner', async () => {
  await using system = await testSystem();
  const first = startProcess(system);
  assert.equal(await first.take('retention'), 'ran');
  first.jump(400 * day);
  assert.equal(await first.take('retention'), 'held');
  assert.equal(await first.take('availability'), 'ran');
  assert.deepEqual(await noted(system), ['retention']);
  const second = startProcess(system);
  assert.equal(await second.take('retention'), 'held');
  second.jump(-400 * day);
  assert.equal(await second.take('retention'), 'ran');
});

test('while the store does not say what was last seen, nothing is erased by the clock', async () => {
  await using system = await testSystem();
  const { take } = startProcess({ ...system, db: unreachable(system) });
  assert.equal(await take('retention'), 'held');
  assert.equal(await take('retention'), 'ran');
});

/** The records store, which does not answer the first time. */
function unreachable({ db }: TestSystem): TestSystem['db'] {
  let asked = 0;
  return new Proxy(db, {
    get: (target, name) => {
      if (name === 'selectFrom' && (asked += 1) === 1) throw new Error('away');
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
