import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkOf, prefixOf } from './network.ts';

test('a network is the /24 or the /48 of an address, in one spelling', () => {
  const cases: [string, string | null][] = [
    ['192.0.2.77', '192.0.2.0/24'],
    ['192.0.2.77:51000', '192.0.2.0/24'],
    ['::ffff:192.0.2.77', '192.0.2.0/24'],
    ['2001:db8:1:2::7', '2001:db8:1::/48'],
    ['2001:0DB8:0001:ffff:0:0:0:1', '2001:db8:1::/48'],
    ['[2001:db8:1::9]:443', '2001:db8:1::/48'],
    ['2001:db8::1', '2001:db8:0::/48'],
    ['::1', '0:0:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0::/48'],
    ['unknown', null],
    ['', null],
    ['192.0.2', null],
    ['192.0.2.300', null],
  ];
  for (const [address, prefix] of cases) assert.equal(prefixOf(address), prefix, address);
});

test('without a trusted header the connection counts, and no header changes that', () => {
  const headers = new Headers({ 'x-forwarded-for': '198.51.100.1' });
  for (const source of ['connection', 'proxied'] as const) {
    assert.equal(networkOf({ peer: '192.0.2.1', headers }, source), '192.0.2.0/24');
    assert.equal(networkOf({ peer: null, headers }, source), null);
  }
});

test('a proxy on the same machine that nobody declared is not taken for everybody behind it', () => {
  const headers = new Headers();
  for (const peer of ['127.0.0.1', '::ffff:127.0.0.1', '::1']) {
    assert.equal(networkOf({ peer, headers }, 'proxied'), null, peer);
    assert.notEqual(networkOf({ peer, headers }, 'connection'), null, peer);
  }
});

test('of a trusted header only what our own proxies wrote counts, however much a visitor puts before it', () => {
  const forwarded = (value: string) => ({
    peer: '127.0.0.1',
    headers: new Headers({ 'x-forwarded-for': value }),
  });
  const one = { header: 'x-forwarded-for', hops: 1 };
  assert.equal(networkOf(forwarded('203.0.113.9'), one), '203.0.113.0/24');
  assert.equal(networkOf(forwarded('8.8.8.8, 1.1.1.1,203.0.113.9'), one), '203.0.113.0/24');
  const two = { ...one, hops: 2 };
  assert.equal(networkOf(forwarded('8.8.8.8, 203.0.113.9, 192.0.2.1'), two), '203.0.113.0/24');
  assert.equal(networkOf(forwarded('192.0.2.1'), two), null);
  assert.equal(networkOf({ peer: '127.0.0.1', headers: new Headers() }, one), null);
});
