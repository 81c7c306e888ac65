import type { Cleaned } from './clean-picture.ts';
import { orientationIn, orientationSegment } from './orientation.ts';

const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfScan = 0xda;
const exifOf = Buffer.from('Exif\0\0', 'latin1');
const profileOf = Buffer.from('ICC_PROFILE\0', 'latin1');
const adobeOf = Buffer.from('Adobe', 'latin1');

/** What the decoder needs: frames, tables, scans, restart intervals (ITU-T T.81, table B.1). */
const drawing = new Set([
  0xc0, 0xc1, 0xc2, 0xc4, 0xdb, 0xdd, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce,
  0xcf,
]);
/** Frame headers, which tell the size; the three others in this range are tables. */
const frames = new Set([
  0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf,
]);

/**
 * Copies a JPEG without its metadata. Of all that cameras write one thing is kept, because the picture would lie on its
 * side without it: which way is up.
 */
export function cleanJpeg(bytes: Buffer): Cleaned | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xff00 + startOfImage) return null;
  const kept: Buffer[] = [];
  let size: { widthPx: number; heightPx: number } | null = null;
  let orientation = 1;
  let hasScan = false;
  for (let at = 2; ;) {
    const segment = segmentAt(bytes, at);
    if (segment === null) return null;
    const { marker, body, end } = segment;
    if (marker === endOfImage) break;
    if (isExif(marker, body))
      orientation = orientationIn(body.subarray(exifOf.length)) ?? orientation;
    if (frames.has(marker))
      size = { heightPx: body.readUInt16BE(1), widthPx: body.readUInt16BE(3) };
    at = marker === startOfScan ? endOfScan(bytes, end) : end;
    hasScan ||= marker === startOfScan;
    if (isKept(marker, body)) kept.push(bytes.subarray(segment.start, at));
  }
  if (size === null || !hasScan) return null;
  const head = orientation === 1 ? [] : [orientationSegment(orientation)];
  const content = Buffer.concat([soi, ...head, ...kept, eoi]);
  const isTurned = orientation >= 5;
  return isTurned
    ? { widthPx: size.heightPx, heightPx: size.widthPx, content }
    : { ...size, content };
}

const soi = Buffer.from([0xff, startOfImage]);
const eoi = Buffer.from([0xff, endOfImage]);

type Segment = {
  readonly marker: number;
  readonly body: Buffer;
  readonly start: number;
  readonly end: number;
};

function segmentAt(bytes: Buffer, from: number): Segment | null {
  if (bytes.readUInt8(from) !== 0xff) return null;
  let start = from;
  // Any number of 0xFF may stand before a marker.
  while (bytes.readUInt8(start + 1) === 0xff) start += 1;
  const marker = bytes.readUInt8(start + 1);
  if (marker === endOfImage) return { marker, body: Buffer.alloc(0), start, end: start + 2 };
  const length = bytes.readUInt16BE(start + 2);
  const end = start + 2 + length;
  if (length < 2 || end > bytes.length) return null;
  return { marker, body: bytes.subarray(start + 4, end), start, end };
}

/** Where the drawn data stops: at the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes.readUInt8(at + 1);
    const isRestart = next >= 0xd0 && next <= 0xd7;
    if (next !== 0 && next !== 0xff && !isRestart) return at;
  }
  throw new RangeError('the picture has no end');
}

function isExif(marker: number, body: Buffer): boolean {
  return marker === 0xe1 && body.subarray(0, exifOf.length).equals(exifOf);
}

/** Colours would be wrong without the profile and without Adobe's word on how they are stored. */
function isKept(marker: number, body: Buffer): boolean {
  if (drawing.has(marker) || marker === startOfScan) return true;
  if (marker === 0xe2) return body.subarray(0, profileOf.length).equals(profileOf);
  return marker === 0xee && body.subarray(0, adobeOf.length).equals(adobeOf);
}
