import type { Config } from '../config.ts';
import type { Installation } from '../installation.ts';
import { ledgerOrigin } from '../stores.ts';
import type { NightlyParts } from './nightly.ts';

/** The parts of an installation that backups and rehearsals work with. */
export function backupPartsOf(
  config: Config,
  { databases, keyring }: Pick<Installation, 'databases' | 'keyring'>,
  around: Pick<NightlyParts, 'clock' | 'progress'>,
): NightlyParts {
  return {
    ...around,
    config,
    dataFolder: config.dataFolder,
    connections: { records: databases.records.connection, keys: databases.keys.connection },
    signing: { key: keyring.signing, origin: ledgerOrigin(config.mode === 'sandbox') },
  };
}
