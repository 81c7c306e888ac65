import { Problem } from '../problem.ts';

/**
 * Refuses an unsafe request that another site caused. Browsers say where a request comes from in Sec-Fetch-Site, older
 * ones in Origin; one that says neither is refused as well.
 * @throws Problem `cross-site`
 */
export function assertSameOrigin(request: Request, origin: string): void {
  const site = request.headers.get('sec-fetch-site');
  const from = request.headers.get('origin');
  const isOwn = site === null ? from === origin : site === 'same-origin';
  if (!isOwn) throw new Problem('cross-site', 'an unsafe request from elsewhere');
}
