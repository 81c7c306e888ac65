import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { assertApart } from './apart.ts';
import { assertNotRestoring } from './backup/restore-mark.ts';
import { countryOf, prepareDataFolder } from './config.ts';
import type { Config } from './config.ts';
import { openDatabases } from './database/databases.ts';
import type { OpenDatabases, OpenOptions } from './database/databases.ts';
import { holderOf } from './database/server-lock.ts';
import { Problem } from './problem.ts';
import type { ProofParts } from './routines/proof/finding.ts';
import { openStores } from './stores.ts';
import type { Stores } from './stores.ts';

/** The stores of this installation, opened, and how to close them. */
export type Installation = Stores & {
  readonly databases: OpenDatabases;
  /** The port of the running server when a command joined it. */
  readonly serverPort: number | null;
  close(): Promise<void>;
};

export type InstallationOptions = Omit<OpenOptions, 'connectionsMax'> & {
  readonly now: Temporal.Instant;
  /** True for the command that mends stores which went back: it alone opens them without the restore gate. */
  readonly isMending?: true;
};

/** Starts or joins both databases and opens the stores on them; whatever fails is undone. */
export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const { config, now } = options;
  prepareDataFolder(config);
  assertNotRestoring(config.dataFolder);
  const databases = await openDatabases(options);
  try {
    if (options.isMending && !databases.lock)
      throw new Problem(
        'conflict',
        'Stop the server first: a restore is confirmed while nobody is served.',
      );
    await assertApart(config, databases);
    const stores = await openStores({
      records: databases.records.pool,
      keys: databases.keys.pool,
      folder: config.dataFolder,
      sandbox: config.mode === 'sandbox',
      now,
      epochs: config.epochs,
      recoveryRecipient: await recoveryRecipientOf(config),
      // Who holds the data folder starts the stores, whether it serves pages or not.
      role: databases.lock && !options.isMending ? 'server' : 'command',
    });
    const serverPort = databases.lock ? null : (holderOf(config.dataFolder)?.port ?? null);
    return { ...stores, databases, serverPort, close: () => databases.stop() };
  } catch (error) {
    await databases.stop();
    throw error;
  }
}

/** Where a sandbox keeps the identity of its recovery recipient; a company's is kept on no server. */
export function sandboxRecoveryFile({ dataFolder }: Config): string {
  return path.join(dataFolder, 'sandbox', 'books-recovery.txt');
}

/** @throws Problem `bad-input` for what is no age recipient: here, and not when the first sale of a year is booked */
async function recoveryRecipientOf(config: Config): Promise<string | null> {
  if (config.mode === 'sandbox') {
    const { keptRecipient } = await import('./backup/kept-identity.ts');
    return keptRecipient(sandboxRecoveryFile(config));
  }
  if (config.recoveryRecipient === null) return null;
  const { sealFor } = await import('./backup/age.ts');
  sealFor(config.recoveryRecipient);
  return config.recoveryRecipient;
}

/** The secret from which each recipient's own secret for erasure requests is derived; made at the first start. */
export function erasureMaster({ dataFolder }: Config): Buffer {
  const file = path.join(dataFolder, 'secrets', 'erasure-requests');
  if (!existsSync(file)) {
    writeFileSync(`${file}.new`, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
}

/** What the checks of the promises look at beside the stores. */
export function proofPartsOf(
  { dataFolder, mode, regions }: Config,
  origin: string,
  fetchPage: ProofParts['fetchPage'],
): ProofParts {
  return {
    logFolder: path.join(dataFolder, 'log'),
    origin,
    secretFolders: ['keyring', 'secrets'].map((name) => path.join(dataFolder, name)),
    sandbox: mode === 'sandbox',
    recordsCountry: regions === null ? null : countryOf(regions.records),
    fetchPage,
  };
}
