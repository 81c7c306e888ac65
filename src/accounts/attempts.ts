import { sql } from 'kysely';
import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { dayOwner } from '../vault/day.ts';
import { normalised } from '../vault/owner-keys.ts';

export const windowMinutes = 15;
/** Attempts in one window for one thing tried, such as a code to guess. */
export const attemptsMax = 10;

/**
 * Counts an attempt before it is made and refuses when there were too many in this quarter of an hour. What was tried
 * is kept only as a keyed hash under the key of the day, so that no list of strangers' addresses grows here.
 * @throws Problem `too-many`
 */
export async function countAttempt(
  op: Operation,
  what: string,
  limit = attemptsMax,
): Promise<void> {
  const day = await dayOwner(op);
  const bucket = await op.vault.mac(day, 'attempt', what);
  const full = await countWindows(op, day, [{ name: 'one', bucket, limit }]);
  if (full.length > 0) throw new Problem('too-many', 'attempts in this quarter of an hour');
}

/** Letters in a quarter of an hour: to one address, at the wish of one network, and all together. */
export const lettersToOneMax = 5;
const lettersFromNetworkMax = 60;
const lettersInAllMax = 3_000;

/**
 * Counts a letter that anybody can have sent to an address, before it is written: the limits keep strangers from being
 * written to again and again.
 * @throws Problem `too-many`
 */
export async function countLetter(
  op: Operation,
  { kind, to, from }: { readonly kind: string; readonly to: string; readonly from: string | null },
): Promise<void> {
  const day = await dayOwner(op);
  // However the address is written, it is one mailbox.
  const values = [`${kind} ${normalised(to)}`, `letters from ${from ?? ''}`, 'letters'];
  const [one, network, all] = await op.vault.macs(day, 'attempt', values);
  const counters = [
    { name: 'one', bucket: one as Uint8Array, limit: lettersToOneMax },
    { name: 'all', bucket: all as Uint8Array, limit: lettersInAllMax },
    ...(from === null
      ? []
      : [{ name: 'network', bucket: network as Uint8Array, limit: lettersFromNetworkMax }]),
  ];
  const full = await countWindows(op, day, counters);
  if (full.length > 0) throw new Problem('too-many', 'letters in this quarter of an hour');
}

/** Something that is counted by quarters of an hour, and how often it may happen in one. */
export type Counter<Name extends string = string> = {
  readonly name: Name;
  readonly bucket: Uint8Array;
  readonly limit: number;
};

/**
 * Counts all of them once, in one statement and so one transaction, which holds the day as every writer holds its owner.
 * @returns the names of those that are above their limit
 */
export async function countWindows<Name extends string>(
  op: Operation,
  day: OwnerId,
  counters: readonly Counter<Name>[],
): Promise<Name[]> {
  // In one order everywhere, or two at once could wait for each other.
  const buckets = counters
    .map(({ bucket }) => Buffer.from(bucket))
    .toSorted((one, other) => Buffer.compare(one, other));
  const { rows } = await sql<{ bucket: Buffer; attempts: number }>`
    insert into accounts.attempt as a (owner_id, bucket, window_start, attempts)
    select d.owner_id, b.bucket, ${windowOf(op.now)}, 1
    from (select owner_id from vault.owner
          where owner_id = ${day} and fenced_at is null for key share) d
    cross join unnest(${buckets}::bytea[]) with ordinality as b (bucket, place)
    order by b.place
    on conflict (owner_id, bucket, window_start) do update set attempts = a.attempts + 1
    returning a.bucket, a.attempts`.execute(op.db);
  if (rows.length === 0) throw new Problem('fenced', 'The day is over and its key destroyed.');
  return counters
    .filter(({ bucket, limit }) =>
      rows.some((row) => row.attempts > limit && row.bucket.equals(bucket)),
    )
    .map(({ name }) => name);
}

function windowOf(now: Temporal.Instant): Temporal.Instant {
  const windowMs = windowMinutes * 60_000;
  return Temporal.Instant.fromEpochMilliseconds(
    Math.floor(now.epochMilliseconds / windowMs) * windowMs,
  );
}
