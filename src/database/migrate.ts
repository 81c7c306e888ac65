import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';
import { Problem } from '../problem.ts';
import { openClient, type Connection } from './pool.ts';

export type MigrateOptions = {
  /** As a superuser or the owner of the database. */
  readonly connection: Connection;
  /** A folder of files named `0001-what-it-does.sql`. */
  readonly folder: string;
  /** The password of the role `varsam`; null leaves the role as it is. */
  readonly applicationPassword: string | null;
  /** The last one to apply, for data that was copied when there were no later ones; all of them if it is left out. */
  readonly upTo?: number;
};

export type Migration = {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
  readonly sql: string;
};

type Applied = { number: number; name: string; sha256: string };

export const applicationRole = 'varsam';

/** One number for all databases: the lock is per database, and nothing else in Varsam takes it. */
const advisoryLock = 7_238_114_001;
const fileName = /^(\d{4})-([a-z0-9-]+)\.sql$/;
const ownTransaction = /^\s*(?:begin|commit|rollback|start\s+transaction)\s*;/im;

/**
 * Brings a database up to date, one transaction for each file. Several starters at once are safe: they take turns,
 * and the later ones find nothing to do.
 *
 * @returns the names of the migrations that were applied now.
 * @throws Problem `unavailable` if an applied file was changed, is missing, or is unknown to this version.
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const migrations = readMigrations(options.folder);
  const client = await openClient(options.connection);
  try {
    await client.query('select pg_advisory_lock($1)', [advisoryLock]);
    if (options.applicationPassword !== null) await ensureRole(client, options.applicationPassword);
    await ensureTable(client);
    const { upTo = migrations.length } = options;
    const due = dueMigrations(migrations, await appliedMigrations(client)).filter(
      ({ number }) => number <= upTo,
    );
    for (const migration of due) await apply(client, migration);
    return due.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/** Creates the database if the cluster does not have it yet. */
export async function ensureDatabase(connection: Connection): Promise<void> {
  const client = await openClient({ ...connection, database: 'postgres' });
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [
      connection.database,
    ]);
    if (found.rowCount === 0) {
      await client.query(`create database ${client.escapeIdentifier(connection.database)}`);
    }
  } catch (error) {
    // Somebody else created it in the same moment: duplicate_database, or its unique index.
    if (!['42P04', '23505'].includes(String((error as { code?: unknown }).code))) throw error;
  } finally {
    await client.end();
  }
}

/** The migrations of a folder in their order. */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder).filter(
    (name) => name.endsWith('.sql') && name !== 'schema.sql',
  );
  return names.sort().map((name, index) => readMigration(folder, name, index + 1));
}

function readMigration(folder: string, file: string, expected: number): Migration {
  const named = fileName.exec(file);
  if (!named) throw new Problem('unavailable', `${file} is not named like 0001-what-it-does.sql`);
  const number = Number(named[1]);
  if (number !== expected) {
    throw new Problem('unavailable', `${file} in ${folder} should have the number ${expected}`);
  }
  const sql = readFileSync(path.join(folder, file), 'utf8');
  if (ownTransaction.test(sql)) {
    throw new Problem('unavailable', `${file} begins or ends a transaction; each file is one`);
  }
  return { number, name: file, sha256: createHash('sha256').update(sql).digest('hex'), sql };
}

async function ensureTable(client: pg.Client): Promise<void> {
  await client.query(`
    create schema if not exists system;
    create table if not exists system.migration (
      number integer primary key,
      name text not null,
      sha256 text not null,
      applied_at timestamptz not null default now()
    );
  `);
}

/** Safety: a role cannot take its password as a parameter, so it is quoted; statements are not logged. */
async function ensureRole(client: pg.Client, password: string): Promise<void> {
  const found = await client.query('select 1 from pg_roles where rolname = $1', [applicationRole]);
  const verb = found.rowCount === 0 ? 'create' : 'alter';
  await client.query(
    `${verb} role ${applicationRole} login password ${client.escapeLiteral(password)}`,
  );
}

async function appliedMigrations(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query<Applied>(
    'select number, name, sha256 from system.migration order by number',
  );
  return rows;
}

/** What is still to be applied, once everything applied has been recognised. */
function dueMigrations(migrations: readonly Migration[], applied: readonly Applied[]): Migration[] {
  for (const row of applied) {
    const known = migrations[row.number - 1];
    if (!known) throw unknownMigration(row);
    if (known.sha256 !== row.sha256) throw changedMigration(row, known);
  }
  const next = (applied.at(-1)?.number ?? 0) + 1;
  return migrations.filter(({ number }) => number >= next);
}

function unknownMigration(row: Applied): Problem {
  return new Problem(
    'unavailable',
    `The database has migration ${row.name}, which this version of Varsam does not know. Start the version that applied it, or a newer one.`,
  );
}

function changedMigration(row: Applied, known: Migration): Problem {
  return new Problem(
    'unavailable',
    `Migration ${known.name} differs from ${row.name}, which was applied. Restore the file as it was and put the change into a new migration.`,
  );
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    // The row comes first: a starter that does not share the lock collides here, before it changes anything.
    await client.query('insert into system.migration (number, name, sha256) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.sha256,
    ]);
    await client.query(migration.sql);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw new Problem('unavailable', `${migration.name}: ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'failed';
}
