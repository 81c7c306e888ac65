import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findPasswordFault } from './password-rules.ts';

const about = ['Maja Lind Testsson', 'maja.lind@example.se'];
const faultOf = (password: string) => findPasswordFault(password, { about });

test('fifteen characters of any script are enough, and fourteen are not', async () => {
  assert.equal(await faultOf('korgblad sten7'), 'too-short');
  assert.equal(await faultOf('korgblad sten79'), null);
  assert.equal(await faultOf('密码学与诗歌的夜晚很长很长啊!'), null);
  assert.equal(await faultOf('🔑🌲🦊🚲🎻🧶🔑🌲🦊🚲🎻🧶🍋🌵'), 'too-short');
  assert.equal(await faultOf('🔑🌲🦊🚲🎻🧶🍋🌵🐙🪁🧭🪵🧊🫐🥁'), null);
});

test('256 characters are taken, one more is not, and a letter is one character however it is written', async () => {
  const long = Array.from({ length: 64 }, (_, n) =>
    (n * 7919 + 1013).toString(36).padStart(4, 'q'),
  );
  const password = long.join('').slice(0, 256);
  assert.equal([...password].length, 256);
  assert.equal(await faultOf(password), null);
  assert.equal(await faultOf(`${password}x`), 'too-long');
  const accents = 'åäö längs en ås'.normalize('NFD');
  assert.ok(accents.length > 15);
  assert.equal(await faultOf(accents), null);
});

test('nothing is demanded about kinds of characters', async () => {
  for (const password of [
    'en lång och trygg lösenfras',
    'ENLÅNGOCHTRYGGLÖSENFRAS',
    'korrekt häst batteri häftklammer',
    '839201749265038',
    'fem gröna Lingon i regnet',
    '{}[]()~;:"#%&@£|^*!?,.<',
  ])
    assert.equal(await faultOf(password), null, password);
});

test('what repeats itself is as short as what is repeated', async () => {
  for (const password of [
    'aaaaaaaaaaaaaaaa',
    'ababababababababab',
    '        a        b',
    'korgblad korgblad ',
    'sten sten sten sten',
    'xyz!xyz!xyz!xyz!xy',
  ])
    assert.equal(await faultOf(password), 'too-simple', password);
});

test('runs of letters, digits and keys are seen, on a Swedish keyboard as well', async () => {
  for (const password of [
    '123456789012345',
    'abcdefghijklmnop',
    '987654321zyxwvut',
    'qwertyuiopasdfgh',
    '1qaz2wsx3edc4rfv5tgb',
    'asdfghjkl 12345678',
    'qwertyuiopåasdfghjklöä',
    '1234567890qwertyuiop',
  ])
    assert.equal(await faultOf(password), 'in-order', password);
});

test('names, addresses and the company are what others try first', async () => {
  for (const password of [
    'Maja Lind Testsson',
    'maja.lind@example.se',
    'MajaLind1987-04-12',
    'testsson-maja-2026',
    'Wise Steps Solution 1',
    'varsamvarsam Maja 123',
  ])
    assert.equal(await faultOf(password), 'about-you', password);
});

test('a single common word is refused however it is dressed up', async () => {
  for (const password of [
    'password12345678',
    'P4ssw0rd!P4ssw0rd!1',
    'Lösenord2026!!!!!!',
    'losenord123456789',
    'sommarsommar2026',
    '!!!!hammarby1915!!!!',
    'jagälskardig123',
    'Göteborg-2026-maja',
    'trustno1trustno1',
    'iloveyou 20262027',
  ]) {
    const fault = await faultOf(password);
    assert.ok(fault === 'common' || fault === 'too-simple', `${password}: ${fault}`);
  }
});

test('several common words in a row are a good password', async () => {
  for (const password of [
    'sommar hammarby lingon',
    'dragon monkey baseball',
    'kaffe och kanelbulle',
  ])
    assert.equal(await faultOf(password), null, password);
});

test('a leaked password is asked for as it is, and only when nothing else is wrong', async () => {
  const asked: string[] = [];
  const isBreached = (password: string) => {
    asked.push(password);
    return Promise.resolve(true);
  };
  assert.equal(await findPasswordFault('kort', { about, isBreached }), 'too-short');
  const password = 'en lång och trygg lösenfras';
  assert.equal(
    await findPasswordFault(password.normalize('NFD'), { about, isBreached }),
    'breached',
  );
  assert.deepEqual(asked, [password.normalize('NFC')]);
});

test('random words and random characters are never refused', async () => {
  const words = [
    'korg',
    'blad',
    'sten',
    'ljus',
    'moln',
    'grind',
    'tröskel',
    'vante',
    'kvarn',
    'spade',
  ];
  const phrase = fc.uniqueArray(fc.constantFrom(...words), { minLength: 5, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(phrase, async (some) => (await faultOf(some.join(' '))) === null),
    { numRuns: 50 },
  );
  const characters = fc.uint8Array({ minLength: 16, maxLength: 16 });
  await fc.assert(
    fc.asyncProperty(characters, async (bytes) => {
      const password = Buffer.from(bytes).toString('base64url');
      return new Set(password).size < 8 || (await faultOf(password)) === null;
    }),
    { numRuns: 50 },
  );
});
