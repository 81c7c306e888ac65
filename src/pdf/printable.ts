import { charactersOf, typeface } from './typefaces.ts';

/** A text as it can be drawn. `isWhole` is false when something of it had to be written as a number. */
export type Printable = { readonly text: string; readonly isWhole: boolean };

// Both weights hold the same characters; a test sees to it.
const drawable = charactersOf(typeface('regular'));

/** Spaces of every width but the one that keeps words together, and what separates lines and paragraphs in other systems. */
const spaces = /[\t[\p{Zs}--\u00a0]]/gv;
const lineEnds = /\r\n?|[\u0085\u2028\u2029\v\f]/gu;
const clusters = new Intl.Segmenter('sv', { granularity: 'grapheme' });

/**
 * The typeface draws Latin script. What it cannot draw is written as the numbers that Unicode gives it, `[U+5F20]`,
 * and never left out: a name in another script is still there, and can be looked up. A character that stands in
 * several parts (a letter and its accent, an emoji of several) is written with all of them together. Marks that
 * change the direction of what follows are written as numbers too, so that no text can pretend to be another.
 */
export function toPrintable(text: string): Printable {
  const plain = text.normalize('NFC').replace(lineEnds, '\n').replace(spaces, ' ');
  let isWhole = true;
  let written = '';
  let numbers: string[] = [];
  const finish = () => {
    if (numbers.length > 0) written += `[${numbers.join(' ')}]`;
    numbers = [];
  };
  for (const { segment } of clusters.segment(plain)) {
    if (isDrawable(segment)) {
      finish();
      written += segment;
    } else {
      isWhole = false;
      numbers.push(...[...segment].map(numberOf));
    }
  }
  finish();
  return { text: written, isWhole };
}

function isDrawable(segment: string): boolean {
  if (segment === '\n') return true;
  return [...segment].every((character) => drawable.has(character.codePointAt(0) ?? 0));
}

function numberOf(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}
