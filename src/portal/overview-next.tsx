import type { Child } from 'hono/jsx';
import { hasTimes } from '../history/booking-rows.ts';
import type { Booking } from '../history/booking-rows.ts';
import { openOrderOf } from '../history/held-orders.ts';
import type { NextThings, ToDo } from '../history/next-things.ts';
import type { OwnVisit } from '../http/route.ts';
import type { Operation } from '../operation.ts';
import { Actions, ButtonLink } from '../pages/forms.tsx';
import { LinkList } from '../pages/links.tsx';
import type { LinkRow } from '../pages/links.tsx';
import { Panel } from '../pages/things.tsx';
import type { Language } from '../text/bilingual.ts';
import { buyerHistoryText } from '../text/buyer-history.ts';
import { date, time, weekdayDateTime } from '../text/format.ts';

/** Goods are sent back within so many days of withdrawing (distansavtalslagen 2005:59, 2 kap. 13 §). */
const sendBackDays = 14;

/** What is next for a customer, opened as far as the overview says it. */
export type OpenedNext = {
  readonly booking: {
    readonly booking: Booking;
    readonly what: string;
    readonly isMovable: boolean;
    readonly hasBegun: boolean;
  } | null;
  readonly toDo: readonly { readonly toDo: ToDo; readonly number: string }[];
};

/** Opens what the overview names: the thing that is booked, and the numbers of orders. */
export async function openNext(
  { op }: OwnVisit,
  { booking, toDo }: NextThings,
): Promise<OpenedNext> {
  const opened: OpenedNext['toDo'][number][] = [];
  for (const one of toDo) {
    const { order } = await openOrderOf(op, one);
    opened.push({ toDo: one, number: order.number });
  }
  return {
    booking: booking === null ? null : await openBooking(op, booking),
    toDo: opened,
  };
}

async function openBooking(
  op: Operation,
  booking: Booking,
): Promise<NonNullable<OpenedNext['booking']>> {
  const { lines } = await openOrderOf(op, booking);
  const line = lines.find(({ lineId }) => lineId === booking.lineId);
  return {
    booking,
    what: line?.description ?? '',
    isMovable: line !== undefined && hasTimes(line),
    hasBegun: Temporal.Instant.compare(booking.startsAt, op.now) <= 0,
  };
}

/** The next booking in words, with what can be done about it. */
export function NextBooking({ next, language }: { next: OpenedNext; language: Language }): Child {
  if (next.booking === null) return null;
  const { booking, what, isMovable, hasBegun } = next.booking;
  const words = buyerHistoryText[language].next;
  const path = `/history/${booking.orderId}`;
  return (
    <Panel
      id="next"
      kicker={kickerOf(next.booking, words)}
      heading={weekdayDateTime(booking.startsAt, language)}
    >
      <p>{words.what(what, time(booking.endsAt, language))}</p>
      <Actions>
        {isMovable && !hasBegun && (
          <ButtonLink href={`${path}/rebook/${booking.bookingId}`}>{words.rebook}</ButtonLink>
        )}
        {!hasBegun && (
          <ButtonLink href={`${path}/cancel?line=${booking.lineId}`} kind="secondary">
            {words.cancel}
          </ButtonLink>
        )}
        <ButtonLink href={path} kind="secondary">
          {words.see}
        </ButtonLink>
      </Actions>
    </Panel>
  );
}

function kickerOf(
  { booking, hasBegun }: NonNullable<OpenedNext['booking']>,
  words: (typeof buyerHistoryText)['sv']['next'],
): string {
  if (hasBegun) return words.now;
  return booking.state === 'held' ? words.held : words.kicker;
}

/** What waits for the customer, a line each. */
export function ThingsToDo({ next, language }: { next: OpenedNext; language: Language }): Child {
  if (next.toDo.length === 0) return null;
  const words = buyerHistoryText[language];
  return (
    <section aria-labelledby="to-do">
      <h2 id="to-do">{words.toDo}</h2>
      <p>{words.toDoCount(next.toDo.length)}</p>
      <LinkList links={next.toDo.map((one) => linkOf(one, language))} />
    </section>
  );
}

function linkOf({ toDo, number }: OpenedNext['toDo'][number], language: Language): LinkRow {
  const words = buyerHistoryText[language];
  const path = `/history/${toDo.orderId}`;
  if (toDo.kind === 'pay') {
    return {
      href: `${path}/pay`,
      label: words.pay(number),
      description: words.payText(time(toDo.at, language)),
      icon: 'clock',
    };
  }
  return {
    href: path,
    label: words.sendBack(number),
    description: words.sendBackText(date(toDo.at.add({ hours: sendBackDays * 24 }), language)),
    icon: 'package',
  };
}
