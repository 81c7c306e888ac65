import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';

/** What a reader of our PDFs finds: the text of each page as drawn, and what is said instead of a drawing. */
export type ReadPdf = {
  readonly pages: readonly string[];
  readonly text: string;
  /** Text that is said instead of what is drawn (`ActualText`). */
  readonly actual: readonly string[];
  /** How many elements of each kind the structure has. */
  readonly tags: ReadonlyMap<string, number>;
  readonly raw: string;
};

/** Reads back what `writePdf` wrote: enough of ISO 32000-1 for that, and no more. */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const raw = Buffer.from(bytes).toString('latin1');
  assert.ok(raw.startsWith('%PDF-1.7'));
  const objects = objectsOf(raw);
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\n/.test(body));
  const contents = pages.map((page) => streamOf(objects, reference(page, 'Contents')));
  const fonts = fontsOf(objects, pages);
  const texts = contents.map((content) => textOf(content, fonts));
  return {
    pages: texts,
    text: texts.join('\n'),
    actual: contents.flatMap(actualOf),
    tags: countTags(objects),
    raw,
  };
}

function objectsOf(raw: string): Map<string, string> {
  return new Map(
    [...raw.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj$/gm)].map(([, id, body]) => [
      id ?? '',
      body ?? '',
    ]),
  );
}

function reference(body: string, key: string): string {
  return new RegExp(`/${key} (\\d+) 0 R`).exec(body)?.[1] ?? '';
}

function streamOf(objects: ReadonlyMap<string, string>, id: string): string {
  const body = objects.get(id) ?? '';
  const data = /stream\n([\s\S]*)\nendstream$/.exec(body)?.[1] ?? '';
  const bytes = Buffer.from(data, 'latin1');
  return (body.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1');
}

/** By the name that pages give a font: which characters its codes stand for. */
function fontsOf(
  objects: ReadonlyMap<string, string>,
  pages: readonly string[],
): Map<string, Map<string, string>> {
  const fonts = new Map<string, Map<string, string>>();
  for (const page of pages) {
    const resources = objects.get(reference(page, 'Resources')) ?? '';
    for (const [, name = '', id = ''] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const font = objects.get(id) ?? '';
      if (!fonts.has(name))
        fonts.set(name, charactersOf(streamOf(objects, reference(font, 'ToUnicode'))));
    }
  }
  return fonts;
}

function charactersOf(cmap: string): Map<string, string> {
  const characters = new Map<string, string>();
  for (const [, first = '', , list = ''] of cmap.matchAll(/<(\w+)> <(\w+)> \[(.*?)\]/g)) {
    for (const [index, [, hex = '']] of [...list.matchAll(/<([\w ]*)>/g)].entries()) {
      const code = (parseInt(first, 16) + index).toString(16).padStart(4, '0');
      characters.set(code, fromUtf16(hex.replaceAll(' ', '')));
    }
  }
  return characters;
}

function textOf(content: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  let font: ReadonlyMap<string, string> = new Map();
  const lines: string[] = [];
  for (const [, name, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[(<.*?)\] TJ/g)) {
    if (name !== undefined) font = fonts.get(name) ?? new Map();
    if (shown === undefined) continue;
    const codes = [...shown.matchAll(/<(\w*)>/g)].map(([, hex]) => hex).join('');
    lines.push((codes.match(/.{4}/g) ?? []).map((code) => font.get(code) ?? '\ufffd').join(''));
  }
  return lines.map((line) => line.trimEnd()).join('\n');
}

function actualOf(content: string): string[] {
  return [...content.matchAll(/\/ActualText \(([\s\S]*?)\)\n>> BDC/g)].map(([, bytes = '']) => {
    const plain = bytes.replace(/\\([()\\nrtbf])/g, (_, character: string) => unescape(character));
    const utf16 = Buffer.from(plain, 'latin1');
    return utf16[0] === 0xfe ? utf16.subarray(2).swap16().toString('utf16le') : plain;
  });
}

function unescape(character: string): string {
  const known: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  return known[character] ?? character;
}

function fromUtf16(hex: string): string {
  return Buffer.from(hex, 'hex').swap16().toString('utf16le');
}

function countTags(objects: ReadonlyMap<string, string>): Map<string, number> {
  const tags = new Map<string, number>();
  for (const body of objects.values()) {
    const tag = /^<<\n\/S \/(\w+)\n/.exec(body)?.[1];
    if (tag !== undefined) tags.set(tag, (tags.get(tag) ?? 0) + 1);
  }
  return tags;
}
