import { statSync } from 'node:fs';
import path from 'node:path';
import type { Config } from './config.ts';
import type { OpenDatabases } from './database/databases.ts';
import type { Pool } from './database/pool.ts';
import { Problem } from './problem.ts';

/**
 * In production the stores must not lie where one copy takes them all: a dump that holds both records and keys would
 * undo every erasure.
 * @throws Problem `not-allowed` with the mend
 */
export async function assertApart(config: Config, databases: OpenDatabases): Promise<void> {
  if (config.mode === 'sandbox') return;
  const [records, keys] = await Promise.all([
    systemOf(databases.records.pool),
    systemOf(databases.keys.pool),
  ]);
  if (records === keys) {
    throw new Problem(
      'not-allowed',
      'Records and keys are in one PostgreSQL cluster, so every backup of it would hold both. Give the keys a cluster of their own.',
    );
  }
  if (isOneVolume(config) && !config.acceptsOneVolume) {
    throw new Problem(
      'not-allowed',
      'Records, keys and ledger lie on one volume, and with it in one snapshot. Move one of them, or write "accept": ["all stores on one volume"] in the configuration.',
    );
  }
}

/** The number that initdb gave the cluster; copies and replicas keep it. */
async function systemOf(pool: Pool): Promise<string> {
  const found = await pool.query('select system_identifier::text as id from pg_control_system()');
  return (found.rows[0] as { id: string }).id;
}

function isOneVolume({ dataFolder, stores }: Config): boolean {
  const embedded = (['records', 'keys'] as const).filter(
    (name) => stores[name].kind === 'embedded',
  );
  const folders = [...embedded, 'ledger'].map((name) => path.join(dataFolder, name));
  const devices = new Set(
    folders.map((folder) => statSync(folder, { throwIfNoEntry: false })?.dev),
  );
  return embedded.length === 2 && devices.size === 1;
}
