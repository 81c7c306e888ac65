const orientationTag = 0x0112;
const shortType = 3;
const entrySize = 12;

/**
 * Which way is up, 1 to 8, in the first directory of a TIFF block (Exif 2.32, section 4.6.4). Null where it does not
 * say or makes no sense.
 */
export function orientationIn(tiff: Buffer): number | null {
  const order = tiff.toString('latin1', 0, 2);
  if (tiff.length < 14 || (order !== 'II' && order !== 'MM')) return null;
  const isLittle = order === 'II';
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (directory + 2 > tiff.length) return null;
  const entries = short(directory);
  for (let index = 0; index < entries; index += 1) {
    const at = directory + 2 + index * entrySize;
    if (at + entrySize > tiff.length) return null;
    if (short(at) !== orientationTag) continue;
    const value = short(at + 8);
    return short(at + 2) === shortType && value >= 1 && value <= 8 ? value : null;
  }
  return null;
}

/** A JPEG segment that says which way is up and nothing else. */
export function orientationSegment(orientation: number): Buffer {
  const entry = Buffer.alloc(entrySize);
  entry.writeUInt16BE(orientationTag, 0);
  entry.writeUInt16BE(shortType, 2);
  entry.writeUInt32BE(1, 4);
  entry.writeUInt16BE(orientation, 8);
  const header = Buffer.from('4d4d002a000000080001', 'hex');
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), header, entry, Buffer.alloc(4)]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}
