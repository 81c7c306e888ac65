import { createHash } from 'node:crypto';
import { Problem } from '../problem.ts';
import type { Open } from './age.ts';
import { manifestFile, sumsFile, sumsOf } from './archive-files.ts';
import { readManifest, sha256 } from './manifest.ts';
import type { ArchiveEntry, ArchivePart, Manifest } from './manifest.ts';
import type { Place } from './place.ts';

export type Archive = {
  readonly place: Place;
  readonly name: string;
  readonly manifest: Manifest;
  /** Of the sealed manifest: stands for all that it lists. */
  readonly manifestSha256: string;
  readonly verifierKey: string;
  readonly open: Open;
};

/**
 * Opens the list of contents of an archive.
 * @throws Problem that tells damage, a wrong identity, an unknown format and a foreign signature apart.
 */
export async function openArchive(place: Place, name: string, open: Open): Promise<Archive> {
  const sealed = await place.read(name, manifestFile);
  const manifestSha256 = sha256(sealed);
  const sums = Buffer.from(await place.read(name, sumsFile)).toString('latin1');
  if (!sums.endsWith(`${manifestSha256}  ${manifestFile}\n`)) throw damaged(name, manifestFile);
  const plain = await opened(open, sealed, name, manifestFile);
  const read = readManifest(plain, name);
  if (sums !== sumsOf(read.manifest.parts, manifestSha256)) throw damaged(name, sumsFile);
  return { place, name, manifestSha256, open, ...read };
}

/**
 * A part as it lies there, held against the hash in the signed list of contents: whoever could open that list can open
 * this part, and it says what was written.
 * @throws Problem that tells a part that is cut off from one that was changed
 */
export async function readSealedPart(archive: Archive, part: ArchivePart): Promise<Uint8Array> {
  const { name } = archive;
  const sealed = await archive.place.read(name, part.file);
  if (sealed.length < part.sealed_bytes) {
    throw new Problem(
      'unavailable',
      `${name}: ${part.file} is cut off: ${sealed.length} of ${part.sealed_bytes} bytes are there. Fetch it again, or take another backup.`,
    );
  }
  if (sha256(sealed) !== part.sealed_sha256) throw damaged(name, part.file);
  return sealed;
}

/** A part, opened. */
export async function readPart(archive: Archive, part: ArchivePart): Promise<Uint8Array> {
  const sealed = await readSealedPart(archive, part);
  const plain = await opened(archive.open, sealed, archive.name, part.file);
  if (sha256(plain) !== part.sha256) throw damaged(archive.name, part.file);
  return plain;
}

/** The bytes of an entry, from as many parts as it takes; the next part is fetched while this one is used. */
export async function* readEntry(
  archive: Archive,
  entry: ArchiveEntry,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = createHash('sha256');
  for await (const { plain, from } of partsOf(archive, entry)) {
    const first = Math.max(0, entry.offset - from);
    const piece = plain.subarray(first, entry.offset + entry.bytes - from);
    hash.update(piece);
    yield piece;
  }
  if (hash.digest('hex') !== entry.sha256) throw damaged(archive.name, entry.name);
}

export async function readWholeEntry(archive: Archive, entry: ArchiveEntry): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readEntry(archive, entry)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* partsOf(
  archive: Archive,
  { offset, bytes }: ArchiveEntry,
): AsyncGenerator<{ plain: Uint8Array; from: number }, void, undefined> {
  const needed: { part: ArchivePart; from: number }[] = [];
  let from = 0;
  for (const part of archive.manifest.parts) {
    if (from < offset + bytes && from + part.bytes > offset) needed.push({ part, from });
    from += part.bytes;
  }
  let next = needed[0] ? recentPart(archive, needed[0].part) : null;
  for (const [index, { from: at }] of needed.entries()) {
    const plain = await next;
    const after = needed[index + 1];
    next = after ? recentPart(archive, after.part) : null;
    // Whoever stops reading early must not leave a rejection that nobody hears.
    next?.catch(() => undefined);
    if (plain) yield { plain, from: at };
  }
}

const recent = new WeakMap<Manifest, { file: string; plain: Promise<Uint8Array> }>();

/** The part that was read last is kept: many small tables stand in one. */
function recentPart(archive: Archive, part: ArchivePart): Promise<Uint8Array> {
  const known = recent.get(archive.manifest);
  if (known?.file === part.file) return known.plain;
  const plain = readPart(archive, part);
  recent.set(archive.manifest, { file: part.file, plain });
  // What could not be read is asked for again.
  plain.catch(() => recent.delete(archive.manifest));
  return plain;
}

async function opened(
  open: Open,
  sealed: Uint8Array,
  name: string,
  file: string,
): Promise<Uint8Array> {
  let plain: Uint8Array | null;
  try {
    plain = await open(sealed);
  } catch {
    // The library's own words for it help nobody.
    throw damaged(name, file);
  }
  if (plain !== null) return plain;
  throw new Problem(
    'bad-input',
    `None of the identities opens ${name}. It was made for another recipient: give the identity file that belongs to it with --identity.`,
  );
}

function damaged(name: string, what: string): Problem {
  return new Problem(
    'unavailable',
    `${name}: ${what} is damaged: it is not what was written. Fetch it again, or take another backup.`,
  );
}
