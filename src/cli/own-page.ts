import { siteApp } from '../app.ts';
import type { Installation } from '../installation.ts';

const timeoutMs = 10_000;

/** Fetches a page as a visitor would: from the running server, or, when none runs, from the same site in this process. */
export function ownPage(
  { serverPort, db, vault }: Installation,
  now: Temporal.Instant,
): (path: string) => Promise<string> {
  const origin = `http://localhost:${serverPort ?? 0}`;
  if (serverPort !== null) {
    return async (path) =>
      (await fetch(`${origin}${path}`, { signal: AbortSignal.timeout(timeoutMs) })).text();
  }
  const app = siteApp({
    db,
    vault,
    site: { origin, sender: { from: '', domain: '' }, sandbox: null },
    clock: () => now,
    note: () => undefined,
    closing: () => Promise.resolve(),
  });
  return async (path) => (await app.request(`${origin}${path}`)).text();
}
