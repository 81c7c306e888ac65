import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export type Typeface = 'regular' | 'bold';

// The same typeface as on the pages, as static TrueType: the library cannot embed the variable web fonts.
const files: Readonly<Record<Typeface, string>> = {
  regular: '400Regular/AtkinsonHyperlegibleNext_400Regular.ttf',
  bold: '700Bold/AtkinsonHyperlegibleNext_700Bold.ttf',
};

const unicodeFormat = 4;
const formatOffsets = { segments: 6, ends: 14 } as const;
/** Ends the list of segments (OpenType, cmap format 4) and stands for no character. */
const lastSegment = 0xffff;

/** The bytes of a typeface. */
export function typeface(name: Typeface): Buffer {
  return readFileSync(
    require.resolve(`@expo-google-fonts/atkinson-hyperlegible-next/${files[name]}`),
  );
}

/** The code points that a TrueType font can draw, read from its `cmap` (OpenType 1.9, format 4). */
export function charactersOf(font: Buffer): ReadonlySet<number> {
  const cmap = tableOf(font, 'cmap');
  const subtable = cmap.subarray(unicodeSubtable(cmap));
  const length = subtable.readUInt16BE(formatOffsets.segments);
  const starts = formatOffsets.ends + length + 2;
  const found = new Set<number>();
  for (let at = 0; at < length; at += 2) {
    const first = subtable.readUInt16BE(starts + at);
    const last = subtable.readUInt16BE(formatOffsets.ends + at);
    for (let point = first; point <= last && point < lastSegment; point += 1) found.add(point);
  }
  return found;
}

function tableOf(font: Buffer, tag: string): Buffer {
  const count = font.readUInt16BE(4);
  for (let index = 0; index < count; index += 1) {
    const entry = 12 + index * 16;
    if (font.toString('latin1', entry, entry + 4) !== tag) continue;
    const offset = font.readUInt32BE(entry + 8);
    return font.subarray(offset, offset + font.readUInt32BE(entry + 12));
  }
  throw new Error(`the typeface has no table ${tag}`);
}

function unicodeSubtable(cmap: Buffer): number {
  const count = cmap.readUInt16BE(2);
  for (let index = 0; index < count; index += 1) {
    const offset = cmap.readUInt32BE(4 + index * 8 + 4);
    if (cmap.readUInt16BE(offset) === unicodeFormat) return offset;
  }
  throw new Error('the typeface has no Unicode map of format 4');
}
