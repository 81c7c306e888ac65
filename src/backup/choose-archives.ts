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
 * Those dated after now, by a clock that was ahead, are passed over while there is another, and that is said.
 * @throws Problem naming the store that has none, or saying that the archives are of several installations.
 */
export async function chooseArchives(
  sources: readonly string[],
  s3: S3Access | null,
  open: Open,
  at: { readonly now: Temporal.Instant; readonly progress: (words: string) => void },
): Promise<ArchiveSet> {
  const found: Candidate[][] = [];
  for (const source of sources) found.push(await findArchives(source, s3));
  const named = found.filter((_, index) => isArchive(sources[index] ?? '')).flat();
  const others = found.filter((_, index) => !isArchive(sources[index] ?? '')).flat();
  assertOneInstallation(named.length > 0 ? named : others);
  const [tag] = [...named, ...others].map(({ installation }) => installation);
  const entries: [ArchiveStore, Archive][] = [];
  for (const store of archiveStores) {
    const fitting = others.filter((one) => one.installation === tag);
    const [first] = newestFirst(named, store);
    const chosen = first ?? newest(fitting, store, at.now);
    if (!chosen) throw missing(store, sources);
    const [latest] = newestFirst(fitting, store);
    if (!first && latest && latest.name !== chosen.name)
      at.progress(`${latest.name}: passed over, for it is dated after now. Name it to use it.`);
    entries.push([store, await openArchive(chosen.place, chosen.name, open)]);
  }
  return Object.fromEntries(entries) as Record<ArchiveStore, Archive>;
}

/** The newest whole archive of one store and installation in a place. */
export async function newestArchive(
  place: Place,
  wanted: {
    readonly store: ArchiveStore;
    readonly installation: string;
    readonly now: Temporal.Instant;
  },
): Promise<string | null> {
  const names = (await place.list()).map(parseArchiveName).filter((one) => one !== null);
  const ours = names.filter(({ installation }) => installation === wanted.installation);
  return newest(ours, wanted.store, wanted.now)?.name ?? null;
}

function isArchive(source: string): boolean {
  return parseArchiveName(path.posix.basename(source.replace(/\/+$/, ''))) !== null;
}

/** One dated after now only where there is no other: then it may be this machine's clock that is wrong. */
function newest<T extends ArchiveName>(
  among: readonly T[],
  store: ArchiveStore,
  now: Temporal.Instant,
): T | undefined {
  const sorted = newestFirst(among, store);
  return sorted.find(({ takenAt }) => Temporal.Instant.compare(takenAt, now) <= 0) ?? sorted[0];
}

function newestFirst<T extends ArchiveName>(among: readonly T[], store: ArchiveStore): T[] {
  return among
    .filter((one) => one.store === store)
    .toSorted((one, other) => Temporal.Instant.compare(other.takenAt, one.takenAt));
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
