import { isPerformingOver } from '../history/performing-window.ts';
import { readProviderBooking } from '../history/provider-bookings.ts';
import type { ProviderBooking } from '../history/provider-bookings.ts';
import type { OwnVisit } from '../http/route.ts';
import type { Child } from 'hono/jsx';
import { isRowId } from '../ids.ts';
import { Button, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import { Problem } from '../problem.ts';
import { dayAt, weekdayDate } from '../text/format.ts';
import { providerText } from '../text/provider.ts';
import { addressOf, markOf, StateBadge } from './booking-list.tsx';
import { lastDayOf, nameOf, placeOf, spanOf } from './booking-words.ts';
import { providerPage, weekPath } from './frame.tsx';
import { MarkForms } from './mark-forms.tsx';
import { employerOf } from './employer.ts';
import { stoppedNotice } from './stopped-notice.tsx';

/** One booking without anything about its customer, and the button that asks for what is needed. */
export async function showBooking(visit: OwnVisit): Promise<Response> {
  const booking = await bookingIn(visit);
  if (isPerformingOver(booking, visit.op.now))
    return bookingPage(visit, booking, { content: <Over visit={visit} /> });
  const stopped = await stoppedNotice(visit);
  if (stopped !== null) return bookingPage(visit, booking, { content: stopped });
  const content = <AskForIt visit={visit} booking={booking} employer={await employerOf(visit)} />;
  return bookingPage(visit, booking, { content, marking: 'secondary' });
}

/**
 * The booking that the address names.
 * @throws Problem `not-found` for what is not in the provider's calendars, and for what is no booking
 */
export async function bookingIn({ op, owner, params }: OwnVisit): Promise<ProviderBooking> {
  const id = params['booking'] ?? '';
  if (!isRowId(id)) throw new Problem('not-found');
  return readProviderBooking(op, owner, id);
}

type Shown = {
  readonly content: Child;
  readonly status?: number;
  /** Why a mark was not made. */
  readonly refused?: 'too-early' | 'too-late';
  /** Whether marking is the one thing to do here; it is, unless the page offers to show what is needed. */
  readonly marking?: 'primary' | 'secondary';
};

/** The page of a booking around what is shown, or not, about its customer. The title names nothing. */
export function bookingPage(
  visit: OwnVisit,
  booking: ProviderBooking,
  { content, status, refused, marking = 'primary' }: Shown,
): Promise<Response> {
  const { language } = visit;
  const words = providerText[language];
  return providerPage(
    visit,
    { title: words.booking, status, comeBackTo: addressOf(booking) },
    <>
      <Done visit={visit} />
      {refused !== undefined && (
        <Notice kind="warning" title={words.refused[refused]} role="alert" />
      )}
      <BackLink href={`${weekPath}?day=${dayAt(booking.startsAt).toString()}`}>
        {words.one.back}
      </BackLink>
      <h1>{nameOf(booking, language)}</h1>
      <SummaryList rows={factsOf(visit, booking)} />
      {content}
      <MarkForms visit={visit} booking={booking} kind={marking} />
    </>,
  );
}

/** What was just done, once, as long as it is still so. */
function Done({ visit }: { visit: OwnVisit }) {
  const words = providerText[visit.language].done;
  const done = (['performed', 'no-show', 'booked'] as const).find(
    (known) => known === visit.query.get('done'),
  );
  if (done === undefined) return null;
  return <Notice kind="success" title={words[done]} role="status" />;
}

function factsOf({ language }: OwnVisit, booking: ProviderBooking): SummaryRow[] {
  const words = providerText[language].one;
  const day = weekdayDate(booking.startsAt, language);
  const place = placeOf(booking, language);
  return [
    { key: words.when, value: `${day}, ${spanOf(booking, language)}` },
    ...(place === null ? [] : [{ key: words.where, value: place }]),
    { key: words.state, value: <StateBadge booking={booking} language={language} /> },
  ];
}

/** Asks first: what is shown is handed over, and the customer sees it. */
function AskForIt(props: { visit: OwnVisit; booking: ProviderBooking; employer: string }) {
  const { visit, booking, employer } = props;
  const words = providerText[visit.language].one;
  return (
    <>
      <h2>{words.needed}</h2>
      <p>{words.neededText(employer)}</p>
      <Form action={`${addressOf(booking)}/open`}>
        <Button kind={markOf(booking) === 'booked' ? 'primary' : 'secondary'} icon="eye">
          {words.open}
        </Button>
      </Form>
      <p class="soft">{words.until(lastDayOf(booking, visit.language))}</p>
    </>
  );
}

/** Said in place of everything about a customer whose booking is over. */
export function Over({ visit }: { visit: OwnVisit }) {
  const words = providerText[visit.language].one;
  return (
    <Notice kind="info" title={words.over}>
      <p>{words.overText}</p>
    </Notice>
  );
}
