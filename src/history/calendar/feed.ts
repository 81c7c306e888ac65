import ical, {
  ICalCalendarMethod,
  ICalEventStatus,
  ICalEventTransparency,
  escape,
} from 'ical-generator';

/** A booking as a calendar program shows it. What stands in it is read by whoever has the address of the feed. */
export type FeedEvent = {
  /** The same for the same booking for ever: by it a calendar program knows what it has already. */
  readonly uid: string;
  readonly startsAt: Temporal.Instant;
  readonly endsAt: Temporal.Instant;
  readonly summary: string;
  readonly location?: string;
  /** Higher with each change of the booking; a calendar program ignores a lower one. */
  readonly sequence: number;
  readonly status: 'confirmed' | 'cancelled';
};

export type Feed = {
  /** What the calendar is called in the list of calendars. */
  readonly name: string;
  readonly now: Temporal.Instant;
  readonly events: readonly FeedEvent[];
};

export const feedMediaType = 'text/calendar; charset=utf-8';

const productId = '//Varsam//Varsam//SV';
/** How often a calendar program is asked to come back. */
const refreshSeconds = 60 * 60;
/** What has no place in a text (RFC 5545, section 3.3.11); line breaks are written as `\n`. */
const controlCharacters = /(?![\t\n\r])\p{Cc}/gu;

/**
 * An iCalendar feed (RFC 5545; the name and how often to refresh are of RFC 7986): all times in UTC, so that no table of
 * time zones has to travel along. It says nothing but what it is given. A cancelled booking stays in it as cancelled
 * and takes no time, because programs that know it would otherwise keep it.
 */
export function calendarFeed({ name, now, events }: Feed): string {
  const calendar = ical({
    name: written(name),
    prodId: productId,
    method: ICalCalendarMethod.PUBLISH,
    ttl: refreshSeconds,
  });
  for (const event of events) calendar.createEvent(described(event, now));
  // Each line ends with a line break, the last one too; the library leaves that one out.
  return `${calendar.toString()}\r\n`;
}

function described({ uid, sequence, status, ...event }: FeedEvent, now: Temporal.Instant) {
  return {
    id: written(uid),
    sequence,
    stamp: now,
    start: event.startsAt,
    end: event.endsAt,
    summary: printable(event.summary),
    location: event.location === undefined ? null : printable(event.location),
    ...statuses[status],
  };
}

const statuses = {
  confirmed: {
    status: ICalEventStatus.CONFIRMED,
    transparency: ICalEventTransparency.OPAQUE,
  },
  cancelled: {
    status: ICalEventStatus.CANCELLED,
    transparency: ICalEventTransparency.TRANSPARENT,
  },
} as const;

/** For what the library writes as it is. */
function written(text: string): string {
  return escape(printable(text), false);
}

function printable(text: string): string {
  return text.toWellFormed().replace(controlCharacters, '');
}
