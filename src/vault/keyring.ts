import {
  createHash,
  createPrivateKey,
  createSecretKey,
  generateKeyPairSync,
  randomBytes,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { Stats } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../problem.ts';
import type { BlindIndexKind } from '../database/keys.ts';

/**
 * The keys that are in neither database: long-lived ones (index keys, the ledger's signing key), backed up like any
 * secret, and the root keys of epochs, which may be copied only to places that expire with the epoch.
 */
export type Keyring = {
  readonly index: Readonly<Record<BlindIndexKind, KeyObject>>;
  /** Under which tokens are hashed: who can write to the records cannot make a session without it. */
  readonly tokens: KeyObject;
  readonly signing: KeyObject;
  readonly roots: ReadonlyMap<number, KeyObject>;
  /** Fingerprints by name, held against what the keys store remembers. */
  readonly fingerprints: Readonly<Record<string, Buffer>>;
};

const longLived = 'long-lived';
const epochs = 'epochs';
const signingFile = 'ledger-signing.pem';
const tokensFile = 'tokens.key';
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
  writeSecret(join(fresh, epochs, epochFile(1)));
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  writeFileSync(join(fresh, longLived, signingFile), pem, { mode: 0o600, flag: 'wx' });
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
}

/** Reads the keyring. A missing, unreadable or world-readable part is refused, and the text says how to mend it. */
export function openKeyring(folder: string): Keyring {
  const emailKey = readSecret(join(folder, longLived, indexFiles['account-email']));
  const staffKey = readSecret(join(folder, longLived, indexFiles['staff-email']));
  const tokensKey = readSecret(join(folder, longLived, tokensFile));
  const signing = readSigning(join(folder, longLived, signingFile));
  const roots = new Map(readRoots(join(folder, epochs)));
  return {
    index: { 'account-email': createSecretKey(emailKey), 'staff-email': createSecretKey(staffKey) },
    tokens: createSecretKey(tokensKey),
    signing,
    roots: new Map([...roots].map(([epoch, root]) => [epoch, createSecretKey(root)])),
    fingerprints: {
      'account-email': fingerprint(emailKey),
      'staff-email': fingerprint(staffKey),
      tokens: fingerprint(tokensKey),
      signing: fingerprint(signing.export({ type: 'pkcs8', format: 'der' })),
      ...Object.fromEntries(
        [...roots].map(([epoch, root]) => [`epoch-${epoch}`, fingerprint(root)]),
      ),
    },
  };
}

export function hasKeyring(folder: string): boolean {
  return existsSync(join(folder, longLived)) || existsSync(join(folder, epochs));
}

function readRoots(folder: string): [number, Buffer][] {
  assertPrivate(folder);
  return readdirSync(folder).map((file) => [
    Number.parseInt(file, 10),
    readSecret(join(folder, file)),
  ]);
}

function epochFile(epoch: number): string {
  return `${String(epoch).padStart(6, '0')}.key`;
}

function writeSecret(path: string): void {
  writeFileSync(path, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
}

function readSecret(path: string): Buffer {
  const key = Buffer.from(readPrivate(path).trim(), 'hex');
  if (key.length !== 32)
    throw new Problem(
      'keyring',
      `${path} is not a 256-bit key in hexadecimal. Restore it from its backup.`,
    );
  return key;
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

function readPrivate(path: string): string {
  assertPrivate(path);
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new Problem(
      'keyring',
      `${path} cannot be read by this user. Give it to the user who runs Varsam, mode 0600.`,
    );
  }
}

function assertPrivate(path: string): void {
  const found = statIfThere(path);
  if (!found)
    throw new Problem(
      'keyring',
      `${path} is missing. Restore the keyring from its backup; a new one cannot open the stores.`,
    );
  if ((found.mode & 0o077) !== 0) {
    throw new Problem('keyring', `${path} can be read by others. Run: chmod go-rwx ${path}`);
  }
}

function statIfThere(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    throw new Problem(
      'keyring',
      `${path} cannot be reached by this user. Give its folder to the user who runs Varsam, mode 0700.`,
    );
  }
}

function fingerprint(secret: Uint8Array): Buffer {
  return createHash('sha256')
    .update('varsam keyring fingerprint')
    .update(secret)
    .digest()
    .subarray(0, 16);
}
