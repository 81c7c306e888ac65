import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type pg from 'pg';
import { openClient } from './pool.ts';
import type { Connection } from './pool.ts';

/** A table with its columns, in the order in which their values stand in its stream. */
export type CopiedTable = {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
};

/** A partition that was made while the system ran, and is in no migration. */
export type Partition = { readonly name: string; readonly of: string; readonly bound: string };

/** Applied by hand or by `migrate`; its rows are compared, never loaded. */
export const migrationTable = 'system.migration';

const ours = `n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'`;

const columnsSql = `
  select format('%I.%I', n.nspname, c.relname) as table, a.attname as name,
         format_type(a.atttypid, a.atttypmod) as type
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and not c.relispartition and ${ours}
    and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  order by 1, a.attnum`;

const referencesSql = `
  select format('%I.%I', n.nspname, c.relname) as table, format('%I.%I', fn.nspname, f.relname) as target
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_class f on f.oid = k.confrelid
  join pg_namespace fn on fn.oid = f.relnamespace
  where k.contype = 'f' and k.conparentid = 0`;

const partitionsSql = `
  select format('%I.%I', n.nspname, c.relname) as name, format('%I.%I', pn.nspname, p.relname) as of,
         pg_get_expr(c.relpartbound, c.oid) as bound
  from pg_inherits i
  join pg_class c on c.oid = i.inhrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_class p on p.oid = i.inhparent
  join pg_namespace pn on pn.oid = p.relnamespace
  where c.relispartition and c.relkind in ('r', 'p') and ${ours}
  order by 1`;

/**
 * One connection that sees its database as it is now, however long it reads. Its tables are held before it looks, so
 * that none is dropped or changed under it; who writes rows is not kept waiting.
 */
export async function openSnapshot(connection: Connection): Promise<pg.Client> {
  const client = await openClient(connection);
  try {
    const names = (await listTables(client)).map(({ name }) => name);
    await client.query('begin isolation level repeatable read read only');
    if (names.length > 0) await client.query(`lock table ${names.join(', ')} in access share mode`);
    // The snapshot is taken by the first query, not by `begin` or `lock`.
    await client.query('select 1');
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}

/** Every table, each behind those that it refers to; partitions are read through their parents. */
export async function listTables(client: pg.Client): Promise<CopiedTable[]> {
  const { rows } = await client.query<{ table: string; name: string; type: string }>(columnsSql);
  const tables = Map.groupBy(rows, ({ table }) => table);
  const references = await client.query<{ table: string; target: string }>(referencesSql);
  const targets = Map.groupBy(references.rows, ({ table }) => table);
  const ordered = new Set<string>();
  const add = (table: string, above: readonly string[]) => {
    if (ordered.has(table) || above.includes(table)) return;
    for (const { target } of targets.get(table) ?? []) add(target, [...above, table]);
    ordered.add(table);
  };
  for (const table of tables.keys()) add(table, []);
  return [...ordered].map((name) => ({
    name,
    columns: (tables.get(name) ?? []).map(({ name: column, type }) => ({ name: column, type })),
  }));
}

export async function listPartitions(client: pg.Client): Promise<Partition[]> {
  return (await client.query<Partition>(partitionsSql)).rows;
}

/** The rows of a table in PostgreSQL's binary COPY format. Ask for the count when the stream has ended. */
export function copyOut(
  client: pg.Client,
  table: CopiedTable,
): { readonly bytes: Readable; rowCount(): number } {
  const columns = columnList(client, table);
  const stream = client.query(
    copyTo(`copy (select ${columns} from ${table.name}) to stdout (format binary)`),
  );
  return { bytes: stream, rowCount: () => stream.rowCount };
}

/** Loads a stream of `copyOut`; constraints hold as for any insert. Returns how many rows came in. */
export async function copyIn(
  client: pg.Client,
  table: CopiedTable,
  bytes: AsyncIterable<Uint8Array>,
): Promise<number> {
  const columns = columnList(client, table);
  const stream = client.query(
    copyFrom(`copy ${table.name} (${columns}) from stdin (format binary)`),
  );
  await pipeline(bytes, stream as Writable);
  return stream.rowCount;
}

function columnList(client: pg.Client, { columns }: CopiedTable): string {
  return columns.map(({ name }) => client.escapeIdentifier(name)).join(', ');
}
