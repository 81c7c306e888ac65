// What must be declared, as pure functions from the world and the declarations to what is wrong, so that each of them
// can be shown a world in which something was forgotten.
import type { Holding } from '../src/vault/holding.ts';
import type { Catalog, CatalogColumn } from './catalog.ts';

type Declared = Readonly<Record<string, readonly string[]>>;

/** Columns that nobody declared, and declared ones that are not there. */
export function undeclaredColumns(columns: readonly CatalogColumn[], declared: Declared): string[] {
  const there = new Set(columns.map(({ table, column }) => `${table}.${column}`));
  const said = new Set(
    Object.entries(declared).flatMap(([table, names]) => names.map((name) => `${table}.${name}`)),
  );
  return [
    ...[...there].filter((name) => !said.has(name)).map((name) => `${name}: nobody declared it`),
    ...[...said].filter((name) => !there.has(name)).map((name) => `${name}: is not there any more`),
  ];
}

export function columnsOf(holdings: readonly Holding[]): Declared {
  return Object.fromEntries(
    holdings.map(({ table, clear, sealed }) => [
      table,
      [...Object.keys(clear), ...(sealed === null ? [] : ['sealed'])],
    ]),
  );
}

const typesOfClear: Readonly<Record<string, readonly string[]>> = {
  owner: ['uuid'],
  id: ['uuid'],
  reference: ['uuid'],
  time: ['timestamp with time zone', 'date', 'bigint'],
  amount: ['integer'],
  hash: ['bytea'],
  state: ['text', 'text[]', 'boolean'],
};

/** Clear columns that could hold more than their kind says: a text without a check may be anybody's name. */
export function looseColumns(
  { columns, checks }: Catalog,
  holdings: readonly Holding[],
  wordsOfPolicy: readonly string[],
): string[] {
  return holdings.flatMap(({ table, clear }) =>
    Object.entries(clear).flatMap(([column, kind]) => {
      const type = columns.find((one) => one.table === table && one.column === column)?.type ?? '';
      if (!typesOfClear[kind]?.includes(type)) return [`${table}.${column}: ${type} for a ${kind}`];
      const isText = type.startsWith('text');
      const isChecked = checks.some((one) => one.table === table && one.column === column);
      if (!isText || isChecked || wordsOfPolicy.includes(column)) return [];
      return [`${table}.${column}: any text fits in`];
    }),
  );
}

/** Things without a use, apart from the exempt ones; exempt ones that have a use, or are not there. */
export function unused(
  all: readonly string[],
  used: readonly string[],
  exempt: Readonly<Record<string, string>>,
): string[] {
  return [
    ...all
      .filter((name) => !used.includes(name) && !(name in exempt))
      .map((name) => `${name}: unused`),
    ...Object.keys(exempt)
      .filter((name) => used.includes(name) || !all.includes(name))
      .map((name) => `${name}: needs no exemption any more`),
    ...used.filter((name) => !all.includes(name)).map((name) => `${name}: not declared`),
  ];
}

/**
 * The rules under which the store can be spread over machines by `owner_id`: among tables that have one, every
 * primary key, unique rule and foreign key begins with it; foreign keys go to tables with owners or to those that are
 * copied everywhere.
 */
export function undistributable(
  { columns, keys }: Catalog,
  copiedEverywhere: readonly string[],
  exempt: Readonly<Record<string, string>>,
): string[] {
  const owned = new Set(
    columns.filter(({ column }) => column === 'owner_id').map(({ table }) => table),
  );
  const wrong = keys
    .filter(({ table }) => owned.has(table))
    .filter(({ kind, columns: own, target, targetColumns }) => {
      if (kind !== 'foreign') return own[0] !== 'owner_id';
      if (target !== null && owned.has(target))
        return own[0] !== 'owner_id' || targetColumns[0] !== 'owner_id';
      return !copiedEverywhere.includes(target ?? '');
    })
    .map(({ name }) => name);
  return [
    ...wrong.filter((name) => !(name in exempt)).map((name) => `${name}: not by owner`),
    ...Object.keys(exempt)
      .filter((name) => !wrong.includes(name))
      .map((name) => `${name}: needs no exemption any more`),
  ];
}

export type Source = { readonly file: string; readonly text: string };

/** Files outside the allowed places that import one of the names from a file; types are no power and are left out. */
export function wrongImports(
  sources: readonly Source[],
  rule: { readonly from: string; readonly allowed: RegExp; readonly harmless?: readonly string[] },
): string[] {
  const pattern = /import (?<type>type )?\{(?<names>[^}]*)\} from '(?<from>[^']+)'/g;
  return sources.flatMap(({ file, text }) => {
    if (rule.allowed.test(file)) return [];
    return [...text.matchAll(pattern)].flatMap(({ groups = {} }) => {
      const { type, names = '', from = '' } = groups;
      const isIt = from === `./${rule.from}` || from.endsWith(`/${rule.from}`);
      if (!isIt || type) return [];
      const taken = names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '');
      const wrong = taken.filter((name) => !rule.harmless?.includes(name));
      return wrong.map((name) => `${file}: takes ${name} from ${rule.from}`);
    });
  });
}

/** Files outside the allowed places in which a word stands. */
export function wrongMentions(sources: readonly Source[], word: RegExp, allowed: RegExp): string[] {
  return sources
    .filter(({ file, text }) => !allowed.test(file) && word.test(text))
    .map(({ file }) => file);
}
