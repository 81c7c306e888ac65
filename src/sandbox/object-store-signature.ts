/** AWS Signature Version 4 as a server checks it (Amazon S3 API Reference, "Authenticating Requests: Authorization Header"). */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export type Credentials = { readonly accessKey: string; readonly secretKey: string };

export type Refusal =
  | 'AccessDenied'
  | 'InvalidAccessKeyId'
  | 'SignatureDoesNotMatch'
  | 'RequestTimeTooSkewed'
  | 'XAmzContentSHA256Mismatch';

const algorithm = 'AWS4-HMAC-SHA256';
const skewMaxMs = 15 * 60 * 1000;
const authorization =
  /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/(\d{8})\/([^/,]+)\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

/** Null when the request is signed by the credentials and is what was signed. */
export function checkSignature(
  request: IncomingMessage,
  body: Uint8Array,
  known: { readonly credentials: Credentials; readonly now: Temporal.Instant },
): Refusal | null {
  const parts = authorization.exec(request.headers.authorization ?? '');
  if (!parts) return 'AccessDenied';
  const [, accessKey = '', day = '', region = '', signedHeaders = '', signature = ''] = parts;
  if (accessKey !== known.credentials.accessKey) return 'InvalidAccessKeyId';
  const time = headerOf(request, 'x-amz-date');
  if (!isNear(time, day, known.now)) return 'RequestTimeTooSkewed';
  const declared = headerOf(request, 'x-amz-content-sha256');
  if (declared !== 'UNSIGNED-PAYLOAD' && declared !== sha256(body)) {
    return 'XAmzContentSHA256Mismatch';
  }
  const names = signedHeaders.split(';');
  if (!names.includes('host') || !names.includes('x-amz-date')) return 'SignatureDoesNotMatch';
  const canonical = canonicalRequest(request, names, declared);
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = [algorithm, time, scope, sha256(Buffer.from(canonical))].join('\n');
  const key = signingKey(known.credentials.secretKey, day, region);
  const expected = createHmac('sha256', key).update(toSign).digest();
  return timingSafeEqual(expected, Buffer.from(signature, 'hex')) ? null : 'SignatureDoesNotMatch';
}

function canonicalRequest(
  request: IncomingMessage,
  names: readonly string[],
  payloadHash: string,
): string {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const headers = names.map((name) => `${name}:${headerOf(request, name).trim()}\n`).join('');
  return [request.method, path, canonicalQuery(query), headers, names.join(';'), payloadHash].join(
    '\n',
  );
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', value = ''] = pair.split('=');
      return `${encode(name)}=${encode(value)}`;
    })
    .toSorted()
    .join('&');
}

/** RFC 3986, as the standard asks for: everything but the unreserved letters. */
function encode(text: string): string {
  return encodeURIComponent(decodeURIComponent(text.replaceAll('+', ' '))).replaceAll(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function signingKey(secret: string, day: string, region: string): Buffer {
  const hmac = (key: string | Buffer, text: string) =>
    createHmac('sha256', key).update(text).digest();
  return hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), 's3'), 'aws4_request');
}

function isNear(time: string, day: string, now: Temporal.Instant): boolean {
  const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time);
  if (!found || !time.startsWith(day)) return false;
  const [, year, month, date, hour, minute, second] = found;
  const at = Temporal.Instant.from(`${year}-${month}-${date}T${hour}:${minute}:${second}Z`);
  return Math.abs(at.epochMilliseconds - now.epochMilliseconds) <= skewMaxMs;
}

function headerOf(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : (value ?? '');
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
