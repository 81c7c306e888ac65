import { ownPath } from '../http/answers.ts';

/** Where signing in leads: a page of the console, whatever was asked for. */
export function placeToReturn(asked: string | null | undefined): string {
  const path = ownPath(asked ?? '');
  if (!/^\/console(?:[/?]|$)/.test(path)) return '/console';
  return pageOf(path);
}

/** The sign-in page that leads to a place afterwards; nothing needs saying where that is the first page anyway. */
export function signInAddress(place: string): string {
  return place === '/console'
    ? '/console/sign-in'
    : `/console/sign-in?return=${encodeURIComponent(place)}`;
}

/** The page to come back to where the address of a form itself answers no GET. */
function pageOf(path: string): string {
  if (/^\/console\/(?:sign-(?:in|out)|confirm-identity)\b/.test(path)) return '/console';
  return path
    .replace(/^(\/console\/customers\/[^/?]+)\/(?:support|order-handling)$/, '$1')
    .replace(/^(\/console\/holds\/[^/?]+)\/(?:open|confirm|renew|lift)$/, '$1')
    .replace(/^(\/console\/catalogue)\/order$/, '$1')
    .replace(/^(\/console\/catalogue\/items\/[^/?]+)\/offer$/, '$1')
    .replace(/^(\/console\/operation)\/events\/.*$/, '$1')
    .replace(/^(\/console\/staff\/[^/?]+)\/(?:role|reset|end-sessions|again|withdraw)$/, '$1')
    .replace(/^(\/console\/me)\/sessions\/.+$/, '$1')
    .replace(/^(\/console\/me\/passkeys)\/[^/?]+\/remove$/, '$1');
}
