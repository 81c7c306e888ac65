import { providersOnly } from '../http/route.ts';
import type { Route } from '../http/route.ts';
import { showBooking } from './booking-page.tsx';
import { providerHome, weekPath } from './frame.tsx';
import { takeMark } from './mark-page.ts';
import { openBooking } from './opened-booking-page.tsx';
import { showToday } from './today-page.tsx';
import { showWeek } from './week-page.tsx';

const get = { method: 'GET', access: providersOnly } as const;
const post = { method: 'POST', access: providersOnly } as const;
// For this purpose everybody opens only what is his own: the lists of times open nobody.
const own = { purpose: 'employment' } as const;
const performing = { purpose: 'performing' } as const;

const booking = '/provider/bookings/:booking';

/** Every page of who performs services. Customers are opened by one route alone, and only through the gate. */
export const providerRoutes: readonly Route[] = [
  { ...get, ...own, path: providerHome, page: showToday },
  { ...get, ...own, path: weekPath, page: showWeek },
  { ...get, ...own, path: booking, page: showBooking },
  { ...post, ...performing, path: `${booking}/open`, page: openBooking },
  { ...post, ...performing, path: `${booking}/mark`, page: takeMark },
];
