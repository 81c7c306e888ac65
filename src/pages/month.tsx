import { href } from './href.ts';

export interface MonthDay {
  day: Temporal.PlainDate;
  /** Days of the months before and after are left empty. */
  isOfMonth: boolean;
  /** Where its times are; absent where it has none. */
  href?: string | undefined;
  /** The day in full and what there is on it, for who hears the page: `tisdag 24 november, 3 lediga tider`. */
  about: string;
  isChosen: boolean;
  isToday: boolean;
  /** A red day of the calendar. */
  isHoliday: boolean;
}

export interface MonthProps {
  /** Such as `november 2026`. */
  caption: string;
  /** The head of the column of week numbers, and of those of the days, each short and in full. */
  week: { short: string; long: string };
  weekdays: readonly { short: string; long: string }[];
  weeks: readonly { number: number; days: readonly MonthDay[] }[];
}

/** A month as a table, Monday first, with the numbers of the weeks. Days with something on them are links. */
export function Month(props: MonthProps) {
  return (
    <table class="month">
      <caption class="month__name">{props.caption}</caption>
      <thead>
        <tr>
          <th scope="col" class="month__week" abbr={props.week.long}>
            {props.week.short}
          </th>
          {props.weekdays.map(({ short, long }) => (
            <th scope="col" abbr={long}>
              {short}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.weeks.map(({ number, days }) => (
          <tr>
            <th scope="row" class="month__week">
              {number}
            </th>
            {days.map((day) => (
              <td>{day.isOfMonth && <DayCell of={day} />}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DayCell({ of }: { of: MonthDay }) {
  const classes = [
    'month__day',
    ...(of.isToday ? ['month__day--today'] : []),
    ...(of.isHoliday ? ['month__day--holiday'] : []),
  ].join(' ');
  const words = (
    <>
      <span aria-hidden="true">{of.day.day}</span>
      <span class="visually-hidden">{of.about}</span>
    </>
  );
  if (of.href === undefined) return <span class={classes}>{words}</span>;
  return (
    <a class={classes} href={href(of.href)} aria-current={of.isChosen ? 'date' : undefined}>
      {words}
    </a>
  );
}
