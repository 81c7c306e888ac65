import { noCallbacks } from '../api/callback-routes.ts';
import { siteApp } from '../app.ts';
import { noBanks } from '../history/payments/banks.ts';
import type { Installation } from '../installation.ts';
import type { ProofParts } from '../routines/proof/finding.ts';

const timeoutMs = 10_000;

/** Fetches a page as a visitor would: from the running server, or, when none runs, from the same site in this process. */
export function ownPage(
  { serverPort, db, vault }: Installation,
  now: Temporal.Instant,
): ProofParts['fetchPage'] {
  const origin = `http://localhost:${serverPort ?? 0}`;
  if (serverPort !== null) {
    return (path, request) =>
      fetch(`${origin}${path}`, {
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
        ...request,
      });
  }
  const app = siteApp({
    db,
    vault,
    site: { origin, sender: { from: '', domain: '' }, sandbox: null },
    clock: () => now,
    note: () => undefined,
    ...noCallbacks,
    closing: () => Promise.resolve(),
    banks: noBanks,
    // Nobody is signed in here who could ask for it.
    erasureSecretOf: () => '',
  });
  return async (path, request) => app.request(`${origin}${path}`, request);
}
