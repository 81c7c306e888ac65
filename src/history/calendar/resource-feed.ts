import { timingSafeEqual } from 'node:crypto';
import { uuidOf } from '../../accounts/tokens.ts';
import type { Records } from '../../database/records.ts';
import { idBytes, isRowId } from '../../ids.ts';
import type { RowId } from '../../ids.ts';
import type { Operation } from '../../operation.ts';
import type { Language } from '../../text/bilingual.ts';
import { calendarText } from '../../text/console-calendar.ts';
import { number } from '../../text/format.ts';
import type { Vault } from '../../vault/vault.ts';
import { bookingNumber } from '../booking-number.ts';
import { listKnownItems } from '../catalogue/known-items.ts';
import { calendarOf } from './calendar-of.ts';
import type { CalendarSlot } from './calendar-of.ts';
import { calendarFeed } from './feed.ts';
import type { FeedEvent } from './feed.ts';
import { readResource } from './resources.ts';
import type { KnownResource } from './resources.ts';

const use = 'calendar feed';
const idSize = 16;
const daysBack = 30;
const daysAhead = 400;

/**
 * What the address of a resource's feed ends with: its id, and a keyed hash of it and of how often it was renewed.
 * Nothing of it is stored. 64 characters of base64url.
 */
export function feedToken(
  vault: Vault,
  { resourceId, feedVersion }: Pick<KnownResource, 'resourceId' | 'feedVersion'>,
): string {
  const hash = hashOf(vault, resourceId, feedVersion);
  return Buffer.concat([idBytes(resourceId), hash]).toString('base64url');
}

/** The resource whose feed a token opens, or null for any other text. */
export async function resourceOfFeed(
  { db, vault }: { readonly db: Records; readonly vault: Vault },
  token: string,
): Promise<KnownResource | null> {
  if (!/^[A-Za-z0-9_-]{64}$/.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  const resourceId = uuidOf(bytes.subarray(0, idSize));
  if (!isRowId(resourceId)) return null;
  const resource = await findResource(db, resourceId);
  if (resource === null) return null;
  const hash = hashOf(vault, resourceId, resource.feedVersion);
  return timingSafeEqual(hash, bytes.subarray(idSize)) ? resource : null;
}

/** The feed of a resource: times, names of items and numbers of bookings, and nothing of customers. */
export async function feedOf(
  op: Operation,
  { resourceId, label }: KnownResource,
  language: Language,
): Promise<string> {
  const span = {
    from: op.now.subtract({ hours: daysBack * 24 }),
    to: op.now.add({ hours: daysAhead * 24 }),
  };
  const slots = await calendarOf(op, span, [resourceId]);
  const items = await listKnownItems(op.db);
  const names = new Map(items.map(({ itemId, name }) => [itemId, name[language]]));
  const events = slots.flatMap((slot) => eventsOf(slot, names, language));
  return calendarFeed({ name: label[language], now: op.now, events });
}

/** A group is one appointment, whoever comes; everything else is an appointment for each booking. */
function eventsOf(
  slot: CalendarSlot,
  names: ReadonlyMap<RowId, string>,
  language: Language,
): FeedEvent[] {
  const words = calendarText[language].feed;
  const { startsAt, endsAt, capacity, taken } = slot;
  const base = { startsAt, endsAt, sequence: 0, status: 'confirmed' as const };
  if (slot.kind === 'blocked') return [{ ...base, uid: slot.slotId, summary: words.blocked }];
  const name = slot.itemId === null ? words.booked : (names.get(slot.itemId) ?? words.booked);
  if (capacity > 1) {
    const seats = [taken, capacity].map((count) => number(count, language));
    return [{ ...base, uid: slot.slotId, summary: words.group(name, seats[0]!, seats[1]!) }];
  }
  return slot.bookings.map(({ bookingId, moves }) => ({
    ...base,
    uid: bookingId,
    sequence: moves,
    summary: words.one(name, bookingNumber(bookingId)),
  }));
}

async function findResource(db: Records, resourceId: RowId): Promise<KnownResource | null> {
  const found = await db
    .selectFrom('history.resource')
    .select('resource_id')
    .where('resource_id', '=', resourceId)
    .executeTakeFirst();
  return found ? readResource(db, resourceId) : null;
}

function hashOf(vault: Vault, resourceId: RowId, version: number): Buffer {
  return vault.hashToken(use, {
    owner: 'resource',
    row: resourceId,
    secret: Buffer.from(String(version)),
  });
}
