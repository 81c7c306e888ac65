import { createHash } from 'node:crypto';
import { archiveStores } from './manifest.ts';
import type { ArchiveStore } from './manifest.ts';

/** What the name of an archive says: whose it is as a hash, when, and of which store. Nothing about anybody. */
export type ArchiveName = {
  readonly name: string;
  readonly installation: string;
  readonly takenAt: Temporal.Instant;
  readonly store: ArchiveStore;
};

const pattern =
  /^varsam-([0-9a-f]{8})-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-([a-z]+)-([0-9a-f]{12})$/;

export function nameArchive(archive: {
  readonly storeId: string;
  readonly takenAt: Temporal.Instant;
  readonly store: ArchiveStore;
  readonly backupId: string;
}): string {
  const time = archive.takenAt.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '');
  const random = archive.backupId.slice(-12);
  return `varsam-${installationTag(archive.storeId)}-${time}-${archive.store}-${random}`;
}

/** Tells archives of one installation from those of another in the same place. */
export function installationTag(storeId: string): string {
  return createHash('sha256').update(`varsam backup ${storeId}`).digest('hex').slice(0, 8);
}

/** Null for whatever else lies in the place. */
export function parseArchiveName(name: string): ArchiveName | null {
  const found = pattern.exec(name);
  const store = archiveStores.find((one) => one === found?.[8]);
  if (!found || !store) return null;
  const [, installation = '', year, month, day, hour, minute, second] = found;
  const takenAt = instantOf(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return takenAt && { name, installation, takenAt, store };
}

function instantOf(text: string): Temporal.Instant | null {
  try {
    return Temporal.Instant.from(text);
  } catch {
    return null;
  }
}
