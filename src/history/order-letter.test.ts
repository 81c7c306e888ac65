import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newRowId } from '../ids.ts';
import { terms } from '../policy/terms.ts';
import { writeAddress, writeOrderLetter } from './order-letter.ts';
import type { LetterLine, OrderLetter } from './order-letter.ts';

const placedAt = Temporal.Instant.from('2026-11-22T12:00:00Z');
const goods: LetterLine = {
  name: 'Linnehandduk, grå',
  quantity: 2,
  kind: 'product',
  fulfilment: 'shipped',
  withdrawal: 'right',
  unitPriceOre: 34_900,
  vatPercent: 25,
  time: null,
};
const time: LetterLine = {
  name: 'Klippning',
  quantity: 1,
  kind: 'booking',
  fulfilment: 'on-site',
  withdrawal: 'right',
  unitPriceOre: 50_000,
  vatPercent: 25,
  time: {
    startsAt: Temporal.Instant.from('2026-11-25T13:30:00Z'),
    freeCancelUntil: Temporal.Instant.from('2026-11-24T13:30:00Z'),
    lateFeePercent: 50,
  },
};
const book: LetterLine = {
  ...goods,
  name: 'Boken',
  quantity: 1,
  unitPriceOre: 27_900,
  vatPercent: 6,
};

const letter = (change: Partial<OrderLetter> = {}): OrderLetter => ({
  language: 'sv',
  number: 'K7QF-3M2P',
  placedAt,
  totalOre: 147_700,
  payWay: 'on-site',
  payBy: null,
  lines: [goods, time, book],
  delivery: {
    recipient_name: 'Maja Lind Testsson',
    phone: '+46701234567',
    street: 'Provgatan 17',
    postal_code: '503 32',
    town: 'Borås',
    message: 'Ring på',
  },
  isProtected: false,
  isGuest: false,
  link: 'https://example.se/history/x',
  terms: {
    termsId: newRowId(placedAt),
    version: terms.version,
    sections: terms.sections,
    publishedAt: placedAt,
    isCurrent: true,
  },
  sellerEmail: 'kund@example.se',
  ...change,
});
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

test('the confirmation holds what was ordered, when, for how much, and the VAT of each rate', () => {
  const { subject, text } = writeOrderLetter(letter());
  assert.equal(subject, 'Orderbekräftelse K7QF-3M2P');
  for (const words of [
    'Beställning K7QF-3M2P, gjord 22 november 2026, kl. 13.00',
    '2 × Linnehandduk, grå: 698 kr',
    '1 × Klippning, onsdag 25 november 2026 kl. 14.30: 500 kr',
    'Summa: 1 477 kr',
    'Varav moms 25 %: 239,60 kr',
    'Varav moms 6 %: 15,79 kr',
    'Du betalar på plats',
  ])
    assert.ok(plain(text).includes(words), words);
});

test('the confirmation holds the rules: cancelling, withdrawing and how, what was agreed to, seller and complaints', () => {
  const text = plain(writeOrderLetter(letter()).text);
  for (const words of [
    'utan kostnad till och med tisdag 24 november 2026 kl. 14.30. Därefter kostar det 250 kr',
    'inom 14 dagar från att du fick varan',
    'Du ångrar på beställningens sida',
    'Du har godkänt:\n- Jag vill att tjänsten utförs på den bokade tiden',
    'Wise Steps Solution AB',
    'kund@example.se',
    'Organisationsnummer 559468-7062',
    'Momsregistreringsnummer SE559468706201',
    'reklamera i tre år',
    'STANDARDBLANKETT FÖR ÅNGERRÄTT',
    'frånträder mitt/vårt',
  ])
    assert.ok(text.includes(words), words);
});

test('the whole conditions stand in the confirmation in both languages, because a link does not last', () => {
  for (const language of ['sv', 'en'] as const) {
    const { text } = writeOrderLetter(letter({ language }));
    assert.ok(text.includes(`version ${terms.version}`));
    for (const { heading, paragraphs } of terms.sections)
      for (const words of [heading, ...paragraphs]) assert.ok(text.includes(words[language]));
  }
});

test('a guest gets the key to the order, and who has an account does not need one', () => {
  const link = 'https://example.se/guest/CODE';
  const mine = writeOrderLetter(letter({ isGuest: true, link })).text;
  assert.ok(mine.includes(`${link}\n\nLänken är din nyckel till beställningen`));
  assert.ok(!writeOrderLetter(letter()).text.includes('nyckel till beställningen'));
});

test('who has a protected identity is told neither name nor address', () => {
  const { subject, text } = writeOrderLetter(letter({ isProtected: true }));
  assert.ok(!text.includes('Provgatan') && !text.includes('Maja') && !subject.includes('Maja'));
  assert.ok(text.includes('adressen som du ser när du loggar in'));
});

test('neither phone number, message nor answers stand in a letter', () => {
  const { text } = writeOrderLetter(letter());
  assert.ok(!text.includes('1234567') && !text.includes('Ring på'));
});

test('where there is no right of withdrawal there is no form for it either', () => {
  const { text } = writeOrderLetter(letter({ lines: [{ ...time, withdrawal: 'date-bound' }] }));
  assert.ok(text.includes('Ingen ångerrätt: tiden är bokad till en bestämd dag'));
  assert.ok(!text.includes('STANDARDBLANKETT'));
});

test('what is paid is said to be paid, and what costs nothing to cost nothing', () => {
  assert.match(writeOrderLetter(letter({ payWay: 'swish' })).text, /Betald med Swish/);
  assert.match(writeOrderLetter(letter({ payWay: 'card', language: 'en' })).text, /Paid by card/);
  assert.match(writeOrderLetter(letter({ totalOre: 0 })).text, /Det kostar inget/);
});

test('what waits for its money says until when, and that nothing is charged without it', () => {
  const payBy = Temporal.Instant.from('2026-11-22T12:40:00Z');
  const { subject, text } = writeOrderLetter(letter({ payWay: 'swish', payBy }));
  assert.equal(subject, 'Beställning K7QF-3M2P väntar på din betalning');
  assert.match(plain(text), /Betala senast 22 november 2026, kl\. 13\.40/);
  assert.doesNotMatch(text, /Betald med/);
});

test('an address is written a line each, and left out where nothing is sent', () => {
  const { delivery } = letter();
  assert.equal(writeAddress(delivery), 'Maja Lind Testsson\nProvgatan 17\n503 32 Borås');
  assert.equal(writeAddress({ ...delivery, street: null }), 'Maja Lind Testsson');
});
