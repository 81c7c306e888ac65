import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { writePdf } from './document.ts';
import { readPdf } from './read-pdf.fixture.ts';
import { breakLines, newSheet, widthOf } from './sheet.ts';
import type { Style } from './sheet.ts';

const createdAt = Temporal.Instant.from('2026-11-22T12:00:00Z');
const parts = { title: 'Kvitto', language: 'sv', createdAt } as const;
const cell: Style = { face: 'regular', size: 9.5, colour: '#000000' };

test('amounts in a column end below one another and are never broken', async () => {
  const amounts = ['5,00\u00a0kr', '1\u00a0250,00\u00a0kr', '123\u00a0456\u00a0789,00\u00a0kr'];
  const rows = amounts.map((amount) => ['En vara med ett långt namn '.repeat(9), amount]);
  const columns = ['Vara', 'Summa'];
  const bytes = await writePdf({
    ...parts,
    blocks: [{ kind: 'table', columns, rows, amounts: [1] }],
  });
  const lines = readPdf(bytes).text.split('\n');
  for (const amount of amounts) assert.ok(lines.includes(amount), amount);
  const sheet = newSheet(parts);
  const ends = amounts.map((amount) => placeOf(bytes, amount) + widthOf(sheet, cell, amount));
  assert.ok(Math.max(...ends) - Math.min(...ends) < 0.1, ends.join(' '));
});

test('a text is not broken in a room that is exactly as wide', () => {
  const sheet = newSheet(parts);
  for (const word of ['Antal', 'Återbetalas', 'Momssats']) {
    const width = widthOf(sheet, cell, word);
    assert.deepEqual(breakLines(sheet, cell, word, width * (1 - 1e-12)).lines, [word]);
  }
});

/** How far from the left a text begins, in points. */
function placeOf(bytes: Uint8Array, text: string): number {
  const raw = Buffer.from(bytes).toString('latin1');
  const streams = [...raw.matchAll(/stream\n([\s\S]*?)\nendstream/g)].map(([, data = '']) => data);
  const content = streams
    .filter((data) => data.startsWith('x'))
    .map((data) => inflateSync(Buffer.from(data, 'latin1')).toString('latin1'))
    .find((data) => data.includes(' TJ'));
  const places = [...(content ?? '').matchAll(/1 0 0 1 ([\d.]+) [\d.]+ Tm|(\]) TJ/g)];
  const shown = readPdf(bytes).text.split('\n').indexOf(text);
  let [place, count] = [0, -1];
  for (const [, x, isShown] of places) {
    if (isShown === undefined) place = Number(x);
    else if ((count += 1) === shown) return place;
  }
  throw new Error('the text is not there');
}
