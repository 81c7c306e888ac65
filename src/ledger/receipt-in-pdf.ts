import { inflateSync } from 'node:zlib';

/** A receipt is some ten thousand bytes; what is larger when unpacked is none. */
const receiptSizeMax = 1_000_000;
const filesLookedAt = 10;
const dictionarySizeMax = 2_000;

export function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-';
}

/**
 * The receipt that our PDF carries as an attachment (ISO 32000-1, 7.11.4), as text; null where there is none. Reads only
 * what we write: a PDF that another program has saved anew may hide it, and then the JSON file is to be used.
 */
export function receiptInPdf(bytes: Uint8Array): string | null {
  const file = Buffer.from(bytes);
  let at = 0;
  for (let looked = 0; looked < filesLookedAt; looked += 1) {
    at = file.indexOf('/Type /EmbeddedFile', at);
    if (at < 0) return null;
    const text = readStream(file, at);
    if (text !== null && text.trimStart().startsWith('{')) return text;
    at += 1;
  }
  return null;
}

function readStream(file: Buffer, from: number): string | null {
  const begin = file.indexOf('stream', from);
  if (begin < 0 || begin - from > dictionarySizeMax) return null;
  const dictionary = file.toString('latin1', from, begin);
  const length = Number(/\/Length (\d{1,8})/.exec(dictionary)?.[1] ?? Number.NaN);
  if (!Number.isSafeInteger(length) || length > receiptSizeMax) return null;
  // The keyword is followed by a line feed, with or without a carriage return before it (7.3.8.1).
  const start = begin + 'stream'.length + (file[begin + 'stream'.length] === 13 ? 2 : 1);
  return unpack(file.subarray(start, start + length), dictionary.includes('/FlateDecode'));
}

function unpack(bytes: Uint8Array, isPacked: boolean): string | null {
  try {
    const plain = isPacked ? inflateSync(bytes, { maxOutputLength: receiptSizeMax }) : bytes;
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    return null;
  }
}
