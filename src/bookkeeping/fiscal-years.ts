/** A fiscal year (räkenskapsår) by its first and last day, both inside it. */
export type FiscalYear = {
  readonly startsOn: Temporal.PlainDate;
  readonly endsOn: Temporal.PlainDate;
};

/** What is wrong with a year that somebody wants to add. */
export type FiscalYearFault =
  | 'ends-before-it-starts'
  | 'not-whole-months'
  | 'too-long'
  | 'overlaps'
  | 'leaves-a-gap'
  | 'begins-later';

/** Bokföringslagen (1999:1078) 7:2: through the seventh calendar year after the one in which the year ended. */
const yearsKept = 7;
/** Bokföringslagen 3:1. */
const monthsOfAYear = 12;
/** Bokföringslagen 3:3, when bookkeeping begins or the year is moved. */
const monthsMax = 18;

/**
 * The last day on which the books of a year must be kept (bokföringslagen 7:2). Counted from the year's end and never
 * from a sale in it, so that what was sold early in a broken year is kept for more than eight years.
 */
export function keptThrough(endsOn: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.from({ year: endsOn.year + yearsKept, month: 12, day: 31 });
}

/** The first day on which the books of a year may be erased. */
export function mayBeErasedFrom(endsOn: Temporal.PlainDate): Temporal.PlainDate {
  return keptThrough(endsOn).add({ days: 1 });
}

/** The calendar year of a day, with which books begin where nobody chose another. */
export function calendarYear({ year }: Temporal.PlainDate): FiscalYear {
  return {
    startsOn: Temporal.PlainDate.from({ year, month: 1, day: 1 }),
    endsOn: Temporal.PlainDate.from({ year, month: monthsOfAYear, day: 31 }),
  };
}

/** The year that follows: twelve months, or as many as are given when the year is moved (bokföringslagen 3:3). */
export function yearAfter({ endsOn }: FiscalYear, months = monthsOfAYear): FiscalYear {
  if (!Number.isInteger(months) || months < 1 || months > monthsMax)
    throw new RangeError(`a fiscal year has 1 to ${monthsMax} months`);
  const startsOn = endsOn.add({ days: 1 });
  return { startsOn, endsOn: startsOn.add({ months }).subtract({ days: 1 }) };
}

/** The year that a day belongs to; null when there is none. */
export function yearOf<Year extends FiscalYear>(
  day: Temporal.PlainDate,
  years: readonly Year[],
): Year | null {
  return years.find((year) => isWithin(day, year)) ?? null;
}

export function isWithin(day: Temporal.PlainDate, { startsOn, endsOn }: FiscalYear): boolean {
  return isNotAfter(startsOn, day) && isNotAfter(day, endsOn);
}

/** Bokföringslagen 3:1 and 3:3. A year is not ordinary when bookkeeping begins or ends in it, or when it is moved. */
export function lengthOfYear({
  startsOn,
  endsOn,
}: FiscalYear): 'ordinary' | 'shortened' | 'lengthened' {
  const ordinaryEnd = startsOn.add({ months: monthsOfAYear }).subtract({ days: 1 });
  const order = Temporal.PlainDate.compare(endsOn, ordinaryEnd);
  if (order === 0) return 'ordinary';
  return order < 0 ? 'shortened' : 'lengthened';
}

/**
 * How a year is called: `2026` for the calendar year, `2026/2027` for twelve other months, `2026-01/2026-04` for a
 * shortened or lengthened one. Two years of the same books never have the same name, because they do not overlap.
 */
export function fiscalYearName(year: FiscalYear): string {
  const { startsOn, endsOn } = year;
  if (lengthOfYear(year) !== 'ordinary') return `${monthOf(startsOn)}/${monthOf(endsOn)}`;
  const isCalendarYear = startsOn.year === endsOn.year;
  return isCalendarYear ? `${startsOn.year}` : `${startsOn.year}/${endsOn.year}`;
}

/**
 * What is wrong with a new year beside those that there are; null when nothing is. Years follow one another without
 * gap or overlap and consist of whole months; only the first of all may begin on any day, when bookkeeping began. That
 * day has come: what is sold today is booked today, and needs a year.
 */
export function faultOfYear(
  year: FiscalYear,
  existing: readonly FiscalYear[],
  today: Temporal.PlainDate,
): FiscalYearFault | null {
  const { startsOn, endsOn } = year;
  if (Temporal.PlainDate.compare(endsOn, startsOn) < 0) return 'ends-before-it-starts';
  if (existing.length === 0 && !isNotAfter(startsOn, today)) return 'begins-later';
  if (existing.some((other) => overlap(year, other))) return 'overlaps';
  if (existing.length > 0 && !existing.some((other) => touch(year, other))) return 'leaves-a-gap';
  const isFirst = existing.every((other) => isNotAfter(endsOn, other.startsOn));
  if (endsOn.day !== endsOn.daysInMonth) return 'not-whole-months';
  if (startsOn.day !== 1 && !isFirst) return 'not-whole-months';
  const latestEnd = startsOn.add({ months: monthsMax }).subtract({ days: 1 });
  return isNotAfter(endsOn, latestEnd) ? null : 'too-long';
}

function overlap(one: FiscalYear, other: FiscalYear): boolean {
  return isNotAfter(one.startsOn, other.endsOn) && isNotAfter(other.startsOn, one.endsOn);
}

function touch(one: FiscalYear, other: FiscalYear): boolean {
  return follows(one, other) || follows(other, one);
}

function follows({ startsOn }: FiscalYear, { endsOn }: FiscalYear): boolean {
  return endsOn.add({ days: 1 }).equals(startsOn);
}

function isNotAfter(one: Temporal.PlainDate, other: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(one, other) <= 0;
}

function monthOf(day: Temporal.PlainDate): string {
  return day.toPlainYearMonth().toString();
}
