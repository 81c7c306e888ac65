import { existsSync } from 'node:fs';
import path from 'node:path';
import type { BackupConfig } from '../backup-config.ts';
import type { Config } from '../config.ts';
import { Problem } from '../problem.ts';
import { sealFor } from './age.ts';
import { keptRecipient } from './kept-identity.ts';
import { archiveStores } from './manifest.ts';
import type { ArchiveStore } from './manifest.ts';
import { openPlace } from './place.ts';
import type { Place } from './place.ts';

/** Where a backup goes, for whom each archive is sealed, and for how many days it may live. */
export type BackupPlan = {
  readonly place: Place;
  readonly recipients: Readonly<Record<ArchiveStore, string>>;
  readonly keepDays: Readonly<Record<ArchiveStore, number>>;
};

/**
 * The plan of the configuration, or to another place with the same recipients.
 * @throws Problem `bad-input` where backups are not configured, or two archives would have one recipient.
 */
export async function planBackup(config: Config, to: string | null = null): Promise<BackupPlan> {
  const backup = configured(config);
  const recipients = backup.recipients ?? (await sandboxRecipients(config));
  assertApart(recipients);
  return {
    place: await placeOf(config, to),
    recipients,
    // The keyring's archive holds root keys and goes with the keys.
    keepDays: { records: backup.recordsDays, keys: backup.keysDays, keyring: backup.keysDays },
  };
}

/** The place of the configuration, or another one that is reached by the same keys. */
export function placeOf(config: Config, to: string | null = null): Promise<Place> {
  const backup = config.backup;
  const named = to ?? configured(config).to;
  const where = named.startsWith('s3://') ? named : path.resolve(config.dataFolder, named);
  return openPlace(where, backup?.s3 ?? null);
}

/** The files with which this machine can open its own archives; none where the identities are kept elsewhere. */
export function identityFilesOf(config: Config): readonly string[] {
  if (config.mode === 'production') return config.backup?.rehearsalIdentityFiles ?? [];
  return archiveStores
    .map((store) => sandboxFile(config, store))
    .filter((file) => existsSync(file));
}

function configured({ backup }: Config): BackupConfig {
  if (backup) return backup;
  throw new Problem(
    'bad-input',
    'The configuration has no part "backup": it says where backups go and for whom they are sealed. See docs/operations.md.',
  );
}

function assertApart(recipients: Readonly<Record<ArchiveStore, string>>): void {
  // Each is tried before anything is read, so that a slip of the pen does not cost a night.
  for (const recipient of Object.values(recipients)) sealFor(recipient);
  if (new Set(Object.values(recipients)).size === archiveStores.length) return;
  throw new Problem(
    'bad-input',
    'Two archives have the same recipient: whoever can open both could undo erasures. Make an identity for each: records, keys, keyring.',
  );
}

/** A sandbox makes its identities at the first backup. They lie beside its data, which no company's may. */
async function sandboxRecipients(config: Config): Promise<Record<ArchiveStore, string>> {
  const entries: [ArchiveStore, string][] = [];
  for (const store of archiveStores) entries.push([store, await recipientOf(config, store)]);
  return Object.fromEntries(entries) as Record<ArchiveStore, string>;
}

function recipientOf(config: Config, store: ArchiveStore): Promise<string> {
  return keptRecipient(sandboxFile(config, store));
}

function sandboxFile({ dataFolder }: Config, store: ArchiveStore): string {
  return path.join(dataFolder, 'sandbox', 'backup-identities', `${store}.txt`);
}
