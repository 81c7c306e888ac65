import assert from 'node:assert/strict';
import { createSecretKey, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { newOwnerId, newRowId } from '../ids.ts';
import { isProblem } from '../problem.ts';
import { keyFingerprint, openBytes, sealBytes, unwrapKey, wrapKey } from './cipher.ts';

const now = Temporal.Instant.from('2026-11-22T12:00:00Z');
const key = createSecretKey(randomBytes(32));
const place = () => ({ owner: newOwnerId(), table: 'history.order', row: newRowId(now) });
const isDamaged = (error: unknown) => isProblem(error, 'sealed-damaged');

test('what was sealed opens where it stands, byte for byte', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5000 }), (plain) => {
      const at = place();
      assert.deepEqual(new Uint8Array(openBytes(key, at, sealBytes(key, at, plain))), plain);
    }),
  );
});

test('a sealed value with any single bit flipped, or cut short, does not open', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(), fc.nat(), (plain, bit, cut) => {
      const at = place();
      const sealed = sealBytes(key, at, plain);
      const changed = Uint8Array.from(sealed);
      const which = bit % (changed.length * 8);
      changed[which >> 3]! ^= 1 << (which & 7);
      assert.throws(() => openBytes(key, at, changed), isDamaged);
      assert.throws(() => openBytes(key, at, sealed.subarray(0, cut % sealed.length)), isDamaged);
    }),
    { numRuns: 500 },
  );
  const at = place();
  const sealed = Buffer.from(sealBytes(key, at, Buffer.from('Provgatan 17')));
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const changed = Buffer.from(sealed);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    assert.throws(() => openBytes(key, at, changed), isDamaged, `bit ${bit}`);
  }
});

test('a sealed value does not open in another row, another table or for another owner', () => {
  const at = place();
  const sealed = sealBytes(key, at, Buffer.from('Provgatan 17'));
  for (const elsewhere of [
    { ...at, row: newRowId(now) },
    { ...at, table: 'history.order_line' },
    { ...at, owner: newOwnerId() },
    { ...at, owner: at.row, row: at.owner },
  ]) {
    assert.throws(() => openBytes(key, elsewhere, sealed), isDamaged);
  }
});

test('a sealed value does not open under another key', () => {
  const at = place();
  const sealed = sealBytes(key, at, Buffer.from('Provgatan 17'));
  const other = createSecretKey(randomBytes(32));
  assert.throws(() => openBytes(other, at, sealed), isDamaged);
});

test('the same text twice looks different, and a damaged one is not quoted in the error', () => {
  const at = place();
  const seal = () => Buffer.from(sealBytes(key, at, Buffer.from('Provgatan 17')));
  assert.ok(!seal().equals(seal()));
  try {
    openBytes(key, { ...at, row: 'x' }, seal());
    assert.fail('it opened');
  } catch (error) {
    assert.ok(isDamaged(error));
    assert.ok(!String(error).includes(at.owner));
  }
});

test("an owner's key comes back from its wrapping, for that owner and epoch only", () => {
  const [owner, secret] = [newOwnerId(), randomBytes(32)];
  const wrapped = wrapKey(key, owner, 1, secret);
  assert.ok(unwrapKey(key, owner, 1, wrapped).equals(secret));
  assert.equal(Buffer.from(wrapped).indexOf(secret), -1);
  const other = createSecretKey(randomBytes(32));
  assert.throws(() => unwrapKey(key, newOwnerId(), 1, wrapped), isDamaged);
  assert.throws(() => unwrapKey(key, owner, 2, wrapped), isDamaged);
  assert.throws(() => unwrapKey(other, owner, 1, wrapped), isDamaged);
});

test('a fingerprint tells keys apart without telling them', () => {
  const [one, other] = [randomBytes(32), randomBytes(32)];
  assert.ok(keyFingerprint(one).equals(keyFingerprint(one)));
  assert.ok(!keyFingerprint(one).equals(keyFingerprint(other)));
  assert.equal(keyFingerprint(one).length, 16);
});
