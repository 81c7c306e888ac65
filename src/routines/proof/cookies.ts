import type { Operation } from '../../operation.ts';
import { cookies } from '../../policy/cookies.ts';
import type { ProofParts, Seen } from './finding.ts';

/** Pages that anybody may open, and a form that sets a cookie: where a stray one would show. */
const pages = ['/', '/sign-in', '/sign-up', '/notice', '/notice/versions', '/receipt', '/overview'];
/** A wording that never was: as good as one that has been read before another came. */
const olderMark = '0000000000000000';
const boxOf = /data-notice-box="(?:first|changed)"/;

/**
 * P07: the server sets only the cookies that the policy names, for as long as it says; a first visit shows the box
 * about the notice, a second one does not, and a wording that was not read shows it again.
 */
export async function cookiesAreThoseOfTheNotice(
  _op: Operation,
  { fetchPage }: ProofParts,
): Promise<Seen> {
  const seen = { lookedAt: 0, found: [] as string[] };
  const ask = async (path: string, request?: RequestInit) => {
    const response = await fetchPage(path, request);
    seen.lookedAt += 1;
    seen.found.push(...strayCookies(path, response));
    return response;
  };
  try {
    for (const page of pages) await ask(page);
    await lookAtLanguage(ask, seen.found);
    await lookAtBox(ask, seen.found);
  } catch {
    return { lookedAt: seen.lookedAt + 1, found: ['the pages cannot be read'] };
  }
  return seen;
}

type Ask = (path: string, request?: RequestInit) => Promise<Response>;

async function lookAtLanguage(ask: Ask, found: string[]): Promise<void> {
  const chosen = cookieOf(await ask('/language', form('language=en')), '__Host-language');
  const page = await (await ask('/notice', { headers: { cookie: chosen } })).text();
  if (!page.includes('<html lang="en"')) found.push('/language: the choice is not remembered');
}

async function lookAtBox(ask: Ask, found: string[]): Promise<void> {
  const shows = async (cookie: string) => {
    const response = await ask('/notice', { headers: { cookie } });
    return boxOf.test(await response.text());
  };
  if (!(await shows(''))) found.push('/notice: a first visit shows no box');
  const read = cookieOf(await ask('/notice/read', form('return=/notice')), '__Host-notice');
  if (await shows(read)) found.push('/notice: the box comes back to who has read');
  if (!(await shows(`__Host-notice=${olderMark}`)))
    found.push('/notice: a new wording is not told');
}

/** As a browser sends it from our own page. */
function form(body: string): RequestInit {
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    },
    body,
  };
}

function cookieOf(response: Response, name: string): string {
  const line = response.headers.getSetCookie().find((one) => one.startsWith(`${name}=`));
  return line?.split(';', 1)[0] ?? '';
}

function strayCookies(path: string, response: Response): string[] {
  return response.headers.getSetCookie().flatMap((line) => {
    const { name, maxAge } = parseSetCookie(line);
    if (!isNamed(name)) return [`${path}: sets a cookie that the notice does not name`];
    const allowed = cookies[name].max_age_seconds;
    const isTooLong = maxAge !== null && (allowed === null || maxAge > allowed);
    return isTooLong ? [`${path}: ${name} lives longer than the notice says`] : [];
  });
}

function parseSetCookie(line: string): { name: string; maxAge: number | null } {
  const [pair = '', ...attributes] = line.split(';');
  const maxAge = attributes
    .map((attribute) => /^\s*max-age=(\d+)$/i.exec(attribute)?.[1])
    .find((value) => value !== undefined);
  return {
    name: pair.split('=', 1)[0] ?? '',
    maxAge: maxAge === undefined ? null : Number(maxAge),
  };
}

function isNamed(name: string): name is keyof typeof cookies {
  return Object.hasOwn(cookies, name);
}
