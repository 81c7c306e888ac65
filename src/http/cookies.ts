import { parse, serialize } from 'hono/utils/cookie';
import { cookies } from '../policy/cookies.ts';
import type { CookieName } from '../policy/cookies.ts';

/** The cookies of one answer. Only names of the notice can be set, all of them `__Host-`, HttpOnly and Secure. */
export class CookieJar {
  readonly #sent: Readonly<Record<string, string>>;
  /** What the browser will have after this answer, where that is something else than what it sent. */
  readonly #changed = new Map<CookieName, string | null>();
  readonly #set: string[] = [];

  constructor(header: string | null) {
    this.#sent = parse(header ?? '');
  }

  /** Did the browser send any of ours? */
  get isEmpty(): boolean {
    return !Object.keys(this.#sent).some((name) => Object.hasOwn(cookies, name));
  }

  /** What the browser has once it has read this answer. */
  get(name: CookieName): string | null {
    const changed = this.#changed.get(name);
    return changed === undefined ? (this.#sent[name] ?? null) : changed;
  }

  set(name: CookieName, value: string): void {
    this.#changed.set(name, value);
    const maxAge = cookies[name].max_age_seconds;
    this.#set.push(serialize(name, value, { ...attributes, ...(maxAge !== null && { maxAge }) }));
  }

  clear(name: CookieName): void {
    this.#changed.set(name, null);
    this.#set.push(serialize(name, '', { ...attributes, maxAge: 0 }));
  }

  writeTo(response: Response): void {
    for (const line of this.#set) response.headers.append('set-cookie', line);
  }
}

// Lax, so that a link in a letter finds its reader signed in; unsafe requests are checked for their origin besides.
const attributes = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const;
