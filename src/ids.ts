import { randomUUID } from 'node:crypto';
import { Problem } from './problem.ts';

/** An id of one kind; an id of another kind, or any string, does not pass for it. */
export type Id<Kind extends string> = string & { readonly __id: Kind };

/** What dies together: an account, a staff member, an erasure case. Random, so that it says nothing, not even when. */
export type OwnerId = Id<'owner'>;
/** A row of an owner. Sorted by time, so that indexes stay dense. */
export type RowId = Id<'row'>;
/** One of the two PostgreSQL stores, from its creation on. */
export type StoreId = Id<'store'>;

const uuidV4Pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const uuidV7Pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const timestampMsMax = 2 ** 48 - 1;

/** UUID version 4 (RFC 9562, section 5.4). */
export function newOwnerId(): OwnerId {
  return randomUUID() as OwnerId;
}

export function newStoreId(): StoreId {
  return randomUUID() as StoreId;
}

/** UUID version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, the rest random. */
export function newRowId(now: Temporal.Instant): RowId {
  const timestampMs = now.epochMilliseconds;
  if (timestampMs < 0 || timestampMs > timestampMsMax) throw new RangeError('time outside uuid v7');
  const time = timestampMs.toString(16).padStart(12, '0');
  // Behind its version, one of version 4 has the same bits: Node keeps random bytes in store for it.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}` as RowId;
}

/** @throws Problem `bad-input` for anything but a lower-case uuid v4. */
export function parseOwnerId(text: string): OwnerId {
  return parse(text, uuidV4Pattern) as OwnerId;
}

/** @throws Problem `bad-input` for anything but a lower-case uuid v7. */
export function parseRowId(text: string): RowId {
  return parse(text, uuidV7Pattern) as RowId;
}

export function isOwnerId(text: string): text is OwnerId {
  return uuidV4Pattern.test(text);
}

export function isRowId(text: string): text is RowId {
  return uuidV7Pattern.test(text);
}

/** The 16 bytes of an id, as associated data for example. */
export function idBytes(id: Id<string>): Uint8Array {
  return Uint8Array.fromHex(id.replaceAll('-', ''));
}

function parse(text: string, pattern: RegExp): string {
  // The text is not repeated in the error, because whoever sent it may have put something personal there.
  if (!pattern.test(text)) throw new Problem('bad-input', 'not an id');
  return text;
}
