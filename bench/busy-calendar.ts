import type { RecordsTransaction } from '../src/database/records.ts';
import { addItem } from '../src/history/catalogue/add-item.ts';
import type { Item } from '../src/history/catalogue/items.ts';
import { newRowId } from '../src/ids.ts';
import type { RowId } from '../src/ids.ts';
import { companyTimeZone } from '../src/text/format.ts';
import { clock } from './installation.ts';
import type { BenchInstallation } from './installation.ts';

/** A company with twenty people who do the same, and how much of their time is booked. */
export type BusyCalendar = {
  readonly item: Item;
  readonly month: Temporal.PlainYearMonth;
  /** A moment before the month, when all of it can be booked. */
  readonly now: Temporal.Instant;
};

const resources = 20;
const bookingsOfMonth = 5_000;
const yearsAround = 4;
const sunday = 7;
/** From eight to six on all days but Sundays. */
const hours = { opens: 8 * 60, closes: 18 * 60 };
/** Half an hour with the cleaning; two fit into an hour. */
const rules = { durationMinutes: 25, bufferAfterMinutes: 5, stepMinutes: 15 };
const placesOfDay = (hours.closes - hours.opens) / 30;
const month = Temporal.PlainYearMonth.from('2027-03');
const now = Temporal.Instant.from('2027-02-28T12:00:00Z');
const words = (text: string) => ({ sv: text, en: text });

/** Fills the month with 5 000 bookings, and the years around it with as many as are left of `bookings`. */
export async function fillCalendar(
  installation: BenchInstallation,
  bookings: number,
): Promise<BusyCalendar> {
  const { item, ids } = await addCompany(installation);
  const days = daysOf(month);
  await addBookings(installation, { item, ids, days, count: bookingsOfMonth });
  const others = monthsAround().flatMap(daysOf);
  await addBookings(installation, { item, ids, days: others, count: bookings - bookingsOfMonth });
  await installation.administrator.query('vacuum analyze');
  return { item, month, now };
}

function daysOf(of: Temporal.PlainYearMonth): Temporal.PlainDate[] {
  return Array.from({ length: of.daysInMonth }, (_, index) =>
    of.toPlainDate({ day: index + 1 }),
  ).filter(({ dayOfWeek }) => dayOfWeek !== sunday);
}

function monthsAround(): Temporal.PlainYearMonth[] {
  const first = month.subtract({ years: yearsAround });
  return Array.from({ length: 2 * yearsAround * 12 }, (_, index) =>
    first.add({ months: index }),
  ).filter((one) => !one.equals(month));
}

async function addCompany({ db }: BenchInstallation): Promise<{ item: Item; ids: RowId[] }> {
  const skill_id = newRowId(clock());
  const ids = Array.from({ length: resources }, () => newRowId(clock()));
  const item = newBookable();
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('history.skill')
      .values({ skill_id, name: words('Klippning') })
      .execute();
    for (const [position, resource_id] of ids.entries()) {
      await addResource(tx, { resource_id, skill_id, position });
    }
    await tx
      .insertInto('history.closed_day')
      .values({ day: month.toPlainDate({ day: 26 }), name: words('Långfredagen') })
      .execute();
    await addItem(tx, { ...item, needs: [skill_id] }, 0);
  });
  return { item, ids };
}

async function addResource(
  tx: RecordsTransaction,
  { resource_id, skill_id, position }: { resource_id: RowId; skill_id: RowId; position: number },
): Promise<void> {
  await tx
    .insertInto('history.resource')
    .values({ resource_id, kind: 'person', position, label: words(`Frisör ${position + 1}`) })
    .execute();
  await tx.insertInto('history.resource_skill').values({ resource_id, skill_id }).execute();
  const weekdays = Array.from({ length: sunday - 1 }, (_, index) => index + 1);
  const openings = weekdays.map((weekday) => ({
    resource_id,
    opening_id: newRowId(clock()),
    weekday,
    opens_minute: hours.opens,
    closes_minute: hours.closes,
    valid_from: null,
    valid_until: null,
  }));
  await tx.insertInto('history.opening').values(openings).execute();
  // Everybody has a short day of their own.
  await tx
    .insertInto('history.opening_exception')
    .values({
      resource_id,
      exception_id: newRowId(clock()),
      day: month.toPlainDate({ day: position + 1 }),
      opens_minute: hours.opens + 120,
      closes_minute: hours.opens + 360,
    })
    .execute();
}

function newBookable(): Item {
  return {
    itemId: newRowId(clock()),
    kind: 'booking',
    name: words('Klippning'),
    description: words(''),
    priceOre: 45_000,
    vatPercent: 25,
    isSensitive: false,
    fulfilment: 'on-site',
    withdrawal: 'date-bound',
    paysOnSite: true,
    variants: [],
    questions: [],
    booking: {
      ...rules,
      bufferBeforeMinutes: 0,
      leadMinutes: 0,
      horizonDays: 366,
      capacity: 1,
      freeCancelHours: 24,
      lateFeePercent: 0,
    },
  };
}

type Filling = {
  readonly item: Item;
  readonly ids: readonly RowId[];
  readonly days: readonly Temporal.PlainDate[];
  readonly count: number;
};

/** Spread evenly over people, days and half-hours, and the same at each run. */
async function addBookings(
  { administrator }: BenchInstallation,
  { item, ids, days, count }: Filling,
): Promise<void> {
  const places = ids.length * days.length * placesOfDay;
  // Coprime to the number of places, so that each comes once.
  const stride = 7_919;
  const columns: { resource: RowId[]; slot: RowId[]; start: string[] } = {
    resource: [],
    slot: [],
    start: [],
  };
  for (let index = 0; index < count; index += 1) {
    const place = (index * stride) % places;
    const day = days[Math.floor(place / (ids.length * placesOfDay))]!;
    const minute = hours.opens + (place % placesOfDay) * 30;
    const time = { hour: Math.floor(minute / 60), minute: minute % 60 };
    columns.resource.push(ids[Math.floor(place / placesOfDay) % ids.length]!);
    columns.slot.push(newRowId(clock()));
    columns.start.push(
      day.toPlainDateTime(time).toZonedDateTime(companyTimeZone).toInstant().toString(),
    );
  }
  await administrator.query(
    `insert into history.slot
       (resource_id, slot_id, kind, item_id, starts_at, ends_at, busy_from, busy_to, capacity, taken)
     select resource_id, slot_id, 'booked', $4, start, start + '25 minutes', start, start + '30 minutes', 1, 1
     from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as given (resource_id, slot_id, start)`,
    [columns.resource, columns.slot, columns.start, item.itemId],
  );
}
