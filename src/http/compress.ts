import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const compress = promisify(brotliCompress);
/** Good enough in a millisecond; the best takes fifty. */
const quality = 4;
const smallest = 1024;

/**
 * Compresses a page for a visitor without cookies. A page for somebody who is known is sent as it is: what was typed
 * and what is secret would stand in one compressed text, and its length could tell of both (BREACH, CVE-2013-3587).
 */
export async function compressForStranger(request: Request, response: Response): Promise<Response> {
  const accepts = (request.headers.get('accept-encoding') ?? '').includes('br');
  const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
  if (!accepts || !isPage || request.headers.has('cookie')) return response;
  const plain = Buffer.from(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.append('vary', 'accept-encoding, cookie');
  if (plain.length < smallest) return new Response(plain, { status: response.status, headers });
  headers.set('content-encoding', 'br');
  const body = await compress(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
  return new Response(body, { status: response.status, headers });
}
