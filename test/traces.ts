// Looks for a text on disk in every form that somebody might store it in.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export type Needle = { readonly form: string; readonly bytes: Buffer };

/** A text as bytes in all usual encodings. What is a part of another needle is left out by nobody: names matter. */
export function needlesOf(text: string): Needle[] {
  const utf8 = Buffer.from(text);
  const utf16 = Buffer.from(text, 'utf16le');
  const hex = utf8.toString('hex');
  const forms: Record<string, Buffer | string> = {
    'UTF-8': utf8,
    'UTF-8 in small letters': text.toLowerCase(),
    'Latin-1': Buffer.from(text, 'latin1'),
    'UTF-16': utf16,
    'UTF-16, other end first': Buffer.from(utf16).swap16(),
    hex,
    'hex in capitals': hex.toUpperCase(),
    'percent encoding': encodeURIComponent(text),
    'form encoding': encodeURIComponent(text).replaceAll('%20', '+'),
    'quoted-printable': quotedPrintable(utf8),
    'JSON escapes': JSON.stringify(text)
      .slice(1, -1)
      .replaceAll(/[^ -~]/g, jsonEscape),
    ...base64Forms('base64', utf8, 'base64'),
    ...base64Forms('base64url', utf8, 'base64url'),
  };
  return Object.entries(forms).map(([form, bytes]) => ({ form, bytes: Buffer.from(bytes) }));
}

/** Base64 of a text that stands somewhere inside other bytes: without the characters that its neighbours share. */
function base64Forms(name: string, bytes: Buffer, encoding: 'base64' | 'base64url') {
  const forms: Record<string, string> = {};
  for (const shift of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString(encoding);
    const whole = Math.floor(((bytes.length + shift) * 8) / 6);
    forms[`${name}, ${shift} beside`] = encoded.slice(shift === 0 ? 0 : shift + 1, whole);
  }
  return forms;
}

function quotedPrintable(bytes: Buffer): string {
  return [...bytes]
    .map((byte) =>
      byte >= 33 && byte <= 126 && byte !== 61
        ? String.fromCharCode(byte)
        : byte === 32
          ? ' '
          : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
}

function jsonEscape(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** `file: form` for each needle that stands in a file of the folder. */
export function grep(folder: string, needles: readonly Needle[]): string[] {
  const found: string[] = [];
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(folder, name);
    const bytes = readIfThere(file);
    if (bytes === null) continue;
    for (const { form, bytes: needle } of needles) {
      if (bytes.includes(needle)) found.push(`${name}: ${form}`);
    }
  }
  return found;
}

/** Files of a running PostgreSQL come and go. */
function readIfThere(file: string): Buffer | null {
  try {
    return statSync(file).isFile() ? readFileSync(file) : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
