import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { erasureSecret, mail, start, supplierInFolder } from './mail-supplier.fixture.ts';
import type { SupplierInFolder } from './mail-supplier.fixture.ts';
import { startMailSupplier } from './mail-supplier.ts';

type Answer = { status: number; body: unknown };

/** Signs as the Standard Webhooks specification says, written apart from what checks it. */
async function askToErase(
  place: SupplierInFolder,
  content: unknown,
  change: { ageSeconds?: number; secret?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { ageSeconds = 0, secret = erasureSecret, headers = {} } = change;
  const body = JSON.stringify(content);
  const timestamp = String(start.epochMilliseconds / 1000 - ageSeconds);
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signature = createHmac('sha256', key).update(`msg_1.${timestamp}.${body}`).digest('base64');
  const response = await fetch(`${place.supplier.url}/erasure-requests`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'msg_1',
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
      ...headers,
    },
    body,
  });
  return { status: response.status, body: await response.json() };
}

async function withTwoMails(place: SupplierInFolder): Promise<void> {
  await place.smtp().send(mail({ messageId: '<one@example.se>' }));
  await place.smtp().send(mail({ messageId: '<two@example.se>' }));
}

const request = { request_id: 'r1', references: ['<one@example.se>', 'nothing@example.se'] };

test('the named messages go from memory and disk, the others stay', async () => {
  await using place = await supplierInFolder();
  await withTwoMails(place);
  const answer = await askToErase(place, request);
  assert.deepEqual(answer, { status: 200, body: { request_id: 'r1', erased: 1 } });
  assert.deepEqual(
    place.supplier.messages().map(({ messageId }) => messageId),
    ['two@example.se'],
  );
  const files = await readdir(join(place.folder, 'messages'));
  assert.deepEqual(files, [`${place.supplier.messages()[0]?.id}.eml`]);
});

test('the same request gets the same answer, also after a restart, but not for other references', async () => {
  await using place = await supplierInFolder();
  await withTwoMails(place);
  const first = await askToErase(place, request);
  const both = await Promise.all([askToErase(place, request), askToErase(place, request)]);
  assert.deepEqual(both, [first, first]);
  const other = { ...request, references: ['two@example.se'] };
  assert.equal((await askToErase(place, other)).status, 409);
  await place.supplier.stop();
  const again = await startMailSupplier(place.options);
  const later = { ...place, supplier: again };
  assert.deepEqual(await askToErase(later, request), first);
  assert.equal(again.messages().length, 1);
  await again.stop();
});

test('a request that is not signed by us is refused and erases nothing', async () => {
  await using place = await supplierInFolder();
  await withTwoMails(place);
  const stranger = `whsec_${Buffer.alloc(32).toString('base64')}`;
  for (const change of [
    { secret: stranger },
    { headers: { 'webhook-signature': 'v1,' } },
    { headers: { 'webhook-signature': 'v1,AAAA' } },
    { headers: { 'webhook-signature': '' } },
    { headers: { 'webhook-id': 'msg_2' } },
    { headers: { 'webhook-timestamp': String(start.epochMilliseconds / 1000 - 1) } },
    { headers: { 'webhook-timestamp': 'NaN' } },
  ]) {
    assert.equal((await askToErase(place, request, change)).status, 401);
  }
  assert.equal(place.supplier.messages().length, 2);
});

test('a request of five minutes ago or ahead is taken, one a second older or further is not', async () => {
  await using place = await supplierInFolder();
  assert.equal((await askToErase(place, request, { ageSeconds: 300 })).status, 200);
  assert.equal((await askToErase(place, request, { ageSeconds: -300 })).status, 200);
  assert.equal((await askToErase(place, request, { ageSeconds: 301 })).status, 401);
  assert.equal((await askToErase(place, request, { ageSeconds: -301 })).status, 401);
});

test('while a secret is changed, one good signature of several is enough', async () => {
  await using place = await supplierInFolder();
  const body = JSON.stringify(request);
  const timestamp = String(start.epochMilliseconds / 1000);
  const key = Buffer.from(erasureSecret.replace('whsec_', ''), 'base64');
  const good = createHmac('sha256', key).update(`msg_1.${timestamp}.${body}`).digest('base64');
  const headers = { 'webhook-signature': `v1,${'A'.repeat(43)}= v1a,x v1,${good}` };
  assert.equal((await askToErase(place, request, { headers })).status, 200);
});

test('a body that carries anything but ids is refused', async () => {
  await using place = await supplierInFolder();
  for (const content of [
    { ...request, email: 'anna@example.com' },
    { ...request, references: [{ messageId: 'one@example.se', name: 'Anna' }] },
    { ...request, references: ['Anna Andersson <anna@example.com>'] },
    { ...request, references: 'one@example.se' },
    { request_id: 'r1' },
    { ...request, request_id: '' },
    { ...request, references: Array.from({ length: 1_001 }, () => 'a@b') },
    null,
    [],
  ]) {
    assert.equal((await askToErase(place, content)).status, 400);
  }
});

test('a body that is too large is not read', async () => {
  await using place = await supplierInFolder();
  const answer = await askToErase(place, { request_id: 'x'.repeat(400_001), references: [] });
  assert.equal(answer.status, 413);
});

test('in bad weather the supplier fails, or promises and forgets', async () => {
  await using place = await supplierInFolder();
  await withTwoMails(place);
  place.supplier.setWeather({ erasure: 'broken' });
  assert.equal((await askToErase(place, request)).status, 500);
  place.supplier.setWeather({ erasure: 'forgetful' });
  const promised = await askToErase(place, request);
  assert.deepEqual(promised, { status: 202, body: { request_id: 'r1' } });
  assert.equal(place.supplier.messages().length, 2);
  place.supplier.setWeather({ erasure: 'fair' });
  const done = await askToErase(place, request);
  assert.deepEqual(done, { status: 200, body: { request_id: 'r1', erased: 1 } });
});

test('a secret that is not of the specified form does not start', async () => {
  await assert.rejects(supplierInFolder({ erasureSecret: 'secret' }), /whsec_/);
});
