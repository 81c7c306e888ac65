import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { isProblem } from '../problem.ts';
import type { ProblemCode } from '../problem.ts';
import {
  countField,
  emailField,
  line,
  newPasswordField,
  optionalText,
  postalCodeField,
} from './fields.ts';
import { parseForm, readForm } from './form.ts';

const formType = 'application/x-www-form-urlencoded';

const read = (body: BodyInit, type: string | null = formType, headers: HeadersInit = {}) => {
  const request = new Request('http://localhost/', {
    method: 'POST',
    body,
    headers,
    duplex: 'half',
  } as RequestInit);
  if (type === null) request.headers.delete('content-type');
  else request.headers.set('content-type', type);
  return readForm(request);
};

const is = (code: ProblemCode) => (error: unknown) => isProblem(error, code);
const fault = (schema: z.ZodType, value: string | undefined) => {
  const parsed = parseForm(
    z.object({ field: schema }),
    new Map(value === undefined ? [] : [['field', value]]),
  );
  return parsed.ok ? parsed.value['field'] : `! ${parsed.faults['field']}`;
};

test('any text comes through a form unchanged', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.string(), fc.string({ unit: 'grapheme' })),
      async (fields) => {
        const form = await read(new URLSearchParams(fields).toString());
        assert.deepEqual(Object.fromEntries(form), { ...fields });
      },
    ),
  );
});

test('of a field that comes twice the first counts', async () => {
  assert.equal((await read('a=1&a=2&b=3')).get('a'), '1');
});

test('what is not a form is refused', async () => {
  for (const type of [null, '', 'text/plain', 'multipart/form-data', 'application/json'])
    await assert.rejects(read('a=1', type), is('bad-input'), String(type));
  assert.equal((await read('a=1', `${formType}; charset=UTF-8`)).get('a'), '1');
  await assert.rejects(read('a=1', `${formType}-not`), is('bad-input'));
});

test('a form that is too large is refused, whether it says so, lies or says nothing', async () => {
  const large = `a=${'x'.repeat(64 * 1024)}`;
  await assert.rejects(read(large), is('too-large'));
  await assert.rejects(read('a=1', formType, { 'content-length': '9999999' }), is('too-large'));
  await assert.rejects(read(large, formType, { 'content-length': '3' }), is('too-large'));
  let sent = 0;
  const endless = new ReadableStream({
    pull: (controller) => {
      sent += 1;
      controller.enqueue(Buffer.alloc(16 * 1024, 'a'));
    },
  });
  await assert.rejects(read(endless), is('too-large'));
  assert.ok(sent < 20, 'it stops reading');
  const many = Array.from({ length: 151 }, (_, n) => `f${n}=1`).join('&');
  await assert.rejects(read(many), is('too-large'));
});

test('bytes that are no text do no harm', async () => {
  for (const body of ['a=%ff%fe', 'a=%', '&&&===', '%00=%00', '=', ''])
    assert.ok((await read(body)) instanceof Map, body);
  assert.ok((await read(Buffer.from([0x61, 0x3d, 0xff, 0xfe]))) instanceof Map);
  const form = await read('__proto__=x&constructor=y');
  const parsed = parseForm(z.object({ constructor: z.string() }), form);
  assert.ok(parsed.ok);
  assert.equal(({} as { x?: string }).x, undefined);
});

test('a line is trimmed and made plain, in any script, and never empty', () => {
  assert.equal(fault(line(20), '  Åsa Öberg  '), 'Åsa Öberg');
  assert.equal(fault(line(20), 'A\u030asa'), 'Åsa');
  assert.equal(fault(line(20), '山田 太郎'), '山田 太郎');
  assert.equal(fault(line(20), "O'Neill <b>"), "O'Neill <b>");
  assert.equal(fault(line(20), 'a\r\nBcc: x\0'), 'aBcc: x');
  assert.equal(fault(line(20), '\u202eabc\u2066'), 'abc');
  for (const empty of [undefined, '', '   ', '\0\n', '\u202e'])
    assert.equal(fault(line(20), empty), '! missing');
  assert.equal(fault(line(20), 'x'.repeat(20)), 'x'.repeat(20));
  assert.equal(fault(line(20), 'x'.repeat(21)), '! too-long');
});

test('a text may be left out and keeps its lines', () => {
  for (const empty of [undefined, '', ' \r\n ']) assert.equal(fault(optionalText(20), empty), null);
  assert.equal(fault(optionalText(20), 'a\r\nb'), 'a\nb');
  assert.equal(fault(optionalText(20), 'x'.repeat(21)), '! too-long');
});

test('an address is taken as it is written when SMTP can carry it', () => {
  for (const good of [
    'maja.lind@example.se',
    'a+b@sub.example.com',
    "o'neill@example.se",
    'åsa@exämple.se',
  ])
    assert.equal(fault(emailField, ` ${good} `), good);
  for (const bad of [
    'maja',
    'maja@',
    '@example.se',
    'a b@example.se',
    'a@b@example.se',
    'a@example',
    'a@-example.se',
    'a@example..se',
    'a@example.se,b@example.se',
    'a@example.se\r\nBcc: b@example.se',
    'a@example.se\0',
    '<a@example.se>',
    '"a b"@example.se',
    'a@[127.0.0.1]',
    `${'x'.repeat(65)}@example.se`,
  ])
    assert.equal(fault(emailField, bad), '! not-an-address', bad);
  assert.equal(fault(emailField, ''), '! missing');
  assert.equal(fault(emailField, `a@${'x.'.repeat(130)}se`), '! too-long');
});

test('a new password is long rather than odd, and exactly as it was typed', () => {
  assert.equal(fault(newPasswordField, '  två blanksteg '), '  två blanksteg ');
  assert.equal(fault(newPasswordField, '🔑🗝️🔒🔓🔐abcdefghi'), '🔑🗝️🔒🔓🔐abcdefghi');
  assert.equal(fault(newPasswordField, 'fjorton tecken'), '! too-short');
  assert.equal(fault(newPasswordField, 'aaaaaaaaaaaaaaa'), '! too-simple');
  assert.equal(fault(newPasswordField, 'abcde'.repeat(52)), '! too-long');
  assert.equal(fault(newPasswordField, undefined), '! missing');
});

test('postal codes and counts are what they should be', () => {
  assert.equal(fault(postalCodeField, ' 50332'), '503 32');
  for (const bad of ['5033', '503322', '05033', 'ABCDE', '５０３３２'])
    assert.equal(fault(postalCodeField, bad), '! not-a-postal-code', bad);
  assert.equal(fault(countField(99), '99'), 99);
  for (const bad of ['0', '-1', '1.5', '1e2', 'NaN', '', '٣', '99999'])
    assert.equal(fault(countField(99), bad), '! not-a-number', bad);
  assert.equal(fault(countField(99), '100'), '! too-long');
});
