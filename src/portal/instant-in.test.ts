import assert from 'node:assert/strict';
import { test } from 'node:test';

import { instantIn } from './instant-in.ts';

test('a page of the history starts where its address says', () => {
  assert.equal(instantIn('2026-11-22T13:00:00Z')?.toString(), '2026-11-22T13:00:00Z');
});

test('an address that somebody changed shows the first page', () => {
  for (const text of [null, '', 'yesterday', '2026-13-01T00:00:00Z', '9'.repeat(1000)]) {
    assert.equal(instantIn(text), null);
  }
});
