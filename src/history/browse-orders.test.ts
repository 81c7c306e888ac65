import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { openClient } from '../database/pool.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { writeMany } from '../portal/many-orders.fixture.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { orderRows, wholeHistory, yearsOfHistory } from './browse-orders.ts';
import { historyPageSize } from './orders.ts';

let system: TestSystem;
let early: OwnerId;
let late: OwnerId;

/** Thousands of orders of somebody else, between those of who came first and of who came last. */
before(async () => {
  system = await testSystem();
  early = await system.newCustomer();
  await system.placeOrderFor(early);
  const other = await system.newCustomer({ email: 'erik.berg@example.com' });
  late = await system.newCustomer({ email: 'alva.holm@example.se' });
  system.now = system.now.add({ hours: 24 * 30 });
  await writeMany(system, { owner: other }, 5_000);
  for (let count = 0; count < 30; count += 1) {
    system.now = system.now.add({ minutes: 1 });
    await system.placeOrderFor(late);
  }
  const client = await openClient(system.fresh.records.administrator);
  await client.query('vacuum analyze');
  await client.end();
});
after(() => system[Symbol.asyncDispose]());

/** How many rows of orders the database went through for something. */
function ordersReadFor(owner: OwnerId, read: (op: Operation) => Promise<unknown>): Promise<number> {
  return inTransaction(system.op({ party: 'customer', owner }, 'history'), async (op) => {
    // What the connection did just before may be counted with it still.
    const before = await ordersRead(op);
    await read(op);
    return (await ordersRead(op)) - before;
  });
}

async function ordersRead({ db }: Operation): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select (seq_tup_read + idx_tup_fetch)::int as n from pg_stat_xact_user_tables
    where schemaname = 'history' and relname = 'order'`.execute(db);
  return rows[0]?.n ?? 0;
}

test('the first page of a history is read from its own orders, however many others have', async () => {
  const wish = { filter: wholeHistory, before: null, limit: historyPageSize + 1 };
  for (const owner of [early, late]) {
    const read = await ordersReadFor(owner, (op) => orderRows(op, owner, wish));
    assert.ok(read <= 2 * wish.limit, `${read} rows`);
  }
});

test('the years of a history are read from its own orders, however many others have', async () => {
  for (const owner of [early, late]) {
    const read = await ordersReadFor(owner, (op) => yearsOfHistory(op, owner));
    assert.ok(read <= 2, `${read} rows`);
  }
});
