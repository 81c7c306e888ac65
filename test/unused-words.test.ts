// Words that nobody reads, and names of styles that nothing gives a style or that nothing wears.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { test } from 'node:test';
import { projectFolder } from '../src/project.ts';

type Source = { readonly file: string; readonly text: string };

const product = filesOf('src', /(?<!\.test|\.fixture)\.tsx?$/).map(withoutComments);
const texts = product.filter(({ file }) => file.startsWith('src/text/'));
const others = product.filter(({ file }) => !file.startsWith('src/text/'));
const styles = filesOf('src', /\.css$/).map(withoutComments);

/** What is no name in code comes out of the data: a table, a rate of VAT, a state in words. */
const codeName = /^[A-Za-z_][\w-]*$/;

function filesOf(folder: string, name: RegExp): Source[] {
  const at = path.join(projectFolder, folder);
  return readdirSync(at, { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file))
    .map((file) => ({
      file: `${folder}/${file}`,
      text: readFileSync(path.join(at, file), 'utf8'),
    }));
}

function withoutComments({ file, text }: Source): Source {
  return { file, text: text.replace(/\/\*.*?\*\//gs, '').replace(/^\s*\/\/.*$/gm, '') };
}

/** Every name that stands in a source by itself, with the hyphens that are in it. */
function namesIn(sources: readonly Source[]): Set<string> {
  return new Set(sources.flatMap(({ text }) => text.match(/[A-Za-z_][\w-]*/g) ?? []));
}

/** Ends of names that are put together: `Text` of a template that ends so behind a value. */
function endingsIn(sources: readonly Source[]): Set<string> {
  return new Set(
    sources.flatMap(({ text }) =>
      [...text.matchAll(/\[`\$\{\w+\}(\w+)`\]/g)].map(([, end = '']) => end),
    ),
  );
}

/** The keys that the words of a module have, as a path from its export, each with the key alone. */
async function keysOf({ file }: Source): Promise<{ at: string; key: string }[]> {
  const compiled = path.join(projectFolder, 'dist', file.replace(/ts$/, 'js'));
  const module = (await import(pathToFileURL(compiled).href)) as Record<string, unknown>;
  return Object.entries(module).flatMap(([name, value]) =>
    isWords(value) && isWords(value['sv']) ? keysIn(value['sv'], `${file} ${name}`) : [],
  );
}

function keysIn(
  words: Readonly<Record<string, unknown>>,
  at: string,
): { at: string; key: string }[] {
  return Object.entries(words).flatMap(([key, value]) => [
    { at: `${at}.${key}`, key },
    ...(isWords(value) ? keysIn(value, `${at}.${key}`) : []),
  ]);
}

function isWords(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys whose name stands nowhere in the code; what text modules read of each other is read as `.key`. */
function unread(
  keys: readonly { at: string; key: string }[],
  code: readonly Source[],
  among: readonly Source[],
): string[] {
  const names = namesIn(code);
  const own = new Set(
    among.flatMap(({ text }) => [...text.matchAll(/\.(\w+)/g)].map(([, name = '']) => name)),
  );
  const endings = [...endingsIn(code)];
  const isPutTogether = (key: string) =>
    endings.some((end) => key.endsWith(end) && key.length > end.length);
  return keys
    .filter(({ key }) => !names.has(key) && !own.has(key) && !isPutTogether(key))
    .filter(({ key }) => codeName.test(key))
    .map(({ at }) => at);
}

test('every word for people is read somewhere', async () => {
  const keys = (await Promise.all(texts.map(keysOf))).flat();
  assert.ok(keys.length > 2000, 'the words were found');
  assert.deepEqual(unread(keys, others, texts), []);
});

test('a word that nobody reads is seen, and one that is put together or read by a text is none', () => {
  const keys = ['lost', 'title', 'takenText', 'inner'].map((key) => ({ at: key, key }));
  const code = [{ file: 'a.tsx', text: 'words.title; words[`${trouble}Text`]' }];
  assert.deepEqual(unread(keys, code, [{ file: 'b.ts', text: 'sv: of.inner' }]), ['lost']);
});

/** Names in `class="…"`, and those before a value in a template: `step--` of `step--${state}`. */
function wornIn(sources: readonly Source[]): string[] {
  return sources.flatMap(({ text }) =>
    [...text.matchAll(/\bclass="([^"]*)"/g)].flatMap(([, names = '']) => names.split(/\s+/)),
  );
}

function styledIn(sheets: readonly Source[]): Set<string> {
  const selectors = sheets.flatMap(({ text }) =>
    [...text.matchAll(/([^{};]+)\{/g)].map(([, selector = '']) => selector),
  );
  return new Set(
    selectors.flatMap((selector) =>
      [...selector.matchAll(/\.([A-Za-z][\w-]*)/g)].map(([, name = '']) => name),
    ),
  );
}

function unworn(sheets: readonly Source[], sources: readonly Source[]): string[] {
  const names = namesIn(sources);
  const kinds = sources.flatMap(({ text }) =>
    [...text.matchAll(/([\w-]+--)\$\{/g)].map(([, kind = '']) => kind),
  );
  return [...styledIn(sheets)].filter(
    (name) => !names.has(name) && !kinds.some((kind) => name.startsWith(kind)),
  );
}

test('every class of a page has a style, and every style is worn', () => {
  const styled = styledIn(styles);
  const bare = new Set(wornIn(others).filter((name) => name !== '' && !styled.has(name)));
  assert.deepEqual([...bare], []);
  assert.deepEqual(unworn(styles, others), []);
});

test('a class without a style and a style without a class are seen', () => {
  const sheet = [{ file: 'a.css', text: '.worn, .lost:hover { color: red; } .step--now {}' }];
  const page = [{ file: 'a.tsx', text: '<p class="worn bare"> `step--${state}`' }];
  assert.deepEqual(
    wornIn(page).filter((name) => !styledIn(sheet).has(name)),
    ['bare'],
  );
  assert.deepEqual(unworn(sheet, page), ['lost']);
});
