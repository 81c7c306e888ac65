/** For tests: letters that wait to be sent, opened as the routine that sends them would. */
import type { OwnerId } from '../src/ids.ts';
import { outbox } from '../src/messages/outbox.ts';
import type { TestSystem } from './system.ts';
import {
  addressLinksOf,
  askAddressChange,
  confirmAddressChange,
  findAddressChange,
} from '../src/accounts/address-changes.ts';

export type WaitingLetter = {
  readonly owner: OwnerId;
  readonly email: string;
  readonly subject: string;
  readonly text: string;
};

export const addressLinks = addressLinksOf('http://localhost');

/** The letters that wait for an address, the newest first. */
export async function lettersTo(system: TestSystem, email: string): Promise<WaitingLetter[]> {
  const rows = await system.db
    .selectFrom('messages.outbox')
    .select(['owner_id', 'message_id', 'sealed'])
    .orderBy('message_id', 'desc')
    .execute();
  const op = system.op({ party: 'routine', routine: 'send-mail' }, 'service-message');
  const letters: WaitingLetter[] = [];
  for (const { owner_id, message_id, sealed } of rows) {
    const opener = await op.vault.openForGate(op, owner_id, 'messages');
    const letter = opener.open(outbox, message_id, sealed);
    if (letter.email === email) letters.push({ owner: owner_id, ...letter });
  }
  return letters;
}

/** The token of the newest link of a kind in the letters to an address. */
export async function tokenFor(
  system: TestSystem,
  email: string,
  kind: 'recover' | 'change-email' | 'undo-email',
): Promise<string> {
  for (const { text } of await lettersTo(system, email)) {
    const token = new RegExp(`/${kind}/(\\S+)`).exec(text)?.[1];
    if (token !== undefined) return token;
  }
  throw new Error(`no link of the kind ${kind} waits for that address`);
}

/** Asks for a change of address and confirms it; the token that undoes it. */
export async function moveTo(system: TestSystem, owner: OwnerId, email: string): Promise<string> {
  const op = system.op({ party: 'customer', owner }, 'account');
  system.now = system.now.add({ minutes: 20 });
  await askAddressChange(op, owner, { email, language: 'sv' }, addressLinks);
  const token = await tokenFor(system, email, 'change-email');
  const found = await findAddressChange(op, owner, token);
  if (found === null) throw new Error('the link does not work');
  await confirmAddressChange(op, found, addressLinks);
  return tokenFor(system, found.formerEmail, 'undo-email');
}

export const newPassword = 'fyra nya ord i en rad';
