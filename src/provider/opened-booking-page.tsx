import { discloseBooking } from '../history/disclose-booking.ts';
import type { BookingDisclosure, DisclosedBooking } from '../history/disclose-booking.ts';
import type { OwnVisit } from '../http/route.ts';
import { ButtonLink } from '../pages/forms.tsx';
import { telephoneHref } from '../pages/href.ts';
import { Notice } from '../pages/notices.tsx';
import { SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import { intake } from '../policy/intake.ts';
import { notice } from '../policy/notice.ts';
import type { Language } from '../text/bilingual.ts';
import { shortLabel } from '../text/field-label.ts';
import { dateTime, telephone } from '../text/format.ts';
import { providerText } from '../text/provider.ts';
import { addressOf } from './booking-list.tsx';
import { bookingIn, bookingPage, Over } from './booking-page.tsx';
import { employerOf } from './employer.ts';

/** Hands over what is needed for a booking, and shows it, or says kindly that it is not handed out. */
export async function openBooking(visit: OwnVisit): Promise<Response> {
  const booking = await bookingIn(visit);
  const disclosure = await discloseBooking(visit.op, visit.owner, booking);
  if (disclosure.kind === 'withheld') {
    const content = <Withheld visit={visit} because={disclosure.because} />;
    return bookingPage(visit, booking, { content, status: 403 });
  }
  const employer = await employerOf(visit);
  return bookingPage(visit, booking, {
    content: (
      <Opened
        visit={visit}
        employer={employer}
        disclosed={disclosure.content}
        closeHref={addressOf(booking)}
      />
    ),
  });
}

function Withheld(props: {
  visit: OwnVisit;
  because: Extract<BookingDisclosure, { kind: 'withheld' }>['because'];
}) {
  const { visit, because } = props;
  const { one, stopped } = providerText[visit.language];
  const company = notice.controller.name;
  switch (because) {
    case 'over':
      return <Over visit={visit} />;
    case 'customer':
      return (
        <Notice kind="info" title={one.withheld} role="status">
          <p>{one.withheldText(company)}</p>
        </Notice>
      );
    case 'no-engagement':
    case 'no-agreement':
      return (
        <Notice kind="warning" title={stopped.title} role="status">
          <p>{stopped[because](company)}</p>
        </Notice>
      );
  }
}

function Opened(props: {
  visit: OwnVisit;
  employer: string;
  disclosed: DisclosedBooking;
  closeHref: string;
}) {
  const { visit, employer, disclosed, closeHref } = props;
  const { language, op } = visit;
  const words = providerText[language].one;
  return (
    <>
      <Notice kind="info" title={words.seen} role="status">
        <p>{words.seenText(employer, dateTime(op.now, language))}</p>
      </Notice>
      <h2>{words.customer}</h2>
      <SummaryList rows={customerRows(disclosed, language)} />
      <ButtonLink href={closeHref} kind="secondary" icon="eye-off">
        {words.close}
      </ButtonLink>
    </>
  );
}

function customerRows(disclosed: DisclosedBooking, language: Language): SummaryRow[] {
  const words = providerText[language].one;
  const { recipientName, phone, address, description, answers, message } = disclosed;
  return [
    { key: words.name, value: recipientName },
    {
      key: words.phone,
      value: phone === null ? words.nothing : <a href={telephoneHref(phone)}>{telephone(phone)}</a>,
    },
    ...(address === null
      ? []
      : [{ key: words.address, value: addressLine(address) ?? words.nothing }]),
    { key: words.booked, value: description },
    ...answers.map(({ field, answer }) => ({
      key: shortLabel(intake[field][language]),
      value: answer,
    })),
    ...(message === null ? [] : [{ key: words.message, value: message }]),
  ];
}

function addressLine({ street, postalCode, town }: NonNullable<DisclosedBooking['address']>) {
  const parts = [street, [postalCode, town].filter((part) => part !== null).join(' ')];
  const known = parts.filter((part) => part !== null && part !== '');
  return known.length === 0 ? null : known.join(', ');
}
