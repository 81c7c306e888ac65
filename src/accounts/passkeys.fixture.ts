/** For tests: customers with passkeys in software, and the page that asks them. */
import { inTransaction } from '../operation.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { Authenticator } from '../routines/canary/authenticator.ts';
import type { AuthenticatorOptions } from '../routines/canary/authenticator.ts';
import type { TestSystem } from '../../test/system.ts';
import { addPasskey, askToAdd, askToSignIn } from './passkeys.ts';
import type { Ceremony } from './passkeys.ts';
import { beginSession, findSession } from './sessions.ts';
import type { SignedIn } from './sessions.ts';

export const origin = 'https://konto.example.se';
export const rpId = 'konto.example.se';
export const asked = { origin, verification: 'preferred' } as const;

export const customerOp = (system: TestSystem, owner: OwnerId) =>
  system.op({ party: 'customer', owner }, 'account');
export const signInOp = (system: TestSystem) => system.op('nobody', 'sign-in');

/** A new session of a customer, as a route would find it. */
export async function sessionOf(system: TestSystem, owner: OwnerId): Promise<SignedIn> {
  const op = customerOp(system, owner);
  const token = await inTransaction(op, async (write) =>
    beginSession(write, await write.vault.sealFor(write, owner), '?'),
  );
  const found = await findSession(system, token, 'account', system.now);
  if (found === null) throw new Error('the session is not there');
  return found;
}

export function ceremonyOf({ owner, sessionId }: SignedIn): Ceremony {
  return { origin, owner, within: sessionId, verification: 'preferred' };
}

/** What a browser answers on the page that asks for a new passkey. */
export async function answerToAdd(
  system: TestSystem,
  session: SignedIn,
  device: Authenticator,
): Promise<string> {
  const op = customerOp(system, session.owner);
  const options = await askToAdd(op, ceremonyOf(session), { email: '?', name: '?' });
  return device.create({ origin, challenge: options.challenge }, rpId, options.user.id);
}

/** A customer's passkey, added as the page does it. */
export async function addDevice(
  system: TestSystem,
  session: SignedIn,
  options: AuthenticatorOptions = {},
): Promise<{ readonly device: Authenticator; readonly passkeyId: RowId }> {
  const device = new Authenticator(options);
  const answer = await answerToAdd(system, session, device);
  const op = customerOp(system, session.owner);
  const passkeyId = await addPasskey(op, ceremonyOf(session), { answer, name: 'Firefox, Linux' });
  if (passkeyId === null) throw new Error('the passkey was refused');
  return { device, passkeyId };
}

/** What a device answers on the sign-in page of this moment. */
export async function answerToSignIn(system: TestSystem, device: Authenticator): Promise<string> {
  const { challenge } = await askToSignIn(signInOp(system), asked);
  return device.get({ origin, challenge }, rpId);
}
