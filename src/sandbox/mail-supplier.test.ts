import assert from 'node:assert/strict';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { mail, supplierInFolder } from './mail-supplier.fixture.ts';
import type { SupplierInFolder } from './mail-supplier.fixture.ts';
import { startMailSupplier } from './mail-supplier.ts';

type Answer = { status: number; headers: IncomingHttpHeaders; body: string };

/** As fetch, which however does not let us say a Host of our own. */
function ask(
  place: SupplierInFolder,
  path: string,
  wish: { method?: string; headers?: OutgoingHttpHeaders; body?: string } = {},
): Promise<Answer> {
  const { method = 'GET', headers = {}, body } = wish;
  const port = place.supplier.httpPort;
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const asked = request(
      { host: '127.0.0.1', port, path, method, headers: { ...length, ...headers } },
      (response) => {
        response.setEncoding('utf8');
        let text = '';
        response.on('data', (part: string) => (text += part));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
      },
    );
    asked.once('error', reject);
    asked.end(body);
  });
}

const ownForm = {
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/x-www-form-urlencoded',
};

test('the mailbox shows what arrived, newest first, and each message with its links', async () => {
  await using place = await supplierInFolder();
  const smtp = place.smtp();
  await smtp.send(mail({ subject: 'Det första' }));
  await smtp.send(mail({ subject: 'Det andra', to: 'eva@example.com' }));
  const { body, headers } = await ask(place, '/');
  assert.ok(body.startsWith('<!doctype html>'));
  assert.match(String(headers['content-security-policy']), /default-src 'none'/);
  assert.match(body, /Det andra[\s\S]*Det första/);
  const id = place.supplier.messages()[0]?.id;
  const message = await ask(place, `/messages/${id}`);
  assert.match(message.body, /<a href="http:\/\/localhost:8080\/confirm#token"/);
  assert.match(message.body, /DKIM by example\.se, valid/);
});

test('a mailbox can be looked at alone, and its URL does not hold the address', async () => {
  await using place = await supplierInFolder();
  await place.smtp().send(mail({ subject: 'Till Anna' }));
  await place.smtp().send(mail({ subject: 'Till Eva', to: 'eva@example.com' }));
  const { body } = await ask(place, '/');
  const link = /href="(\/mailboxes\/[0-9a-f]+)">eva@example\.com/.exec(body)?.[1];
  assert.ok(link);
  const mailbox = await ask(place, link);
  assert.match(mailbox.body, /Till Eva/);
  assert.doesNotMatch(mailbox.body, /Till Anna/);
  assert.equal((await ask(place, '/mailboxes/0000000000000000')).status, 404);
});

test('what a sender writes is shown as text and never as a page', async () => {
  await using place = await supplierInFolder();
  const nasty = '<script>alert(1)</script>"><img src=x onerror=alert(1)>';
  await place.smtp().send(mail({ subject: nasty, text: `${nasty} javascript:alert(1)` }));
  const id = place.supplier.messages()[0]?.id;
  for (const path of ['/', `/messages/${id}`]) {
    const { body } = await ask(place, path);
    assert.doesNotMatch(body, /<script|<img|href="javascript/);
  }
  const source = await ask(place, `/messages/${id}/source`);
  assert.match(source.headers['content-type'] ?? '', /^text\/plain/);
  assert.equal(source.headers['x-content-type-options'], 'nosniff');
});

test('the staff panel shows the code of the moment', async () => {
  let code = '111111';
  const staffHint = () =>
    Promise.resolve([{ label: 'Support', email: 'stina@example.se', password: 'secret', code }]);
  await using place = await supplierInFolder({ staffHint });
  assert.match((await ask(place, '/')).body, /111111/);
  code = '222222';
  assert.match((await ask(place, '/')).body, /222222/);
});

test('a foreign host, a proxy and somebody else’s form are refused', async () => {
  await using place = await supplierInFolder();
  for (const host of ['evil.example.com', 'localhost.example.com', '10.0.0.1:80', '[::1]']) {
    assert.equal((await ask(place, '/', { headers: { host } })).status, 421, host);
  }
  for (const name of ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'via']) {
    assert.equal((await ask(place, '/', { headers: { [name]: 'x' } })).status, 403, name);
  }
  const body = 'smtp=busy&erasure=fair';
  for (const headers of [
    {},
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'http://evil.example.com' },
    { origin: 'null' },
  ]) {
    const wish = {
      method: 'POST',
      body,
      headers: { ...ownForm, 'sec-fetch-site': undefined, ...headers },
    };
    const { status } = await ask(place, '/weather', { ...wish, headers: defined(wish.headers) });
    assert.equal(status, 403);
  }
  assert.equal(place.supplier.weather().smtp, 'fair');
});

function defined(headers: Record<string, string | undefined>): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
}

test('the weather is set and the mailbox emptied with plain forms', async () => {
  await using place = await supplierInFolder();
  await place.smtp().send(mail());
  const weather = { method: 'POST', headers: ownForm, body: 'smtp=busy&erasure=broken' };
  const set = await ask(place, '/weather', weather);
  assert.deepEqual([set.status, set.headers.location], [303, '/']);
  assert.deepEqual(place.supplier.weather(), { smtp: 'busy', erasure: 'broken' });
  const wrong = { ...weather, body: 'smtp=toString&erasure=fair' };
  assert.equal((await ask(place, '/weather', wrong)).status, 400);
  const origin = `http://127.0.0.1:${place.supplier.httpPort}`;
  const emptied = await ask(place, '/empty', { method: 'POST', headers: { origin }, body: '' });
  assert.equal(emptied.status, 303);
  assert.equal(place.supplier.messages().length, 0);
  assert.deepEqual(await readdir(join(place.folder, 'messages')), []);
});

test('messages and the certificate survive a restart and are readable by their owner alone', async () => {
  await using place = await supplierInFolder();
  await place.smtp().send(mail({ subject: 'Kvar' }));
  await place.supplier.stop();
  const again = await startMailSupplier(place.options);
  const [kept] = again.messages();
  assert.equal(kept?.subject, 'Kvar');
  assert.deepEqual(kept?.recipients, ['anna@example.com']);
  assert.equal(kept?.dkim.result, 'valid');
  assert.equal(again.certificate, place.supplier.certificate);
  await again.stop();
  for (const file of await readdir(place.folder, { recursive: true, withFileTypes: true })) {
    const { mode } = await stat(join(file.parentPath, file.name));
    assert.equal(mode & 0o077, 0, file.name);
  }
});

test('what a stop in mid-write left behind is removed at the next start', async () => {
  await using place = await supplierInFolder();
  await place.supplier.stop();
  await writeFile(
    join(place.folder, 'messages', 'x.eml.0123456789ab.draft'),
    'To: anna@example.com',
  );
  await (await startMailSupplier(place.options)).stop();
  assert.deepEqual(await readdir(join(place.folder, 'messages')), []);
});

test('nobody hands in mail without TLS and the password', async () => {
  await using place = await supplierInFolder();
  const answers = await converse(place.supplier.smtpPort, [
    'EHLO client.example.com',
    'MAIL FROM:<a@example.se>',
    'AUTH PLAIN AGEAYg==',
    'QUIT',
  ]);
  assert.match(answers, /250[- ].*STARTTLS/);
  assert.match(answers, /^530 5\.7\.0/m);
  assert.match(answers, /^538 5\.7\.0/m);
});

function converse(port: number, lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.setEncoding('utf8');
    let heard = '';
    socket.on('data', (text: string) => (heard += text));
    socket.once('error', reject);
    socket.once('close', () => resolve(heard));
    socket.once('data', () => socket.write(lines.map((line) => `${line}\r\n`).join('')));
  });
}

test('the style sheet is the page’s own, and every page is found without a script', async () => {
  await using place = await supplierInFolder();
  const { body } = await ask(place, '/');
  assert.doesNotMatch(body, /<script|style=/);
  const source = new URL('../../../src/sandbox/mailbox.css', import.meta.url);
  const sheet = await ask(place, '/mailbox.css');
  assert.match(sheet.headers['content-type'] ?? '', /^text\/css/);
  assert.equal(sheet.body, await readFile(source, 'utf8'));
});
