/**
 * Certificates for stand-ins on loopback, so that the transports are tried over real TLS.
 * node:crypto makes keys and signatures but no X.509, hence the few lines of DER (X.690) here.
 */
import {
  X509Certificate,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writePrivateFile } from './private-file.ts';

export type Certificate = { readonly key: string; readonly certificate: string };

export type CertificateWish = {
  readonly commonName: string;
  /** A server is `localhost` and `127.0.0.1`, whatever its name. */
  readonly role: 'authority' | 'server' | 'client';
  /** Who signs it; without one it signs itself. */
  readonly issuer?: Certificate & { readonly commonName: string };
  readonly now: Temporal.Instant;
};

const lifetimeDays = 825;
const renewBeforeDays = 30;

const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectId: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
  version: 0xa0,
  extensions: 0xa3,
  dnsName: 0x82,
  ipAddress: 0x87,
} as const;

const oid = {
  commonName: [0x55, 0x04, 0x03],
  subjectAltName: [0x55, 0x1d, 0x11],
  basicConstraints: [0x55, 0x1d, 0x13],
  ecdsaWithSha256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
} as const;

/**
 * The certificate in `folder`, made at the first start and again a month before it ends.
 * Both files are readable by their owner alone.
 */
export async function certificateIn(folder: string, now: Temporal.Instant): Promise<Certificate> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await readCertificate(folder);
  if (found !== undefined && isFresh(found, now)) return found;
  const made = issueCertificate({ commonName: 'localhost', role: 'server', now });
  await writePrivateFile(join(folder, 'tls-key.pem'), made.key);
  await writePrivateFile(join(folder, 'tls-certificate.pem'), made.certificate);
  return made;
}

async function readCertificate(folder: string): Promise<Certificate | undefined> {
  try {
    return {
      key: await readFile(join(folder, 'tls-key.pem'), 'utf8'),
      certificate: await readFile(join(folder, 'tls-certificate.pem'), 'utf8'),
    };
  } catch {
    return undefined;
  }
}

/** True for a pair of key and certificate that belong together and stay good for a month. */
export function isFresh(found: Certificate, now: Temporal.Instant): boolean {
  try {
    const parsed = new X509Certificate(found.certificate);
    const lastGoodDay = now.add({ hours: renewBeforeDays * 24 }).epochMilliseconds;
    // A start that died between the two files leaves a key of another certificate.
    return (
      parsed.validToDate.getTime() > lastGoodDay &&
      parsed.checkPrivateKey(createPrivateKey(found.key))
    );
  } catch {
    return false;
  }
}

export function issueCertificate(wish: CertificateWish): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = certificateBody(publicKey, wish);
  const signature = bitString(sign('sha256', body, wish.issuer?.key ?? privateKey));
  const der = encode(tag.sequence, body, signatureAlgorithm(), signature);
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    certificate: new X509Certificate(der).toString(),
  };
}

/** TBSCertificate of RFC 5280 section 4.1, version 3. */
function certificateBody(publicKey: KeyObject, wish: CertificateWish): Buffer {
  const { commonName, issuer, role, now } = wish;
  const from = now.subtract({ hours: 1 });
  const until = now.add({ hours: lifetimeDays * 24 });
  // A first byte below 0x80 that is not zero keeps the serial number positive and minimal.
  const serial = Buffer.concat([Buffer.from([0x51]), randomBytes(15)]);
  return encode(
    tag.sequence,
    encode(tag.version, encode(tag.integer, Buffer.from([2]))),
    encode(tag.integer, serial),
    signatureAlgorithm(),
    name(issuer?.commonName ?? commonName),
    encode(tag.sequence, utcTime(from), utcTime(until)),
    name(commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    encode(tag.extensions, encode(tag.sequence, extensionFor(role))),
  );
}

function extensionFor(role: CertificateWish['role']): Buffer {
  switch (role) {
    case 'authority':
      return basicConstraints(true);
    case 'server':
      return subjectAltName();
    case 'client':
      return basicConstraints(false);
  }
}

/** Critical, as RFC 5280 section 4.2.1.9 asks; false is left out because it is the default. */
function basicConstraints(isAuthority: boolean): Buffer {
  const yes = encode(tag.boolean, Buffer.from([0xff]));
  const value = encode(tag.sequence, ...(isAuthority ? [yes] : []));
  return encode(tag.sequence, objectId(oid.basicConstraints), yes, encode(tag.octetString, value));
}

function subjectAltName(): Buffer {
  const names = encode(
    tag.sequence,
    encode(tag.dnsName, Buffer.from('localhost', 'ascii')),
    encode(tag.ipAddress, Buffer.from([127, 0, 0, 1])),
  );
  return encode(tag.sequence, objectId(oid.subjectAltName), encode(tag.octetString, names));
}

function name(commonName: string): Buffer {
  const value = encode(tag.utf8, Buffer.from(commonName, 'utf8'));
  const attribute = encode(tag.sequence, objectId(oid.commonName), value);
  return encode(tag.sequence, encode(tag.set, attribute));
}

function signatureAlgorithm(): Buffer {
  return encode(tag.sequence, objectId(oid.ecdsaWithSha256));
}

function utcTime(at: Temporal.Instant): Buffer {
  const digits = at.toString({ smallestUnit: 'second' }).replaceAll(/[^0-9]/g, '');
  return encode(tag.utcTime, Buffer.from(`${digits.slice(2)}Z`, 'ascii'));
}

function objectId(bytes: readonly number[]): Buffer {
  return encode(tag.objectId, Buffer.from(bytes));
}

function bitString(bytes: Buffer): Buffer {
  const unusedBits = Buffer.from([0]);
  return encode(tag.bitString, unusedBits, bytes);
}

function encode(type: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([type]), encodedLength(content.length), content]);
}

function encodedLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  if (length < 0x100) return Buffer.from([0x81, length]);
  return Buffer.from([0x82, length >> 8, length & 0xff]);
}
