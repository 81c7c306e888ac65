import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openClient } from '../src/database/pool.ts';
import { renderSchema } from '../src/database/schema.ts';
import { clusterNames } from '../src/database/throw-away.ts';
import { migrationsFolder } from '../src/project.ts';
import { freshStores, type FreshStores } from './stores.ts';

let stores: FreshStores;

before(async () => {
  stores = await freshStores();
});
after(() => stores.dispose());

for (const name of clusterNames) {
  test(`migrations/${name}/schema.sql is what the migrations make`, async () => {
    const committed = readFileSync(path.join(migrationsFolder(name), 'schema.sql'), 'utf8');
    assert.equal(
      await renderSchema(stores[name].administrator),
      committed,
      'Run: npm run -s varsam -- schema --write',
    );
  });
}

for (const name of clusterNames) {
  test(`no samples of sealed bytes, keys or hashes are kept in ${name}, where they would outlive an erasure`, async () => {
    const client = await openClient(stores[name].administrator);
    try {
      const { rows } = await client.query<{ alter: string }>(columnsWithSamples);
      const missing = rows.map(({ alter }) => alter);
      assert.deepEqual(missing, [], `In a migration:\n${missing.join('\n')}`);
    } finally {
      await client.end();
    }
  });
}

const columnsWithSamples = `
  select format('alter table %I.%I alter column %I set statistics 0;', n.nspname, c.relname, a.attname) as alter
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and a.atttypid = 'bytea'::regtype
    and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
    and a.attstattarget is distinct from 0
  order by 1`;

test('a column, a grant or a constraint that nobody wrote down is seen', async () => {
  const before = await renderSchema(stores.keys.administrator);
  for (const sql of [
    'alter table system.store add forgotten text',
    'grant delete on system.store to varsam',
    `alter table system.store add constraint odd check (forgotten <> '')`,
    'create index forgotten_by_word on system.store (forgotten)',
    'alter table system.store alter column forgotten set statistics 0',
  ]) {
    const earlier = await renderSchema(stores.keys.administrator);
    const client = await openClient(stores.keys.administrator);
    await client.query(sql);
    await client.end();
    assert.notEqual(await renderSchema(stores.keys.administrator), earlier, sql);
  }
  assert.notEqual(await renderSchema(stores.keys.administrator), before);
});
