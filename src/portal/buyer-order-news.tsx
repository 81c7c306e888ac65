import type { Child } from 'hono/jsx';
import { Notice } from '../pages/notices.tsx';
import { buyerGuestText } from '../text/buyer-guest.ts';
import { buyerOrderText } from '../text/buyer-order.ts';
import { weekdayDateTime } from '../text/format.ts';
import { changesText } from '../text/rights-changes.ts';
import type { OrderShown } from './buyer-order.tsx';

/** What was just done, said at the top of the page that it leads to. */
export function OrderNews({ shown }: { shown: OrderShown }): Child {
  const said = newsOf(shown);
  if (said === null) return null;
  const [kind, title, text] = said;
  return (
    <Notice kind={kind} title={title} role="status">
      <p>{text}</p>
    </Notice>
  );
}

type Said = readonly [kind: 'success' | 'info', title: string, text: string];

/** An address that was kept says nothing that is not so any more. */
function newsOf({ visit, whole }: OrderShown): Said | null {
  const { query, language } = visit;
  const words = buyerOrderText[language].news;
  const { state } = whole.order;
  if (query.has('placed') && state === 'placed') return ['success', words.placed, words.placedText];
  if (query.has('paid') && state === 'placed') return ['success', words.paid, words.paidText];
  if (query.has('claimed')) {
    const { done, doneText } = buyerGuestText[language].claim;
    return ['success', done, doneText];
  }
  if (query.has('nothing')) return ['info', words.nothingAgain, words.nothingAgainText];
  if (query.has('already')) return ['info', words.already, words.alreadyText];
  if (query.has('changed')) {
    const { saved, savedText } = changesText[language].delivery;
    return ['success', saved, savedText];
  }
  const moved = whole.bookings.find(({ bookingId }) => bookingId === query.get('rebooked'));
  if (moved === undefined || moved.moves === 0) return null;
  return ['success', words.rebooked(weekdayDateTime(moved.startsAt, language)), words.rebookedText];
}
