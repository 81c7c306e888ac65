import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { readSecret } from '../config.ts';
import { Problem } from '../problem.ts';

/** Seals for whoever has the identity that belongs to the recipient; the sealing side cannot open again. */
export type Seal = (plain: Uint8Array) => Promise<Uint8Array>;
/** Null when none of the identities fits; throws when one fits and the bytes were changed. */
export type Open = (sealed: Uint8Array) => Promise<Uint8Array | null>;

const noMatch = "no identity matched any of the file's recipients";

/** @throws Problem `bad-input` for a text that is no age recipient. */
export function sealFor(recipient: string): Seal {
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(recipient);
  } catch {
    throw new Problem(
      'bad-input',
      `"${recipient}" is not an age recipient. It begins with age1 and is printed by age-keygen.`,
    );
  }
  return (plain) => encrypter.encrypt(plain);
}

export function openWith(identities: readonly string[]): Open {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  return async (sealed) => {
    try {
      return await decrypter.decrypt(sealed);
    } catch (error) {
      if (error instanceof Error && error.message === noMatch) return null;
      throw error;
    }
  };
}

/**
 * The identities in files as age-keygen writes them.
 * @throws Problem `bad-input` naming the file: missing, readable by others, or without an identity.
 */
export function readIdentities(files: readonly string[]): string[] {
  return files.flatMap((file) => {
    const lines = readSecret(file).split('\n');
    const found = lines.map((line) => line.trim()).filter((line) => line.startsWith('AGE-'));
    if (found.length === 0 || !found.every(isIdentity)) {
      throw new Problem(
        'bad-input',
        `${file} holds no age identity. It is a file as age-keygen writes it, with a line AGE-SECRET-KEY-1….`,
      );
    }
    return found;
  });
}

export async function newIdentity(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

function isIdentity(text: string): boolean {
  try {
    new Decrypter().addIdentity(text);
    return true;
  } catch {
    return false;
  }
}
