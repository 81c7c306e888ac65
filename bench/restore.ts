import path from 'node:path';
import type { Client } from 'pg';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { openWith } from '../src/backup/age.ts';
import { openArchive, readSealedPart } from '../src/backup/archive-reader.ts';
import type { Archive } from '../src/backup/archive-reader.ts';
import { loadRows } from '../src/backup/load.ts';
import { backupPartsOf } from '../src/backup/parts.ts';
import { openFolder } from '../src/backup/place-folder.ts';
import { takeBackup } from '../src/backup/take.ts';
import { readConfig } from '../src/config.ts';
import { copyIn, copyOut, listTables } from '../src/database/copy.ts';
import type { CopiedTable } from '../src/database/copy.ts';
import { findRunning } from '../src/database/cluster.ts';
import { ensureDatabase, migrate } from '../src/database/migrate.ts';
import { openClient } from '../src/database/pool.ts';
import type { Connection } from '../src/database/pool.ts';
import { readPassword } from '../src/database/secrets.ts';
import { administrator } from '../src/database/throw-away.ts';
import { migrationsFolder, projectFolder } from '../src/project.ts';
import type { Benchmark } from './benchmark.ts';
import { addOrders, newCustomer } from './customers.ts';
import { clock, openBenchInstallation } from './installation.ts';
import type { BenchInstallation } from './installation.ts';
import { comparedRates, interleave, timeOf } from './rounds.ts';

/** Each has a line: twice as many rows. */
const orders = 60_000;
const ordersAtOnce = 10_000;
const rounds = 4;
const secondsPerMs = 1_000;
/** What stands in an order, in clear: as long as what is sealed, without its nonce and tag. */
const clearText = `convert_to(rpad('{"recipient_name":"Maja Lind","street":"Provgatan 17","town":"Borås"}', greatest(octet_length(sealed) - 40, 10)), 'UTF8')`;
const loaded = ['history.item', 'vault.owner', 'history."order"', 'history.order_line'];

/** Rows a second that come back from an archive, checked and opened, against a bare COPY of the same rows in clear. */
export const restore: Benchmark = {
  name: 'restore',
  about: 'rows a second restored (opened, verified, loaded) against COPY of clear rows',
  target: 0.3,
  async run(progress) {
    await using installation = await openBenchInstallation();
    progress(`writing ${orders} orders`);
    await fill(installation);
    const archive = await backUp(installation);
    const clear = await clearRows(installation);
    const rows = archive.manifest.entries.reduce((sum, entry) => sum + entry.rows, 0);
    const clearCount = clear.reduce((sum, { count }) => sum + count, 0);
    let [ours, theirs] = [await freshDatabase(installation), await freshDatabase(installation)];
    const figures = await interleave(
      rounds,
      {
        async before() {
          ours = await freshDatabase(installation);
          theirs = await freshDatabase(installation);
          await migrateRecords(ours);
          await migrateRecords(theirs);
          await installation.administrator.query('checkpoint');
        },
        ours: async () => rate(rows, await timeOf(() => verifyAndLoad(archive, ours))),
        baseline: async () => rate(clearCount, await timeOf(() => copyClear(theirs, clear))),
      },
      progress,
    );
    return { ...comparedRates(figures, 'rows/s'), more: { rows } };
  },
};

function rate(rows: number, ms: number): number {
  return (rows * secondsPerMs) / ms;
}

async function fill(installation: BenchInstallation): Promise<void> {
  const { owner } = await newCustomer(installation, 'not signed in by password');
  for (let written = 0; written < orders; written += ordersAtOnce) {
    await addOrders(installation, owner, ordersAtOnce, 'with lines');
  }
}

async function backUp(installation: BenchInstallation): Promise<Archive> {
  const config = readConfig({ VARSAM_DATA: installation.folder, PORT: '0' }, projectFolder);
  const parts = backupPartsOf(config, installation, { clock, progress: () => undefined });
  const identities = [await newIdentity(), await newIdentity(), await newIdentity()] as const;
  const [records, keys, keyring] = identities;
  const place = openFolder(path.join(installation.folder, 'bench-backup'));
  const taken = await takeBackup(
    installation.op({ party: 'routine', routine: 'backup' }, 'security'),
    parts,
    {
      place,
      recipients: { records: records.recipient, keys: keys.recipient, keyring: keyring.recipient },
      keepDays: { records: 30, keys: 7, keyring: 7 },
    },
  );
  const name = taken.find(({ store }) => store === 'records')?.name ?? '';
  return openArchive(place, name, openWith([records.identity]));
}

async function newIdentity(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** As a restore does: everything is verified first, and checked again while it is loaded. */
async function verifyAndLoad(archive: Archive, connection: Connection): Promise<void> {
  for (const part of archive.manifest.parts) await readSealedPart(archive, part);
  await loadRows({ connection, archive, progress: () => undefined });
}

type ClearRows = { readonly table: CopiedTable; readonly bytes: Buffer; readonly count: number };

/** The same rows with their personal part in clear, as COPY would have it from a file. */
async function clearRows({ administrator: client }: BenchInstallation): Promise<ClearRows[]> {
  const tables = (await listTables(client)).filter(({ name }) => loaded.includes(name));
  const found: ClearRows[] = [];
  await client.query('create schema clear');
  for (const [index, table] of tables.entries()) {
    const columns = table.columns.map(({ name }) =>
      name === 'sealed' ? `${clearText} as sealed` : `"${name}"`,
    );
    const name = `clear.copy_${index}`;
    await client.query(`create table ${name} as select ${columns.join(', ')} from ${table.name}`);
    const { bytes, rowCount } = copyOut(client, { ...table, name });
    const all = Buffer.concat(await bytes.toArray());
    found.push({ table, bytes: all, count: rowCount() });
  }
  await client.query('drop schema clear cascade');
  return found;
}

async function copyClear(connection: Connection, clear: readonly ClearRows[]): Promise<void> {
  const client: Client = await openClient(connection);
  try {
    await client.query('begin');
    for (const { table, bytes } of clear) await copyIn(client, table, pieces(bytes));
    await client.query('commit');
    await client.query('analyze');
  } finally {
    await client.end();
  }
}

async function* pieces(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  const size = 65_536;
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

let databases = 0;

async function freshDatabase({ folder }: BenchInstallation): Promise<Connection> {
  const port = findRunning(folder, 'records');
  if (port === null) throw new Error('the records store does not run');
  const superuserPassword = readPassword(folder, 'records', 'superuser');
  const connection = administrator({ port, superuserPassword }, `restored_${(databases += 1)}`);
  await ensureDatabase(connection);
  return connection;
}

function migrateRecords(connection: Connection): Promise<string[]> {
  return migrate({ connection, folder: migrationsFolder('records'), applicationPassword: null });
}
