import { openClient } from '../src/database/pool.ts';
import type { Connection } from '../src/database/pool.ts';

export type CatalogColumn = {
  readonly table: string;
  readonly column: string;
  readonly type: string;
};
/** A primary key, unique rule or foreign key, with its columns in order. */
export type CatalogKey = {
  readonly table: string;
  readonly name: string;
  readonly kind: 'primary' | 'unique' | 'foreign';
  readonly columns: readonly string[];
  /** What a foreign key refers to, and by which columns. */
  readonly target: string | null;
  readonly targetColumns: readonly string[];
};
export type CatalogCheck = { readonly table: string; readonly column: string };

export type Catalog = {
  readonly columns: readonly CatalogColumn[];
  readonly keys: readonly CatalogKey[];
  /** Columns that a check says something about. */
  readonly checks: readonly CatalogCheck[];
};

const own = `not c.relispartition and c.relkind in ('r', 'p')
  and n.nspname <> all (array['pg_catalog', 'information_schema']) and n.nspname not like 'pg_%'`;
const named = (table: string, numbers: string) =>
  `array(select a.attname::text from unnest(${numbers}) with ordinality o(number, place)
         join pg_attribute a on a.attrelid = ${table} and a.attnum = o.number order by o.place)`;

/** What a database says of itself, by its catalogs alone. */
export async function readCatalog(connection: Connection): Promise<Catalog> {
  const client = await openClient(connection);
  try {
    const columns = await client.query<CatalogColumn>(`
      select n.nspname || '.' || c.relname as table, a.attname as column, format_type(a.atttypid, null) as type
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where ${own} and a.attnum > 0 and not a.attisdropped order by 1, a.attnum`);
    const unique = await client.query<CatalogKey>(`
      select n.nspname || '.' || c.relname as table, i.indexrelid::regclass::text as name,
             case when i.indisprimary then 'primary' else 'unique' end as kind,
             ${named('c.oid', 'i.indkey::int2[]')} as columns, null as target, '{}'::text[] as "targetColumns"
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
      where ${own} and i.indisunique order by 1, 2`);
    const foreign = await client.query<CatalogKey>(`
      select n.nspname || '.' || c.relname as table, k.conname as name, 'foreign' as kind,
             ${named('c.oid', 'k.conkey')} as columns,
             (select f.relnamespace::regnamespace || '.' || f.relname from pg_class f where f.oid = k.confrelid) as target,
             ${named('k.confrelid', 'k.confkey')} as "targetColumns"
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      where ${own} and k.contype = 'f' order by 1, 2`);
    const checks = await client.query<CatalogCheck>(`
      select n.nspname || '.' || c.relname as table, a.attname as column
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum = any (k.conkey)
      where ${own} and k.contype = 'c'`);
    const keys = [...unique.rows, ...foreign.rows];
    return { columns: columns.rows, keys, checks: checks.rows };
  } finally {
    await client.end();
  }
}
