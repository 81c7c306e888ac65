import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { compressForStranger } from './compress.ts';

const page = `<!doctype html>${'<p>Hej</p>'.repeat(500)}`;
const answer = (body = page, type = 'text/html; charset=utf-8') =>
  new Response(body, { status: 404, headers: { 'content-type': type } });
const request = (headers: Record<string, string>) => new Request('http://localhost/', { headers });

test('a page for a stranger is compressed and comes out as it was', async () => {
  const sent = await compressForStranger(request({ 'accept-encoding': 'gzip, br' }), answer());
  assert.equal(sent.headers.get('content-encoding'), 'br');
  assert.equal(sent.status, 404);
  const body = Buffer.from(await sent.arrayBuffer());
  assert.ok(body.length < page.length / 10);
  assert.equal(brotliDecompressSync(body).toString(), page);
});

test('nothing is compressed for somebody who is known, nor for who cannot read it', async () => {
  const plain: Record<string, string>[] = [
    { 'accept-encoding': 'br', cookie: '__Host-session=x' },
    { 'accept-encoding': 'gzip' },
    {},
  ];
  for (const headers of plain) {
    const sent = await compressForStranger(request(headers), answer());
    assert.equal(sent.headers.get('content-encoding'), null);
    assert.equal(await sent.text(), page);
  }
  const file = await compressForStranger(
    request({ 'accept-encoding': 'br' }),
    answer(page, 'application/json'),
  );
  assert.equal(file.headers.get('content-encoding'), null);
});
