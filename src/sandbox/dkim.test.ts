import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyDkim } from './dkim.ts';
import { mail, publishedKeys, supplierInFolder } from './mail-supplier.fixture.ts';

async function signedMessage(): Promise<string> {
  await using place = await supplierInFolder();
  await place.smtp().send(mail({ text: 'Hej  du\n\nett  tu \n\n\n' }));
  const id = place.supplier.messages()[0]?.id;
  const source = await fetch(`${place.supplier.url}/messages/${id}/source`);
  return source.text();
}

const verdict = (message: string): string =>
  verifyDkim(Buffer.from(message, 'utf8'), publishedKeys).result;

test('a signature survives the changes that relays may make, and no other', async () => {
  const message = await signedMessage();
  assert.equal(verdict(message), 'valid');
  assert.equal(verdict(`Received: from relay.example.com\r\n${message}`), 'valid');
  assert.equal(verdict(message.replace('\r\nSubject: ', '\r\nSUBJECT:\t ')), 'valid');
  assert.equal(verdict(`${message}\r\n\r\n`), 'valid');
  assert.equal(verdict(message.replace('Hej  du', 'Hej du  ')), 'valid');
  assert.equal(verdict(message.replace('Hej  du', 'Hej dig')), 'invalid');
  assert.equal(verdict(message.replace('\r\nTo: anna@', '\r\nTo: eva@')), 'invalid');
  assert.equal(verdict(message.replace('ett  tu', 'ett  tu\r\nmer')), 'invalid');
  assert.equal(verdict(message.replace(' b=', ' b=AAAA')), 'invalid');
});

test('a signature with a length, a weaker hash or without From is not valid', async () => {
  const message = await signedMessage();
  assert.equal(verdict(message.replace('v=1;', 'v=1; l=5;')), 'invalid');
  assert.equal(verdict(message.replace('a=rsa-sha256', 'a=rsa-sha1')), 'invalid');
  assert.equal(verdict(message.replace(/h=from:/i, 'h=')), 'invalid');
});

test('a message says whether it is unsigned or signed by somebody unknown', async () => {
  const message = await signedMessage();
  assert.equal(verdict(message.replace('DKIM-Signature', 'X-Signature')), 'unsigned');
  assert.equal(verdict(message.replace('d=example.se', 'd=example.com')), 'no key');
  assert.equal(verdict(''), 'unsigned');
});

test('the example of RFC 8463 appendix A.3 is valid, and not with a letter changed', () => {
  const key =
    'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQi' +
    'Y/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLz' +
    'BfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB';
  const publicKey = `-----BEGIN PUBLIC KEY-----\n${key}\n-----END PUBLIC KEY-----\n`;
  const message = [
    'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;',
    ' d=football.example.com; i=@football.example.com;',
    ' q=dns/txt; s=test; t=1528637909; h=from : to : subject :',
    ' date : message-id : from : subject : date;',
    ' bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;',
    ' b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3',
    ' DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz',
    ' dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=',
    'From: Joe SixPack <joe@football.example.com>',
    'To: Suzie Q <suzie@shopping.example.net>',
    'Subject: Is dinner ready?',
    'Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)',
    'Message-ID: <20030712040037.46341.5F8J@football.example.com>',
    '',
    'Hi.',
    '',
    'We lost the game.  Are you hungry yet?',
    '',
    'Joe.',
    '',
  ].join('\r\n');
  const keys = [{ domain: 'football.example.com', selector: 'test', publicKey }];
  const changed = message.replace('dinner', 'Dinner');
  // The second From that h= names is not there; one that is added must break the signature.
  const added = message.replace('To: Suzie', 'From: eve@example.com\r\nTo: Suzie');
  const results = [message, changed, added].map(
    (each) => verifyDkim(Buffer.from(each), keys).result,
  );
  assert.deepEqual(results, ['valid', 'invalid', 'invalid']);
});
