import { createHash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { idBytes } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { Problem } from '../problem.ts';

/** An owner's key for whoever has the recovery identity, and which recipient it was sealed for. */
export type WrappedForRecovery = {
  /** An age file: the owner's id (16 bytes) and its key (32 bytes). */
  readonly wrapped: Uint8Array;
  readonly recipientHash: Uint8Array;
};

/** Names a recipient without showing it: tells a key that was wrapped for another one. */
export function hashOfRecipient(recipient: string): Buffer {
  return createHash('sha256').update(`varsam recovery recipient\0${recipient}`).digest();
}

/**
 * Seals an owner's key for an age recipient, whose identity is kept offline: what is lost by law may not be lost with the
 * keys store. Called by the vault, which has the key.
 * @throws Problem `bad-input` for a text that is no age recipient
 */
export async function wrapForRecovery(
  owner: OwnerId,
  key: KeyObject,
  recipient: string,
): Promise<WrappedForRecovery> {
  // Loaded once a year: it brings a family of ciphers with it.
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(recipient);
  } catch {
    throw new Problem('bad-input', 'books.recoveryRecipient is not an age recipient.');
  }
  const bytes = key.export();
  const plain = Buffer.concat([idBytes(owner), bytes]);
  try {
    const wrapped = await encrypter.encrypt(plain);
    return { wrapped, recipientHash: hashOfRecipient(recipient) };
  } finally {
    bytes.fill(0);
    plain.fill(0);
  }
}
