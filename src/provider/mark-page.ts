import { z } from 'zod';
import { performBooking } from '../history/perform.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { Problem } from '../problem.ts';
import { addressOf } from './booking-list.tsx';
import { bookingIn, bookingPage } from './booking-page.tsx';

const outcomeField = z.enum(['performed', 'no-show', 'booked']);

/** Marks one of the provider's bookings, or takes the mark back. */
export async function takeMark(visit: OwnVisit): Promise<Response> {
  const booking = await bookingIn(visit);
  const outcome = outcomeField.safeParse(visit.form.get('outcome'));
  if (!outcome.success) throw new Problem('bad-input', 'no outcome of a booking');
  const { owner, bookingId } = booking;
  const answer = await performBooking(visit.op, { owner, bookingId, outcome: outcome.data });
  switch (answer) {
    case 'done':
      return seeOther(`${addressOf(booking)}?done=${outcome.data}`);
    case 'too-early':
    case 'too-late':
      return bookingPage(visit, booking, { content: null, status: 422, refused: answer });
  }
}
