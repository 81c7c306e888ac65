import assert from 'node:assert/strict';
import http, { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { answerOfFailure, askBank } from './bank-request.ts';

async function asked(answer: RequestListener, timeoutMs = 3_000) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  try {
    return await askBank({
      agent: new http.Agent(),
      isClear: true,
      host: '127.0.0.1',
      port: (server.address() as AddressInfo).port,
      method: 'PUT',
      path: '/',
      headers: {},
      body: '{"sum":"1.00"}',
      timeoutMs,
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('an answer is read whole, with its status and headers', async () => {
  const answer = await asked((_request, response) => {
    response.writeHead(422, { 'x-code': 'RP09' });
    response.write('[');
    response.end('"å"]');
  });
  assert.ok(answer.kind === 'answer');
  assert.equal(answer.status, 422);
  assert.equal(answer.body, '["å"]');
  assert.equal(answer.headers['x-code'], 'RP09');
});

test('an answer that is cut, stands still in the middle, never ends or never comes is lost', async () => {
  const cut = await asked((_request, response) => {
    response.writeHead(201, { 'content-length': 100 });
    response.write('{"id":');
    setTimeout(() => response.destroy(), 20);
  });
  assert.deepEqual(cut, { kind: 'lost' });
  const still = await asked((_request, response) => void response.write('{"id":'), 200);
  assert.deepEqual(still, { kind: 'lost' });
  const endless = await asked((_request, response) => {
    const fill = setInterval(() => response.write('x'.repeat(64 * 1024)), 1);
    response.on('close', () => clearInterval(fill));
  });
  assert.deepEqual(endless, { kind: 'lost' });
  const silent = await asked(() => undefined, 200);
  assert.deepEqual(silent, { kind: 'lost' });
});

test('a slow drip does not stretch the time that an answer may take', async () => {
  const answer = await asked((_request, response) => {
    const drip = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(drip));
  }, 300);
  assert.deepEqual(answer, { kind: 'lost' });
});

test('a redirect is an answer and is not followed', async () => {
  let requests = 0;
  const answer = await asked((_request, response) => {
    requests += 1;
    response.writeHead(307, { location: 'https://example.com/' }).end();
  });
  assert.ok(answer.kind === 'answer' && answer.status === 307);
  assert.equal(requests, 1);
});

test('a line that breaks before the request went out has sent nothing, and so has one that our certificate did not open', () => {
  const error = (code: string) => Object.assign(new Error('broken'), { code });
  const unreachable = { kind: 'unsent', code: 'unreachable' };
  for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'CERT_HAS_EXPIRED', 'ECONNRESET']) {
    assert.deepEqual(answerOfFailure(error(code), false), unreachable);
    assert.deepEqual(answerOfFailure(error(code), true), { kind: 'lost' });
  }
  for (const code of [
    'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
    'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED',
    'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
  ]) {
    const refused = { kind: 'unsent', code: 'certificate_refused' };
    assert.deepEqual(answerOfFailure(error(code), true), refused);
  }
});
