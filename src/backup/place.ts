import { createHash } from 'node:crypto';
import path from 'node:path';
import type { S3Access } from '../backup-config.ts';
import { Problem } from '../problem.ts';
import { openFolder } from './place-folder.ts';

/**
 * Where archives lie. An archive is a handful of files below its name. It appears in `list` only when it is whole:
 * what was cut off is never there, and is cleared away by the next backup.
 */
export type Place = {
  readonly kind: 'folder' | 's3';
  /** For the operator's eyes; holds no secret. */
  readonly words: string;
  list(): Promise<string[]>;
  /** Begins an archive. Nothing is listed before `finish`. */
  begin(archive: string): Promise<Draft>;
  /** @throws Problem `not-found` when the file is not there. */
  read(archive: string, file: string): Promise<Uint8Array>;
  remove(archive: string): Promise<void>;
  /** Clears away what was begun under names that `isOurs` knows and never finished. */
  clear(isOurs: (archive: string) => boolean): Promise<void>;
};

export type Draft = {
  write(file: string, bytes: Uint8Array): Promise<void>;
  /** Writes the last file, durable, and only then lets the archive be seen. */
  finish(file: string, bytes: Uint8Array): Promise<void>;
};

/** A folder, or `s3://bucket/prefix`. */
export async function openPlace(to: string, s3: S3Access | null): Promise<Place> {
  if (!to.startsWith('s3://')) return openFolder(path.resolve(to));
  const { bucket, prefix } = parseS3(to);
  if (s3 === null) {
    throw new Problem(
      'bad-input',
      'The configuration names no way into S3. Write backup.s3: region, accessKeyFile and secretKeyFile.',
    );
  }
  // Loaded only where it is used: most installations back up to a folder.
  const { openS3 } = await import('./place-s3.ts');
  return openS3({ bucket, prefix, access: s3 });
}

/** Names a place without telling where it is. */
export function hashOfPlace(place: Place): Buffer {
  return createHash('sha256').update(`varsam backup place ${place.words}`).digest();
}

function parseS3(to: string): { bucket: string; prefix: string } {
  const found = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(to);
  if (!found) throw new Problem('bad-input', `"${to}" is not s3://bucket/prefix.`);
  const prefix = (found[2] ?? '').replace(/\/+$/, '');
  return { bucket: found[1] ?? '', prefix: prefix === '' ? '' : `${prefix}/` };
}
