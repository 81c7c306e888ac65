import type { Route } from '../http/route.ts';
import { showBlocked, showBlockForm, takeBlock, takeUnblock } from './calendar-block-pages.tsx';
import { showBooking, takeMove } from './calendar-booking-page.tsx';
import { showFeeds, takeRenewal } from './calendar-feeds-page.tsx';
import { calendarRoom, showCalendar } from './calendar-page.tsx';
import { customerStaff } from './frame.tsx';

const access = customerStaff;
const get = { method: 'GET', purpose: 'employment', access } as const;
const post = { method: 'POST', purpose: 'employment', access } as const;

const booking = `${calendarRoom}/bookings/:owner/:booking`;
const blocked = `${calendarRoom}/blocked/:resource/:slot`;

/** The calendar opens nothing; moving a booking does, to write to its customer. */
export const calendarRoutes: readonly Route[] = [
  { ...get, path: calendarRoom, page: showCalendar },
  { ...get, path: `${calendarRoom}/block`, page: showBlockForm },
  { ...post, path: `${calendarRoom}/block`, page: takeBlock },
  { ...get, path: blocked, page: showBlocked },
  { ...post, path: blocked, page: takeUnblock },
  { ...get, path: booking, page: showBooking },
  { method: 'POST', path: booking, access, purpose: 'order-handling', page: takeMove },
  { ...get, path: `${calendarRoom}/feeds`, page: showFeeds },
  { ...post, path: `${calendarRoom}/feeds`, page: takeRenewal },
];
