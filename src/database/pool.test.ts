import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { freshStores, type FreshStores } from '../../test/stores.ts';
import { isConnectionLoss, openClient, openKysely } from './pool.ts';

let stores: FreshStores;

before(async () => {
  stores = await freshStores();
});
after(() => stores.dispose());

test('a time goes in and comes out as the same instant, to the microsecond', async () => {
  const instant = Temporal.Instant.from('2026-11-22T23:59:59.123456789+01:00');
  const { rows } = await stores.records.pool.query('select $1::timestamptz as at', [instant]);
  const [row] = rows as [{ at: Temporal.Instant }];
  assert.equal(row.at.toString(), '2026-11-22T22:59:59.123456Z');
});

test('a date stays the same day in every time zone', async () => {
  const date = Temporal.PlainDate.from('2026-03-29');
  const { rows } = await stores.records.pool.query('select $1::date as day', [date]);
  const [row] = rows as [{ day: Temporal.PlainDate }];
  assert.equal(row.day.toString(), '2026-03-29');
});

test('a count is a number, and one that a number cannot hold is an error', async () => {
  const { rows } = await stores.records.pool.query('select 9007199254740991::bigint as count');
  assert.deepEqual(rows, [{ count: Number.MAX_SAFE_INTEGER }]);
  await assert.rejects(stores.records.pool.query('select 9007199254740992::bigint'));
});

test('the application may not change the schema', async () => {
  await assert.rejects(stores.records.pool.query('create table public.own (a integer)'), {
    code: '42501',
  });
});

test('a request whose connection is cut fails, and the next one works', async () => {
  const db = openKysely<Record<string, never>>(stores.keys.pool);
  const cut = db.transaction().execute(async (tx) => {
    const pid = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    await terminate(pid.rows[0]!.pid);
    await sql`select 1`.execute(tx);
  });
  await assert.rejects(cut, (error) => isConnectionLoss(error));
  const next = await sql<{ one: number }>`select 1 as one`.execute(db);
  assert.deepEqual(next.rows, [{ one: 1 }]);
});

test('a mistake in a statement is no loss of the connection', async () => {
  const failed = await stores.records.pool
    .query('select nonsense')
    .catch((error: unknown) => error);
  assert.equal(isConnectionLoss(failed), false);
});

async function terminate(pid: number): Promise<void> {
  const client = await openClient(stores.keys.administrator);
  await client.query('select pg_terminate_backend($1, 5000)', [pid]);
  await client.end();
}
