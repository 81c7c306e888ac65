import type { PictureType } from '../../../database/records-history.ts';
import { cleanJpeg } from './jpeg.ts';
import { cleanPng } from './png.ts';
import { cleanWebp } from './webp.ts';

/** A picture with nothing in it but the picture. */
export type CleanPicture = {
  readonly mediaType: PictureType;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly content: Buffer;
};

/** What a format's cleaner hands back. */
export type Cleaned = Omit<CleanPicture, 'mediaType'>;

export const pictureSizeMax = 400_000;
/** Of each side. What is wider is no picture for a page, and takes much memory to show. */
const sideMaxPx = 8_000;

/**
 * Knows a JPEG, PNG or WebP by its first bytes, whatever it is called, and copies only the parts that draw it: where and
 * when it was taken, with what and by whom, comments, thumbnails and whatever follows its end are left behind. Nothing
 * is decoded. Null for anything else, for what is broken, and for what moves.
 */
export function cleanPicture(bytes: Buffer): CleanPicture | null {
  const found = cleanedAs(bytes);
  if (found === null) return null;
  const { widthPx, heightPx } = found;
  const isSensible = [widthPx, heightPx].every((side) => side >= 1 && side <= sideMaxPx);
  return isSensible ? found : null;
}

function cleanedAs(bytes: Buffer): CleanPicture | null {
  try {
    for (const [mediaType, clean] of cleaners) {
      const cleaned = clean(bytes);
      if (cleaned !== null) return { mediaType, ...cleaned };
    }
    return null;
  } catch (error) {
    // A length that points behind the end: Buffer refuses to read there.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const cleaners: readonly (readonly [PictureType, (bytes: Buffer) => Cleaned | null])[] = [
  ['image/jpeg', cleanJpeg],
  ['image/png', cleanPng],
  ['image/webp', cleanWebp],
];
