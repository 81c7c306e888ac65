import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { begin } from '../begin.ts';
import { openClient, openPool } from '../database/pool.ts';
import type { Pool } from '../database/pool.ts';
import { newOwnerId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { isProblem } from '../problem.ts';
import { Installation } from '../stores.fixture.ts';
import { openStores } from '../stores.ts';
import type { Stores } from '../stores.ts';

/** A server of its own on the installation's stores, as another process would be. */
class Server {
  readonly stores: Stores;
  readonly #pools: readonly Pool[];

  private constructor(stores: Stores, pools: readonly Pool[]) {
    this.stores = stores;
    this.#pools = pools;
  }

  static async start({ fresh, folder, now }: Installation): Promise<Server> {
    const records = openPool({ ...fresh.records.connection, max: 4 });
    const keys = openPool({ ...fresh.keys.connection, max: 4 });
    const options = { records, keys, folder, now, sandbox: true, role: 'server' } as const;
    return new Server(await openStores(options), [records, keys]);
  }

  async newKey({ now }: Installation): Promise<OwnerId> {
    const owner = newOwnerId();
    await this.stores.vault.createKey(this.op(now), owner);
    return owner;
  }

  op(now: Temporal.Instant) {
    const { db, vault } = this.stores;
    const actor = { party: 'routine', routine: 'test' } as const;
    return begin({ db, vault, actor, purpose: 'leaving', now });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.end()));
  }
}

const wentBack = (part: string) => (error: unknown) => {
  assert.ok(isProblem(error, 'store-went-back'), String(error));
  assert.match(error.detail, new RegExp(`^The ${part} store went back`));
  return true;
};

test('several servers share one set of stores: none looks old because another one started', async () => {
  await using installation = await Installation.prepare();
  await using first = await Server.start(installation);
  const [second, third] = await Promise.all([
    Server.start(installation),
    Server.start(installation),
  ]);
  await using _second = second;
  await using _third = third;
  const owner = await first.newKey(installation);
  const mark = await second.stores.vault.mac(owner, 'test', 'word');
  await Promise.all(
    [first, second, third].flatMap((server) => [
      server.stores.vault.watch.look(),
      server.newKey(installation),
    ]),
  );
  // Entries of one are read by the others, and each goes on where the last one ended.
  for (const server of [third, first, second]) {
    const gone = await server.newKey(installation);
    await server.stores.vault.fence(server.op(installation.now) as never, gone);
  }
  for (const { stores } of [first, second, third]) await stores.vault.watch.look();
  assert.deepEqual(await third.stores.vault.mac(owner, 'test', 'word'), mark);
  const { start_counter } = await first.stores.db
    .selectFrom('system.store')
    .select('start_counter')
    .executeTakeFirstOrThrow();
  assert.equal(start_counter, 3);
  await using _fourth = await Server.start(installation);
});

for (const part of ['records', 'keys'] as const) {
  test(`a ${part} store that is exchanged for an older copy under a running server is refused at the next connection`, async () => {
    await using installation = await Installation.prepare();
    await installation.start();
    const older = await installation.copy(part);
    await using server = await Server.start(installation);
    const { watch } = server.stores.vault;
    const closed: string[] = [];
    watch.onClosed((setbacks) => closed.push(...setbacks.map(({ store }) => store)));
    await installation.putBack(part, older);
    const use = () =>
      part === 'keys'
        ? server.newKey(installation)
        : server.stores.db.selectFrom('vault.owner').select('owner_id').execute();
    await assert.rejects(use(), wentBack(part));
    await assert.rejects(use(), wentBack(part));
    assert.deepEqual(closed, [part]);
    assert.equal(watch.isOpen, false);
    assert.deepEqual(watch.obstacles, [`the ${part} store went back`]);
    await assert.rejects(watch.look(), wentBack(part));
  });

  test(`a ${part} store of another installation that answers in its place is refused`, async () => {
    await using installation = await Installation.prepare();
    await using server = await Server.start(installation);
    await installation.sql(part, `update system.store set store_id = '${crypto.randomUUID()}'`);
    const { connection } = installation.fresh[part];
    await installation.sql(
      part,
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = '${connection.database}' and pid <> pg_backend_pid()`,
    );
    await assert.rejects(server.stores.vault.watch.look(), wentBack(part));
  });
}

test('an answer that comes late is compared with what was known when it was asked for', async () => {
  await using installation = await Installation.prepare();
  await using server = await Server.start(installation);
  const { watch } = server.stores.vault;
  const store = await server.stores.db
    .selectFrom('system.store')
    .select(['store_id', 'start_counter', 'applied_ledger'])
    .executeTakeFirstOrThrow();
  const connection = (applied: number, until: Promise<void> = Promise.resolve()) => ({
    query: async () => {
      await until;
      return { rows: [{ ...store, applied_ledger: applied }] };
    },
  });
  const late = Promise.withResolvers<void>();
  const asked = watch.admit('records', connection(store.applied_ledger, late.promise) as never);
  await watch.admit('records', connection(store.applied_ledger + 2) as never);
  late.resolve();
  await asked;
  assert.equal(watch.isOpen, true);
  // The larger one is what is known from then on.
  const older = connection(store.applied_ledger + 1) as never;
  await assert.rejects(watch.admit('records', older), wentBack('records'));
});

test('entries that are applied during a look do not look like a store that went back', async () => {
  await using installation = await Installation.prepare();
  await using server = await Server.start(installation);
  const { watch } = server.stores.vault;
  const keys = await openClient(installation.fresh.keys.administrator);
  await keys.query('begin; lock table system.store in access exclusive mode');
  const looking = watch.begin();
  await waitsForLock(keys);
  await installation.sql('records', 'update system.store set applied_ledger = applied_ledger + 1');
  const records = await openClient(installation.fresh.records.connection);
  await watch.admit('records', records);
  await keys.query('commit');
  await looking;
  assert.equal(watch.isOpen, true);
  await Promise.all([keys.end(), records.end()]);
});

/** Until somebody waits for a table that this client holds. */
async function waitsForLock(client: Awaited<ReturnType<typeof openClient>>): Promise<void> {
  for (;;) {
    const { rows } = await client.query('select from pg_locks where not granted');
    if (rows.length > 0) return;
    await pause(10);
  }
}

test('a store that is put back into its running cluster is noticed by the next look', async () => {
  await using installation = await Installation.prepare();
  await using server = await Server.start(installation);
  const owner = await server.newKey(installation);
  const fence = await server.stores.vault.fence(server.op(installation.now) as never, owner);
  await server.stores.vault.watch.look();
  await installation.sql(
    'keys',
    `delete from keys.fence where ledger_index = ${fence.ledgerIndex}`,
  );
  await installation.sql('keys', 'update system.store set applied_ledger = applied_ledger - 1');
  await assert.rejects(server.stores.vault.watch.look(), wentBack('keys'));
});
