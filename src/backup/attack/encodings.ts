/** The forms in which somebody's words can stand in a file, and the way back from each. */

export type View = { readonly encoding: string; readonly text: string };

/** Shorter runs of letters decode to anything. */
const runMin = 12;
/** A value can be wrapped twice, base64 in a form for example; deeper nobody looks. */
const depthMax = 2;

type Decoder = { readonly encoding: string; decode(text: string): string[] };

const base64Run = new RegExp(`[A-Za-z0-9+/]{${runMin},}`, 'g');
const base64UrlRun = new RegExp(`[A-Za-z0-9_-]{${runMin},}`, 'g');
const hexRun = new RegExp(`(?:[0-9a-f]{2}){${runMin / 2},}`, 'g');
const hexCapitalsRun = new RegExp(`(?:[0-9A-F]{2}){${runMin / 2},}`, 'g');

const decoders: readonly Decoder[] = [
  {
    encoding: 'UTF-16',
    decode: (text) =>
      runs(text, /(?:[ -~\xa0-\xff]\0){6,}/g).map((run) => run.replaceAll('\0', '')),
  },
  {
    encoding: 'UTF-16, other end first',
    decode: (text) =>
      runs(text, /(?:\0[ -~\xa0-\xff]){6,}/g).map((run) => run.replaceAll('\0', '')),
  },
  { encoding: 'hex', decode: (text) => runs(text, hexRun).flatMap(fromHex) },
  { encoding: 'hex in capitals', decode: (text) => runs(text, hexCapitalsRun).flatMap(fromHex) },
  { encoding: 'percent encoding', decode: (text) => unescaped(text, /%([0-9A-Fa-f]{2})/g) },
  {
    encoding: 'form encoding',
    decode: (text) => unescaped(text.replaceAll('+', ' '), /%([0-9A-Fa-f]{2})/g),
  },
  {
    encoding: 'quoted-printable',
    decode: (text) => unescaped(text.replaceAll(/=\r?\n/g, ''), /=([0-9A-F]{2})/g),
  },
  { encoding: 'JSON escapes', decode: (text) => unescaped(text, /\\u00([0-9A-Fa-f]{2})/g) },
  ...[0, 1, 2].map((shift) => ({
    encoding: `base64, ${shift} beside`,
    decode: (text: string) => runs(text, base64Run).map((run) => fromBase64(run, shift)),
  })),
  ...[0, 1, 2].map((shift) => ({
    encoding: `base64url, ${shift} beside`,
    decode: (text: string) =>
      runs(text, base64UrlRun)
        .filter((run) => /[_-]/.test(run))
        .map((run) => fromBase64(run.replaceAll('-', '+').replaceAll('_', '/'), shift)),
  })),
];

/** Everything that a value may say: as it stands, and through each encoding that it can be read in. */
export function viewsOf(bytes: Uint8Array): View[] {
  const text = Buffer.from(bytes).toString('latin1');
  return [{ encoding: 'UTF-8', text }, ...decodedViews(text, '', depthMax)];
}

function decodedViews(text: string, outer: string, depth: number): View[] {
  if (depth === 0) return [];
  return decoders.flatMap(({ encoding, decode }) =>
    decode(text).flatMap((inner) => {
      const name = outer === '' ? encoding : `${encoding} in ${outer}`;
      return [{ encoding: name, text: inner }, ...decodedViews(inner, name, depth - 1)];
    }),
  );
}

/** A text as bytes in every form, for what is looked for by name. */
export function needlesOf(text: string): { readonly encoding: string; readonly bytes: Buffer }[] {
  const utf8 = Buffer.from(text);
  const utf16 = Buffer.from(text, 'utf16le');
  const forms: Record<string, Buffer | string> = {
    'UTF-8': utf8,
    'UTF-8 in small letters': text.toLowerCase(),
    'Latin-1': Buffer.from(text, 'latin1'),
    'UTF-16': utf16,
    'UTF-16, other end first': Buffer.from(utf16).swap16(),
    hex: utf8.toString('hex'),
    'hex in capitals': utf8.toString('hex').toUpperCase(),
    'percent encoding': encodeURIComponent(text),
    'form encoding': encodeURIComponent(text).replaceAll('%20', '+'),
    'quoted-printable': quotedPrintable(utf8),
    'JSON escapes': JSON.stringify(text)
      .slice(1, -1)
      .replaceAll(/[^ -~]/g, jsonEscape),
    ...base64Forms('base64', utf8),
    ...base64Forms('base64url', utf8),
  };
  return Object.entries(forms).map(([encoding, form]) => ({ encoding, bytes: Buffer.from(form) }));
}

/** Base64 of a text inside other bytes: without the letters that its neighbours share. */
function base64Forms(encoding: 'base64' | 'base64url', bytes: Buffer): Record<string, string> {
  const forms: Record<string, string> = {};
  for (const shift of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString(encoding);
    const whole = Math.floor(((bytes.length + shift) * 8) / 6);
    forms[`${encoding}, ${shift} beside`] = encoded.slice(shift === 0 ? 0 : shift + 1, whole);
  }
  return forms;
}

function runs(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([run]) => run);
}

function fromHex(run: string): string[] {
  // Cut out of a longer run the halves of bytes may be shifted by one.
  return [run, run.slice(1)].map((hex) => Buffer.from(hex, 'hex').toString('latin1'));
}

/** What stands after `shift` bytes of something else begins inside a group of four letters. */
function fromBase64(run: string, shift: number): string {
  return Buffer.from(shift === 0 ? run : run.slice(shift), 'base64').toString('latin1');
}

/** Nothing when there is nothing escaped: then the view is the text itself. */
function unescaped(text: string, pattern: RegExp): string[] {
  if (text.search(pattern) < 0) return [];
  return [
    text.replaceAll(pattern, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  ];
}

function quotedPrintable(bytes: Buffer): string {
  return [...bytes]
    .map((byte) =>
      byte === 32 || (byte >= 33 && byte <= 126 && byte !== 61)
        ? String.fromCharCode(byte)
        : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
}

function jsonEscape(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
