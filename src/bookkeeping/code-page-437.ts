import iconv from 'iconv-lite';

const codePage = 'cp437';
/** What stands for a character that no reader of the file could show. */
const unknown = '?';

/**
 * What means something in a SIE file. The format has a backslash before a quote inside a text, but readers differ in
 * what they make of it and in what of it counts in the check sum; so there is neither, and none can read it wrongly.
 */
const structural: Readonly<Record<string, string>> = { '"': "'", '\\': '/', '{': '(', '}': ')' };

/** Letters and signs that code page 437 lacks and that Unicode does not take apart, as people write them without. */
const written: Readonly<Record<string, string>> = {
  '–': '-',
  '—': '-',
  '−': '-',
  '‐': '-',
  '‑': '-',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '“': "'",
  '”': "'",
  '„': "'",
  '€': 'EUR',
  '§': 'par.',
  '×': 'x',
  '©': '(c)',
  '®': '(r)',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ł: 'l',
  Ł: 'L',
  œ: 'oe',
  Œ: 'OE',
  ħ: 'h',
  Ħ: 'H',
  ı: 'i',
  ŋ: 'n',
  Ŋ: 'N',
  ŧ: 't',
  Ŧ: 'T',
  ẞ: 'SS',
};

/**
 * A text as it can stand in a file in code page 437: on one line, without control characters, and what the code page
 * lacks written as near as it can be (`ø` as `o`, `–` as `-`, `Ş` as `S`), or as `?` where nothing is near. The result
 * given again gives itself.
 */
export function toCodePage(text: string): string {
  const plain = text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/\p{Cf}/gu, '');
  return [...plain].map(nearest).join('').trim();
}

/** The bytes of a text that went through `toCodePage`. */
export function inCodePage(text: string): Uint8Array {
  return iconv.encode(text, codePage);
}

function nearest(character: string): string {
  const known = structural[character] ?? written[character];
  if (known !== undefined) return known;
  if (isInCodePage(character)) return character;
  const parts = character.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\s+/gu, ' ');
  const isNear = [...parts].every((part) => isInCodePage(part) && !(part in structural));
  return isNear ? parts : unknown;
}

/** What can be written: all but the control characters, and the space that looks like a space and is none. */
const drawn = [...Array(256).keys()].filter((byte) => byte >= 32 && byte !== 127 && byte !== 255);
const inPage: ReadonlySet<string> = new Set(iconv.decode(Uint8Array.from(drawn), codePage));

function isInCodePage(character: string): boolean {
  return inPage.has(character);
}
