/** Addresses that only take forms, and the page that each form stands on. */
const postOnly: readonly (readonly [pattern: RegExp, page: string])[] = [
  [/^\/orders$/, '/checkout'],
  [/^\/checkout\/review$/, '/checkout'],
  [/^\/basket\/(?:add|remove)$/, '/basket'],
  [/^\/settings\/sessions\//, '/settings/devices'],
  [/^\/settings\/codes\/recovery\/file$/, '/settings/codes'],
  [/^\/sign-in\/passkey$/, '/sign-in'],
  [/^\/recover\/begin$/, '/recover'],
  [/^\/confirm-identity\/passkey$/, '/confirm-identity'],
  [/^\/language$/, '/'],
  [/^\/notice\/read$/, '/notice'],
  [/^\/sign-out$/, '/'],
  [/^\/receipt\/forget$/, '/receipt'],
  [/^\/proof-of-purchase\/remove$/, '/proof-of-purchase'],
];

/** The page to come back to: this address, or the page of the form where the address itself shows nothing. */
export function pageBehind(path: string): string {
  return postOnly.find(([pattern]) => pattern.test(path))?.[1] ?? path;
}

/** True for an address that a browser cannot open, only send a form to. */
export function isForPostOnly(path: string): boolean {
  return postOnly.some(([pattern]) => pattern.test(path));
}
