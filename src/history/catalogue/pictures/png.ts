import { crc32 } from 'node:zlib';
import type { Cleaned } from './clean-picture.ts';

const signature = Buffer.from('89504e470d0a1a0a', 'hex');
/** What draws the picture in the right colours (PNG, third edition, section 5.6). The rest tells of it, or moves it. */
const drawing = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'iCCP',
  'sBIT',
  'cICP',
]);
const frameOfChunk = 12;

/** Copies a PNG without its metadata, up to its end; null where a chunk is not what its checksum says. */
export function cleanPng(bytes: Buffer): Cleaned | null {
  if (!bytes.subarray(0, signature.length).equals(signature)) return null;
  const kept: Buffer[] = [signature];
  const types: string[] = [];
  for (let at = signature.length; types.at(-1) !== 'IEND';) {
    const end = at + frameOfChunk + bytes.readUInt32BE(at);
    if (end > bytes.length) return null;
    const chunk = bytes.subarray(at, end);
    const type = chunk.toString('latin1', 4, 8);
    if (crc32(chunk.subarray(4, -4)) !== chunk.readUInt32BE(chunk.length - 4)) return null;
    if (drawing.has(type)) kept.push(chunk);
    types.push(type);
    at = end;
  }
  if (types[0] !== 'IHDR' || !types.includes('IDAT') || types.includes('acTL')) return null;
  return {
    widthPx: bytes.readUInt32BE(16),
    heightPx: bytes.readUInt32BE(20),
    content: Buffer.concat(kept),
  };
}
