import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cleanPicture } from './clean-picture.ts';
import {
  exifBody,
  jpegPicture,
  jpegWith,
  losslessPicture,
  pngPicture,
  pngWith,
  secret,
  transparentPicture,
  webpPicture,
  webpWith,
} from './pictures.fixture.ts';

const pictures = { jpegPicture, pngPicture, webpPicture, losslessPicture, transparentPicture };
const text = Buffer.from(secret);

test('a picture is known by its first bytes, with its size', () => {
  const types = Object.values(pictures).map((bytes) => {
    const clean = cleanPicture(bytes);
    assert.deepEqual([clean?.widthPx, clean?.heightPx], [12, 8]);
    return clean?.mediaType;
  });
  assert.deepEqual(types, ['image/jpeg', 'image/png', 'image/webp', 'image/webp', 'image/webp']);
});

test('what says where, when, by whom and with what a picture was taken does not stay in it', () => {
  const xmp = Buffer.concat([Buffer.from('http://ns.adobe.com/xap/1.0/\0'), text]);
  const dirty: Record<string, Buffer> = {
    exif: jpegWith(0xe1, exifBody(1)),
    xmp: jpegWith(0xe1, xmp),
    comment: jpegWith(0xfe, text),
    photoshop: jpegWith(0xed, Buffer.concat([Buffer.from('Photoshop 3.0\0'), text])),
    secondPicture: jpegWith(0xe2, Buffer.concat([Buffer.from('MPF\0'), text])),
    behindJpeg: Buffer.concat([jpegPicture, text]),
    pngText: pngWith('tEXt', Buffer.concat([Buffer.from('Author\0'), text])),
    pngExif: pngWith('eXIf', text),
    pngOwn: pngWith('maKe', text),
    behindPng: Buffer.concat([pngPicture, text]),
    webpExif: webpWith('EXIF', text),
    webpXmp: webpWith('XMP ', text),
    webpOwn: webpWith('maKe', text, transparentPicture),
    behindWebp: Buffer.concat([losslessPicture, text]),
  };
  for (const [what, bytes] of Object.entries(dirty)) {
    assert.ok(bytes.includes(text), what);
    const clean = cleanPicture(bytes);
    assert.ok(clean !== null, what);
    assert.ok(!clean.content.includes(text) && !clean.content.includes('Maja'), what);
    assert.deepEqual([clean.widthPx, clean.heightPx], [12, 8], what);
  }
});

test('nothing of what draws a picture is lost', () => {
  assert.deepEqual(cleanPicture(pngPicture)?.content, pngPicture);
  assert.deepEqual(cleanPicture(webpPicture)?.content, webpPicture);
  assert.deepEqual(cleanPicture(losslessPicture)?.content, losslessPicture);
  assert.deepEqual(cleanPicture(transparentPicture)?.content, transparentPicture);
  assert.deepEqual(cleanPicture(webpWith('EXIF', text))?.content, webpPicture);
  // Without the segment of JFIF, which says nothing that a browser needs.
  const clean = cleanPicture(jpegPicture)?.content;
  assert.deepEqual(clean, Buffer.concat([jpegPicture.subarray(0, 2), jpegPicture.subarray(20)]));
});

test('a photograph taken with the camera on its side still stands upright', () => {
  for (const order of ['II', 'MM'] as const) {
    for (const orientation of [2, 3, 6, 8]) {
      const clean = cleanPicture(jpegWith(0xe1, exifBody(orientation, order)));
      assert.ok(clean?.content.includes(Buffer.from([1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation])));
      const size = orientation >= 5 ? [8, 12] : [12, 8];
      assert.deepEqual([clean?.widthPx, clean?.heightPx], size);
      assert.deepEqual(cleanPicture(clean?.content ?? Buffer.alloc(0))?.content, clean?.content);
    }
  }
  assert.ok(!cleanPicture(jpegWith(0xe1, exifBody(99)))?.content.includes('Exif'));
});

test('what is no picture, is broken, moves or is huge is refused', () => {
  const wide = Buffer.from(jpegPicture);
  const frame = wide.indexOf(Buffer.from([0xff, 0xc0]));
  wide.writeUInt16BE(9_000, frame + 7);
  const damaged = Buffer.from(pngPicture);
  damaged.writeUInt8(damaged.readUInt8(45) ^ 1, 45);
  const refused: Record<string, Buffer> = {
    nothing: Buffer.alloc(0),
    gif: Buffer.from('GIF89a\x0c\0\x08\0'),
    svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    html: Buffer.from('<!doctype html><script>alert(1)</script>'),
    pdf: Buffer.from('%PDF-1.7'),
    zip: Buffer.from('PK\x03\x04'),
    cutJpeg: jpegPicture.subarray(0, -20),
    cutPng: pngPicture.subarray(0, -20),
    cutWebp: webpPicture.subarray(0, -20),
    onlyHeads: jpegPicture.subarray(0, 40),
    pngHead: pngPicture.subarray(0, 33),
    damaged,
    wide,
    movingPng: pngWith('acTL', Buffer.alloc(8)),
    movingWebp: webpWith('ANIM', Buffer.alloc(6)),
  };
  for (const [what, bytes] of Object.entries(refused))
    assert.equal(cleanPicture(bytes), null, what);
});

test('no bytes break the cleaner, and what is clean stays as it is', () => {
  const spoiled = fc
    .tuple(
      fc.constantFrom(...Object.values(pictures)),
      fc.array(fc.tuple(fc.nat(700), fc.nat(255)), { maxLength: 4 }),
      fc.nat(700),
    )
    .map(([picture, changes, length]) => {
      const copy = Buffer.from(picture);
      for (const [at, byte] of changes) if (at < copy.length) copy[at] = byte;
      return copy.subarray(0, length);
    });
  const any = fc.oneof(
    spoiled,
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  );
  fc.assert(
    fc.property(any, (bytes) => {
      const clean = cleanPicture(bytes);
      if (clean !== null) assert.deepEqual(cleanPicture(clean.content), clean);
    }),
    { numRuns: 3_000 },
  );
});
