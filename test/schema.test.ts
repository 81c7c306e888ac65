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

test('a column, a grant or a constraint that nobody wrote down is seen', async () => {
  const before = await renderSchema(stores.keys.administrator);
  for (const sql of [
    'alter table system.store add forgotten text',
    'grant delete on system.store to varsam',
    `alter table system.store add constraint odd check (forgotten <> '')`,
    'create index forgotten_by_word on system.store (forgotten)',
  ]) {
    const earlier = await renderSchema(stores.keys.administrator);
    const client = await openClient(stores.keys.administrator);
    await client.query(sql);
    await client.end();
    assert.notEqual(await renderSchema(stores.keys.administrator), earlier, sql);
  }
  assert.notEqual(await renderSchema(stores.keys.administrator), before);
});
