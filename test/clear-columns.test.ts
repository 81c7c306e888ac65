// SECURITY.md tells readers which columns are in clear; what the tables say is in the holdings, which the catalog is held to.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { holdings } from '../src/holdings.ts';
import { projectFolder } from '../src/project.ts';
import type { Holding } from '../src/vault/holding.ts';

type Listed = Readonly<Record<string, readonly string[]>>;

/** Every column in clear but `owner_id` and the row's own id, as the section says of itself. */
function inClear({ clear, row }: Holding): string[] {
  return Object.entries(clear)
    .filter(([column, kind]) => kind !== 'owner' && !(column === row && kind === 'id'))
    .map(([column]) => column);
}

/** The table of the section: `| \`schema.table\` | \`column\` (a remark), … |`. */
function readSection(document: string): Listed {
  const [, section = ''] = document.split('\n## Columns in clear\n');
  const rows = [...section.matchAll(/^\| `([a-z_.]+)` \| (.*) \|$/gm)];
  return Object.fromEntries(
    rows.map(([, table = '', columns = '']) => [
      table,
      [...columns.replace(/\([^)]*\)/g, '').matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
    ]),
  );
}

/** What is said and not so, and what is so and not said. */
function differences(said: Listed, declared: Listed): string[] {
  const tables = new Set([...Object.keys(said), ...Object.keys(declared)]);
  return [...tables].flatMap((table) => {
    const one = said[table] ?? [];
    const other = declared[table] ?? [];
    return [
      ...other.filter((name) => !one.includes(name)).map((name) => `${table}.${name}: not said`),
      ...one.filter((name) => !other.includes(name)).map((name) => `${table}.${name}: not so`),
    ];
  });
}

test('SECURITY.md names every column in clear, and no other', () => {
  const document = readFileSync(path.join(projectFolder, 'SECURITY.md'), 'utf8');
  const declared = Object.fromEntries(
    holdings.map((holding) => [holding.table as string, inClear(holding)]),
  );
  assert.deepEqual(differences(readSection(document), declared), []);
});

test('a table and a column that are not said are seen, and so are those that are gone', () => {
  const section =
    '\n## Columns in clear\n\n| `a.b` | `kind` (not `this`), `gone` |\n| `a.old` | `x` |\n';
  const declared = { 'a.b': ['kind', 'sum'], 'a.new': ['y'] };
  assert.deepEqual(differences(readSection(section), declared), [
    'a.b.sum: not said',
    'a.b.gone: not so',
    'a.old.x: not so',
    'a.new.y: not said',
  ]);
});
