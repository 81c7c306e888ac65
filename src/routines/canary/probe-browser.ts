import { plainText } from './probe-page.ts';

/** Asks our own site as a visitor would; redirects are not followed. */
export type FetchPage = (path: string, request?: RequestInit) => Promise<Response>;

/** What came back. */
export type Page = {
  readonly status: number;
  readonly text: string;
  readonly location: string;
  readonly bytes: number;
};

/** A browser without a window: keeps its cookies and sends what a browser would send with its own forms. */
export class ProbeBrowser {
  readonly #fetch: FetchPage;
  readonly #cookies = new Map<string, string>();

  constructor(fetchPage: FetchPage) {
    this.#fetch = fetchPage;
  }

  get(path: string): Promise<Page> {
    return this.#send(path, {});
  }

  post(path: string, fields: Readonly<Record<string, string>>): Promise<Page> {
    return this.#send(path, { method: 'POST', body: new URLSearchParams(fields) });
  }

  /** True once the site has given this browser the cookie of somebody who is signed in. */
  get isSignedIn(): boolean {
    return this.#cookies.has('__Host-session');
  }

  async #send(path: string, request: RequestInit): Promise<Page> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = {
      'sec-fetch-site': 'same-origin',
      'accept-language': 'sv',
      'user-agent': 'Varsam probe',
      ...(cookie !== '' && { cookie }),
    };
    const answer = await this.#fetch(path, { ...request, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    const body = Buffer.from(await answer.arrayBuffer());
    return {
      status: answer.status,
      text: plainText(body),
      location: answer.headers.get('location') ?? '',
      bytes: body.length,
    };
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '') this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}
