import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';

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
  /** `schema.table` that may have the strings, but none of the ids. */
  readonly exceptForStrings?: readonly string[];
};

/**
 * Looks through a whole database, by its catalog and not by our lists: in every uuid column for the ids, in every
 * readable column for ids and strings. Each table is read once. Returns how many columns it looked at, and
 * `schema.table.column: n` for each find.
 */
export async function scanDatabase<T>(
  db: Kysely<T>,
  wanted: Wanted,
): Promise<{ lookedAt: number; found: string[] }> {
  const tables = Map.groupBy(await listColumns(db), nameOf);
  for (const name of wanted.except ?? []) tables.delete(name);
  const found: string[] = [];
  let lookedAt = 0;
  for (const [name, columns] of tables) {
    lookedAt += columns.length;
    for (const { column, count } of await findsIn(db, columns, wantedIn(name, wanted)))
      found.push(`${name}.${column}: ${count}`);
  }
  return { lookedAt, found };
}

function nameOf({ schema, table }: Column): string {
  return `${schema}.${table}`;
}

/** What is looked for in one table. */
function wantedIn(name: string, { ids, strings, exceptForStrings = [] }: Wanted): Wanted {
  return exceptForStrings.includes(name) ? { ids, strings: [] } : { ids, strings };
}

async function findsIn<T>(
  db: Kysely<T>,
  columns: readonly Column[],
  wanted: Wanted,
): Promise<{ column: string; count: number }[]> {
  const asked = columns.flatMap((column) => {
    const holds = holdsWanted(column, wanted);
    return holds === null ? [] : [{ column, holds }];
  });
  const [{ column: first } = { column: null }] = asked;
  if (first === null) return [];
  const counts = asked.map(({ holds }) => sql`count(*) filter (where ${holds})::int`);
  const { rows } = await sql<{ counts: number[] }>`
    select array[${sql.join(counts)}] as counts from ${sql.id(first.schema, first.table)}`.execute(
    db,
  );
  return asked.flatMap(({ column: { column } }, index) => {
    const count = rows[0]?.counts[index] ?? 0;
    return count > 0 ? [{ column, count }] : [];
  });
}

/** Whether a row has it in this column; null where it can not, or nothing is looked for. */
function holdsWanted(
  { type, column }: Column,
  { ids, strings }: Wanted,
): RawBuilder<boolean> | null {
  const value = sql.id(column);
  if (type === 'uuid')
    return ids.length === 0 ? null : sql<boolean>`${value} = any (${[...ids]}::uuid[])`;
  const texts = [...strings, ...ids].filter((text) => text.length > 0);
  if (!isReadable(type) || texts.length === 0) return null;
  return sql<boolean>`exists (select from unnest(${texts}::text[]) s(string)
                              where position(lower(s.string) in lower(${value}::text)) > 0)`;
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
