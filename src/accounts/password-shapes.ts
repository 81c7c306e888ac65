import { swedishKeyboard } from './swedish-words.ts';

// How a password is looked at: letters without marks in lower case, so that Lösenord, LÖSENORD and losenord are one word.
const noLettersOrDigits = /[^\p{L}\p{N}]+/gu;
const runMin = 3;
const walkMin = 4;
/** So many different signs are decoration; more of them are a password of their own. */
const signsMax = 4;
/** Fewer different characters than this are a repetition, whatever their order. */
const differentMin = 5;

/** The letters and digits alone, in lower case and without marks. */
export function bareForm(text: string): string {
  return folded(text).replaceAll(noLettersOrDigits, '');
}

/** Is it mostly signs? Then what is left without them says nothing about how it was made. */
export function isMostlySigns(text: string): boolean {
  const signs = [...text.replaceAll(/\s/g, '')].filter((one) => !/[\p{L}\p{M}\p{N}]/u.test(one));
  return new Set(signs).size > signsMax;
}

/** The bare form, and the same with digits and signs read as the letters that they stand for in `p4ssw0rd`. */
export function readings(text: string): string[] {
  const read = (one: string) => {
    const letters: Readonly<Record<string, string>> = { ...leet, '1': one, '!': one };
    const replaced = Array.from(folded(text), (character) => letters[character] ?? character);
    return replaced.join('').replaceAll(noLettersOrDigits, '');
  };
  return [...new Set([bareForm(text), read('i'), read('l')])];
}

const leet = { '0': 'o', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b', '@': 'a', $: 's' };

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'ae')
    .replaceAll('ß', 'ss');
}

/**
 * Few characters over and over, or a piece that alone would be too short, over and over: repeating adds nothing that a
 * guesser would not try.
 */
export function isRepetition(text: string, lengthMin: number): boolean {
  const characters = [...text];
  if (new Set(characters).size < differentMin) return true;
  const period = periodOf(characters);
  return period < lengthMin && period * 2 <= characters.length;
}

/** After how many characters it begins anew; its length when it never does. */
function periodOf(characters: readonly string[]): number {
  for (let period = 1; period < characters.length; period += 1) {
    if (characters.every((one, at) => at < period || one === characters[at - period]))
      return period;
  }
  return characters.length;
}

/** What else may stand in a text that is covered: a digit counts one, a letter two. */
export type Covering = { readonly words: readonly string[]; readonly strayMax: number };

/**
 * Is the text made of these words, of runs in order (`abcd`, `4321`, `aaa`, `qwer`), and of little else? The bare form
 * is meant. What it costs to reach each place is the least number of stray characters.
 */
export function isCovered(text: string, { words, strayMax }: Covering): boolean {
  const runs = runLengths(text);
  const stray = Array.from({ length: text.length + 1 }, () => strayMax + 1);
  stray[0] = 0;
  const reach = (at: number, cost: number) => {
    if (at <= text.length) stray[at] = Math.min(stray[at] ?? cost, cost);
  };
  for (let at = 0; at < text.length; at += 1) {
    const so = stray[at] ?? 0;
    if (so > strayMax) continue;
    reach(at + 1, so + (/\p{N}/u.test(text[at] ?? '') ? 1 : 2));
    for (let length = runMin; length <= (runs[at] ?? 0); length += 1) reach(at + length, so);
    for (const word of words) if (text.startsWith(word, at)) reach(at + word.length, so);
  }
  return (stray[text.length] ?? 0) <= strayMax;
}

/** For each place how long the longest run is that begins there; 0 where none does. */
function runLengths(text: string): number[] {
  return Array.from(text, (_, at) => {
    const steps = [-1, 0, 1].map((step) =>
      lengthWhile(text, at, (one, next) => next - one === step),
    );
    const run = Math.max(...steps);
    const walk = lengthWhile(text, at, (one, next) =>
      isBeside(String.fromCharCode(one), String.fromCharCode(next)),
    );
    return Math.max(run >= runMin ? run : 0, walk >= walkMin ? walk : 0);
  });
}

function lengthWhile(
  text: string,
  from: number,
  goesOn: (one: number, next: number) => boolean,
): number {
  let at = from;
  while (at + 1 < text.length && goesOn(text.charCodeAt(at), text.charCodeAt(at + 1))) at += 1;
  return at - from + 1;
}

/** Where each key lies: the row, and how far right in half keys. The rows lie aslant, each as it does on the table. */
const places = new Map<string, { readonly row: number; readonly right: number }>();
const firstKeys = [0, 3, 4, 3];
for (const [row, keys] of swedishKeyboard.entries()) {
  for (const [column, key] of [...keys].entries())
    places.set(key, { row, right: (firstKeys[row] ?? 0) + 2 * column });
}

/** Do two keys touch, in a row or aslant? */
function isBeside(one: string, other: string): boolean {
  const [from, to] = [places.get(one), places.get(other)];
  if (!from || !to) return false;
  const right = Math.abs(to.right - from.right);
  return to.row === from.row ? right === 2 : Math.abs(to.row - from.row) === 1 && right === 1;
}
