import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { credentials, dkim, mail, supplierInFolder } from '../sandbox/mail-supplier.fixture.ts';
import { openSmtp } from './smtp.ts';

test('a mail arrives, signed by our domain, and its reference is its Message-ID', async () => {
  await using place = await supplierInFolder();
  const outcome = await place.smtp().send(mail({ messageId: '<first@example.se>' }));
  assert.deepEqual(outcome, { outcome: 'accepted', reference: '<first@example.se>' });
  const [arrived] = place.supplier.messages();
  assert.ok(arrived);
  assert.equal(arrived.messageId, 'first@example.se');
  assert.equal(arrived.sender, 'kund@example.se');
  assert.deepEqual(arrived.recipients, ['anna@example.com']);
  assert.equal(arrived.from, 'Exempel AB <kund@example.se>');
  assert.equal(arrived.dkim.result, 'valid');
});

test('a mail says that it is automatic and in which language, and nothing about the program or the machine', async () => {
  await using place = await supplierInFolder();
  await place.smtp().send(mail());
  const headers = new Map(place.supplier.messages()[0]?.headers.map((h) => [h.key, h.value]));
  assert.equal(headers.get('auto-submitted'), 'auto-generated');
  assert.equal(headers.get('content-language'), 'sv');
  const known = new Set([
    'dkim-signature',
    'from',
    'to',
    'subject',
    'message-id',
    'date',
    'mime-version',
    'content-type',
    'content-transfer-encoding',
    'auto-submitted',
    'content-language',
  ]);
  assert.deepEqual(
    [...headers.keys()].filter((name) => !known.has(name)),
    [],
  );
});

test('letters of every script arrive intact in subject, name, body and both alternatives', async () => {
  await using place = await supplierInFolder();
  const words = 'Räksmörgås – “你好” Привет שלום مرحبا 👩🏽‍🌾';
  const text = `${words}\n.\n..two dots\n${'å'.repeat(2_000)}\nFrom here`;
  const html = `<p>${words}</p>`;
  const from = 'Åsa Öberg, 株式会社 <kund@example.se>';
  const outcome = await place.smtp().send(mail({ subject: words, text, html, from }));
  assert.equal(outcome.outcome, 'accepted');
  const [arrived] = place.supplier.messages();
  assert.equal(arrived?.subject, words);
  assert.equal(arrived?.text.trimEnd(), text);
  assert.equal(arrived?.html?.trimEnd(), html);
  assert.equal(arrived?.from, from);
  assert.equal(arrived?.dkim.result, 'valid');
});

test('the one-click unsubscribe headers are both signed and not folded', async () => {
  await using place = await supplierInFolder();
  const address = `https://example.se/u/${'t'.repeat(120)}`;
  await place.smtp().send(mail({ listUnsubscribe: address }));
  const [arrived] = place.supplier.messages();
  const headers = new Map(arrived?.headers.map((h) => [h.key, h.value]));
  assert.equal(headers.get('list-unsubscribe'), `<${address}>`);
  assert.equal(headers.get('list-unsubscribe-post'), 'List-Unsubscribe=One-Click');
  assert.ok(arrived?.dkim.result === 'valid');
  assert.ok(arrived.dkim.signedHeaders.includes('list-unsubscribe'));
  assert.ok(arrived.dkim.signedHeaders.includes('list-unsubscribe-post'));
});

for (const [what, change, status] of [
  ['a line break in the address', { to: 'anna@example.com\r\nBcc: eva@example.com' }, '5.1.3'],
  [
    'a bare line feed in the address',
    { to: 'anna@example.com\nRCPT TO:<eva@example.com>' },
    '5.1.3',
  ],
  ['two addresses in one', { to: 'anna@example.com, eva@example.com' }, '5.1.3'],
  ['a second address in angle brackets', { to: 'anna@example.com <eva@example.com>' }, '5.1.3'],
  ['no address', { to: '' }, '5.1.3'],
  ['an address that is too long', { to: `${'a'.repeat(65)}@example.com` }, '5.1.3'],
  ['a line break in the sender', { from: 'A\r\nBcc: eva@example.com <kund@example.se>' }, '5.1.7'],
  ['a line break in the subject', { subject: 'Hej\r\nBcc: eva@example.com' }, '5.6.0'],
  ['a Unicode line break in the subject', { subject: 'Hej\u2028Bcc: eva@example.com' }, '5.6.0'],
  ['a line break in the Message-ID', { messageId: '<a@example.se>\r\nX: y' }, '5.6.0'],
  ['a line break in the language', { language: 'sv\r\nX: y' }, '5.6.0'],
  ['a line break in the unsubscribe link', { listUnsubscribe: 'https://a.se/\r\nX: y' }, '5.6.0'],
  ['an unsubscribe link that runs a script', { listUnsubscribe: 'javascript:alert(1)' }, '5.6.0'],
] as const) {
  test(`${what} is refused for ever and nothing leaves`, async () => {
    await using place = await supplierInFolder();
    const outcome = await place.smtp().send(mail(change));
    assert.deepEqual(outcome, { outcome: 'refused', permanent: true, status });
    assert.equal(place.supplier.messages().length, 0);
  });
}

test('a supplier that is busy refuses for now', async () => {
  await using place = await supplierInFolder();
  place.supplier.setWeather({ smtp: 'busy' });
  const outcome = await place.smtp().send(mail());
  assert.deepEqual(outcome, { outcome: 'refused', permanent: false, status: '4.3.0' });
  place.supplier.setWeather({ smtp: 'fair' });
  assert.equal((await place.smtp().send(mail())).outcome, 'accepted');
});

test('a mailbox that does not exist refuses for ever, and the outcome holds the status code alone', async () => {
  await using place = await supplierInFolder();
  place.supplier.setWeather({ smtp: 'no such mailbox' });
  const outcome = await place.smtp().send(mail());
  assert.deepEqual(outcome, { outcome: 'refused', permanent: true, status: '5.1.1' });
  assert.equal(place.supplier.messages().length, 0);
});

test('a line that drops before the answer leaves the outcome unknown, as the mail may have arrived', async () => {
  await using place = await supplierInFolder();
  place.supplier.setWeather({ smtp: 'silent' });
  assert.deepEqual(await place.smtp().send(mail()), { outcome: 'unknown' });
  assert.equal(place.supplier.messages().length, 1);
});

test('a slow supplier is waited for, but not for ever', async () => {
  await using place = await supplierInFolder({ slowMilliseconds: 400 });
  place.supplier.setWeather({ smtp: 'slow' });
  assert.equal((await place.smtp().send(mail())).outcome, 'accepted');
  const impatient = place.smtp({ answerTimeoutMs: 150 });
  assert.deepEqual(await impatient.send(mail()), { outcome: 'unknown' });
});

test('a supplier that is away is tried again later', async () => {
  await using place = await supplierInFolder();
  const smtp = place.smtp();
  await place.supplier.stop();
  const outcome = await smtp.send(mail());
  assert.deepEqual(outcome, { outcome: 'refused', permanent: false, status: '4.4.1' });
});

test('a line that drops before the message was asked for is no unknown outcome', async () => {
  const server = createServer((socket) => {
    socket.write('220 localhost ESMTP\r\n');
    socket.once('data', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const smtp = openSmtp({ host: '127.0.0.1', port, requireTls: false });
  const outcome = await smtp.send(mail());
  assert.equal(outcome.outcome, 'refused');
  assert.equal(outcome.permanent, false);
  await smtp.close();
  await new Promise((resolve) => server.close(resolve));
});

test('a password that the supplier no longer takes makes the mail wait, not vanish', async () => {
  await using place = await supplierInFolder();
  const smtp = place.smtp({ auth: { ...credentials, password: 'an old one' } });
  const outcome = await smtp.send(mail());
  assert.deepEqual(outcome, { outcome: 'refused', permanent: false, status: '5.7.8' });
});

test('a certificate that we were not told to trust ends it before any password or address is sent', async () => {
  await using place = await supplierInFolder();
  await using other = await supplierInFolder();
  const smtp = place.smtp({ caCertificate: other.supplier.certificate });
  const outcome = await smtp.send(mail());
  assert.equal(outcome.outcome, 'refused');
  assert.equal(outcome.permanent, false);
  assert.equal(place.supplier.messages().length, 0);
});

test('a message that is too large is refused for ever', async () => {
  await using place = await supplierInFolder();
  const outcome = await place.smtp().send(mail({ text: 'long '.repeat(300_000) }));
  assert.deepEqual(outcome, { outcome: 'refused', permanent: true, status: '5.3.4' });
});

test('after closing nothing is sent, and what was under way is waited for', async () => {
  await using place = await supplierInFolder({ slowMilliseconds: 300 });
  place.supplier.setWeather({ smtp: 'slow' });
  const smtp = place.smtp();
  const underWay = smtp.send(mail());
  while (place.supplier.messages().length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await smtp.close();
  assert.equal((await underWay).outcome, 'accepted');
  const late = await smtp.send(mail());
  assert.deepEqual(late, { outcome: 'refused', permanent: false, status: '4.3.2' });
});

test('many mails at once all arrive', async () => {
  await using place = await supplierInFolder();
  const smtp = place.smtp();
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => smtp.send(mail())));
  assert.ok(outcomes.every(({ outcome }) => outcome === 'accepted'));
  assert.equal(new Set(place.supplier.messages().map(({ messageId }) => messageId)).size, 20);
});

test('a transport that would send passwords in clear over a network does not open', () => {
  const options = { host: 'mail.example.com', port: 587, requireTls: false, auth: credentials };
  assert.throws(() => openSmtp(options), /needs TLS/);
});

test('a transport that could not sign does not open', () => {
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const options = { host: 'localhost', port: 587, dkim: { ...dkim, privateKey } };
  assert.throws(() => openSmtp(options), /RSA/);
});
