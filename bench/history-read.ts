import type { Kysely } from 'kysely';
import { findSession } from '../src/accounts/sessions.ts';
import type { OrderState } from '../src/database/records.ts';
import { openHistory } from '../src/history/browse-orders.ts';
import { historyPageSize } from '../src/history/orders.ts';
import type { Order } from '../src/history/orders.ts';
import type { OwnerId, RowId } from '../src/ids.ts';
import type { Benchmark } from './benchmark.ts';
import { addOrders, newCustomer } from './customers.ts';
import type { BenchCustomer, PastOrder, PersonalOrder } from './customers.ts';
import { clock, openBenchInstallation } from './installation.ts';
import type { BenchInstallation } from './installation.ts';
import { comparedTimes, interleave, timeOf } from './rounds.ts';

/** Each round reads the history of every customer once, on each side. */
const customers = 50;
const rounds = 200;
const microsecondsPerMs = 1_000;

/**
 * The data of the first page of the history, from the cookie to 20 opened orders, against the same rows in clear: the
 * same session, the same driver and query builder, the same columns and index, but jsonb instead of a sealed value.
 */
export const historyRead: Benchmark = {
  name: 'history-read',
  about: 'a page of history (session, key, 20 sealed orders) against the same rows in clear',
  target: 0.6,
  async run(progress) {
    await using installation = await openBenchInstallation();
    progress(`${customers} customers with ${historyPageSize} orders each`);
    const people = await addCustomers(installation);
    const clear = installation.db.withTables<ClearTables>();
    const figures = await interleave(
      rounds,
      {
        ours: () => timeForEach(people, (token) => readSealed(installation, token)),
        baseline: () => timeForEach(people, (token) => readClear(installation, clear, token)),
      },
      progress,
    );
    return comparedTimes(figures, 'µs a page');
  },
};

/** Ours: what the page does before it renders. */
async function readSealed(installation: BenchInstallation, token: string): Promise<Order[]> {
  const now = clock();
  const { owner } = (await findSession(installation, token, 'account', now))!;
  const op = installation.op({ party: 'customer', owner }, 'history', now);
  return (await openHistory(op, owner)).orders;
}

type ClearTables = {
  'bench.order_in_clear': {
    owner_id: OwnerId;
    order_id: RowId;
    placed_at: Temporal.Instant;
    state: OrderState;
    total_ore: number;
    vat_ore: number;
    personal: PersonalOrder;
  };
};

/** The baseline: the same page where nothing is sealed. */
async function readClear(
  installation: BenchInstallation,
  db: Kysely<ClearTables>,
  token: string,
): Promise<Order[]> {
  const { owner } = (await findSession(installation, token, 'account', clock()))!;
  const rows = await db
    .selectFrom('bench.order_in_clear')
    .select(['order_id', 'placed_at', 'state', 'total_ore', 'vat_ore', 'personal'])
    .where('owner_id', '=', owner)
    .orderBy('placed_at', 'desc')
    .limit(historyPageSize)
    .execute();
  return rows.map((row) => {
    const { number, ...delivery } = row.personal;
    return {
      orderId: row.order_id,
      number,
      placedAt: row.placed_at,
      state: row.state,
      totalOre: row.total_ore,
      vatOre: row.vat_ore,
      payWay: null,
      payBy: null,
      performedAt: null,
      termsId: null,
      delivery,
    };
  });
}

const clearTable = `
  create schema bench;
  create table bench.order_in_clear (
    owner_id uuid not null references vault.owner (owner_id),
    order_id uuid not null,
    placed_at timestamptz not null,
    state text not null,
    total_ore integer not null,
    vat_ore integer not null,
    personal jsonb not null,
    primary key (owner_id, order_id)
  );
  create index order_in_clear_by_time on bench.order_in_clear (owner_id, placed_at desc);
  grant usage on schema bench to varsam;
  grant select, insert on bench.order_in_clear to varsam;`;

async function addCustomers(installation: BenchInstallation): Promise<BenchCustomer[]> {
  await installation.administrator.query(clearTable);
  const people: BenchCustomer[] = [];
  for (let count = 0; count < customers; count += 1) {
    const customer = await newCustomer(installation, 'not signed in by password');
    const orders = await addOrders(installation, customer.owner, historyPageSize, 'without lines');
    await insertClear(installation, customer.owner, orders);
    people.push(customer);
  }
  await installation.administrator.query('vacuum analyze');
  return people;
}

async function insertClear(
  { db }: BenchInstallation,
  owner_id: OwnerId,
  orders: readonly PastOrder[],
): Promise<void> {
  const rows = orders.map(({ orderId, placedAt, personal }) => ({
    owner_id,
    order_id: orderId,
    placed_at: placedAt,
    state: 'placed' as const,
    total_ore: 24_900,
    vat_ore: 4_980,
    personal,
  }));
  await db.withTables<ClearTables>().insertInto('bench.order_in_clear').values(rows).execute();
}

async function timeForEach(
  people: readonly BenchCustomer[],
  read: (token: string) => Promise<readonly Order[]>,
): Promise<number> {
  const ms = await timeOf(async () => {
    for (const { token } of people) {
      const orders = await read(token);
      if (orders.length !== historyPageSize) throw new Error('a page is not full');
    }
  });
  return (ms * microsecondsPerMs) / people.length;
}
