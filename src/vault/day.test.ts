import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOwner } from './day.ts';
import { testSystem } from '../../test/system.ts';

const days = async (system: Awaited<ReturnType<typeof testSystem>>) =>
  (await system.db.selectFrom('vault.owner').select('owner_id').where('kind', '=', 'day').execute())
    .length;

test('two who come first at midnight make one day', async () => {
  await using system = await testSystem();
  system.now = Temporal.Instant.from('2026-11-23T00:00:00Z');
  const made = await Promise.all(
    Array.from({ length: 8 }, () => dayOwner(system.op('nobody', 'sign-up'))),
  );
  assert.equal(new Set(made).size, 1);
  assert.equal(await days(system), 1);
});

test('a day lasts from midnight to midnight in UTC, and the next has another key', async () => {
  await using system = await testSystem();
  const at = (time: string) => {
    system.now = Temporal.Instant.from(time);
    return dayOwner(system.op('nobody', 'sign-up'));
  };
  const first = await at('2026-11-23T00:00:00Z');
  assert.equal(await at('2026-11-23T23:59:59.999Z'), first);
  const second = await at('2026-11-24T00:00:00Z');
  assert.notEqual(second, first);
  assert.equal(await days(system), 2);
});

test('a day that is being erased is not used any more', async () => {
  await using system = await testSystem();
  const op = system.op('nobody', 'sign-up');
  const first = await dayOwner(op);
  await system.db
    .updateTable('vault.owner')
    .set({ fenced_at: system.now })
    .where('owner_id', '=', first)
    .execute();
  assert.notEqual(await dayOwner(op), first);
});
