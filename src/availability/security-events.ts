import type { Records, SecurityEventKind } from '../database/records.ts';
import { newRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';

const shownMax = 50;
const sameKindHours = 1;

/** Notes something that somebody should look at; of one kind once an hour is enough to be seen. */
export async function noteSecurityEvent(
  db: Records,
  kind: SecurityEventKind,
  now: Temporal.Instant,
): Promise<void> {
  const recent = await db
    .selectFrom('routines.security_event')
    .select('event_id')
    .where('kind', '=', kind)
    .where('settled_at', 'is', null)
    .where('noted_at', '>', now.subtract({ hours: sameKindHours }))
    .executeTakeFirst();
  if (recent) return;
  await db
    .insertInto('routines.security_event')
    .values({ event_id: newRowId(now), kind, noted_at: now, settled_at: null })
    .execute();
}

export type SecurityEvent = {
  readonly eventId: RowId;
  readonly kind: SecurityEventKind;
  readonly notedAt: Temporal.Instant;
  readonly settledAt: Temporal.Instant | null;
};

/** What waits for somebody to look at it first, then what was looked at, the newest first. */
export async function listSecurityEvents(db: Records): Promise<SecurityEvent[]> {
  const rows = await db
    .selectFrom('routines.security_event')
    .selectAll()
    .orderBy('settled_at', (order) => order.desc().nullsFirst())
    .orderBy('noted_at', 'desc')
    .limit(shownMax)
    .execute();
  return rows.map((row) => ({
    eventId: row.event_id,
    kind: row.kind,
    notedAt: row.noted_at,
    settledAt: row.settled_at,
  }));
}

/** A member of staff has looked at it. Doing it twice is as good as once. */
export async function settleSecurityEvent(
  db: Records,
  eventId: RowId,
  now: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('routines.security_event')
    .set({ settled_at: now })
    .where('event_id', '=', eventId)
    .where('settled_at', 'is', null)
    .execute();
}
