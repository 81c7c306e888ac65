import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { type AssetName, assetPath, serveAsset } from './assets.ts';

const names: AssetName[] = [
  'portal.css',
  'console.css',
  'pages.js',
  'icon.svg',
  'hyperlegible-latin.woff2',
  'hyperlegible-latin-ext.woff2',
];

function served(name: AssetName, acceptEncoding = '') {
  const asset = serveAsset(assetPath(name), acceptEncoding);
  assert.ok(asset);
  return asset;
}

function text(name: AssetName): string {
  return new TextDecoder().decode(served(name).body);
}

test('an asset may be kept for ever, since its address names its content', () => {
  for (const name of names) {
    assert.match(assetPath(name), /^\/assets\/[a-z-]+\.[0-9a-f]{16}\.[a-z\d]+$/);
    assert.match(served(name).headers['cache-control'] ?? '', /immutable/);
  }
});

test('a browser gets the smallest form it understands, and always the same content', () => {
  const plain = served('portal.css');
  const brotli = served('portal.css', 'gzip, deflate, br, zstd');
  const gzip = served('portal.css', 'gzip, br;q=0');
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(brotli.headers['content-encoding'], 'br');
  assert.equal(gzip.headers['content-encoding'], 'gzip');
  assert.deepEqual(new Uint8Array(brotliDecompressSync(brotli.body)), plain.body);
  assert.deepEqual(new Uint8Array(gunzipSync(gzip.body)), plain.body);
  assert.equal(plain.headers['vary'], 'accept-encoding');
});

test('only the known addresses are served', () => {
  for (const path of ['/assets/portal.css', '/assets/../package.json', '/assets/', '/', ''])
    assert.equal(serveAsset(path), null, path);
});

test('styles and script ask nobody else for anything', () => {
  for (const name of ['portal.css', 'console.css', 'pages.js'] as const) {
    assert.doesNotMatch(text(name), /https?:|data:|@import|^import /m, name);
  }
  for (const url of text('portal.css').matchAll(/url\('([^']*)'\)/g)) {
    assert.ok(serveAsset(url[1] ?? ''), `${url[1]} is served`);
  }
});

test('a first visit weighs less than a photograph', () => {
  const wire = (name: AssetName) => served(name, 'br').body.length;
  const limits = { styles: 12_000, script: 15_000, font: 40_000 };
  assert.ok(wire('portal.css') < limits.styles);
  assert.ok(wire('console.css') < limits.styles);
  assert.ok(wire('pages.js') < limits.script);
  assert.ok(wire('hyperlegible-latin.woff2') < limits.font);
});
