import type pg from 'pg';
import { copyIn, listPartitions, listTables, migrationTable } from '../database/copy.ts';
import { migrate } from '../database/migrate.ts';
import { openClient } from '../database/pool.ts';
import type { Connection } from '../database/pool.ts';
import { isProblem, Problem } from '../problem.ts';
import { migrationsFolder } from '../project.ts';
import { readEntry } from './archive-reader.ts';
import type { Archive } from './archive-reader.ts';
import type { ArchiveEntry } from './manifest.ts';

export type LoadOptions = {
  /** As the superuser or the owner of an empty database. */
  readonly connection: Connection;
  readonly archive: Archive;
  readonly applicationPassword: string | null;
  readonly progress: (words: string) => void;
};

/**
 * Loads an archive of records or keys into an empty database: the schema as it was, then the rows, then the migrations
 * that have come since.
 * @returns how many rows came in
 */
export async function loadArchive(options: LoadOptions): Promise<number> {
  await makeSchema(options, options.archive.manifest.migrations.at(-1)?.number ?? 0);
  const rows = await loadRows(options);
  await makeSchema(options);
  return rows;
}

function makeSchema(
  { archive, connection, applicationPassword }: LoadOptions,
  upTo?: number,
): Promise<string[]> {
  const folder = migrationsFolder(archive.manifest.store === 'keys' ? 'keys' : 'records');
  return migrate({ connection, folder, applicationPassword, ...(upTo !== undefined && { upTo }) });
}

/** The rows in one transaction, under all constraints: all of them come in, or none. */
export async function loadRows(
  options: Pick<LoadOptions, 'connection' | 'archive' | 'progress'>,
): Promise<number> {
  const client = await openClient(options.connection);
  try {
    const rows = await inOneTransaction(client, () => loadTables(client, options));
    await client.query('analyze');
    return rows;
  } finally {
    await client.end();
  }
}

async function loadTables(
  client: pg.Client,
  { archive, progress }: Pick<LoadOptions, 'archive' | 'progress'>,
): Promise<number> {
  const there = (await listTables(client)).map(({ name }) => name);
  const own = there.filter((name) => name !== migrationTable);
  const entries = archive.manifest.entries.filter(({ kind }) => kind === 'table');
  assertSameTables(archive, own, entries);
  // What migrations put in stands in the archive too, perhaps changed since. Deleting empty tables costs nothing.
  for (const name of own.toReversed()) await client.query(`delete from ${name}`);
  await remakePartitions(client, archive);
  let loaded = 0;
  for (const entry of entries) {
    loaded += await loadTable(client, archive, entry);
    progress(`${entry.name}: ${entry.rows} rows`);
  }
  return loaded;
}

async function loadTable(
  client: pg.Client,
  archive: Archive,
  entry: ArchiveEntry,
): Promise<number> {
  let rows: number;
  try {
    rows = await copyIn(client, entry, readEntry(archive, entry));
  } catch (error) {
    if (isProblem(error)) throw error;
    // PostgreSQL's own words quote values.
    throw new Problem(
      'unavailable',
      `${archive.name}: the rows of ${entry.name} do not fit the schema, and nothing was loaded. Take another backup.`,
      { cause: error },
    );
  }
  if (rows === entry.rows) return rows;
  throw new Problem(
    'unavailable',
    `${archive.name}: ${entry.name} has ${rows} rows instead of ${entry.rows}, and nothing was loaded.`,
  );
}

/** Names from an archive become SQL only where the database has them too. */
function assertSameTables(
  archive: Archive,
  there: readonly string[],
  entries: readonly ArchiveEntry[],
): void {
  const named = entries.map(({ name }) => name);
  const strange = named.find((name) => !there.includes(name));
  const lost = there.find((name) => !named.includes(name));
  if (strange === undefined && lost === undefined) return;
  throw new Problem(
    'unavailable',
    `${archive.name} and the schema of its time do not agree about the table ${strange ?? lost}.`,
  );
}

/** Partitions follow the epochs, which come and go while the system runs. */
async function remakePartitions(client: pg.Client, archive: Archive): Promise<void> {
  const there = await listPartitions(client);
  const wanted = archive.manifest.partitions;
  for (const { name } of there.filter((one) => !wanted.some((other) => other.name === one.name))) {
    await client.query(`drop table ${name}`);
  }
  for (const { name, of, bound } of wanted) {
    if (there.some((one) => one.name === name)) continue;
    if (!/^[a-z_0-9.]+$/.test(name + of) || !/^FOR VALUES IN \(\d+\)$/.test(bound)) {
      throw new Problem('unavailable', `${archive.name} has a partition that Varsam never makes.`);
    }
    await client.query(`create table ${name} partition of ${of} ${bound}`);
    await client.query(
      `alter table ${name} set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50),
         alter column wrapped set statistics 0, alter column fingerprint set statistics 0`,
    );
  }
}

async function inOneTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
