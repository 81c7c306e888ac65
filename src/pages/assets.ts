import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** What pages refer to by name. */
export type AssetName =
  | 'portal.css'
  | 'console.css'
  | 'pages.js'
  | 'icon.svg'
  | 'hyperlegible-latin.woff2'
  | 'hyperlegible-latin-ext.woff2';

/** An asset as it goes over the wire. */
export interface ServedAsset {
  body: Uint8Array<ArrayBuffer>;
  headers: Record<string, string>;
}

interface Asset {
  path: string;
  type: string;
  plain: Uint8Array<ArrayBuffer>;
  /** Null where compressing gains nothing. Made when somebody asks first: a start does not wait for it. */
  brotli: (() => Uint8Array<ArrayBuffer>) | null;
  gzip: (() => Uint8Array<ArrayBuffer>) | null;
}

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The first names the cascade layers in their order. */
const sharedStyles = [
  'tokens.css',
  'base.css',
  'frame.css',
  'forms.css',
  'tables.css',
  'components.css',
  'steps.css',
  'things.css',
  'states.css',
];
const sources = join(projectRoot(), 'src', 'pages');
const assets = readAssets();
const assetsByPath = new Map([...assets.values()].map((asset) => [asset.path, asset]));

/** The address of an asset, with the hash of its content: `/assets/portal.0f3a….css`. */
export function assetPath(name: AssetName): string {
  const asset = assets.get(name);
  if (asset === undefined) throw new Error(`no asset is named ${name}`);
  return asset.path;
}

/**
 * The asset at a path, compressed as the request's Accept-Encoding allows, or null when there is none. It may be
 * cached for ever, because other content has another path.
 */
export function serveAsset(path: string, acceptEncoding = ''): ServedAsset | null {
  const asset = assetsByPath.get(path);
  if (asset === undefined) return null;
  const headers: Record<string, string> = {
    'content-type': asset.type,
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  };
  if (asset.brotli !== null) headers['vary'] = 'accept-encoding';
  if (asset.brotli !== null && accepts(acceptEncoding, 'br')) {
    return { body: asset.brotli(), headers: { ...headers, 'content-encoding': 'br' } };
  }
  if (asset.gzip !== null && accepts(acceptEncoding, 'gzip')) {
    return { body: asset.gzip(), headers: { ...headers, 'content-encoding': 'gzip' } };
  }
  return { body: asset.plain, headers };
}

function accepts(acceptEncoding: string, encoding: string): boolean {
  return acceptEncoding.split(',').some((part) => {
    const [name, quality] = part.split(';').map((word) => word.trim().toLowerCase());
    return name === encoding && !/^q=0(\.0*)?$/.test(quality ?? '');
  });
}

function readAssets(): Map<AssetName, Asset> {
  const found = new Map<AssetName, Asset>();
  const add = (name: AssetName, content: string | Uint8Array) =>
    found.set(name, toAsset(name, Buffer.from(content as string)));
  add('hyperlegible-latin.woff2', fontFile('latin'));
  add('hyperlegible-latin-ext.woff2', fontFile('latin-ext'));
  add('portal.css', styles(['portal.css'], found));
  add('console.css', styles(['console.css', 'provider.css', 'charts.css', 'calendar.css'], found));
  add('pages.js', islands());
  add('icon.svg', readFileSync(join(sources, 'icon.svg')));
  return found;
}

function toAsset(name: AssetName, content: Buffer): Asset {
  const extension = extname(name);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const compressible = extension !== '.woff2';
  return {
    path: `/assets/${name.slice(0, -extension.length)}.${hash}${extension}`,
    type: types[extension] ?? 'application/octet-stream',
    plain: new Uint8Array(content),
    brotli: compressible ? once(() => new Uint8Array(smallest(content))) : null,
    gzip: compressible ? once(() => new Uint8Array(gzipSync(content, { level: 9 }))) : null,
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function smallest(content: Buffer): Buffer {
  return brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
  });
}

function fontFile(subset: 'latin' | 'latin-ext'): Buffer {
  const font = '@fontsource-variable/atkinson-hyperlegible-next';
  const file = `${font}/files/atkinson-hyperlegible-next-${subset}-wght-normal.woff2`;
  return readFileSync(createRequire(import.meta.url).resolve(file));
}

/** One sheet of the shared styles and its own, without comments, with the hashed addresses of the fonts. */
function styles(own: readonly string[], fonts: ReadonlyMap<AssetName, Asset>): string {
  return [...sharedStyles, ...own]
    .map((file) => readFileSync(join(sources, file), 'utf8'))
    .join('\n')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\n\s*/g, '\n')
    .replace(/url\('(hyperlegible[^']+)'\)/g, (_, name: AssetName) => {
      const font = fonts.get(name);
      if (font === undefined) throw new Error(`the styles name an unknown font ${name}`);
      return `url('${font.path}')`;
    });
}

/** The islands import nothing, so each becomes a block of one script and their names stay apart. */
function islands(): string {
  const folder = join(import.meta.dirname, 'islands');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.js'))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .map((code) => code.replace(/^export \{\};$|^\/\/# sourceMappingURL.*$|^\/\/\/ <.*$/gm, ''))
    .map((code) => `{\n${code.trim()}\n}\n`)
    .join('');
}

/** Compiled code lies below `dist`, styles stay where they are written. */
function projectRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'src', 'pages', 'base.css'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('src/pages/base.css is not above the running program');
    folder = parent;
  }
  return folder;
}
