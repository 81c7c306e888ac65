import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { testSystem } from '../../test/system.ts';
import { newOwnerId, newRowId } from '../ids.ts';
import { hashOf, isTokenOf, newToken, readToken, writeToken } from './tokens.ts';

const now = Temporal.Instant.from('2026-11-22T12:00:00Z');
const fresh = () => newToken(newOwnerId(), newRowId(now));

test('a token comes back from its text, and fits its own hash and use only', async () => {
  await using system = await testSystem();
  const { vault } = system;
  const token = fresh();
  const text = writeToken(token);
  assert.match(text, /^[A-Za-z0-9_-]{86}$/);
  const read = readToken(text);
  assert.deepEqual([read?.owner, read?.row], [token.owner, token.row]);
  const use = 'session of support';
  const hash = hashOf(vault, use, token);
  assert.ok(read && isTokenOf(vault, use, read, hash));
  assert.ok(!isTokenOf(vault, use, fresh(), hash));
  assert.ok(!isTokenOf(vault, 'session of administrator', token, hash));
  const moved = { ...token, owner: newOwnerId() };
  assert.ok(!isTokenOf(vault, use, moved, hash), 'another owner');
  assert.ok(!isTokenOf(vault, use, { ...token, row: fresh().row }, hash), 'another row');
  assert.notDeepEqual(hash, createHash('sha256').update(token.secret).digest());
});

test('a token has one text only', () => {
  const text = writeToken(fresh());
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const same = [...alphabet].filter((last) => {
    const read = readToken(text.slice(0, -1) + last);
    return read !== null && writeToken(read) === text;
  });
  assert.deepEqual(same, [text.at(-1)]);
});

test('no other text is a token, and none makes an error', () => {
  const text = writeToken(fresh());
  for (const wrong of [
    '',
    text.slice(1),
    `${text}A`,
    ` ${text}`,
    `${text}\n`,
    text.replace(/./, '%'),
  ])
    assert.equal(readToken(wrong), null, wrong);
  fc.assert(
    fc.property(fc.string({ maxLength: 120, unit: 'binary' }), (wrong) => {
      const read = readToken(wrong);
      assert.ok(read === null || writeToken(read) === wrong);
    }),
  );
});
