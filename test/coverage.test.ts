// Holds the world (tables, columns, routes, cookies, imports) against what the policy and the holdings declare.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { consoleRoutes } from '../src/console/routes.ts';
import { noBanks } from '../src/history/payments/banks.ts';
import { holdings, impersonal } from '../src/holdings.ts';
import { schedule } from '../src/jobs/schedule.ts';
import { notice } from '../src/policy/notice.ts';
import { categoryNames, mayReceive, purposeNames } from '../src/policy/rules.ts';
import { portalRoutes } from '../src/portal/routes.ts';
import { providerRoutes } from '../src/provider/routes.ts';
import { projectFolder } from '../src/project.ts';
import { readCatalog } from './catalog.ts';
import type { Catalog } from './catalog.ts';
import * as exempt from './coverage-exemptions.ts';
import {
  columnsOf,
  looseColumns,
  undeclaredColumns,
  undistributable,
  unused,
  wrongImports,
  wrongMentions,
} from './coverage-rules.ts';
import type { Source } from './coverage-rules.ts';
import { freshStores } from './stores.ts';
import type { FreshStores } from './stores.ts';

let stores: FreshStores;
let records: Catalog;
let keys: Catalog;
const sources = ['src', 'test', 'bench'].flatMap(readSources);
const product = sources.filter(
  ({ file }) => file.startsWith('src/') && !/\.(?:test|fixture)\.tsx?$/.test(file),
);

before(async () => {
  stores = await freshStores();
  records = await readCatalog(stores.records.administrator);
  keys = await readCatalog(stores.keys.administrator);
});
after(() => stores.dispose());

function readSources(folder: string): Source[] {
  const at = path.join(projectFolder, folder);
  return readdirSync(at, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => ({
      file: `${folder}/${name}`,
      text: readFileSync(path.join(at, name), 'utf8'),
    }));
}

test('every table and column of the records store is declared, and every declaration is true', () => {
  const declared = { ...columnsOf(holdings), ...exempt.impersonalColumns };
  assert.deepEqual(undeclaredColumns(records.columns, declared), []);
  const tables = Object.keys(exempt.impersonalColumns).filter(
    (name) => name !== 'system.migration',
  );
  assert.deepEqual(tables.toSorted(), Object.keys(impersonal).toSorted());
});

test('every table and column of the keys store is known, and holds nothing but keys, hashes and times', () => {
  assert.deepEqual(undeclaredColumns(keys.columns, exempt.keysColumns), []);
});

test('no column in clear can hold a free text about anybody', () => {
  const loose = looseColumns(records, holdings, exempt.wordsOfPolicy);
  assert.deepEqual(unused(loose, [], exempt.looseColumns), []);
});

test('a forgotten table, a forgotten column, a stale declaration and a loose column are seen', () => {
  const column = { table: 'history.gift', column: 'greeting', type: 'text' };
  const [known] = columnsOf(holdings)['history.order'] ?? [];
  const declared = { 'history.gift': ['ribbon'], 'history.order': [known ?? ''] };
  const columns = [column, { table: 'history.order', column: known ?? '', type: 'uuid' }];
  assert.deepEqual(undeclaredColumns(columns, declared), [
    'history.gift.greeting: nobody declared it',
    'history.gift.ribbon: is not there any more',
  ]);
  const loose = { table: 'vault.owner', clear: { nickname: 'state', age: 'amount' } };
  const catalog = {
    keys: [],
    checks: [],
    columns: [
      { table: 'vault.owner', column: 'nickname', type: 'text' },
      { table: 'vault.owner', column: 'age', type: 'text' },
    ],
  };
  assert.deepEqual(looseColumns(catalog, [loose as never], []), [
    'vault.owner.nickname: any text fits in',
    'vault.owner.age: text for a amount',
  ]);
});

test('every purpose of the notice is the purpose of a route, a routine or a command', () => {
  const routes = [
    ...portalRoutes({ banks: noBanks, closing: () => Promise.resolve() }),
    ...consoleRoutes({ erasureSecretOf: () => '', paymentsDue: () => undefined }),
    ...providerRoutes,
  ];
  const outermost = product.filter(({ file }) => /^src\/(?:server|cli\/\w+)\.ts$/.test(file));
  const begun = outermost.flatMap(({ text }) =>
    [...text.matchAll(/begin\(\{[^}]*purpose: '([^']+)'/g)].map(([, purpose]) => purpose ?? ''),
  );
  const used = [...routes, ...schedule].map(({ purpose }) => purpose as string);
  assert.deepEqual(unused(purposeNames(), [...used, ...begun], exempt.unusedPurposes), []);
});

test('every category and field of the notice is in a holding, and every holding is kept by a rule of it', () => {
  const fields = categoryNames().flatMap((category) =>
    Object.keys(notice.categories[category].fields).map((field) => `${category}.${field}`),
  );
  const held = holdings.flatMap(({ category, sealed }) =>
    Object.keys(sealed ?? {}).map((field) => `${category}.${field}`),
  );
  assert.deepEqual(unused(fields, held, exempt.unusedFields), []);
  const kept = holdings.map(({ keep }) => keep);
  assert.deepEqual(unused(Object.keys(notice.keeping), kept, {}), []);
});

test('every kind of recipient is given something, and nothing that its purpose may not open', () => {
  const kinds = Object.keys(notice.recipients) as (keyof typeof notice.recipients)[];
  const given = kinds.flatMap((kind) =>
    purposeNames().flatMap((purpose) =>
      categoryNames().flatMap((category) =>
        mayReceive(kind, purpose, category).map((field) => ({ kind, purpose, category, field })),
      ),
    ),
  );
  const givers = given.map(({ kind }) => kind);
  assert.deepEqual(unused(kinds, givers, exempt.recipientsOfNothing), []);
  const impossible = given
    .filter(({ purpose, category, field }) => {
      const opens = Object.values<readonly string[]>(notice.purposes[purpose].opens).flat();
      return !opens.includes(category) || !(field in notice.categories[category].fields);
    })
    .map(({ kind, purpose }) => `${kind} ${purpose}`);
  assert.deepEqual(unused([...new Set(impossible)], [], exempt.notYetOpened), []);
});

test('every cookie of the notice is used, and no other is named anywhere', () => {
  const named = product
    .filter(({ file }) => !file.startsWith('src/policy/'))
    .flatMap(({ text }) => text.match(/__(?:Host|Secure)-[\w-]+/g) ?? []);
  assert.deepEqual(unused(Object.keys(notice.cookies), named, {}), []);
});

test('a forgotten purpose, category, recipient or cookie is seen, and so is an exemption that is not needed', () => {
  assert.deepEqual(unused(['order', 'gift'], ['order', 'spying'], { order: 'why', old: 'why' }), [
    'gift: unused',
    'order: needs no exemption any more',
    'old: needs no exemption any more',
    'spying: not declared',
  ]);
});

test('the records store can be spread over machines by owner, and the keys store by owner or hash', () => {
  const wrong = undistributable(records, exempt.copiedEverywhere, exempt.notByOwner);
  assert.deepEqual(wrong, []);
  const byHash = { 'keys.blind_index_pkey': 'found by its value, in a look-up of its own' };
  assert.deepEqual(undistributable(keys, ['keys.epoch'], byHash), []);
});

test('a key that does not begin with the owner is seen', () => {
  const columns = ['a.one', 'a.two'].map((table) => ({ table, column: 'owner_id', type: 'uuid' }));
  const key = { table: 'a.one', target: null, targetColumns: [] };
  const keysOfOne = [
    { ...key, name: 'good', kind: 'primary', columns: ['owner_id', 'id'] },
    { ...key, name: 'bad', kind: 'unique', columns: ['id', 'owner_id'] },
    {
      ...key,
      name: 'far',
      kind: 'foreign',
      columns: ['id'],
      target: 'a.two',
      targetColumns: ['id'],
    },
    { ...key, name: 'lone', kind: 'foreign', columns: ['id'], target: 'b', targetColumns: ['id'] },
  ] as const;
  assert.deepEqual(undistributable({ columns, checks: [], keys: keysOfOne }, [], { good: 'why' }), [
    'bad: not by owner',
    'far: not by owner',
    'lone: not by owner',
    'good: needs no exemption any more',
  ]);
});

const begins = /^(?:src\/(?:http|jobs|cli)\/|src\/server\.ts$|bench\/|test\/|.*\.test\.tsx?$)/;
const insideVault = /^(?:src\/vault\/|test\/|bench\/|.*\.test\.tsx?$)/;

test('only the outermost places begin operations, and only the vault seals, opens and holds keys', () => {
  assert.deepEqual(wrongImports(sources, { from: 'begin.ts', allowed: begins }), []);
  const cipher = { from: 'cipher.ts', allowed: insideVault, harmless: exempt.cipherShapes };
  assert.deepEqual(wrongImports(sources, cipher), []);
  const stocked = sources.filter(({ file }) => file !== 'src/stores.ts');
  const owners = { from: 'owner-keys.ts', allowed: insideVault, harmless: ['normalised'] };
  assert.deepEqual(wrongImports(stocked, owners), []);
  const openers = { from: 'opener.ts', allowed: insideVault };
  assert.deepEqual(wrongImports(sources, openers), []);
  // With the key of an identity that no server has: for the command that saves the books.
  const recovery =
    /^(?:src\/bookkeeping\/recover-archive\.ts$|src\/vault\/|test\/|.*\.test\.tsx?$)/;
  assert.deepEqual(wrongImports(sources, { from: 'recover-owner.ts', allowed: recovery }), []);
});

test('only the gate opens what is handed out', () => {
  const allowed = /^(?:src\/recipients\/|src\/vault\/vault\.ts$|test\/|bench\/|.*\.test\.tsx?$)/;
  assert.deepEqual(wrongMentions(sources, /openForGate/, allowed), []);
});

test('an operation begun in a page, and a key taken out of the vault, are seen', () => {
  const file = 'src/portal/start.tsx';
  const text =
    "import { begin } from '../begin.ts';\nimport { unwrapKey, normalised } from '../vault/cipher.ts';\nop.vault.openForGate();";
  const world = [{ file, text }];
  assert.deepEqual(wrongImports(world, { from: 'begin.ts', allowed: begins }), [
    `${file}: takes begin from begin.ts`,
  ]);
  const rule = { from: 'cipher.ts', allowed: insideVault, harmless: ['normalised'] };
  assert.deepEqual(wrongImports(world, rule), [`${file}: takes unwrapKey from cipher.ts`]);
  assert.deepEqual(wrongMentions(world, /openForGate/, /^src\/recipients\//), [file]);
});
