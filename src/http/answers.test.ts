import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownPath, seeOther } from './answers.ts';

test('a return address leads to this site and nowhere else', () => {
  assert.equal(ownPath('/history?page=2'), '/history?page=2');
  const elsewhere = [
    '//example.se',
    '/\\example.se',
    '/\t/example.se',
    'https://example.se',
    '',
    'history',
  ];
  for (const address of elsewhere) assert.equal(ownPath(address), '/', address);
  assert.equal(seeOther('//example.se').headers.get('location'), '/');
});
