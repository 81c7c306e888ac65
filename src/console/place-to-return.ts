import type { StaffRole } from '../database/records.ts';
import { ownPath } from '../http/answers.ts';

/**
 * Where signing in leads: a page of the console or, for who performs services, of theirs, whatever was asked for.
 * `role` null: nobody knows yet who signs in.
 */
export function placeToReturn(
  asked: string | null | undefined,
  role: StaffRole | null = null,
): string {
  const path = ownPath(asked ?? '');
  const isTheirs = rightPlaces(role).some((place) => place.test(path));
  return isTheirs ? pageOf(path, role) : homeOf(role);
}

/** The first page of who signs in. */
export function homeOf(role: StaffRole | null): string {
  return role === 'provider' ? '/provider' : '/console';
}

/** The sign-in page that leads to a place afterwards; nothing needs saying where that is the first page anyway. */
export function signInAddress(place: string): string {
  return place === '/console'
    ? '/console/sign-in'
    : `/console/sign-in?return=${encodeURIComponent(place)}`;
}

const consolePages = /^\/console(?:[/?]|$)/;
const providerPages = /^\/provider(?:[/?]|$)/;
/** What everybody has who signs in to work. */
const ownPages = /^\/console\/(?:me|confirm-identity)(?:[/?]|$)/;

function rightPlaces(role: StaffRole | null): readonly RegExp[] {
  if (role === null) return [consolePages, providerPages];
  return role === 'provider' ? [providerPages, ownPages] : [consolePages];
}

/** The page to come back to where the address of a form itself answers no GET. */
function pageOf(path: string, role: StaffRole | null): string {
  if (/^\/console\/(?:sign-(?:in|out)|confirm-identity)\b/.test(path)) return homeOf(role);
  return path
    .replace(/^(\/console\/customers\/[^/?]+)\/(?:support|order-handling)$/, '$1')
    .replace(
      /^(\/console\/orders\/[^/?]+\/[^/?]+)\/(?:open|refund|take-back|goods-back|paid-back|arrange)$/,
      '$1',
    )
    .replace(/^(\/console\/money)\/.*$/, '$1')
    .replace(/^(\/console\/holds\/[^/?]+)\/(?:open|confirm|renew|lift)$/, '$1')
    .replace(/^(\/console\/catalogue)\/order$/, '$1')
    .replace(/^(\/console\/catalogue\/items\/[^/?]+)\/offer$/, '$1')
    .replace(/^(\/console\/operation)\/events\/.*$/, '$1')
    .replace(
      /^(\/console\/(?:staff|providers)\/[^/?]+)\/(?:role|reset|end-sessions|again|withdraw)$/,
      '$1',
    )
    .replace(/^(\/console\/providers\/[^/?]+)\/(?:calendars|(?:begin|end)-engagement)$/, '$1')
    .replace(/^(\/console\/me)\/sessions\/.+$/, '$1')
    .replace(/^(\/console\/me\/passkeys)\/[^/?]+\/remove$/, '$1')
    .replace(/^(\/provider\/bookings\/[^/?]+)\/(?:open|mark)$/, '$1');
}
