import { createHash, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

// Checkpoints are C2SP tlog-checkpoint bodies in C2SP signed notes, with one Ed25519 signature.
const ed25519Algorithm = 1;

export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Buffer };

/** The signed note of a checkpoint: origin, size and root, an empty line, and the signature line. */
export function signCheckpoint(checkpoint: Checkpoint, signing: KeyObject): string {
  const body = bodyOf(checkpoint);
  const publicKey = rawPublicKey(createPublicKey(signing));
  const signature = sign(null, Buffer.from(body), signing);
  const line = Buffer.concat([keyId(checkpoint.origin, publicKey), signature]).toString('base64');
  return `${body}\n\u2014 ${checkpoint.origin} ${line}\n`;
}

/** The checkpoint if the note is well-formed and signed by that key under its own origin; otherwise null. */
export function verifyCheckpoint(note: string, publicKey: Uint8Array): Checkpoint | null {
  const parts =
    /^(?<body>(?<origin>[^\n +]+)\n(?<size>\d+)\n(?<root>[A-Za-z0-9+/=]+)\n)\n\u2014 (?<name>\S+) (?<line>[A-Za-z0-9+/=]+)\n$/u.exec(
      note,
    )?.groups;
  if (!parts || parts['name'] !== parts['origin']) return null;
  const origin = parts['origin'] ?? '';
  const line = Buffer.from(parts['line'] ?? '', 'base64');
  if (!line.subarray(0, 4).equals(keyId(origin, publicKey))) return null;
  const body = Buffer.from(parts['body'] ?? '');
  if (!verify(null, body, publicKeyFromRaw(publicKey), line.subarray(4))) return null;
  return { origin, size: Number(parts['size']), root: Buffer.from(parts['root'] ?? '', 'base64') };
}

/** The 32 bytes of an Ed25519 public key, as they stand in verifier keys. */
export function rawPublicKey(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
}

/** The verifier key of the C2SP signed-note format: `<name>+<hex key id>+<base64 of algorithm and key>`. */
export function verifierKey(origin: string, publicKey: Uint8Array): string {
  const id = keyId(origin, publicKey).toString('hex');
  return `${origin}+${id}+${Buffer.concat([Uint8Array.of(ed25519Algorithm), publicKey]).toString('base64')}`;
}

/** Parses a verifier key; null when its parts do not belong together. */
export function parseVerifierKey(text: string): { origin: string; publicKey: Buffer } | null {
  const [origin, id, ...rest] = text.trim().split('+');
  const key = Buffer.from(rest.join('+'), 'base64');
  if (!origin || key.length !== 33 || key[0] !== ed25519Algorithm) return null;
  const publicKey = key.subarray(1);
  return keyId(origin, publicKey).toString('hex') === id ? { origin, publicKey } : null;
}

function bodyOf({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

function keyId(name: string, publicKey: Uint8Array): Buffer {
  const hash = createHash('sha256').update(`${name}\n`).update(Uint8Array.of(ed25519Algorithm));
  return hash.update(publicKey).digest().subarray(0, 4);
}

function publicKeyFromRaw(raw: Uint8Array): KeyObject {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') };
  return createPublicKey({ key: jwk, format: 'jwk' });
}
