import assert from 'node:assert/strict';
import { test } from 'node:test';

import { errorOf, errorsOf } from './form-errors.ts';

const words = {
  name: { missing: 'Enter your name.' },
  town: { missing: 'Enter the town.', 'too-long': 'The town is too long.' },
} as const;

test('the summary lists what is wrong in the order of the form, not in the order it was found', () => {
  assert.deepEqual(errorsOf(words, { town: 'too-long', name: 'missing' }), [
    { field: 'name', text: 'Enter your name.' },
    { field: 'town', text: 'The town is too long.' },
  ]);
});

test('a field that is right has no error, and a fault without words of its own asks for the field', () => {
  assert.equal(errorOf(words, {}, 'name'), undefined);
  assert.equal(errorOf(words, { name: 'too-long' }, 'name'), 'Enter your name.');
});
