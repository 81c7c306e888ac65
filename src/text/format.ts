import type { Language } from './bilingual.ts';

/** Where the company keeps its clock unless it says otherwise. */
export const companyTimeZone = 'Europe/Stockholm';

/** English is written the British way: day before month, 24-hour clock. */
const locales = { sv: 'sv-SE', en: 'en-GB' } as const;

const noBreakSpace = '\u00a0';
const oreInKrona = 100;

/** Far more than there are formats here, in two languages. */
const formatsMax = 200;

const numberFormat = madeOnce(
  (language: Language, options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locales[language], options),
);
const dateFormat = madeOnce(
  (language: Language, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locales[language], { ...options, timeZone: 'UTC' }),
);

/** A calendar day in the reader's words. As a number of milliseconds it is formatted in a tenth of the time that a PlainDate takes. */
function formatDay(
  day: Temporal.PlainDate,
  language: Language,
  options: Intl.DateTimeFormatOptions,
): string {
  return dateFormat(language, options).format(day.toZonedDateTime('UTC').epochMilliseconds);
}

/** To make a format takes as long as to use it a hundred times, and a page or a receipt uses the same few again and again. */
function madeOnce<Options, Format>(
  make: (language: Language, options: Options) => Format,
): (language: Language, options: Options) => Format {
  const made = new Map<string, Format>();
  return (language, options) => {
    const key = `${language} ${JSON.stringify(options)}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    if (made.size >= formatsMax) made.clear();
    const format = make(language, options);
    made.set(key, format);
    return format;
  };
}

/**
 * An amount in ore as the reader writes it: `1 250 kr`, `1 250,50 kr`; in English `SEK 1,250`.
 * Ore are left out when there are none. The spaces do not break.
 */
export function money(ore: number, language: Language): string {
  return moneyWithDigits(ore, language, ore % oreInKrona === 0 ? 0 : 2);
}

/** An amount with its öre even when there are none, as in a column of a receipt: `1 250,00 kr`, `SEK 1,250.00`. */
export function exactMoney(ore: number, language: Language): string {
  return moneyWithDigits(ore, language, 2);
}

function moneyWithDigits(ore: number, language: Language, digits: 0 | 2): string {
  const format = numberFormat(language, {
    style: 'currency',
    currency: 'SEK',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return withoutBreaks(format.format(ore / oreInKrona));
}

/** A count or measure with the reader's separators: `12 500` or `12,500`. */
export function number(value: number, language: Language): string {
  return withoutBreaks(numberFormat(language, {}).format(value));
}

/** A share of one as per cent: 0.25 is `25 %` in Swedish and `25%` in English. */
export function percent(share: number, language: Language): string {
  const format = numberFormat(language, {
    style: 'percent',
    maximumFractionDigits: 1,
  });
  return withoutBreaks(format.format(share));
}

/** A calendar day: `22 november 2026` or `22 November 2026`. */
export function date(
  value: Temporal.Instant | Temporal.PlainDate,
  language: Language,
  timeZone: string = companyTimeZone,
): string {
  const options = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  return formatDay(dayOf(value, timeZone), language, options);
}

/** A month of a year: `november 2026` or `November 2026`. */
export function monthAndYear(day: Temporal.PlainDate, language: Language): string {
  return formatDay(day, language, { month: 'long', year: 'numeric' });
}

/** A month in a few letters, for below an axis: `nov.` or `Nov`. */
export function monthName(day: Temporal.PlainDate, language: Language): string {
  return formatDay(day, language, { month: 'short' });
}

/** A calendar day with its name: `söndag 22 november 2026` or `Sunday 22 November 2026`. */
export function weekdayDate(
  value: Temporal.Instant | Temporal.PlainDate,
  language: Language,
  timeZone: string = companyTimeZone,
): string {
  const day = dayOf(value, timeZone);
  return `${formatDay(day, language, { weekday: 'long' })} ${date(day, language)}`;
}

/** A day of a week in few letters, for the head of a column: `tis 1 dec.` or `Tue 1 Dec`. */
export function shortWeekdayDate(day: Temporal.PlainDate, language: Language): string {
  const part = (options: Intl.DateTimeFormatOptions) => formatDay(day, language, options);
  return [part({ weekday: 'short' }), day.day, part({ month: 'short' })].join(' ');
}

/** The time of day on a 24-hour clock: `kl. 14.00` in Swedish, `14:00` in English. */
export function time(
  value: Temporal.Instant,
  language: Language,
  timeZone: string = companyTimeZone,
): string {
  const { hour, minute } = value.toZonedDateTimeISO(timeZone);
  const [hh, mm] = [twoDigits(hour), twoDigits(minute)];
  return language === 'sv' ? `kl.${noBreakSpace}${hh}.${mm}` : `${hh}:${mm}`;
}

/** Day and time: `22 november 2026, kl. 14.00` or `22 November 2026, 14:00`. */
export function dateTime(
  value: Temporal.Instant,
  language: Language,
  timeZone: string = companyTimeZone,
): string {
  return `${date(value, language, timeZone)}, ${time(value, language, timeZone)}`;
}

/** A time to be somewhere: `tisdag 24 november 2026 kl. 14.30` or `Tuesday 24 November 2026, 14:30`. */
export function weekdayDateTime(
  value: Temporal.Instant,
  language: Language,
  timeZone: string = companyTimeZone,
): string {
  const between = language === 'sv' ? ' ' : ', ';
  return `${weekdayDate(value, language, timeZone)}${between}${time(value, language, timeZone)}`;
}

/** The days of the week from Monday on, in full and in a few letters. */
export function weekdayNames(
  language: Language,
): { readonly long: string; readonly short: string }[] {
  const monday = Temporal.PlainDate.from('2026-11-23');
  return Array.from({ length: 7 }, (_, days) => monday.add({ days })).map((day) => ({
    long: formatDay(day, language, { weekday: 'long' }),
    short: formatDay(day, language, { weekday: 'short' }),
  }));
}

/** A length of time: `45 minuter`, `2 timmar`, `1 timme 30 minuter`. */
export function duration(minutes: number, language: Language): string {
  const parts = [
    { value: Math.floor(minutes / 60), unit: 'hour' },
    { value: minutes % 60, unit: 'minute' },
  ].filter(({ value }, index) => value > 0 || (index === 1 && minutes === 0));
  return parts
    .map(({ value, unit }) =>
      numberFormat(language, {
        style: 'unit',
        unit,
        unitDisplay: 'long',
      }).format(value),
    )
    .map(withoutBreaks)
    .join(' ');
}

/** A telephone number in E.164 as people read it: a Swedish mobile is `070-123 45 67`, others keep their country. */
export function telephone(e164: string): string {
  const mobile = /^\+46(7\d)(\d{3})(\d\d)(\d\d)$/.exec(e164);
  if (mobile === null) return e164;
  const [, area, ...groups] = mobile;
  return `0${area}-${groups.join(noBreakSpace)}`;
}

/** A day as seen from today: `i dag`, `i morgon`, `om 3 dagar`, `yesterday`. */
export function relativeDay(
  value: Temporal.PlainDate,
  today: Temporal.PlainDate,
  language: Language,
): string {
  const days = today.until(value, { largestUnit: 'days' }).days;
  return new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto' }).format(days, 'day');
}

/** The calendar day on which an instant falls where the company is. */
export function dayAt(
  value: Temporal.Instant,
  timeZone: string = companyTimeZone,
): Temporal.PlainDate {
  return value.toZonedDateTimeISO(timeZone).toPlainDate();
}

/** Words in a row: `namn, adress och telefon` or `name, address and phone`. */
export function list(words: readonly string[], language: Language): string {
  return new Intl.ListFormat(locales[language], { type: 'conjunction' }).format(words);
}

function dayOf(value: Temporal.Instant | Temporal.PlainDate, timeZone: string): Temporal.PlainDate {
  return value instanceof Temporal.Instant ? dayAt(value, timeZone) : value;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/**
 * Intl mixes kinds of no-break space between versions of its data. U+00A0 is the one that our font,
 * mail readers and PDF fonts all have.
 */
function withoutBreaks(text: string): string {
  return text.replace(/\s/gu, noBreakSpace);
}
