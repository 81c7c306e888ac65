import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  idBytes,
  isOwnerId,
  isRowId,
  newOwnerId,
  newRowId,
  parseOwnerId,
  parseRowId,
} from './ids.ts';
import { isProblem } from './problem.ts';

test('an owner id says nothing: it is a random uuid v4', () => {
  const id = newOwnerId();
  assert.equal(parseOwnerId(id), id);
  assert.equal(isRowId(id), false);
  assert.notEqual(newOwnerId(), id);
});

test('row ids sort by the millisecond in which they were made', () => {
  const earlier = newRowId(Temporal.Instant.from('2026-11-22T12:00:00.001Z'));
  const later = newRowId(Temporal.Instant.from('2026-11-22T12:00:00.002Z'));
  assert.ok(earlier < later);
  assert.equal(isOwnerId(earlier), false);
});

test('the time in a row id is the one of RFC 9562, appendix A.6', () => {
  const id = newRowId(Temporal.Instant.from('2022-02-22T19:22:22Z'));
  assert.match(id, /^017f22e2-79b0-7[0-9a-f]{3}-[89ab]/);
});

test('an id of another kind, of another case or with more behind it is refused without being repeated', () => {
  const wrong = [
    newRowId(Temporal.Now.instant()),
    newOwnerId().toUpperCase(),
    `${newOwnerId()} `,
    '',
  ];
  for (const text of wrong) {
    assert.throws(
      () => parseOwnerId(text),
      (error) => isProblem(error, 'bad-input') && !(text && error.message.includes(text)),
    );
  }
  assert.throws(
    () => parseRowId(newOwnerId()),
    (error) => isProblem(error, 'bad-input'),
  );
});

test('an id is 16 bytes where it is bound to a sealed value', () => {
  assert.equal(idBytes(newOwnerId()).length, 16);
});
