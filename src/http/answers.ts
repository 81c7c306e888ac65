import type { HtmlEscapedString } from 'hono/utils/html';

/** A rendered page. Never kept by anything between us and the reader. */
export async function html(
  page: HtmlEscapedString | Promise<HtmlEscapedString>,
  status = 200,
): Promise<Response> {
  const body = `<!doctype html>${String(await page)}`;
  return new Response(body, { status, headers: { 'content-type': 'text/html; charset=utf-8' } });
}

/** After an unsafe request: see another page. Only paths of our own. */
export function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { location: ownPath(path) } });
}

export function download(body: string, name: string, type: string): Response {
  return new Response(body, {
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
  });
}

/** A path on this site, or the start page where somebody slipped in another address. */
export function ownPath(path: string): string {
  return /^\/(?![/\\])[^\p{Cc}\\]*$/u.test(path) ? path : '/';
}
