// What the journeys do on the pages that guard an account.
import assert from 'node:assert/strict';
import type { CDPSession } from 'playwright-core';
import { Authenticator } from '../../src/routines/canary/authenticator.ts';
import type { Visitor } from '../browser.ts';
import type { Live } from '../live.ts';
import { plain } from './client.ts';
import type { Answer, Client } from './client.ts';
import type { Person } from './steps.ts';

/** Confirms by password that it is the customer, as the page does. */
export async function confirmByPassword(client: Client, { password }: Person): Promise<Answer> {
  return client.post('/confirm-identity', { password, return: '/settings' });
}

/** What a page asks the device. */
export function optionsIn({ text }: Answer): { challenge: string; user: { id: string } } {
  const options = /data-options="([^"]*)"/.exec(text)?.[1];
  assert.ok(options, 'the page asks for no passkey');
  return JSON.parse(plain(options)) as { challenge: string; user: { id: string } };
}

/** Adds a passkey in software to the account of who is signed in. */
export async function addPasskey(
  live: Pick<Live, 'origin'>,
  client: Client,
  person: Person,
): Promise<Authenticator> {
  await confirmByPassword(client, person);
  const page = await client.get('/settings/passkeys/new');
  assert.equal(page.status, 200);
  const { challenge, user } = optionsIn(page);
  const device = new Authenticator();
  const { origin } = live;
  const answer = device.create({ origin, challenge }, new URL(origin).hostname, user.id);
  const added = await client.post('/settings/passkeys/new', { answer });
  assert.equal(added.status, 303);
  assert.equal(added.location, '/settings/passkeys?done=added');
  return device;
}

/** A device of the browser's own, which does what it is asked as soon as somebody touches it. */
export type TouchedDevice = {
  /** From now on every question is answered by a touch, or by none. */
  touch(isTouched: boolean): Promise<void>;
  count(): Promise<number>;
};

export async function giveDevice({ page, context }: Visitor): Promise<TouchedDevice> {
  const cdp: CDPSession = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: false,
    },
  });
  return {
    touch: (enabled) =>
      cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }).then(),
    count: async () =>
      (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
  };
}
