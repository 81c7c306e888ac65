import path from 'node:path';
import type { S3Access } from '../backup-config.ts';
import { Problem } from '../problem.ts';
import type { Open } from './age.ts';
import { openArchive } from './archive-reader.ts';
import type { Archive } from './archive-reader.ts';
import { parseArchiveName } from './archive-name.ts';
import type { ArchiveName } from './archive-name.ts';
import { archiveStores } from './manifest.ts';
import type { ArchiveStore } from './manifest.ts';
import { openPlace } from './place.ts';
import type { Place } from './place.ts';

/** One archive of each store, that are restored together. */
export type ArchiveSet = Readonly<Record<ArchiveStore, Archive>>;

type Candidate = ArchiveName & { readonly place: Place };

/** An archive that is named itself, or all whole ones of a place. */
export async function findArchives(source: string, s3: S3Access | null): Promise<Candidate[]> {
  const trimmed = source.replace(/\/+$/, '');
  const named = parseArchiveName(path.posix.basename(trimmed));
  const place = await openPlace(named ? path.posix.dirname(trimmed) : source, s3);
  const whole = (await place.list()).flatMap((name) => {
    const parsed = parseArchiveName(name);
    return parsed ? [{ ...parsed, place }] : [];
  });
  if (!named) return whole;
  const found = whole.find(({ name }) => name === named.name);
  if (found) return [found];
  throw new Problem(
    'not-found',
    `${source} is not there, or not whole: its manifest is missing. Fetch it again, or take another backup.`,
  );
}

/**
 * The newest archive of each store among what the sources hold; one that is named itself comes before any that is not.
 * @throws Problem naming the store that has none, or saying that the archives are of several installations.
 */
export async function chooseArchives(
  sources: readonly string[],
  s3: S3Access | null,
  open: Open,
): Promise<ArchiveSet> {
  const found: Candidate[][] = [];
  for (const source of sources) found.push(await findArchives(source, s3));
  const named = found.filter((_, index) => isArchive(sources[index] ?? '')).flat();
  const others = found.filter((_, index) => !isArchive(sources[index] ?? '')).flat();
  assertOneInstallation(named.length > 0 ? named : others);
  const [tag] = [...named, ...others].map(({ installation }) => installation);
  const entries: [ArchiveStore, Archive][] = [];
  for (const store of archiveStores) {
    const chosen =
      newest(named, store) ??
      newest(
        others.filter((one) => one.installation === tag),
        store,
      );
    if (!chosen) throw missing(store, sources);
    entries.push([store, await openArchive(chosen.place, chosen.name, open)]);
  }
  return Object.fromEntries(entries) as Record<ArchiveStore, Archive>;
}

/** The newest whole archive of one store and installation in a place. */
export async function newestArchive(
  place: Place,
  wanted: { readonly store: ArchiveStore; readonly installation: string },
): Promise<string | null> {
  const names = (await place.list()).map(parseArchiveName).filter((one) => one !== null);
  const ours = names.filter(({ installation }) => installation === wanted.installation);
  return newest(ours, wanted.store)?.name ?? null;
}

function isArchive(source: string): boolean {
  return parseArchiveName(path.posix.basename(source.replace(/\/+$/, ''))) !== null;
}

function newest<T extends ArchiveName>(among: readonly T[], store: ArchiveStore): T | undefined {
  return among
    .filter((one) => one.store === store)
    .toSorted((one, other) => Temporal.Instant.compare(other.takenAt, one.takenAt))[0];
}

function assertOneInstallation(candidates: readonly ArchiveName[]): void {
  const tags = new Set(candidates.map(({ installation }) => installation));
  if (tags.size <= 1) return;
  throw new Problem(
    'bad-input',
    `These are archives of different installations (${[...tags].join(', ')}). Name the three that belong together: --from ARCHIVE --from ARCHIVE --from ARCHIVE.`,
  );
}

function missing(store: ArchiveStore, sources: readonly string[]): Problem {
  return new Problem(
    'not-found',
    `There is no whole archive of the ${store} in ${sources.join(' or ')}. All three are needed: records, keys and keyring.`,
  );
}
