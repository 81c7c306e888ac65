/**
 * Verification of DKIM signatures (RFC 6376), as the mail server of a recipient does it. Only what a careful
 * sender uses today: rsa-sha256, relaxed/relaxed, the whole body. Anything else is not valid.
 */
import { createHash, createPublicKey, timingSafeEqual, verify } from 'node:crypto';

/** What a domain would publish in DNS below `selector._domainkey.domain`. */
export type PublishedKey = {
  readonly domain: string;
  readonly selector: string;
  readonly publicKey: string;
};

export type DkimVerdict =
  | { readonly result: 'unsigned' }
  | { readonly result: 'no key' | 'invalid'; readonly domain: string }
  | {
      readonly result: 'valid';
      readonly domain: string;
      readonly signedHeaders: readonly string[];
    };

type Field = { readonly name: string; readonly raw: string };
type Tags = ReadonlyMap<string, string>;

/** Checks the first DKIM-Signature of a message against the published keys. Never throws on a bad message. */
export function verifyDkim(message: Buffer, keys: readonly PublishedKey[]): DkimVerdict {
  // One character per byte: signatures cover bytes, and bytes outside ASCII must come through unchanged.
  const { fields, body } = splitMessage(message.toString('latin1'));
  const signature = fields.find((field) => field.name === 'dkim-signature');
  if (signature === undefined) return { result: 'unsigned' };
  const tags = parseTags(signature.raw);
  const domain = tags.get('d') ?? '';
  if (!isSupported(tags)) return { result: 'invalid', domain };
  const key = keys.find((each) => each.domain === domain && each.selector === tags.get('s'));
  if (key === undefined) return { result: 'no key', domain };
  const valid = bodyMatches(body, tags) && headersMatch(fields, signature, tags, key);
  if (!valid) return { result: 'invalid', domain };
  return { result: 'valid', domain, signedHeaders: signedNames(tags) };
}

function splitMessage(message: string): { fields: Field[]; body: string } {
  const end = message.indexOf('\r\n\r\n');
  const head = end < 0 ? message : message.slice(0, end);
  const fields = head
    .split(/\r\n(?![ \t])/)
    .map((raw) => ({ raw, name: raw.slice(0, raw.indexOf(':')).trim().toLowerCase() }));
  return { fields, body: end < 0 ? '' : message.slice(end + 4) };
}

function parseTags(signature: string): Tags {
  const list = signature.slice(signature.indexOf(':') + 1).split(';');
  return new Map(
    list.map((entry) => {
      const at = entry.indexOf('=');
      return [entry.slice(0, at).trim(), entry.slice(at + 1).replaceAll(/\s/g, '')];
    }),
  );
}

function isSupported(tags: Tags): boolean {
  return (
    tags.get('v') === '1' &&
    tags.get('a') === 'rsa-sha256' &&
    tags.get('c') === 'relaxed/relaxed' &&
    // A length tag would let anybody append text below the signed part.
    !tags.has('l') &&
    signedNames(tags).includes('from')
  );
}

function signedNames(tags: Tags): string[] {
  return (tags.get('h') ?? '').toLowerCase().split(':');
}

function bodyMatches(body: string, tags: Tags): boolean {
  const hash = createHash('sha256').update(relaxedBody(body), 'latin1').digest();
  const claimed = Buffer.from(tags.get('bh') ?? '', 'base64');
  return claimed.length === hash.length && timingSafeEqual(claimed, hash);
}

function headersMatch(fields: Field[], signature: Field, tags: Tags, key: PublishedKey): boolean {
  const unsigned = signature.raw.replace(/([:;]\s*b\s*=)[^;]*/, '$1');
  const signed = [
    ...selectFields(fields, signedNames(tags)).map(relaxedField),
    relaxedField(unsigned),
  ];
  const data = Buffer.from(signed.join('\r\n'), 'latin1');
  return verify(
    'sha256',
    data,
    createPublicKey(key.publicKey),
    Buffer.from(tags.get('b') ?? '', 'base64'),
  );
}

/** Each name in `h=` takes the next field of that name from the bottom; a name without a field takes nothing. */
function selectFields(fields: Field[], names: readonly string[]): string[] {
  const remaining = [...fields];
  return names.flatMap((name) => {
    const at = remaining.findLastIndex((field) => field.name === name);
    return at < 0 ? [] : remaining.splice(at, 1).map((field) => field.raw);
  });
}

function relaxedField(raw: string): string {
  const colon = raw.indexOf(':');
  const value = raw
    .slice(colon + 1)
    .replaceAll('\r\n', '')
    .replaceAll(/[ \t]+/g, ' ');
  return `${raw.slice(0, colon).trim().toLowerCase()}:${value.replaceAll(/^ | $/g, '')}`;
}

function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replaceAll(/[ \t]+/g, ' ').replace(/ $/, ''));
  while (lines.at(-1) === '') lines.pop();
  return lines.length === 0 ? '' : `${lines.join('\r\n')}\r\n`;
}
