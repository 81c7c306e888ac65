import { noteSecurityEvent } from '../availability/security-events.ts';
import { sql } from 'kysely';
import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { recentDays } from '../vault/day.ts';
import { countWindows, windowMinutes } from './attempts.ts';
import type { Counter } from './attempts.ts';

/** What somebody guesses at, such as the password of an address, and from which network; null where that is unknown. */
export type Guess = { readonly at: string; readonly from: string | null };

/** Wrong guesses from one network that cost no waiting. */
export const freeGuesses = 5;
const firstWaitSeconds = 30;
const longestWaitSeconds = windowMinutes * 60;
/** Wrong guesses in a row, from anywhere, after which only known networks may go on (NIST SP 800-63B-4, 3.2.2). */
export const guessesInRowMax = 100;
/** In a quarter of an hour: from one network, which may be that of a whole town; and all together. */
export const guessesFromNetworkMax = 600;
export const guessesInAllMax = 24_000;
/** The count of all is kept in parts, so that not everybody waits for one row. */
const partsOfAll = 8;

/**
 * Counts a guess before it is made, and refuses it when it comes too early or too often. Whoever goes on guessing at one
 * thing from one network waits twice as long each time, a quarter of an hour at most; nobody is locked out by what
 * others do elsewhere. After a hundred wrong guesses in a row, from wherever, only networks from which the account's
 * owner has signed in before may go on; another person sets a new password, which is always open.
 * Nothing that was guessed at is stored but as a keyed hash under the key of the day, and what was counted yesterday
 * counts today.
 * @throws Problem `too-many`
 */
export async function countGuess(
  op: Operation,
  guess: Guess,
  isKnown: () => Promise<boolean>,
): Promise<void> {
  const { today, pair, all } = await bucketsOf(op, guess);
  const before = await readFailures(op, pair, all);
  if (before.all.failures >= guessesInRowMax && !(await isKnown())) throw tooMany('in a row');
  if (mustWait(before.pair, op.now)) throw tooMany('from this network at this');
  const isBusy = await countWindows(op, today.day, windowsOf(guess, today));
  if (isBusy.includes('network')) throw tooMany('from this network');
  if (isBusy.includes('all')) {
    await noteSecurityEvent(op.db, 'guesses', op.now);
    if (!(await isKnown())) throw tooMany('in all');
  }
  const counted = await countFailure(op, today.day, today.pair, before.pair.failures);
  if (!counted) throw tooMany('from this network at this');
  await countFailure(op, today.day, today.all, before.all.failures, 0);
}

/** After a right guess: what went wrong before is forgotten, from everywhere. */
export async function forgetGuesses(op: Operation, guess: Guess): Promise<void> {
  const { pair, all } = await bucketsOf(op, guess);
  const buckets = [...pair, ...all];
  await op.db
    .deleteFrom('accounts.failure')
    .where(
      'owner_id',
      'in',
      buckets.map(({ day }) => day),
    )
    .where(
      'bucket',
      'in',
      buckets.map(({ bucket }) => bucket),
    )
    .execute();
}

/** How long to wait after so many wrong guesses, in seconds. */
export function waitSeconds(failures: number): number {
  if (failures < freeGuesses) return 0;
  return Math.min(firstWaitSeconds * 2 ** (failures - freeGuesses), longestWaitSeconds);
}

type Bucket = { readonly day: OwnerId; readonly bucket: Uint8Array };
type Today = {
  readonly day: OwnerId;
  readonly pair: Uint8Array;
  readonly all: Uint8Array;
  readonly network: Uint8Array;
  readonly everybody: Uint8Array;
};
type Failures = { readonly failures: number; readonly failedAt: Temporal.Instant | null };

/** The same things under the keys of today and yesterday; no two days count under the same name. */
async function bucketsOf(op: Operation, { at, from }: Guess) {
  const days = await recentDays(op);
  const values = [`${at}\0${from ?? ''}`, at, `network ${from ?? ''}`, 'everybody'];
  const [pair, all, network, everybody] = await macsOf(op, days.today, values);
  const today: Today = { day: days.today, pair, all, network, everybody };
  if (days.yesterday === null)
    return {
      today,
      pair: [{ day: today.day, bucket: pair }],
      all: [{ day: today.day, bucket: all }],
    };
  const [pairBefore, allBefore] = await macsOf(op, days.yesterday, values);
  const of = (now: Uint8Array, before: Uint8Array, yesterday: OwnerId): Bucket[] => [
    { day: days.today, bucket: now },
    { day: yesterday, bucket: before },
  ];
  return {
    today,
    pair: of(pair, pairBefore, days.yesterday),
    all: of(all, allBefore, days.yesterday),
  };
}

async function macsOf(op: Operation, day: OwnerId, values: readonly string[]) {
  const macs = await op.vault.macs(day, 'guess', values);
  return macs as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
}

function windowsOf(guess: Guess, today: Today): Counter<'network' | 'all'>[] {
  const part = (today.pair[0] ?? 0) % partsOfAll;
  const everybody = Uint8Array.from(today.everybody, (byte, index) =>
    index === 0 ? byte ^ part : byte,
  );
  return [
    { name: 'all', bucket: everybody, limit: guessesInAllMax / partsOfAll },
    ...(guess.from === null
      ? []
      : [{ name: 'network', bucket: today.network, limit: guessesFromNetworkMax } as const]),
  ];
}

/** The newest count of each; today's goes on from yesterday's. */
async function readFailures(
  op: Operation,
  pair: readonly Bucket[],
  all: readonly Bucket[],
): Promise<{ readonly pair: Failures; readonly all: Failures }> {
  const rows = await op.db
    .selectFrom('accounts.failure')
    .select(['owner_id', 'bucket', 'failures', 'failed_at'])
    .where(
      'owner_id',
      'in',
      pair.map(({ day }) => day),
    )
    .where(
      'bucket',
      'in',
      [...pair, ...all].map(({ bucket }) => bucket),
    )
    .execute();
  const newest = (buckets: readonly Bucket[]): Failures => {
    const [found] = buckets.flatMap(({ day, bucket }) =>
      rows.filter((row) => row.owner_id === day && Buffer.compare(row.bucket, bucket) === 0),
    );
    return { failures: found?.failures ?? 0, failedAt: found?.failed_at ?? null };
  };
  return { pair: newest(pair), all: newest(all) };
}

function mustWait({ failures, failedAt }: Failures, now: Temporal.Instant): boolean {
  if (failedAt === null) return false;
  return Temporal.Instant.compare(now, failedAt.add({ seconds: waitSeconds(failures) })) < 0;
}

/**
 * In one statement, which asks again whether it is time: of many at once no more get through than one by one would.
 * It holds the day as every writer holds its owner.
 * @returns false when it is not time yet
 */
async function countFailure(
  op: Operation,
  day: OwnerId,
  bucket: Uint8Array,
  before: number,
  wait: number = firstWaitSeconds,
): Promise<boolean> {
  const counted = await sql`
    insert into accounts.failure as f (owner_id, bucket, failures, failed_at)
    select owner_id, ${bucket}, ${before + 1}, ${op.now} from vault.owner
    where owner_id = ${day} and fenced_at is null
    for key share
    on conflict (owner_id, bucket) do update
    set failures = f.failures + 1, failed_at = excluded.failed_at
    where f.failures < ${freeGuesses}
       or f.failed_at + least(${longestWaitSeconds}, ${wait} * 2 ^ least(f.failures - ${freeGuesses}, 20))
                        * interval '1 second' <= excluded.failed_at
    returning f.failures`.execute(op.db);
  return counted.rows.length === 1;
}

function tooMany(where: string): Problem {
  return new Problem('too-many', `guesses ${where}`);
}
