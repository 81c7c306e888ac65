import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** A column of a database as its catalog has it. */
export type Column = {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly type: string;
};

const ownSchemas = ['pg_catalog', 'information_schema'];

/** Every column of every table, partitions apart from their parents left out. */
export async function listColumns<T>(db: Kysely<T>): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select n.nspname as schema, c.relname as table, a.attname as column, format_type(a.atttypid, null) as type
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition
      and a.attnum > 0 and not a.attisdropped
      and n.nspname <> all (${ownSchemas}) and n.nspname not like 'pg_%'
    order by n.nspname, c.relname, a.attnum`.execute(db);
  return rows;
}

export type Wanted = {
  readonly ids: readonly string[];
  readonly strings: readonly string[];
  /** `schema.table` that may mention them. */
  readonly except?: readonly string[];
};

/**
 * Looks through a whole database, by its catalog and not by our lists: in every uuid column for the ids, in every
 * readable column for the strings. Returns what it looked at, and `schema.table.column: n` for each find.
 */
export async function scanDatabase<T>(
  db: Kysely<T>,
  wanted: Wanted,
): Promise<{ lookedAt: number; found: string[] }> {
  const columns = (await listColumns(db)).filter(
    ({ schema, table }) => !wanted.except?.includes(`${schema}.${table}`),
  );
  const found: string[] = [];
  for (const column of columns) {
    const count = await countIn(db, column, wanted);
    if (count > 0) found.push(`${column.schema}.${column.table}.${column.column}: ${count}`);
  }
  return { lookedAt: columns.length, found };
}

async function countIn<T>(db: Kysely<T>, column: Column, wanted: Wanted): Promise<number> {
  const table = sql.id(column.schema, column.table);
  const value = sql.id(column.column);
  if (column.type === 'uuid') {
    if (wanted.ids.length === 0) return 0;
    return count(
      db,
      sql`select count(*)::int as n from ${table} where ${value} = any (${[...wanted.ids]}::uuid[])`,
    );
  }
  const strings = [...wanted.strings, ...wanted.ids].filter((text) => text.length > 0);
  if (!isReadable(column.type) || strings.length === 0) return 0;
  return count(
    db,
    sql`select count(*)::int as n from ${table}
        where exists (select from unnest(${strings}::text[]) s(string)
                      where position(lower(s.string) in lower(${value}::text)) > 0)`,
  );
}

async function count<T>(db: Kysely<T>, query: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await query.execute(db);
  return (rows[0] as { n: number }).n;
}

function isReadable(type: string): boolean {
  return (
    type.startsWith('text') || type.startsWith('character') || type === 'jsonb' || type === 'json'
  );
}

/** Some sealed rows of a table, drawn by chance. */
export async function sampleRows<T>(
  db: Kysely<T>,
  from: { readonly table: string; readonly column: string; readonly limit: number },
): Promise<{ owner: string; row: string; sealed: Uint8Array }[]> {
  const { rows } = await sql<{ owner: string; row: string; sealed: Uint8Array }>`
    select owner_id as owner, ${sql.ref(from.column)}::text as row, sealed from ${sql.table(from.table)}
    where sealed is not null order by random() limit ${from.limit}`.execute(db);
  return rows;
}
