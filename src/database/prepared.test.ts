import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { freshStores, type FreshStores } from '../../test/stores.ts';
import { openKysely } from './pool.ts';

type Nothing = Record<string, never>;

let stores: FreshStores;
let db: Kysely<Nothing>;

before(async () => {
  stores = await freshStores();
  db = openKysely<Nothing>(stores.records.pool);
});
after(() => stores.dispose());

async function increment(connection: Kysely<Nothing>, number: number): Promise<number> {
  const { rows } = await sql<{ next: number }>`select ${number}::int + 1 as next`.execute(
    connection,
  );
  return rows[0]!.next;
}

async function preparedCount(connection: Kysely<Nothing>): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*) as count from pg_prepared_statements where statement like '%+ 1 as next'`.execute(
    connection,
  );
  return rows[0]!.count;
}

test('a statement is prepared once it comes again and again, and answers as before', async () => {
  await db.connection().execute(async (connection) => {
    assert.equal(await increment(connection, 1), 2);
    assert.equal(await increment(connection, 2), 3);
    assert.equal(await preparedCount(connection), 0);
    assert.equal(await increment(connection, 3), 4);
    assert.equal(await increment(connection, 4), 5);
    assert.equal(await preparedCount(connection), 1);
  });
});

test('where prepared statements do not hold, one statement fails and the next ones work', async () => {
  await db.connection().execute(async (connection) => {
    assert.equal(await increment(connection, 1), 2);
    // What a pool in between does by giving another connection.
    await sql`deallocate all`.execute(connection);
    await assert.rejects(increment(connection, 2), { code: '26000' });
    assert.equal(await increment(connection, 3), 4);
    assert.equal(await preparedCount(connection), 0);
  });
});
