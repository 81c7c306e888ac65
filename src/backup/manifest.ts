import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { parseVerifierKey, rawPublicKey, verifierKey } from '../ledger/checkpoint.ts';
import { canonical } from '../ledger/log.ts';
import { Problem } from '../problem.ts';

/** Raised when the layout of archives changes; a newer one is refused by name. */
export const archiveFormat = 1;

/** What has an archive, and a recipient, of its own. */
export const archiveStores = ['records', 'keys', 'keyring'] as const;
export type ArchiveStore = (typeof archiveStores)[number];

const count = z.int().nonnegative();
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const text = z.string().min(1).max(500);

const entryShape = z.strictObject({
  name: text,
  kind: z.enum(['table', 'file']),
  /** Where it begins in the archive's plain bytes, which are cut into parts. */
  offset: count,
  bytes: count,
  sha256: hash,
  /** Rows of a table; for a file 0. */
  rows: count,
  columns: z.array(z.strictObject({ name: text, type: text })),
});

const partShape = z.strictObject({
  file: z.string().regex(/^part-\d{6}\.age$/),
  /** Plain bytes in it, and their hash. */
  bytes: count,
  sha256: hash,
  /** The same of the file as it lies there, so that damage is told without a key. */
  sealed_bytes: count,
  sealed_sha256: hash,
});

const manifestShape = z.strictObject({
  format: z.literal(archiveFormat),
  varsam: text,
  store: z.enum(archiveStores),
  backup_id: z.uuid(),
  set_id: z.uuid(),
  /** The installation: records and keys of different ones do not belong together. */
  store_id: z.uuid(),
  sandbox: z.boolean(),
  taken_at: z.string(),
  /** The oldest epoch whose root key it needs (keys) or holds (keyring). */
  epoch: z.int().positive().nullable(),
  /** What a database remembered of starts and of the ledger. */
  state: z.strictObject({ start_counter: count, applied_ledger: z.int().min(-1) }).nullable(),
  /** How many entries the ledger had (keyring). */
  ledger_size: count.nullable(),
  /** Fingerprints of keys: the keyring's own, or those that the keys store expects. */
  fingerprints: z.record(z.string(), z.string()),
  migrations: z.array(z.strictObject({ number: count, name: text, sha256: hash })),
  partitions: z.array(z.strictObject({ name: text, of: text, bound: text })),
  entries: z.array(entryShape),
  parts: z.array(partShape),
});

export type Manifest = z.infer<typeof manifestShape>;
export type ArchiveEntry = Manifest['entries'][number];
export type ArchivePart = Manifest['parts'][number];

const envelope = z.strictObject({
  manifest: z.unknown(),
  signature: z.base64(),
  verifier_key: z.string(),
});
const label = 'varsam backup manifest\n';

/** The manifest as it is stored: signed with the ledger's key, so that nobody else's archive passes for ours. */
export function writeManifest(manifest: Manifest, signing: KeyObject, origin: string): Buffer {
  const signature = sign(null, Buffer.from(`${label}${canonical(manifest)}`), signing);
  const verifier_key = verifierKey(origin, rawPublicKey(createPublicKey(signing)));
  return Buffer.from(
    canonical({ manifest, signature: signature.toString('base64'), verifier_key }),
  );
}

/** @throws Problem `unavailable` when it is not a manifest of this format, or not signed by the key it names. */
export function readManifest(
  bytes: Uint8Array,
  archive: string,
): { readonly manifest: Manifest; readonly verifierKey: string } {
  const outer = envelope.safeParse(parseJson(bytes));
  if (!outer.success) throw strange(archive);
  assertKnownFormat(outer.data.manifest, archive);
  const manifest = manifestShape.safeParse(outer.data.manifest);
  if (!manifest.success) throw strange(archive);
  const { signature, verifier_key } = outer.data;
  if (!isSigned(outer.data.manifest, Buffer.from(signature, 'base64'), verifier_key)) {
    throw new Problem(
      'unavailable',
      `${archive}: its list of contents is not signed by the key that it names. Somebody else made it, or changed it.`,
    );
  }
  return { manifest: manifest.data, verifierKey: verifier_key };
}

/** Is this private key, in PEM, the one behind a verifier key? */
export function isSignerOf(pem: string, key: string): boolean {
  const named = parseVerifierKey(key)?.publicKey;
  return named?.equals(rawPublicKey(createPublicKey(createPrivateKey(pem)))) ?? false;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function isSigned(manifest: unknown, signature: Uint8Array, key: string): boolean {
  const raw = parseVerifierKey(key)?.publicKey;
  if (!raw) return false;
  const publicKey = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
    format: 'jwk',
  });
  return verify(null, Buffer.from(`${label}${canonical(manifest)}`), publicKey, signature);
}

function assertKnownFormat(manifest: unknown, archive: string): void {
  const format = (manifest as { format?: unknown } | null)?.format;
  if (typeof format !== 'number' || format <= archiveFormat) return;
  throw new Problem(
    'unavailable',
    `${archive} has format ${format}; this version of Varsam reads up to ${archiveFormat}. Restore it with the version that made it, or a newer one.`,
  );
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return null;
  }
}

function strange(archive: string): Problem {
  return new Problem('unavailable', `${archive}: its list of contents cannot be read.`);
}
