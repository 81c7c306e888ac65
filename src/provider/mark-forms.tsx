import type { ProviderBooking } from '../history/provider-bookings.ts';
import { isPerformingOver } from '../history/performing-window.ts';
import type { OwnVisit } from '../http/route.ts';
import { Actions, Button } from '../pages/forms.tsx';
import { href } from '../pages/href.ts';
import { notice } from '../policy/notice.ts';
import { dateTime } from '../text/format.ts';
import { providerText } from '../text/provider.ts';
import { addressOf, markOf } from './booking-list.tsx';
import { lastDayOf } from './booking-words.ts';

/** How it went: two answers, or the way back from one, from the start on until the end of the next day. */
export function MarkForms(props: Marking) {
  return (
    <>
      <h2>{providerText[props.visit.language].mark.title}</h2>
      <Answers {...props} />
    </>
  );
}

type Marking = {
  readonly visit: OwnVisit;
  readonly booking: ProviderBooking;
  /** How the first answer stands out. */
  readonly kind: 'primary' | 'secondary';
};

function Answers({ visit, booking, kind }: Marking) {
  const { op, language } = visit;
  const words = providerText[language].mark;
  if (isPerformingOver(booking, op.now)) return <p>{words.late(notice.controller.name)}</p>;
  const isBefore = Temporal.Instant.compare(op.now, booking.startsAt) < 0;
  if (isBefore) return <p>{words.early(dateTime(booking.startsAt, language))}</p>;
  const last = lastDayOf(booking, language);
  const isMarked = markOf(booking) !== 'booked';
  return (
    <form class="form" method="post" action={href(`${addressOf(booking)}/mark`)}>
      <p>{isMarked ? words.undo(last) : words.text(last)}</p>
      <Actions>
        {(isMarked ? (['booked'] as const) : (['performed', 'no-show'] as const)).map((outcome) => (
          <Button
            kind={outcome === 'performed' ? kind : 'secondary'}
            name="outcome"
            value={outcome}
          >
            {words[outcome]}
          </Button>
        ))}
      </Actions>
    </form>
  );
}
