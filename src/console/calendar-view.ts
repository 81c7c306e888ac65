import { calendarOf } from '../history/calendar/calendar-of.ts';
import { weekOf } from '../history/calendar/calendar-weeks.ts';
import { listClosedDays } from '../history/calendar/change-hours.ts';
import type { ClosedDay } from '../history/calendar/change-hours.ts';
import { openIntervals } from '../history/calendar/opening-hours.ts';
import { readHours } from '../history/calendar/read-hours.ts';
import { listResources } from '../history/calendar/resources.ts';
import type { KnownResource } from '../history/calendar/resources.ts';
import { listKnownItems } from '../history/catalogue/known-items.ts';
import { dayIn } from '../http/fields.ts';
import type { OwnVisit } from '../http/route.ts';
import type { RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import type { Words } from '../policy/shape.ts';
import { today } from '../recipients/register.ts';
import { companyTimeZone } from '../text/format.ts';
import { wallMinute } from './calendar-grid.ts';
import type { CalendarColumn } from './calendar-grid.ts';

export type ViewName = 'day' | 'week';

/** Which part of the calendar is asked for. */
export type View = {
  readonly name: ViewName;
  readonly day: Temporal.PlainDate;
  /** Null for all of them; a week shows one. */
  readonly resource: KnownResource | null;
};

/** All that a page of the calendar shows. */
export type ShownCalendar = View & {
  readonly resources: readonly KnownResource[];
  readonly columns: readonly CalendarColumn[];
  readonly closedDays: readonly ClosedDay[];
  readonly itemNames: ReadonlyMap<RowId, Words>;
};

const yearMin = 2000;
const yearMax = 2200;

/** What the address asks for; the day of today where it makes no sense. */
export async function readCalendarPage({ op, query }: OwnVisit): Promise<ShownCalendar> {
  const resources = await listResources(op.db);
  const wished = resources.find(({ resourceId }) => resourceId === query.get('resource')) ?? null;
  const name: ViewName = query.get('view') === 'week' ? 'week' : 'day';
  const day = calendarDayIn(query.get('day')) ?? today(op.now);
  const offered = resources.filter(({ isOffered }) => isOffered);
  const view = { name, day, resource: name === 'week' ? (wished ?? offered[0] ?? null) : wished };
  const shown = view.resource === null ? offered : [view.resource];
  const days = name === 'week' ? weekOf(day).days.map((one) => one.day) : [day];
  return {
    ...view,
    resources,
    columns: await columnsOf(op, shown, days),
    closedDays: await closedDaysOf(op, days),
    itemNames: new Map(
      (await listKnownItems(op.db)).map(({ itemId, name: item }) => [itemId, item]),
    ),
  };
}

/** A day that the calendar can show, in an address or a field; null for anything else, and for what is ages away. */
export function calendarDayIn(text: string | null | undefined): Temporal.PlainDate | null {
  const day = dayIn(text);
  return day !== null && day.year >= yearMin && day.year <= yearMax ? day : null;
}

async function closedDaysOf(
  { db }: Operation,
  days: readonly Temporal.PlainDate[],
): Promise<ClosedDay[]> {
  const closed = await listClosedDays(db, days[0]!);
  return closed.filter(({ day }) => days.some((one) => one.equals(day)));
}

async function columnsOf(
  op: Operation,
  shown: readonly KnownResource[],
  days: readonly Temporal.PlainDate[],
): Promise<CalendarColumn[]> {
  const ids = shown.map(({ resourceId }) => resourceId);
  const from = days[0]!;
  const to = days.at(-1)!.add({ days: 1 });
  const { openings, exceptions, closedDays } = await readHours(op.db, ids, { from, to });
  const span = { from: midnightOf(from), to: midnightOf(to) };
  const slots = await calendarOf(op, span, ids);
  return shown.flatMap((resource) =>
    days.map((day) => ({
      resource,
      day,
      open: openIntervals(
        {
          ...resource,
          openings: openings.get(resource.resourceId) ?? [],
          exceptions: exceptions.get(resource.resourceId) ?? [],
        },
        day,
        closedDays,
        companyTimeZone,
      ).map((interval) => hoursOn(interval, day)),
      slots: slots.filter(
        ({ resourceId, startsAt, endsAt }) =>
          resourceId === resource.resourceId &&
          Temporal.Instant.compare(startsAt, midnightOf(day.add({ days: 1 }))) < 0 &&
          Temporal.Instant.compare(endsAt, midnightOf(day)) > 0,
      ),
    })),
  );
}

function hoursOn(
  { from, to }: { readonly from: number; readonly to: number },
  day: Temporal.PlainDate,
) {
  const [opensMinute, closesMinute] = [from, to].map((ms) =>
    wallMinute(Temporal.Instant.fromEpochMilliseconds(ms), day),
  );
  return { opensMinute: opensMinute!, closesMinute: closesMinute! };
}

function midnightOf(day: Temporal.PlainDate): Temporal.Instant {
  return day.toZonedDateTime(companyTimeZone).toInstant();
}
