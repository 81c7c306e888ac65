import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTelling } from './own-texts.ts';

test('addresses, names of two words and streets tell of a person', () => {
  for (const text of [
    'maja.lind@example.se',
    'Maja Lind Testsson',
    'Åsa Öberg',
    'Anna-Karin O’Neill',
    'Provgatan 17',
    'Storgatan 3 B',
    'نورة أحمد',
    'Nguyễn Văn Ánh',
  ]) {
    assert.equal(isTelling(text), true, text);
  }
});

test('words, dates and punctuation that our own tables and logs are full of tell of nobody', () => {
  for (const text of [
    'support',
    'service-message',
    'credentials',
    'Åsa',
    '2026-11-22',
    '12 34',
    '"event":"request"',
    '{"at":"2026-',
    '","status":200',
    '00000000-0000-4000-8000-000000000000',
    ' ',
    '',
    '. . .',
    'a"@b',
  ]) {
    assert.equal(isTelling(text), false, text);
  }
});
