import { createHmac, createPrivateKey, createSecretKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Problem } from '../problem.ts';
import type { BlindIndexKind } from '../database/keys.ts';
import {
  fingerprint,
  readPrivate,
  readSecret,
  syncFolder,
  writeDurably,
  writeSecret,
} from './private-files.ts';
import { rootKeysIn } from './root-keys.ts';
import type { RootKeys } from './root-keys.ts';

/**
 * The keys that are in neither database: long-lived ones (index keys, the ledger's signing key), backed up like any
 * secret, and the root keys of epochs, which may be copied only to places that expire with the epoch.
 */
export type Keyring = {
  readonly index: Readonly<Record<BlindIndexKind, KeyObject>>;
  /** Under which tokens are hashed: who can write to the records cannot make a session without it. */
  readonly tokens: KeyObject;
  /** The same for tokens that a restore makes void. */
  readonly voidableTokens: KeyObject;
  readonly signing: KeyObject;
  readonly roots: RootKeys;
  /** Fingerprints by name, held against what the keys store remembers. */
  readonly fingerprints: Readonly<Record<string, Buffer>>;
};

const longLived = 'long-lived';
const epochs = 'epochs';
const signingFile = 'ledger-signing.pem';
const tokensFile = 'tokens.key';
/** Made when a restore is confirmed; before the first one there is none. */
const generationFile = 'tokens-generation.key';
const indexFiles: Readonly<Record<BlindIndexKind, string>> = {
  'account-email': 'index-account-email.key',
  'staff-email': 'index-staff-email.key',
};

/** Makes a keyring for a new installation. Refuses to touch a folder that already holds one. */
export function createKeyring(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new Problem(
      'keyring',
      `There already is a keyring in ${folder}; a new one would lose it.`,
    );
  }
  // Made aside and put in place whole, so that a crash leaves no half keyring.
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  for (const part of [longLived, epochs]) {
    mkdirSync(join(fresh, part), { recursive: true, mode: 0o700 });
  }
  for (const file of Object.values(indexFiles)) writeSecret(join(fresh, longLived, file));
  writeSecret(join(fresh, longLived, tokensFile));
  rootKeysIn(join(fresh, epochs)).make(1);
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  writeDurably(join(fresh, longLived, signingFile), pem);
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
  syncFolder(dirname(folder));
}

/** Reads the keyring. A missing, unreadable or world-readable part is refused, and the text says how to mend it. */
export function openKeyring(folder: string): Keyring {
  const emailKey = readSecret(join(folder, longLived, indexFiles['account-email']));
  const staffKey = readSecret(join(folder, longLived, indexFiles['staff-email']));
  const tokensKey = readSecret(join(folder, longLived, tokensFile));
  const signing = readSigning(join(folder, longLived, signingFile));
  const roots = rootKeysIn(join(folder, epochs));
  return {
    index: { 'account-email': createSecretKey(emailKey), 'staff-email': createSecretKey(staffKey) },
    tokens: createSecretKey(tokensKey),
    voidableTokens: createSecretKey(
      ofGeneration(tokensKey, join(folder, longLived, generationFile)),
    ),
    signing,
    roots,
    fingerprints: {
      'account-email': fingerprint(emailKey),
      'staff-email': fingerprint(staffKey),
      tokens: fingerprint(tokensKey),
      signing: fingerprint(signing.export({ type: 'pkcs8', format: 'der' })),
      ...Object.fromEntries(
        roots.epochs().map((epoch) => [`epoch-${epoch}`, roots.fingerprint(epoch)]),
      ),
    },
  };
}

/**
 * Begins a new generation of tokens: sessions, links and challenges that were handed out before are void, whatever a
 * store that came back says. What is kept for years, such as a proof of purchase, is not of a generation.
 */
export function renewTokens(folder: string): void {
  writeSecret(join(folder, longLived, generationFile));
}

export function hasKeyring(folder: string): boolean {
  return existsSync(join(folder, longLived)) || existsSync(join(folder, epochs));
}

function ofGeneration(tokensKey: Buffer, file: string): Buffer {
  if (!existsSync(file)) return tokensKey;
  return createHmac('sha256', tokensKey).update(readSecret(file)).digest();
}

function readSigning(path: string): KeyObject {
  const pem = readPrivate(path);
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // The library's own words for it help nobody, and could quote the file.
  }
  throw new Problem(
    'keyring',
    `${path} is not an Ed25519 private key in PEM. Restore it from its backup.`,
  );
}
