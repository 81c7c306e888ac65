export type Holiday =
  | 'new-year'
  | 'epiphany'
  | 'good-friday'
  | 'easter'
  | 'easter-monday'
  | 'first-of-may'
  | 'ascension'
  | 'pentecost'
  | 'national-day'
  | 'midsummer-eve'
  | 'midsummer'
  | 'all-saints'
  | 'christmas-eve'
  | 'christmas'
  | 'boxing-day'
  | 'new-years-eve';

export type HolidayOfYear = {
  readonly day: Temporal.PlainDate;
  /** Its name for people stands in `text/holidays.ts`. */
  readonly holiday: Holiday;
  /** `public`: a holiday by law. `eve`: a working day by law, on which most places are closed. */
  readonly kind: 'public' | 'eve';
};

type Dated = readonly [Temporal.PlainDate, Holiday];

const saturday = 6;

/**
 * The Swedish public holidays, as they have been since 2005 (SFS 1989:253, section 1; ordinary Sundays, which are
 * public holidays too, are left out), and the three eves. In order; two can fall on one day, as Ascension Day and the
 * first of May did in 2008.
 */
export function swedishHolidays(year: number): HolidayOfYear[] {
  const easter = easterSunday(year);
  const fixed = (month: number, day: number) => new Temporal.PlainDate(year, month, day);
  const midsummer = saturdayFrom(fixed(6, 20));
  const byLaw: Dated[] = [
    [fixed(1, 1), 'new-year'],
    [fixed(1, 6), 'epiphany'],
    [easter.subtract({ days: 2 }), 'good-friday'],
    [easter, 'easter'],
    [easter.add({ days: 1 }), 'easter-monday'],
    [fixed(5, 1), 'first-of-may'],
    [easter.add({ days: 39 }), 'ascension'],
    [easter.add({ days: 49 }), 'pentecost'],
    [fixed(6, 6), 'national-day'],
    [midsummer, 'midsummer'],
    [saturdayFrom(fixed(10, 31)), 'all-saints'],
    [fixed(12, 25), 'christmas'],
    [fixed(12, 26), 'boxing-day'],
  ];
  const eves: Dated[] = [
    [midsummer.subtract({ days: 1 }), 'midsummer-eve'],
    [fixed(12, 24), 'christmas-eve'],
    [fixed(12, 31), 'new-years-eve'],
  ];
  return [...byLaw.map(dated('public')), ...eves.map(dated('eve'))].sort((a, b) =>
    Temporal.PlainDate.compare(a.day, b.day),
  );
}

/** Easter Sunday in the Gregorian calendar, by the anonymous computus (Meeus, Astronomical Algorithms, chapter 8). */
export function easterSunday(year: number): Temporal.PlainDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const leapCenturies = Math.floor(century / 4);
  const moonShift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - leapCenturies - moonShift + 15) % 30;
  const toSunday =
    (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const correction = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const days = epact + toSunday - 7 * correction + 114;
  return new Temporal.PlainDate(year, Math.floor(days / 31), (days % 31) + 1);
}

function saturdayFrom(earliest: Temporal.PlainDate): Temporal.PlainDate {
  return earliest.add({ days: (saturday - earliest.dayOfWeek + 7) % 7 });
}

function dated(kind: HolidayOfYear['kind']): (pair: Dated) => HolidayOfYear {
  return ([day, holiday]) => ({ day, holiday, kind });
}
