import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  parseVerifierKey,
  rawPublicKey,
  signCheckpoint,
  verifierKey,
  verifyCheckpoint,
} from './checkpoint.ts';

const origin = 'SANDBOX-559468-7062/varsam-ledger';
const { privateKey } = generateKeyPairSync('ed25519');
const publicKey = rawPublicKey(createPublicKey(privateKey));
const otherKey = rawPublicKey(generateKeyPairSync('ed25519').publicKey);
const checkpoint = { origin, size: 17, root: randomBytes(32) };
const note = signCheckpoint(checkpoint, privateKey);

test('a checkpoint is a signed note: origin, size, root, an empty line, the signature', () => {
  const lines = note.split('\n');
  assert.deepEqual(lines.slice(0, 4), [origin, '17', checkpoint.root.toString('base64'), '']);
  assert.ok(lines[4]?.startsWith(`\u2014 ${origin} `));
  assert.deepEqual(lines.slice(5), ['']);
  assert.deepEqual(verifyCheckpoint(note, publicKey), checkpoint);
});

test('a checkpoint is not believed under another key', () => {
  assert.equal(verifyCheckpoint(note, otherKey), null);
});

test('whatever is changed in a checkpoint, it never says anything else', () => {
  const at = fc.nat(note.length - 1);
  fc.assert(
    fc.property(at, fc.string({ minLength: 0, maxLength: 2 }), (place, text) => {
      const changed = note.slice(0, place) + text + note.slice(place + 1);
      const read = verifyCheckpoint(changed, publicKey);
      // The last characters of base64 carry bits that mean nothing.
      if (read !== null) assert.deepEqual(read, checkpoint);
    }),
    { numRuns: 1000 },
  );
});

test('a signature cannot be moved to another size, root or origin', () => {
  const signature = note.slice(note.indexOf('\u2014'));
  const bodies = [
    `${origin}\n18\n${checkpoint.root.toString('base64')}\n`,
    `${origin}\n17\n${randomBytes(32).toString('base64')}\n`,
    `559468-7062/varsam-ledger\n17\n${checkpoint.root.toString('base64')}\n`,
  ];
  for (const body of bodies) {
    assert.equal(verifyCheckpoint(`${body}\n${signature}`, publicKey), null);
  }
  const renamed = note.replaceAll(origin, '559468-7062/varsam-ledger');
  assert.equal(verifyCheckpoint(renamed, publicKey), null);
});

test('what is no signed note at all is no checkpoint', () => {
  for (const text of ['', '\n', note.trimEnd(), `${note}\n`, note.repeat(2), `x${note}`]) {
    assert.equal(verifyCheckpoint(text, publicKey), null);
  }
});

test('a verifier key says whose signature to believe, and comes back from its text', () => {
  const parsed = parseVerifierKey(`${verifierKey(origin, publicKey)}\n`);
  assert.equal(parsed?.origin, origin);
  assert.ok(parsed?.publicKey.equals(publicKey));
});

test('verifier keys that others publish are understood', () => {
  for (const text of [
    'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8',
  ]) {
    const parsed = parseVerifierKey(text);
    assert.equal(parsed && verifierKey(parsed.origin, parsed.publicKey), text);
  }
});

test('a verifier key whose parts do not belong together is refused', () => {
  const text = verifierKey(origin, publicKey);
  const [name, id, key] = text.split('+') as [string, string, string];
  const rest = text.slice(name.length + id.length + 2);
  for (const wrong of [
    '',
    name,
    `${name}+${id}`,
    `+${id}+${rest}`,
    `other+${id}+${rest}`,
    `${name}+00000000+${rest}`,
    `${name}+${id}+${key.slice(0, 20)}`,
    `${name}+${id}+${Buffer.concat([Uint8Array.of(2), publicKey]).toString('base64')}`,
    verifierKey(origin, otherKey).replace(/\+[0-9a-f]{8}\+/, `+${id}+`),
  ]) {
    assert.equal(parseVerifierKey(wrong), null, wrong);
  }
});
