import assert from 'node:assert/strict';
import { test } from 'node:test';

import { href, loopbackHref, mailHref, telephoneHref } from './href.ts';

test('a link leads to this site or by https to another', () => {
  const good = ['/', '/history?page=2', '#email', '?page=2', 'receipt', 'https://example.se/a'];
  for (const address of good) assert.equal(href(address), address);
});

test('a link that runs script, hides its host or leaves https is refused', () => {
  const bad = [
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'http://example.se/',
    '//example.se/',
    '/\\example.se/',
    '/\t/example.se/',
    'https:\\\\example.se',
    'mailto:a@example.se',
  ];
  for (const address of bad) assert.throws(() => href(address), Error, address);
});

test('a sandbox link stays on this machine', () => {
  assert.equal(loopbackHref('http://localhost:8081/'), 'http://localhost:8081/');
  assert.throws(() => loopbackHref('http://example.se/'));
  assert.throws(() => loopbackHref('javascript:alert(1)'));
});

test('mail and telephone links hold an address and digits, nothing more', () => {
  assert.equal(mailHref('hej@example.se'), 'mailto:hej@example.se');
  assert.equal(mailHref('a?bcc=b@example.se'), 'mailto:a%3Fbcc%3Db@example.se');
  assert.equal(telephoneHref('+46 (0)8-123 45'), 'tel:+46812345');
});
