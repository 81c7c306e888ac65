import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { newRowId } from '../../ids.ts';
import {
  instructionOf,
  parseSwishAmount,
  swishAmount,
  swishLink,
  swishMessage,
  swishQrText,
  swishReference,
} from './swish-words.ts';

test('a sum is written with two decimals, and read as text or as a number', () => {
  assert.equal(swishAmount(1), '0.01');
  assert.equal(swishAmount(100), '1.00');
  assert.equal(swishAmount(125_050), '1250.50');
  const read = { '100': 10_000, '100.5': 10_050, '100.50': 10_050, '0.01': 1 };
  for (const [text, ore] of Object.entries(read)) assert.equal(parseSwishAmount(text), ore);
  for (const wrong of ['', '1,00', '-1', '1.001', '1e3', 'NaN', ' 1', '.5', Number.NaN, 1e21, -1]) {
    assert.equal(parseSwishAmount(wrong), undefined);
  }
});

test('every sum comes back as it went', () => {
  const ore = fc.integer({ min: 1, max: 99_999_999_999_999 });
  fc.assert(fc.property(ore, (each) => parseSwishAmount(swishAmount(each)) === each));
  const small = fc.integer({ min: 1, max: 10_000_000 });
  fc.assert(fc.property(small, (each) => parseSwishAmount(each / 100) === each));
});

test('a message keeps to the alphabet and the length that Swish takes', () => {
  assert.equal(swishMessage('Beställning 10-234'), 'Beställning 10 234');
  assert.equal(swishMessage('Café  Ünder "Åsa" <b>'), 'Cafe Under "Åsa" b');
  const allowed = /^[a-zåäöA-ZÅÄÖ0-9 :;.,?!()"]{0,50}$/;
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (text) => {
      const message = swishMessage(text);
      return (
        allowed.test(message) && message === message.trim() && swishMessage(message) === message
      );
    }),
  );
});

test('a reference keeps the order number, and is left out where nothing of it is left', () => {
  assert.equal(swishReference('A-1024/2'), 'A-10242');
  assert.equal(swishReference('å/ö'), undefined);
  assert.equal(swishReference('9'.repeat(50))?.length, 35);
});

test('an id always becomes the same 32 digits', () => {
  const id = newRowId(Temporal.Instant.from('2026-11-22T12:00:00Z'));
  assert.match(instructionOf(id), /^[0-9A-F]{32}$/);
  assert.equal(instructionOf(id), id.replaceAll('-', '').toUpperCase());
});

test('the app is opened by a link on the same phone, and by a code on another', () => {
  const back = 'https://konto.example.se/orders/pay?a=1&b=2';
  const link = swishLink('c28a4061470f4af48973bd2a4642b4fa', back);
  assert.equal(
    link,
    'swish://paymentrequest?token=c28a4061470f4af48973bd2a4642b4fa&callbackurl=https%3A%2F%2Fkonto.example.se%2Forders%2Fpay%3Fa%3D1%26b%3D2',
  );
  assert.equal(swishQrText('c28a40'), 'Dc28a40');
  const app = 'http://localhost:8090/swish-app';
  assert.ok(swishLink('t', back, app).startsWith(`${app}?token=t&callbackurl=https`));
});
