import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { listTables, migrationTable } from '../database/copy.ts';
import { openClient } from '../database/pool.ts';
import type { Connection } from '../database/pool.ts';
import { isProblem } from '../problem.ts';
import { advanceErasure } from '../routines/erasure.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import { backupSystem, emptyDatabase } from './backup.fixture.ts';
import type { BackupSystem } from './backup.fixture.ts';
import { loadArchive } from './load.ts';
import type { Place } from './place.ts';

/** Every table with a hash over its rows, whatever their order. */
async function contents(connection: Connection): Promise<Record<string, string>> {
  const client = await openClient(connection);
  try {
    const found: Record<string, string> = {};
    for (const { name } of await listTables(client)) {
      if (name === migrationTable) continue;
      const { rows } = await client.query<{ hash: string }>(
        `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as hash from ${name} t`,
      );
      found[name] = rows[0]?.hash ?? '';
    }
    return found;
  } finally {
    await client.end();
  }
}

async function erase(
  { system }: BackupSystem,
  owner: Awaited<ReturnType<BackupSystem['system']['newCustomer']>>,
) {
  const customer = system.op({ party: 'customer', owner }, 'leaving');
  const erasureId = await askErasure(customer, owner, newReceiptCode());
  await advanceErasure(system.op('routine', 'leaving'), erasureId, system.around);
}

test('what is loaded from the archives is what was backed up, table by table', async () => {
  await using backups = await backupSystem();
  const { system } = backups;
  const owner = await system.newCustomer();
  await system.placeOrderFor(owner);
  const before = {
    records: await contents(system.fresh.records.administrator),
    keys: await contents(system.fresh.keys.administrator),
  };
  const taken = await backups.back();
  for (const store of ['records', 'keys'] as const) {
    await using target = await emptyDatabase(store);
    const archive = await backups.open(taken[store]);
    const { connection } = target;
    await loadArchive({
      connection,
      archive,
      applicationPassword: null,
      progress: () => undefined,
    });
    assert.deepEqual(await contents(connection), before[store]);
  }
});

test('a backup is noted with its size, its rows, its epoch and the day on which it has to be gone', async () => {
  await using backups = await backupSystem();
  const { system } = backups;
  await system.newCustomer();
  await backups.back();
  const rows = await system.db.selectFrom('routines.backup').selectAll().orderBy('store').execute();
  assert.deepEqual(
    rows.map(({ store, epoch, removed_at, expires_at, taken_at }) => ({
      store,
      epoch,
      removed_at,
      days: expires_at.since(taken_at).total('hours') / 24,
    })),
    [
      { store: 'keyring', epoch: 1, removed_at: null, days: 7 },
      { store: 'keys', epoch: 1, removed_at: null, days: 7 },
      { store: 'records', epoch: null, removed_at: null, days: 30 },
    ],
  );
  for (const { bytes, rows: count, store } of rows) {
    assert.ok(bytes > 0);
    assert.ok(store === 'keyring' || count > 0);
  }
});

test('writes and an erasure go on during a backup, and what it holds is one moment', async () => {
  await using backups = await backupSystem();
  const { system, plan } = backups;
  const leaver = await system.newCustomer({ email: 'lämnar@example.se'.replace('ä', 'a') });
  await system.newCustomer({ email: 'stannar@example.se' });
  const { place } = plan;
  let disturbed = false;
  const busy: Place = {
    ...place,
    begin: async (archive) => {
      const draft = await place.begin(archive);
      return {
        ...draft,
        write: async (file, bytes) => {
          if (!disturbed) {
            disturbed = true;
            await erase(backups, leaver);
            await system.newCustomer({ email: 'ny@example.se' });
          }
          await draft.write(file, bytes);
        },
      };
    },
  };
  const taken = await backups.back({ place: busy });
  assert.ok(disturbed);
  const records = await backups.open(taken.records);
  const keys = await backups.open(taken.keys);
  const rowsOf = (archive: typeof records, name: string) =>
    archive.manifest.entries.find((entry) => entry.name === name)?.rows;
  assert.equal(rowsOf(records, 'accounts.account'), 2);
  assert.equal(rowsOf(keys, 'keys.fence'), 0);
  assert.equal(
    await system.db
      .selectFrom('accounts.account')
      .selectAll()
      .execute()
      .then((r) => r.length),
    2,
  );
});

test('two backups at once are refused, and the first one is whole', async () => {
  await using backups = await backupSystem();
  const { plan } = backups;
  const seconds: Promise<unknown>[] = [];
  const busy: Place = {
    ...plan.place,
    begin: async (archive) => {
      if (seconds.length === 0) seconds.push(backups.back().catch((error: unknown) => error));
      await seconds[0];
      return plan.place.begin(archive);
    },
  };
  await backups.back({ place: busy });
  const refused = await seconds[0];
  assert.ok(
    isProblem(refused, 'conflict') && refused.detail.startsWith('Another backup is running'),
  );
  assert.equal((await plan.place.list()).length, 3);
});

test('after a failure or a crash nothing looks whole, and its beginnings are cleared away', async () => {
  await using backups = await backupSystem();
  const { plan, folder } = backups;
  const full: Place = {
    ...plan.place,
    begin: async (archive) => {
      const draft = await plan.place.begin(archive);
      const write = archive.includes('-records-')
        ? () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }))
        : draft.write;
      return { ...draft, write };
    },
  };
  await assert.rejects(backups.back({ place: full }));
  const whole = await plan.place.list();
  assert.deepEqual(whole.map((name) => name.split('-')[3] ?? '').toSorted(), ['keyring', 'keys']);
  const cut = () => readdirSync(`${folder}/place`).filter((name) => name.endsWith('.unfinished'));
  assert.deepEqual(cut(), []);
  // As a process that was killed leaves it.
  mkdirSync(`${folder}/place/${whole[0]}.unfinished`);
  assert.deepEqual((await plan.place.list()).toSorted(), whole.toSorted());
  await backups.back();
  assert.deepEqual(cut(), []);
});

test('nothing of a customer stands in the names or in clear in the files', async () => {
  await using backups = await backupSystem();
  const { system, folder } = backups;
  await system.placeOrderFor(await system.newCustomer());
  const taken = await backups.back();
  for (const { name } of Object.values(taken)) {
    assert.match(
      name,
      /^varsam-[0-9a-f]{8}-20261122T120000Z-(?:records|keys|keyring)-[0-9a-f]{12}$/,
    );
    assert.ok(existsSync(`${folder}/place/${name}/SHA256SUMS`));
  }
});

test('a row that is larger than a part is backed up and comes back whole', async () => {
  await using backups = await backupSystem();
  const { system } = backups;
  const owner = await system.newCustomer();
  await system.placeOrderFor(owner);
  const large = randomBytes(20 * 1024 * 1024);
  await system.fresh.records.pool.query('update history."order" set sealed = $1', [large]);
  const taken = await backups.back();
  const archive = await backups.open(taken.records);
  assert.ok(archive.manifest.parts.length >= 3);
  await using target = await emptyDatabase('records');
  const { connection } = target;
  await loadArchive({ connection, archive, applicationPassword: null, progress: () => undefined });
  const client = await openClient(connection);
  const { rows } = await client.query<{ sealed: Buffer }>('select sealed from history."order"');
  await client.end();
  assert.ok(rows[0]?.sealed.equals(large));
});
