import { openWith, readIdentities } from '../backup/age.ts';
import type { Open } from '../backup/age.ts';
import { openArchive } from '../backup/archive-reader.ts';
import { findArchives } from '../backup/choose-archives.ts';
import { loadArchive } from '../backup/load.ts';
import { recoverArchive } from '../bookkeeping/recover-archive.ts';
import type { RecoveredYear } from '../bookkeeping/recover-archive.ts';
import { readConfig } from '../config.ts';
import type { Config } from '../config.ts';
import { openRecordsAlone } from '../database/databases.ts';
import { ensureDatabase } from '../database/migrate.ts';
import { openKysely, openPool } from '../database/pool.ts';
import type { Pool } from '../database/pool.ts';
import type { RecordsTables } from '../database/records.ts';
import { administrator, startThrowAway } from '../database/throw-away.ts';
import { Problem } from '../problem.ts';
import { projectFolder } from '../project.ts';
import { UsageError } from './arguments.ts';
import { placeName } from './backup.ts';
import { assertInstalled } from './installed.ts';
import { parseOptions } from './options.ts';
import type { Terminal } from './terminal.ts';

type RecordsStore = { readonly pool: Pool; stop(): Promise<void> };

const outcomes: Readonly<Record<RecoveredYear['outcome'], string>> = {
  recovered: 'opened',
  'no-key': 'no recovery key: it was opened before a recipient was named',
  'other-identity': 'this identity does not open it',
};

/** Writes the archive of the books to a folder, with the recovery identity and the records alone. */
export async function recover(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = parseOptions(args, {
    words: 0,
    flags: ['--json'],
    options: ['--identity', '--to', '--year', '--from'],
  });
  const files = options.values('--identity').map((file) => terminal.resolve(file));
  const to = options.values('--to').at(-1);
  if (files.length === 0) throw new UsageError('Give the recovery identity: --identity FILE.');
  if (to === undefined) throw new UsageError('Where to? Give --to FOLDER.');
  const config = readConfig(terminal.environment, projectFolder);
  const unseal = openWith(readIdentities(files));
  const from = options.values('--from').at(-1);
  const records =
    from === undefined
      ? await ownRecords(config)
      : await archivedRecords(config, placeName(from, terminal), unseal, terminal);
  try {
    const wanted = options.values('--year').at(-1)?.replaceAll('_', '/') ?? null;
    const folder = terminal.resolve(to);
    const db = openKysely<RecordsTables>(records.pool);
    const years = await recoverArchive(db, unseal, { folder, wanted });
    tell(years, options.flags.has('--json'), terminal);
    return years.every(({ outcome }) => outcome === 'recovered') ? 0 : 1;
  } finally {
    await records.stop();
  }
}

function tell(years: readonly RecoveredYear[], asJson: boolean, terminal: Terminal): void {
  if (asJson) return terminal.out(JSON.stringify({ years }));
  for (const { name, outcome, vouchers } of years) {
    terminal.out(`${name}: ${outcomes[outcome]}, ${vouchers} vouchers`);
  }
}

async function ownRecords(config: Config): Promise<RecordsStore> {
  assertInstalled(config);
  return openRecordsAlone(config);
}

/** The newest archive of records in a place, or the one that is named, on a cluster that is gone afterwards. */
async function archivedRecords(
  config: Config,
  from: string,
  open: Open,
  terminal: Terminal,
): Promise<RecordsStore> {
  const [newest] = (await findArchives(from, config.backup?.s3 ?? null))
    .filter(({ store }) => store === 'records')
    .toSorted((one, other) => Temporal.Instant.compare(other.takenAt, one.takenAt));
  if (!newest)
    throw new Problem('not-found', `There is no whole archive of the records in ${from}.`);
  const archive = await openArchive(newest.place, newest.name, open);
  terminal.note(`records: ${newest.name}`);
  const scratch = await startThrowAway();
  try {
    const cluster = scratch.clusters.records;
    const connection = administrator(cluster, 'records');
    await ensureDatabase(connection);
    const progress = (words: string) => terminal.note(words);
    const { applicationPassword } = cluster;
    await loadArchive({ connection, archive, applicationPassword, progress });
    const pool = openPool(connection);
    const stop = async () => {
      await pool.end();
      await scratch.stop();
    };
    return { pool, stop };
  } catch (error) {
    await scratch.stop();
    throw error;
  }
}
