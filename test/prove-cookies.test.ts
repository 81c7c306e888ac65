// P07 against the real site, and broken on purpose.
import { noCallbacks } from '../src/api/callback-routes.ts';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { siteApp } from '../src/app.ts';
import { noBanks } from '../src/history/payments/banks.ts';
import { prove } from '../src/routines/proof/prove.ts';
import type { ProofParts } from '../src/routines/proof/prove.ts';
import { publishCurrent } from '../src/settings/notices.ts';
import { proofParts } from './proof-parts.ts';
import { testSystem } from './system.ts';
import type { TestSystem } from './system.ts';

const origin = 'http://localhost:8080';
let system: TestSystem;
let fetchPage: ProofParts['fetchPage'];

before(async () => {
  system = await testSystem();
  await publishCurrent(system.db, system.now);
  const app = siteApp({
    db: system.db,
    vault: system.vault,
    site: { origin, sender: { from: '', domain: '' }, sandbox: null },
    clock: () => system.now,
    note: () => undefined,
    ...noCallbacks,
    closing: () => Promise.resolve(),
    banks: noBanks,
    erasureSecretOf: () => '',
  });
  fetchPage = async (path, request) => app.request(`${origin}${path}`, request);
});
after(() => system[Symbol.asyncDispose]());

const proveCookies = (change: (path: string, answer: Response) => Response | Promise<Response>) =>
  prove(
    system.op('routine', 'proof'),
    proofParts(system, async (path, request) => change(path, await fetchPage(path, request))),
    'P07',
  );

test('P07 is kept by the site as it is', async () => {
  const finding = await proveCookies((_path, answer) => answer);
  assert.deepEqual([finding.status, finding.found], ['kept', []]);
  assert.ok(finding.looked_at > 10);
});

const setting = (line: string) => (path: string, answer: Response) => {
  if (path === '/sign-up') answer.headers.append('set-cookie', line);
  return answer;
};
const without = (pattern: RegExp) => async (path: string, answer: Response) =>
  path === '/notice' ? new Response((await answer.text()).replace(pattern, '')) : answer;

for (const [what, change, says] of [
  ['a cookie of somebody else', setting('_ga=1; Path=/'), 'sets a cookie that the notice does not'],
  ['a cookie that lives too long', setting('__Host-notice=1; Max-Age=99999999'), 'lives longer'],
  ['a box that never shows', without(/data-notice-box/g), 'a first visit shows no box'],
  ['a language that is forgotten', without(/<html lang="en"/g), 'is not remembered'],
] as const) {
  test(`P07 is broken by ${what}`, async () => {
    const finding = await proveCookies(change);
    assert.equal(finding.status, 'broken');
    assert.ok(
      finding.found.some((found) => found.includes(says)),
      finding.found.join('\n'),
    );
  });
}

test('P07 is broken by a box that comes back', async () => {
  const finding = await proveCookies((path, answer) =>
    path === '/notice' ? new Response('<html lang="en" data-notice-box="first"') : answer,
  );
  assert.deepEqual(finding.found, ['/notice: the box comes back to who has read']);
});

test('P07 is broken, and stops nothing else, when the pages cannot be read', async () => {
  const finding = await proveCookies(() => Promise.reject(new Error('no server')));
  assert.deepEqual(finding.found, ['the pages cannot be read']);
});
