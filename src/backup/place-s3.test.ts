import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { rmSync, writeFileSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { isProblem } from '../problem.ts';
import { startObjectStore } from '../sandbox/object-store.ts';
import type { ObjectStore } from '../sandbox/object-store.ts';
import { manifestFile } from './archive-files.ts';
import { openPlace } from './place.ts';
import type { Place } from './place.ts';

const clock = () => Temporal.Now.instant();
const archive = 'varsam-00000000-20261122T120000Z-records-000000000000';

type Rig = {
  readonly store: ObjectStore;
  place(secret?: string): Promise<Place>;
  [Symbol.asyncDispose](): Promise<void>;
};

async function rig(): Promise<Rig> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'varsam-test-'));
  const credentials = { accessKey: 'AKVARSAM', secretKey: 'hemlig/nyckel+1' };
  const store = await startObjectStore({ credentials, buckets: ['kopior'], clock });
  const secretFile = (name: string, secret: string) => {
    writeFileSync(path.join(folder, name), `${secret}\n`, { mode: 0o600 });
    return path.join(folder, name);
  };
  return {
    store,
    place: (secret = credentials.secretKey) =>
      openPlace('s3://kopior/varsam/natt', {
        endpoint: store.endpoint,
        region: 'eu-north-1',
        accessKeyFile: secretFile('access', credentials.accessKey),
        secretKeyFile: secretFile(`secret-${secret.length}`, secret),
      }),
    [Symbol.asyncDispose]: async () => {
      await store.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

function bytes(length: number): Buffer {
  const hash = createHash('sha256').update(String(length)).digest();
  return Buffer.alloc(length, hash);
}

test('an archive in a bucket is listed when its manifest is there, and reads back as it was', async () => {
  await using at = await rig();
  const place = await at.place();
  const draft = await place.begin(archive);
  const large = bytes(12 * 1024 * 1024 + 7);
  await draft.write('part-000001.age', large);
  await draft.write('part-000002.age', bytes(100));
  assert.deepEqual(await place.list(), []);
  await draft.finish(manifestFile, bytes(50));
  assert.deepEqual(await place.list(), [archive]);
  assert.ok(large.equals(await place.read(archive, 'part-000001.age')));
  assert.equal(at.store.answered.get('UploadPart'), 3);
  await place.remove(archive);
  assert.deepEqual(await place.list(), []);
  assert.equal(at.store.buckets.get('kopior')?.objects.size, 0);
});

test('more archives than one page of a listing are all listed', async () => {
  await using at = await rig();
  const objects = at.store.buckets.get('kopior')?.objects;
  for (let index = 0; index < 1100; index += 1) {
    const name = archive.replace(/0{12}$/, String(index).padStart(12, '0'));
    objects?.set(`varsam/natt/${name}/${manifestFile}`, Buffer.from('x'));
  }
  assert.equal((await (await at.place()).list()).length, 1100);
  assert.equal(at.store.answered.get('ListObjectsV2'), 2);
});

test('an upload that was cut off looks like nothing, and is cleared away with its pieces', async () => {
  await using at = await rig();
  const place = await at.place();
  const bucket = at.store.buckets.get('kopior');
  const draft = await place.begin(archive);
  await draft.write('part-000001.age', bytes(10));
  let pieces = 0;
  at.store.faults = ({ method, path }) =>
    method === 'PUT' && path.endsWith('part-000002.age') && (pieces += 1) > 1
      ? { kind: 'error', status: 403, code: 'AccessDenied' }
      : null;
  await assert.rejects(
    draft.write('part-000002.age', bytes(12 * 1024 * 1024)),
    (error) => isProblem(error, 'unavailable') && error.detail.includes('may not do this'),
  );
  at.store.faults = () => null;
  // As a process that was killed leaves it: a piece without an end.
  bucket?.uploads.set('left', { key: `varsam/natt/${archive}/part-000003.age`, pieces: new Map() });
  bucket?.objects.set('varsam/natt/foreign/file', Buffer.from('x'));
  assert.deepEqual(await place.list(), []);
  await place.clear((name) => name === archive);
  assert.deepEqual([...(bucket?.objects.keys() ?? [])], ['varsam/natt/foreign/file']);
  assert.equal(bucket?.uploads.size, 0);
});

test('a store that is busy, slow or cuts the line now and then is asked again', async () => {
  await using at = await rig();
  const place = await at.place();
  const troubles = [
    { kind: 'error', status: 503, code: 'SlowDown' },
    { kind: 'cut' },
    { kind: 'slow', ms: 30 },
  ] as const;
  let asked = 0;
  at.store.faults = () => troubles[asked++] ?? null;
  const draft = await place.begin(archive);
  await draft.write('part-000001.age', bytes(1000));
  assert.ok(bytes(1000).equals(await place.read(archive, 'part-000001.age')));
  assert.ok(asked >= 4);
});

test('a wrong secret, a wrong bucket and a missing file are told apart, without repeating a secret', async () => {
  await using at = await rig();
  const wrong = await at.place('fel nyckel');
  await assert.rejects(
    wrong.list(),
    (error) =>
      isProblem(error, 'unavailable') &&
      error.detail === 'The object store refuses the secret key.',
  );
  const place = await at.place();
  await assert.rejects(place.read(archive, manifestFile), (error) => isProblem(error, 'not-found'));
  at.store.buckets.delete('kopior');
  await assert.rejects(
    place.list(),
    (error) => isProblem(error, 'unavailable') && error.detail === 'The bucket does not exist.',
  );
});

test('the stand-in refuses what is not signed, what was changed on the way, and other hosts', async () => {
  await using at = await rig();
  const unsigned = await fetch(`${at.store.endpoint}/kopior?list-type=2`);
  assert.equal(unsigned.status, 403);
  assert.match(await unsigned.text(), /<Code>AccessDenied<\/Code>/);
  assert.equal(at.store.answered.get('AccessDenied'), 1);
});
