import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { checkSignature } from './object-store-signature.ts';

// The example "GET Object" of the Amazon S3 API Reference, "Signature Calculations for the Authorization Header".
const credentials = {
  accessKey: 'AKIAIOSFODNN7EXAMPLE',
  secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const known = { credentials, now: Temporal.Instant.from('2013-05-24T00:00:00Z') };
const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const example = {
  method: 'GET',
  url: '/test.txt',
  headers: {
    host: 'examplebucket.s3.amazonaws.com',
    range: 'bytes=0-9',
    'x-amz-content-sha256': empty,
    'x-amz-date': '20130524T000000Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  },
};

function check(change: Partial<typeof example>, body = '', at = known) {
  const headers = { ...example.headers, ...change.headers };
  const request = { ...example, ...change, headers } as unknown as IncomingMessage;
  return checkSignature(request, Buffer.from(body), at);
}

test('the example of the standard is accepted', () => {
  assert.equal(check({}), null);
});

test('what was changed after it was signed is refused', () => {
  assert.equal(check({ method: 'PUT' }), 'SignatureDoesNotMatch');
  assert.equal(check({ url: '/other.txt' }), 'SignatureDoesNotMatch');
  assert.equal(check({ url: '/test.txt?acl=' }), 'SignatureDoesNotMatch');
  const headers = { ...example.headers, range: 'bytes=0-10' };
  assert.equal(check({ headers }), 'SignatureDoesNotMatch');
  assert.equal(check({}, 'another body'), 'XAmzContentSHA256Mismatch');
});

test('another key, no signature and another time are refused by name', () => {
  const stranger = { ...known, credentials: { ...credentials, accessKey: 'AKSTRANGER' } };
  assert.equal(check({}, '', stranger), 'InvalidAccessKeyId');
  const wrong = { ...known, credentials: { ...credentials, secretKey: 'guess' } };
  assert.equal(check({}, '', wrong), 'SignatureDoesNotMatch');
  const headers = { ...example.headers, authorization: '' };
  assert.equal(check({ headers }), 'AccessDenied');
  const late = (minutes: number) => ({ ...known, now: known.now.add({ minutes }) });
  assert.equal(check({}, '', late(15)), null);
  assert.equal(check({}, '', late(16)), 'RequestTimeTooSkewed');
});
