import { bookingNumber } from '../history/booking-number.ts';
import { isMovable, readBooking, slotsOfBooking } from '../history/booking-rows.ts';
import type { Booking } from '../history/booking-rows.ts';
import { moveBooking } from '../history/bookings.ts';
import { readCandidates } from '../history/calendar/read-calendar.ts';
import { listResources } from '../history/calendar/resources.ts';
import type { KnownResource } from '../history/calendar/resources.ts';
import { staffTimesOf } from '../history/calendar/times-to-book.ts';
import { findKnownItem } from '../history/catalogue/known-items.ts';
import type { KnownItem } from '../history/catalogue/known-items.ts';
import { seeOther } from '../http/answers.ts';
import type { FieldFault } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import { isOwnerId, isRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import type { FormError } from '../pages/choices.tsx';
import { Button, Field, Form, Select } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { Moment, SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import { isProblem, Problem } from '../problem.ts';
import { calendarText } from '../text/console-calendar.ts';
import { catalogueText } from '../text/console-catalogue.ts';
import { companyTimeZone, dayAt, list, number, weekdayDate } from '../text/format.ts';
import { calendarRoom } from './calendar-page.tsx';
import { addressOfBooking, clock, plainTime } from './calendar-table.tsx';
import { calendarDayIn } from './calendar-view.ts';
import { errorsIn, refused, standing, stored } from './form-state.ts';
import type { FormState } from './form-state.ts';
import { consolePage } from './frame.tsx';
import { timeIn } from './hours-text.ts';
import { movedLetter } from './moved-letter.ts';

type Shown = {
  readonly visit: OwnVisit;
  readonly booking: Booking;
  readonly item: KnownItem | null;
  /** Those that it has taken now. */
  readonly taken: readonly KnownResource[];
  /** Those with whom it could be. */
  readonly able: readonly KnownResource[];
};

/** A booking by what of it is not sealed, and the form that moves it: dragging with the keyboard. */
export async function showBooking(visit: OwnVisit): Promise<Response> {
  const shown = await readShown(visit);
  const { startsAt } = shown.booking;
  const local = startsAt.toZonedDateTimeISO(companyTimeZone);
  return bookingPage(
    shown,
    stored([
      ['day', visit.query.get('day') ?? local.toPlainDate().toString()],
      ['time', clock(local.hour * 60 + local.minute, visit.language)],
    ]),
  );
}

/** Moves the booking and writes to its customer, or says why it stays where it is. */
export async function takeMove(visit: OwnVisit): Promise<Response> {
  const shown = await readShown(visit);
  const wish = wishIn(shown);
  if ('faults' in wish) return bookingPage(shown, refused(visit, wish.faults));
  const { owner, bookingId } = shown.booking;
  // What it may be is said on the page; here nobody is opened for what cannot be done.
  if (!isMovable(visit.op, shown.booking)) throw new Problem('conflict', 'not movable');
  const tell = await movedLetter(visit, owner);
  try {
    await moveBooking(visit.op, { owner, bookingId, ...wish }, tell);
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error;
    const { taken } = calendarText[visit.language].booking;
    const now = await readShown(visit);
    return bookingPage(now, refused(visit, {}), { field: 'time', text: taken });
  }
  return seeOther(`${calendarRoom}?day=${dayAt(wish.startsAt).toString()}&done=moved`);
}

/** @throws Problem `not-found` for what is no booking */
async function readShown(visit: OwnVisit): Promise<Shown> {
  const { op, params } = visit;
  const { owner = '', booking: bookingId = '' } = params;
  if (!isOwnerId(owner) || !isRowId(bookingId)) throw new Problem('not-found');
  const booking = await readBooking(op, { owner, bookingId });
  const item = booking.itemId === null ? null : await findKnownItem(op.db, booking.itemId);
  const resources = await listResources(op.db);
  const ids = (await slotsOfBooking(op, booking)).map(({ resourceId }) => resourceId);
  const able = item === null ? [] : await ableTo(op, item, resources);
  return {
    visit,
    booking,
    item,
    taken: resources.filter(({ resourceId }) => ids.includes(resourceId)),
    able,
  };
}

/** A service that was arranged by hand can be done by whoever the company chooses. */
async function ableTo(
  { db }: Operation,
  item: KnownItem,
  resources: readonly KnownResource[],
): Promise<readonly KnownResource[]> {
  if (item.booking === null) return resources.filter(({ isOffered }) => isOffered);
  const candidates = (await readCandidates(db, item.itemId)).resources;
  return resources.filter(({ resourceId }) =>
    candidates.some((one) => one.resourceId === resourceId),
  );
}

type Wish = { readonly startsAt: Temporal.Instant; readonly with?: RowId };

function wishIn({
  visit: { form },
  able,
}: Shown): Wish | { readonly faults: Record<string, FieldFault> } {
  const day = calendarDayIn(form.get('day'));
  const time = timeIn(form.get('time') ?? '');
  const wished = form.get('with') ?? '';
  const resource = able.find(({ resourceId }) => resourceId === wished);
  const faults: Record<string, FieldFault> = {};
  if (day === null) faults['day'] = 'missing';
  if (time === null) faults['time'] = 'missing';
  if (wished !== '' && resource === undefined) faults['with'] = 'missing';
  if (day === null || time === null || Object.keys(faults).length > 0) return { faults };
  const startsAt = day.toPlainDateTime(time).toZonedDateTime(companyTimeZone).toInstant();
  return resource === undefined ? { startsAt } : { startsAt, with: resource.resourceId };
}

async function bookingPage(shown: Shown, state: FormState, problem?: FormError): Promise<Response> {
  const { visit, booking } = shown;
  const { language } = visit;
  const words = calendarText[language].booking;
  const errors = [...errorsIn(words.faults, state), ...(problem === undefined ? [] : [problem])];
  const heading = words.heading(bookingNumber(booking.bookingId));
  return consolePage(
    visit,
    { title: heading, current: 'calendar', status: errors.length === 0 ? 200 : 422 },
    <>
      <ErrorSummary title={catalogueText[language].errorTitle} errors={errors} />
      <BackLink href={`${calendarRoom}?day=${dayAt(booking.startsAt).toString()}`}>
        {words.back}
      </BackLink>
      <h1>{heading}</h1>
      <SummaryList rows={rowsOf(shown)} />
      <h2>{words.move}</h2>
      {isMovable(visit.op, booking) ? (
        <MoveForm
          {...shown}
          state={state}
          timeError={problem?.text}
          free={await freeStarts(shown, state)}
        />
      ) : (
        <Notice kind="info" title={words.notMovable}>
          <p>
            {booking.itemId === null ? words.notMovableText.sensitive : words.notMovableText.over}
          </p>
        </Notice>
      )}
    </>,
  );
}

function rowsOf({ visit, booking, item, taken }: Shown): SummaryRow[] {
  const { language } = visit;
  const all = calendarText[language];
  const words = all.booking;
  const labels = taken.map(({ label }) => label[language]);
  return [
    { key: words.what, value: item === null ? words.sensitive : item.name[language] },
    {
      key: words.when,
      value: words.whenValue(
        weekdayDate(booking.startsAt, language),
        plainTime(booking.startsAt, language),
        plainTime(booking.endsAt, language),
      ),
    },
    { key: words.with, value: labels.length === 0 ? '–' : list(labels, language) },
    { key: words.state, value: all.states[booking.state] },
    { key: words.moves, value: number(booking.moves, language) },
    {
      key: words.freeUntil,
      value: <Moment value={booking.freeCancelUntil} language={language} />,
    },
    {
      key: words.customer,
      value: (
        <a href={`/console/customers/${booking.owner}?order=${booking.orderId}`}>
          {words.toCustomer}
        </a>
      ),
    },
  ];
}

/** When it could begin on the day in the form. Null where the form names none. */
async function freeStarts(
  { visit, item }: Shown,
  { values }: FormState,
): Promise<{ day: Temporal.PlainDate; starts: string[] } | null> {
  const day = calendarDayIn(values.get('day'));
  if (day === null || item === null || item.booking === null) return null;
  const free = await staffTimesOf(visit.op.db, item, { from: day, days: 1 });
  return { day, starts: free.map(({ startsAt }) => plainTime(startsAt, visit.language)) };
}

function MoveForm(
  props: Shown & {
    state: FormState;
    timeError: string | undefined;
    free: Awaited<ReturnType<typeof freeStarts>>;
  },
) {
  const { visit, booking, item, able, state, timeError, free } = props;
  const { language } = visit;
  const words = calendarText[language].booking;
  const time = standing(words.faults, state, 'time');
  return (
    <Form action={addressOfBooking(booking.owner, booking.bookingId)}>
      <p>{words.moveLead}</p>
      <Field
        {...standing(words.faults, state, 'day')}
        label={words.day}
        type="date"
        width="medium"
        required
      />
      <Field
        {...time}
        error={timeError ?? time.error}
        label={words.time}
        hint={
          free === null
            ? words.timeHint
            : free.starts.length === 0
              ? words.noneFree(weekdayDate(free.day, language))
              : `${words.free(weekdayDate(free.day, language))}: ${free.starts.join(', ')}`
        }
        autocomplete="off"
        width="short"
        maxlength={5}
        required
      />
      <Select
        name="with"
        label={words.resource}
        options={[
          { value: '', label: item?.booking === null ? words.same : words.anyone },
          ...able.map(({ resourceId, label }) => ({ value: resourceId, label: label[language] })),
        ]}
        value={state.values.get('with') ?? ''}
        error={standing(words.faults, state, 'with').error}
      />
      <Button>{words.button}</Button>
    </Form>
  );
}
