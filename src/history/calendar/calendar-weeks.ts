/** A week as a month shows it: Monday first, with its number. */
export type CalendarWeek = {
  /** ISO 8601: the first week of a year is the one with its first Thursday. */
  readonly number: number;
  readonly days: readonly CalendarDay[];
};

export type CalendarDay = {
  readonly day: Temporal.PlainDate;
  /** Days of the months before and after fill the first and the last week. */
  readonly isOfMonth: boolean;
};

const daysOfWeek = 7;

/** The whole weeks that a month touches: four in a February that begins on a Monday, else five or six. */
export function weeksOfMonth(month: Temporal.PlainYearMonth): CalendarWeek[] {
  const first = month.toPlainDate({ day: 1 });
  const monday = first.subtract({ days: first.dayOfWeek - 1 });
  const weeks = Math.ceil((first.dayOfWeek - 1 + month.daysInMonth) / daysOfWeek);
  return Array.from({ length: weeks }, (_, week) =>
    weekFrom(monday.add({ weeks: week }), (day) => day.toPlainYearMonth().equals(month)),
  );
}

/** The seven days of the week in which a day lies. */
export function weekOf(day: Temporal.PlainDate): CalendarWeek {
  return weekFrom(day.subtract({ days: day.dayOfWeek - 1 }), (other) =>
    other.toPlainYearMonth().equals(day.toPlainYearMonth()),
  );
}

function weekFrom(
  monday: Temporal.PlainDate,
  isOfMonth: (day: Temporal.PlainDate) => boolean,
): CalendarWeek {
  const days = Array.from({ length: daysOfWeek }, (_, index) => monday.add({ days: index }));
  return {
    number: isoWeek(monday),
    days: days.map((day) => ({ day, isOfMonth: isOfMonth(day) })),
  };
}

function isoWeek(day: Temporal.PlainDate): number {
  const { weekOfYear } = day;
  // Only calendars other than ISO 8601 have days without a week.
  if (weekOfYear === undefined) throw new RangeError('a day of another calendar');
  return weekOfYear;
}
