import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

const typeOfKey = { ec2: 2, es256: -7, p256: 1 } as const;
// Flags of authenticator data (WebAuthn Level 3, section 6.1).
const present = 0x01;
const verified = 0x04;
const attested = 0x40;

/** The page that asks: what a browser puts into the client data, whatever the page itself claims. */
export type Asking = { readonly origin: string; readonly challenge: string };

export type AuthenticatorOptions = {
  /** Does it look who holds it, by finger, face or PIN? */
  readonly isVerifying?: boolean;
  /** Null for one that does not count, as synchronised ones do not. */
  readonly counter?: number | null;
  readonly aaguid?: Uint8Array;
};

/**
 * An authenticator in software: one ES256 key for one account of one site, and the browser in front of it. It answers
 * with the JSON text of `PublicKeyCredential.toJSON()`. For the nightly sign-in of the probe account, and for tests.
 */
export class Authenticator {
  readonly id = randomBytes(16).toString('base64url');
  readonly #key: KeyObject;
  readonly #publicKey: Uint8Array;
  readonly #options: Required<AuthenticatorOptions>;
  #userHandle: string | null = null;
  /** What it counts next; a copy of an authenticator counts from where it was copied. */
  counter: number;

  constructor(options: AuthenticatorOptions = {}) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#key = privateKey;
    this.#publicKey = coseKeyOf(publicKey);
    this.#options = { isVerifying: true, counter: null, aaguid: new Uint8Array(16), ...options };
    this.counter = this.#options.counter ?? 0;
  }

  /** Answers `navigator.credentials.create()`. */
  create(asking: Asking, rpId: string, userHandle: string): string {
    this.#userHandle = userHandle;
    const credentialId = Buffer.from(this.id, 'base64url');
    const size = Buffer.alloc(2);
    size.writeUInt16BE(credentialId.length);
    const { aaguid } = this.#options;
    const data = Buffer.concat([
      this.#head(rpId, attested),
      aaguid,
      size,
      credentialId,
      this.#publicKey,
    ]);
    const attestation = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', new Uint8Array(data)],
    ]);
    return this.#answer({
      clientDataJSON: clientData('webauthn.create', asking),
      attestationObject: text(isoCBOR.encode(attestation as never)),
      transports: ['internal'],
    });
  }

  /** Answers `navigator.credentials.get()`. */
  get(asking: Asking, rpId: string): string {
    const data = this.#head(rpId, 0);
    const clientDataJSON = clientData('webauthn.get', asking);
    const hash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest();
    return this.#answer({
      clientDataJSON,
      authenticatorData: text(data),
      signature: text(sign('sha256', Buffer.concat([data, hash]), this.#key)),
      userHandle: this.#userHandle,
    });
  }

  #head(rpId: string, flags: number): Buffer {
    const { isVerifying, counter } = this.#options;
    if (counter !== null) this.counter += 1;
    const tail = Buffer.alloc(5);
    tail.writeUInt8(flags | present | (isVerifying ? verified : 0));
    tail.writeUInt32BE(this.counter, 1);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), tail]);
  }

  #answer(response: Readonly<Record<string, unknown>>): string {
    return JSON.stringify({
      id: this.id,
      rawId: this.id,
      type: 'public-key',
      authenticatorAttachment: 'platform',
      clientExtensionResults: {},
      response,
    });
  }
}

function clientData(
  type: 'webauthn.create' | 'webauthn.get',
  { origin, challenge }: Asking,
): string {
  return text(Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })));
}

/** The public key as COSE writes it (RFC 9053, section 7.1). */
function coseKeyOf(key: KeyObject): Uint8Array {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const cose = new Map<number, unknown>([
    [1, typeOfKey.ec2],
    [3, typeOfKey.es256],
    [-1, typeOfKey.p256],
    [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
    [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
  ]);
  return isoCBOR.encode(cose as never);
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
