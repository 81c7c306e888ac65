import { randomBytes } from 'node:crypto';
import type { CanaryStep } from '../../database/records.ts';
import { neverSentDays, outbox } from '../../messages/outbox.ts';
import type { Operation } from '../../operation.ts';
import { Authenticator } from './authenticator.ts';
import { addressOf, nameOf } from './canary-rows.ts';
import type { Canary } from './canary-rows.ts';
import { hiddenField, passkeyOptions } from './probe-page.ts';
import { ProbeBrowser } from './probe-browser.ts';
import type { FetchPage, Page } from './probe-browser.ts';

export type JourneyParts = {
  readonly fetchPage: FetchPage;
  /** The site's own origin, which a passkey is bound to. */
  readonly origin: string;
  readonly arrived: (step: CanaryStep) => Promise<void>;
};

/** What the probe met that a customer should not. Says where, and never what a page said. */
export class ProbeFailed extends Error {}

const lettersLookedAt = 20;

/**
 * The way of the probe, through the pages that every customer uses: an account, both ways to sign in, a look at everything
 * that has no effect outside, and the way out.
 * @returns the code of its receipt
 */
export async function travel(
  op: Operation,
  canary: Canary,
  { fetchPage, origin, arrived }: JourneyParts,
): Promise<string> {
  const browser = new ProbeBrowser(fetchPage);
  const password = randomBytes(24).toString('base64url');
  const email = addressOf(canary);
  await arrived('sign-up');
  expectMove(await browser.post('/sign-up', { email }), 'sign-up');
  await arrived('confirm');
  const path = await readLink(op, canary);
  expectMove(await browser.post(path, { name: nameOf(canary), password }), 'confirm');
  await arrived('sign-in');
  await signOut(browser);
  expectMove(await browser.post('/sign-in', { email, password, return: '/overview' }), 'sign-in');
  expect(browser.isSignedIn, 'sign-in: no session');
  await arrived('passkey');
  const authenticator = await addPasskey(browser, origin, password);
  await arrived('passkey-sign-in');
  await signOut(browser);
  await signInByPasskey(browser, origin, authenticator);
  await lookAround(browser, { canary, password, arrived });
  await arrived('close');
  return closeAccount(browser, password);
}

/** The letter is read where it waits: its address is one that nothing is ever sent to. */
async function readLink(op: Operation, canary: Canary): Promise<string> {
  const rows = await op.db
    .selectFrom('messages.outbox as m')
    .innerJoin('vault.owner as o', 'o.owner_id', 'm.owner_id')
    .select(['m.owner_id', 'm.message_id', 'm.sealed'])
    .where('o.kind', '=', 'day')
    .where('m.written_at', '>=', canary.beganAt)
    .where('m.due_at', '>', op.now.add({ hours: (neverSentDays - 1) * 24 }))
    .orderBy('m.message_id', 'desc')
    .limit(lettersLookedAt)
    .execute();
  for (const row of rows) {
    const opener = await op.vault.openFor(op, row.owner_id, ['messages']);
    const { email, text } = opener.open(outbox, row.message_id, row.sealed);
    const path = /\/confirm\/[\w-]+/.exec(text)?.[0];
    if (email === addressOf(canary) && path !== undefined) return path;
  }
  throw new ProbeFailed('confirm: no letter');
}

async function addPasskey(
  browser: ProbeBrowser,
  origin: string,
  password: string,
): Promise<Authenticator> {
  const path = '/settings/passkeys/new';
  await confirmIdentity(browser, password, path);
  const options = passkeyOptions((await browser.get(path)).text, 'create');
  const user = options?.['user'] as { id?: string } | undefined;
  expect(options !== null && user?.id !== undefined, 'passkey: nothing is asked');
  const authenticator = new Authenticator();
  const asking = { origin, challenge: String(options?.['challenge']) };
  const answer = authenticator.create(asking, new URL(origin).hostname, user?.id ?? '');
  expectMove(await browser.post(path, { answer }), 'passkey');
  return authenticator;
}

async function signInByPasskey(
  browser: ProbeBrowser,
  origin: string,
  authenticator: Authenticator,
): Promise<void> {
  const options = passkeyOptions((await browser.get('/sign-in')).text, 'get');
  expect(options !== null, 'passkey-sign-in: nothing is asked');
  const asking = { origin, challenge: String(options?.['challenge']) };
  const answer = authenticator.get(asking, new URL(origin).hostname);
  const page = await browser.post('/sign-in/passkey', { answer, return: '/overview' });
  expectMove(page, 'passkey-sign-in');
  expect(browser.isSignedIn, 'passkey-sign-in: no session');
}

type LookingAround = {
  readonly canary: Canary;
  readonly password: string;
  readonly arrived: JourneyParts['arrived'];
};

/** Nothing that would reach anybody outside, or stand in a figure. */
async function lookAround(
  browser: ProbeBrowser,
  { canary, password, arrived }: LookingAround,
): Promise<void> {
  await arrived('settings');
  expect((await browser.get('/settings')).status === 200, 'settings: not shown');
  await arrived('insight');
  const insight = await browser.get('/my-data');
  expect(insight.status === 200 && insight.text.includes(nameOf(canary)), 'insight: not shown');
  await arrived('download');
  const path = '/my-data/download/archive';
  await confirmIdentity(browser, password, path);
  const file = await browser.get(path);
  expect(file.status === 200 && file.bytes > 0, 'download: no file');
}

async function closeAccount(browser: ProbeBrowser, password: string): Promise<string> {
  await confirmIdentity(browser, password, '/close');
  const page = await browser.get('/close');
  const code = hiddenField(page.text, 'code');
  expect(page.status === 200 && code !== null, 'close: not offered');
  const closed = await browser.post('/close', { code: code ?? '' });
  expect(closed.status === 303 && closed.location === '/receipt', 'close: refused');
  expect((await browser.get('/receipt')).status === 200, 'close: no receipt');
  return code ?? '';
}

async function confirmIdentity(
  browser: ProbeBrowser,
  password: string,
  back: string,
): Promise<void> {
  const page = await browser.post('/confirm-identity', { password, return: back });
  expect(page.status === 303 && page.location === back, 'identity: not confirmed');
}

async function signOut(browser: ProbeBrowser): Promise<void> {
  expectMove(await browser.post('/sign-out', {}), 'sign-out');
  expect(!browser.isSignedIn, 'sign-out: still signed in');
}

function expectMove({ status }: Page, where: string): void {
  expect(status === 303, `${where}: answered ${status}`);
}

function expect(isRight: boolean, otherwise: string): void {
  if (!isRight) throw new ProbeFailed(otherwise);
}
