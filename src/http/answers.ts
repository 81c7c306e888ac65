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

export function download(body: string | Uint8Array, name: string, type: string): Response {
  return new Response(typeof body === 'string' ? body : new Uint8Array(body), {
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
  });
}

/**
 * A file that is written while it is sent. What goes wrong before its first piece becomes a page as usual; after that
 * the connection breaks, so that nobody takes the file for whole.
 */
export async function downloadPieces(
  pieces: AsyncGenerator<Uint8Array>,
  name: string,
  type: string,
): Promise<Response> {
  const first = await pieces.next();
  const rest = new ReadableStream<Uint8Array>({
    start(controller) {
      if (first.done === true) controller.close();
      else controller.enqueue(first.value);
    },
    async pull(controller) {
      const next = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
  return new Response(rest, {
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
  });
}

/** A path on this site, or the start page where somebody slipped in another address. */
export function ownPath(path: string): string {
  return /^\/(?![/\\])[^\p{Cc}\\]*$/u.test(path) ? path : '/';
}
