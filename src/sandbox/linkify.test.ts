import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkify } from './linkify.ts';

const hrefs = (text: string): (string | undefined)[] =>
  linkify(text).flatMap(({ href }) => (href === undefined ? [] : [href]));

test('links to https and to this machine can be followed, others are text', () => {
  assert.deepEqual(hrefs('See https://example.se/a, or http://localhost:8080/b#c.'), [
    'https://example.se/a',
    'http://localhost:8080/b#c',
  ]);
  assert.deepEqual(hrefs('http://127.0.0.1:1/x (http://localhost/y)'), [
    'http://127.0.0.1:1/x',
    'http://localhost/y',
  ]);
  assert.deepEqual(hrefs('http://example.com/ javascript:alert(1) data:text/html,x'), []);
  assert.deepEqual(hrefs('http://localhost@example.com/ http://localhost.example.com/'), []);
  assert.deepEqual(hrefs('https:// https://['), []);
});

test('no letter of a text is lost', () => {
  for (const text of ['', 'Hej!', 'a https://example.se/?q=1). b', 'https://example.se', '<b>&']) {
    assert.equal(
      linkify(text)
        .map((part) => part.text)
        .join(''),
      text,
    );
  }
});
