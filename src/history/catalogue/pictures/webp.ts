import type { Cleaned } from './clean-picture.ts';

const headSize = 12;
const chunkHeadSize = 8;
/** In the flags of `VP8X` (WebP Container Specification, "Extended File Format"). */
const flags = { profile: 0x20, alpha: 0x10 };

type Chunk = { readonly type: string; readonly body: Buffer; readonly whole: Buffer };

/** Copies a WebP without its metadata; null for one that moves. */
export function cleanWebp(bytes: Buffer): Cleaned | null {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP')
    return null;
  const end = chunkHeadSize + bytes.readUInt32LE(4);
  if (end > bytes.length) return null;
  const chunks = chunksOf(bytes.subarray(headSize, end));
  const picture = chunks.find(({ type }) => type === 'VP8 ' || type === 'VP8L');
  const size = picture === undefined ? null : sizeOf(picture);
  if (size === null || chunks.some(({ type }) => type === 'ANIM')) return null;
  const drawing = chunks.filter(({ type }) => ['ICCP', 'ALPH', 'VP8 ', 'VP8L'].includes(type));
  const extended = chunks.find(({ type }) => type === 'VP8X');
  const kept = extended === undefined ? drawing : [withoutMetadata(extended), ...drawing];
  const body = Buffer.concat(kept.map(({ whole }) => whole));
  const head = Buffer.from(bytes.subarray(0, headSize));
  head.writeUInt32LE(body.length + 4, 4);
  return { ...size, content: Buffer.concat([head, body]) };
}

function chunksOf(bytes: Buffer): Chunk[] {
  const found: Chunk[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = bytes.readUInt32LE(at + 4);
    const end = at + chunkHeadSize + size + (size % 2);
    if (end > bytes.length) throw new RangeError('a chunk ends behind the file');
    const type = bytes.toString('latin1', at, at + 4);
    const body = bytes.subarray(at + chunkHeadSize, at + chunkHeadSize + size);
    found.push({ type, body, whole: bytes.subarray(at, end) });
    at = end;
  }
  return found;
}

/** The header of the extended format, with the flags of what is kept alone. */
function withoutMetadata({ type, body, whole }: Chunk): Chunk {
  const copy = Buffer.from(whole);
  copy.writeUInt8(body.readUInt8(0) & (flags.profile | flags.alpha), chunkHeadSize);
  return { type, body: copy.subarray(chunkHeadSize), whole: copy };
}

/** From the frame header of VP8 (RFC 6386, section 9.1) or the signature of VP8L. */
function sizeOf({ type, body }: Chunk): { widthPx: number; heightPx: number } | null {
  if (type === 'VP8 ') {
    if (body.readUIntBE(3, 3) !== 0x9d012a) return null;
    return { widthPx: body.readUInt16LE(6) & 0x3fff, heightPx: body.readUInt16LE(8) & 0x3fff };
  }
  if (body.readUInt8(0) !== 0x2f) return null;
  const bits = body.readUInt32LE(1);
  return { widthPx: (bits & 0x3fff) + 1, heightPx: ((bits >>> 14) & 0x3fff) + 1 };
}
