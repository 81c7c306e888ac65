import type { Records } from '../../database/records.ts';
import type { ResourceKind } from '../../database/records-history.ts';
import type { RowId } from '../../ids.ts';
import type { Words } from '../../policy/shape.ts';

/** A person, a room or a thing that bookings take, by its public label. */
export type Calendar = {
  readonly resourceId: RowId;
  readonly kind: ResourceKind;
  readonly label: Words;
};

/** As many as fit into one form. */
const calendarsMax = 80;

/** Whose time can be booked, people first, and `also` some whose time no longer can. */
export function listCalendars(db: Records, also: readonly RowId[] = []): Promise<Calendar[]> {
  return readCalendars(db, true, also);
}

/** Several by their ids. */
export function calendarsIn(db: Records, ids: readonly RowId[]): Promise<Calendar[]> {
  return readCalendars(db, false, ids);
}

async function readCalendars(
  db: Records,
  offered: boolean,
  ids: readonly RowId[],
): Promise<Calendar[]> {
  if (!offered && ids.length === 0) return [];
  const rows = await db
    .selectFrom('history.resource')
    .select(['resource_id', 'kind', 'label'])
    .where((row) =>
      row.or([
        ...(offered ? [row('offered', '=', true)] : []),
        ...(ids.length > 0 ? [row('resource_id', 'in', [...ids])] : []),
      ]),
    )
    .orderBy('kind')
    .orderBy('position')
    .limit(calendarsMax)
    .execute();
  return rows.map(({ resource_id, kind, label }) => ({ resourceId: resource_id, kind, label }));
}
