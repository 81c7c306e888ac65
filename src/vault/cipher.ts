import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { Problem } from '../problem.ts';

// AES-256-GCM (NIST SP 800-38D) with a fresh random 96-bit nonce for each sealing. One owner's key seals far fewer
// than the 2^32 rows that the standard allows for random nonces.
const algorithm = 'aes-256-gcm';
const nonceSize = 12;
const tagSize = 16;

/** First byte of every sealed value; another layout gets another number. */
export const sealedVersion = 1;
/** Version of the owner's data key. Epochs re-wrap the key and leave this as it is. */
const keyVersion = 1;
const headerSize = 2;
export const smallestSealed = headerSize + nonceSize + tagSize;

const noncesAtOnce = 256;
const nonces = { bytes: Buffer.alloc(0), at: 0 };

const labelRow = 'varsam row';
const labelWrap = 'varsam wrapped key';
const labelFingerprint = 'varsam key fingerprint';

/** Where a sealed value belongs. Bound into it, so that it opens nowhere else. */
export type Place = { readonly owner: string; readonly table: string; readonly row: string };

export function sealBytes(key: KeyObject, place: Place, plain: Uint8Array): Uint8Array {
  const header = Uint8Array.of(sealedVersion, keyVersion);
  return Buffer.concat([header, encrypt(key, associated(place, keyVersion), plain)]);
}

/** Throws `sealed-damaged` when the value was changed, moved, or sealed under another key; never says which. */
export function openBytes(key: KeyObject, place: Place, sealed: Uint8Array): Buffer {
  if (sealed.length < smallestSealed || sealed[0] !== sealedVersion) throw damaged(place.table);
  const opened = decrypt(key, associated(place, sealed[1] ?? 0), sealed.subarray(headerSize));
  if (opened === null) throw damaged(place.table);
  return opened;
}

/** Wraps an owner's key under the root key of an epoch: 60 bytes, bound to the owner and the epoch. */
export function wrapKey(
  root: KeyObject,
  owner: string,
  epoch: number,
  key: Uint8Array,
): Uint8Array {
  return encrypt(root, Buffer.from(`${labelWrap}\0${owner}\0${epoch}`), key);
}

export function unwrapKey(
  root: KeyObject,
  owner: string,
  epoch: number,
  wrapped: Uint8Array,
): Buffer {
  const key = decrypt(root, Buffer.from(`${labelWrap}\0${owner}\0${epoch}`), wrapped);
  if (key === null) throw damaged('keys.owner_key');
  return key;
}

/** Names a key without telling it: stands on receipts and in the ledger. */
export function keyFingerprint(key: Uint8Array): Buffer {
  return createHash('sha256').update(labelFingerprint).update(key).digest().subarray(0, 16);
}

function encrypt(key: KeyObject, aad: Uint8Array, plain: Uint8Array): Buffer {
  const nonce = newNonce();
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagSize });
  cipher.setAAD(aad);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Asking for many at once costs a fraction. Each is handed out once; nonces are no secrets. */
function newNonce(): Buffer {
  if (nonces.at === nonces.bytes.length) {
    nonces.bytes = randomBytes(nonceSize * noncesAtOnce);
    nonces.at = 0;
  }
  const nonce = nonces.bytes.subarray(nonces.at, nonces.at + nonceSize);
  nonces.at += nonceSize;
  return nonce;
}

function decrypt(key: KeyObject, aad: Uint8Array, box: Uint8Array): Buffer | null {
  const nonce = box.subarray(0, nonceSize);
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagSize });
  decipher.setAAD(aad);
  decipher.setAuthTag(box.subarray(box.length - tagSize));
  try {
    // In this mode the first call gives everything, and the last one only checks: no copy of the text is left behind.
    const plain = decipher.update(box.subarray(nonceSize, box.length - tagSize));
    decipher.final();
    return plain;
  } catch {
    return null;
  }
}

function associated({ owner, table, row }: Place, version: number): Buffer {
  return Buffer.from(`${labelRow}\0${owner}\0${table}\0${row}\0${version}`);
}

function damaged(table: string): Problem {
  return new Problem('sealed-damaged', `A sealed value in ${table} does not open where it stands.`);
}
