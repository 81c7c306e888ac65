import { ownPath } from '../http/answers.ts';

/** Where signing in leads, unless somebody was on the way to another page. */
export const firstPage = '/overview';

/** The sign-in page that leads on to a page of ours. */
export function signInAddress(back: string): string {
  return back === firstPage ? '/sign-in' : `/sign-in?return=${encodeURIComponent(back)}`;
}

/** The page that asks who is there, and leads on to a page of ours. */
export function confirmAddress(back: string): string {
  return `/confirm-identity?return=${encodeURIComponent(back)}`;
}

/** Where to go after showing who one is: a page of ours, never the pages that ask for it again. */
export function returnPath(wished: string | null, otherwise = firstPage): string {
  const path = ownPath(wished ?? otherwise);
  return /^\/(?:sign-in|confirm-identity)(?:[/?]|$)/.test(path) ? otherwise : path;
}
