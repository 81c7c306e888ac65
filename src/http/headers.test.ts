import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ownPath } from './answers.ts';
import { CookieJar } from './cookies.ts';
import { describeDevice } from './device.ts';
import { languageOf } from './language.ts';

test('the language is the chosen one, else what the browser prefers, else Swedish', () => {
  assert.equal(languageOf('en', 'sv'), 'en');
  assert.equal(languageOf('de', 'en'), 'en');
  for (const [accepts, language] of [
    [null, 'sv'],
    ['', 'sv'],
    ['en', 'en'],
    ['EN-gb', 'en'],
    ['de, en;q=0.5, sv;q=0.4', 'en'],
    ['en;q=0.4, sv;q=0.5', 'sv'],
    ['en, sv', 'en'],
    ['sv, en', 'sv'],
    ['en;q=0', 'sv'],
    ['en;q=0, *', 'sv'],
    ['de, fr', 'sv'],
    ['en;q=zzz', 'en'],
    [';;;,,,=', 'sv'],
  ] as const)
    assert.equal(languageOf(null, accepts), language, String(accepts));
  fc.assert(fc.property(fc.string(), (text) => ['sv', 'en'].includes(languageOf(text, text))));
});

test('every cookie is __Host-, for this site only and out of reach of scripts', () => {
  const jar = new CookieJar(null);
  jar.set('__Host-session', 'a');
  jar.set('__Host-staff', 'b');
  jar.clear('__Host-receipt');
  const response = new Response();
  jar.writeTo(response);
  const lines = response.headers.getSetCookie();
  assert.equal(lines.length, 3);
  for (const line of lines) {
    assert.match(line, /^__Host-[a-z]+=/);
    for (const part of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax'])
      assert.ok(line.split('; ').includes(part), `${part} in ${line}`);
    assert.doesNotMatch(line, /Domain/i);
  }
  assert.match(lines[0] ?? '', /Max-Age=2592000/);
  assert.doesNotMatch(lines[1] ?? '', /Max-Age/);
  assert.match(lines[2] ?? '', /Max-Age=0/);
});

test('cookies that make no sense are nobody', () => {
  for (const header of ['', ';', '=', '__Host-session', 'a=b; ; ;=;', '\u00ff=1', '%=%'])
    assert.equal(new CookieJar(header).get('__Host-session') ?? '', '', header);
});

test('a way back leads nowhere but to this site', () => {
  for (const path of ['/', '/orders/1?x=y', '/å', '/a//b']) assert.equal(ownPath(path), path);
  for (const path of [
    '',
    'orders',
    '//evil.example.com',
    '/\\evil.example.com',
    '\\\\evil.example.com',
    'https://evil.example.com',
    'javascript:alert(1)',
    '/\n/evil.example.com',
    '/a\\b',
    ' /x',
  ])
    assert.equal(ownPath(path), '/', path);
});

test('a device is described in words from two closed lists', () => {
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  const iphone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1';
  assert.equal(describeDevice(firefox), 'Firefox, Linux');
  assert.equal(describeDevice(iphone), 'Safari, iPhone');
  for (const nothing of ['', 'curl/8', '<script>', 'maja@example.se'])
    assert.equal(describeDevice(nothing), '?');
});
