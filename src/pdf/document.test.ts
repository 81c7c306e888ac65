import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { writePdf } from './document.ts';
import type { PdfBlock, PdfDocument } from './document.ts';
import { toPrintable } from './printable.ts';
import { readPdf } from './read-pdf.fixture.ts';
import { charactersOf, typeface } from './typefaces.ts';

const createdAt = Temporal.Instant.from('2026-11-22T12:00:00Z');
const oneLine = (text: string) => text.replaceAll('\n', ' ');
const document = (blocks: PdfBlock[], more: Partial<PdfDocument> = {}): PdfDocument => ({
  title: 'Mina uppgifter',
  language: 'sv',
  blocks,
  createdAt,
  ...more,
});
const read = async (blocks: PdfBlock[], more: Partial<PdfDocument> = {}) =>
  readPdf(await writePdf(document(blocks, more)));

test('a PDF says its title and language, and its text can be read out of it', async () => {
  const { text, raw, pages, tags } = await read(
    [
      { kind: 'heading', text: 'Inloggningsuppgifter' },
      { kind: 'paragraph', text: 'Du har själv lämnat uppgifterna.' },
      { kind: 'facts', rows: [['Namn', 'Maja Provsson']] },
      { kind: 'table', columns: ['När', 'Vem'], rows: [['i går', 'kundtjänst']] },
      { kind: 'fine', text: 'Slut.' },
    ],
    { subtitle: 'Utdrag', foot: 'Exempel AB' },
  );
  for (const words of [
    'Mina uppgifter',
    'Utdrag',
    'Inloggningsuppgifter',
    'Du har själv lämnat uppgifterna.',
    'Namn',
    'Maja Provsson',
    'kundtjänst',
    'Slut.',
    'Exempel AB',
    '1 av 1',
  ])
    assert.ok(text.includes(words), words);
  assert.equal(pages.length, 1);
  assert.ok(/\/Lang \(sv-SE\)/.test(raw));
  assert.ok(raw.includes('(Mina uppgifter)'));
  assert.ok(/\/DisplayDocTitle true/.test(raw));
  assert.ok(/\/Marked true/.test(raw));
  assert.ok(raw.includes('(D:20261122120000Z)'));
  const expected = { Document: 1, H1: 1, H2: 1, P: 3, Table: 2, TR: 3, TH: 3, TD: 3 };
  for (const [tag, count] of Object.entries(expected)) assert.equal(tags.get(tag), count, tag);
});

test('the same document of the same time has the same bytes', async () => {
  const blocks: PdfBlock[] = [{ kind: 'facts', rows: [['Namn', '张伟']] }];
  const [one, other] = [await writePdf(document(blocks)), await writePdf(document(blocks))];
  assert.ok(Buffer.from(one).equals(Buffer.from(other)));
  const later = { createdAt: createdAt.add({ hours: 1 }) };
  assert.ok(!Buffer.from(one).equals(Buffer.from(await writePdf(document(blocks, later)))));
});

test('a table breaks over pages: no row is lost, the headings come again, and readers aloud hear them once', async () => {
  const rows = Array.from({ length: 300 }, (_, index) => [`rad ${index}`, 'kundtjänst']);
  const { pages, text, tags } = await read([{ kind: 'table', columns: ['Kolumnen', 'Vem'], rows }]);
  assert.ok(pages.length > 5 && pages.length < 20, String(pages.length));
  for (const [index, page] of pages.entries()) {
    assert.ok(page.includes('Kolumnen'), `heading on page ${index + 1}`);
    assert.ok(page.includes(`${index + 1} av ${pages.length}`));
  }
  const lines = new Set(text.split('\n'));
  assert.deepEqual(
    rows.filter(([first = '']) => !lines.has(first)),
    [],
  );
  assert.equal(tags.get('TR'), 301);
  assert.equal(tags.get('TH'), 2);
});

test('names in every script are printed or numbered, never dropped, and are said exactly when copied', async () => {
  const names = [
    'محمد علي',
    '张伟',
    'Zoë Ångström',
    'Ж. Иванов',
    'Ελένη',
    '👩‍👩‍👧',
    'a\u0323\u0302',
    'नमस्ते',
  ];
  const { text, actual } = await read([
    { kind: 'facts', rows: names.map((name, index) => [String(index), name]) },
  ]);
  const drawn = oneLine(text);
  assert.ok(drawn.includes('[U+5F20 U+4F1F]'));
  assert.ok(drawn.includes('[U+1F469 U+200D U+1F469 U+200D U+1F467]'));
  assert.ok(drawn.includes('Zoë Ångström'));
  assert.ok(drawn.includes('står som sitt nummer i Unicode'));
  assert.deepEqual(
    actual,
    names.filter((name) => !toPrintable(name).isWhole),
  );
  assert.ok(!(await read([{ kind: 'paragraph', text: 'Maja' }])).text.includes('Unicode'));
});

test('a cell longer than a page, and a word longer than a line, keep all they have', async () => {
  const long = 'x'.repeat(9000);
  const { pages, text } = await read([
    { kind: 'table', columns: ['A', 'B'], rows: [['kort', long]] },
  ]);
  assert.ok(pages.length > 1);
  assert.equal((text.match(/x/g) ?? []).length, long.length);
});

test('every character is either drawn as itself or numbered', () => {
  const known = charactersOf(typeface('regular'));
  assert.deepEqual(charactersOf(typeface('bold')), known);
  assert.ok(known.size > 350, String(known.size));
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const { text: printable } = toPrintable(text);
      for (const character of printable)
        assert.ok(character === '\n' || known.has(character.codePointAt(0) ?? 0));
      const numbers = [...printable.matchAll(/U\+([0-9A-F]{4,6})/g)].map(([, hex]) => hex);
      const lost = [...text.normalize('NFC')].filter((character) => {
        const point = character.codePointAt(0) ?? 0;
        const isSpace = /[\s\p{Zs}\u0085\v\f]/u.test(character);
        const number = point.toString(16).toUpperCase().padStart(4, '0');
        return !isSpace && !printable.includes(character) && !numbers.includes(number);
      });
      assert.deepEqual(lost, []);
    }),
    { numRuns: 60 },
  );
});

test('a mark that turns the writing direction is shown as a number and turns nothing', () => {
  assert.equal(toPrintable('Maja\u202enossvorP').text, 'Maja[U+202E]nossvorP');
  assert.equal(toPrintable('kl.\u00a014.00').text, 'kl.\u00a014.00');
  assert.equal(toPrintable('a\r\nb\u2028c\td').text, 'a\nb\nc d');
});

test('whatever the text, a PDF comes of it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
      const { pages } = await read([
        { kind: 'heading', text },
        { kind: 'table', columns: [text, 'B'], rows: [[text, text]] },
      ]);
      assert.ok(pages.length >= 1);
    }),
    { numRuns: 12 },
  );
});
