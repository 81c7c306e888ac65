// The pages of the banks in a real browser: for everybody, on a phone and in the dark, and back to the shop.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { swishLink } from '../history/payments/swish-words.ts';
import { assertAccessible, openBrowser, openVisitor } from '../../test/browser.ts';
import { bankInFolder } from './bank.fixture.ts';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

/** Somewhere else than the bank, to which people come back. */
async function startShop() {
  const page = '<!doctype html><html lang="en"><title>Shop</title><h1>The shop</h1>';
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(page);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const stop = async () => void server.close();
  return { url, [Symbol.asyncDispose]: stop };
}

for (const [size, scheme] of [
  ['desktop', 'light'],
  ['phone', 'dark'],
] as const) {
  test(`a person pays on the banks' pages and comes back to the shop (${size}, ${scheme})`, async () => {
    await using place = await bankInFolder();
    await using shop = await startShop();
    const shopUrls = { returnUrl: `${shop.url}/paid`, cancelUrl: `${shop.url}/back` };
    const origins = () => [place.bank.url, shop.url];
    const visitor = await openVisitor(browser, { language: 'en', size, scheme }, origins);
    const { page } = visitor;
    const card = await place.card().create(place.payment({ number: '10010001', ...shopUrls }));
    const swish = await place.swish().create(place.payment({ number: '10010002' }));
    assert.ok(card.outcome === 'open' && card.handover.kind === 'redirect');
    assert.ok(swish.outcome === 'open' && swish.handover.kind === 'swish');

    await page.goto(place.bank.url);
    await assertAccessible(visitor);
    await page.goto(card.handover.url);
    await assertAccessible(visitor);
    await page.getByLabel('A card that is declined: expired_card').check();
    await page.getByRole('button', { name: /^Pay/ }).click();
    await page.getByRole('alert').waitFor();
    await assertAccessible(visitor);
    await page.getByRole('button', { name: /^Pay/ }).click();
    await page.waitForURL(`${shop.url}/paid`);

    const app = swishLink(swish.handover.token, `${shop.url}/paid`, place.bank.swish.appUrl);
    await page.goto(app);
    await assertAccessible(visitor);
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.waitForURL(`${shop.url}/paid`);

    await page.goto(place.bank.url);
    await page.getByText('Nobody is paying').waitFor();
    await assertAccessible(visitor);
    visitor.assertQuiet();
    assert.deepEqual(
      place.bank.payments().map(({ state }) => state),
      ['paid', 'paid'],
    );
    await visitor.context.close();
  });
}

test('a person makes payments fail and changes the weather by keyboard alone', async () => {
  await using place = await bankInFolder();
  await place.swish().create(place.payment({ number: '10010001' }));
  const visitor = await openVisitor(browser, { language: 'en', scripts: false }, () => [
    place.bank.url,
  ]);
  const { page } = visitor;
  await page.goto(place.bank.url);
  await page.getByLabel('Code').selectOption('DS24');
  await page.getByRole('button', { name: 'Make it fail: Beställning 10010001' }).press('Enter');
  await page.getByText('Failed (DS24)').waitFor();
  await page.getByLabel('Never come', { exact: true }).press('Space');
  await page.getByRole('button', { name: 'Set the weather' }).press('Enter');
  await page.waitForURL(`${place.bank.url}/`);
  assert.equal(place.bank.weather().callbacks, 'lost');
  visitor.assertQuiet();
  await visitor.context.close();
});
