import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { lettersTo } from '../../test/access-letters.ts';
import { addTestProduct } from '../../test/shop.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { lettersToOneMax } from '../accounts/attempts.ts';
import type { Item } from '../history/catalogue/items.ts';
import { buyerGuestText } from '../text/buyer-guest.ts';
import { buyerRemoveText } from '../text/buyer-remove.ts';
import { buyerTakeBackText } from '../text/buyer-take-back.ts';
import { changesText } from '../text/rights-changes.ts';
import { fieldsOf, guestWith, latestPayment, pay, perform } from './buyer.fixture.ts';
import { openVisitor, signedInVisitor } from './privacy-visitor.fixture.ts';

let system: TestSystem;
let product: Item;
const words = buyerGuestText.sv;

before(async () => {
  system = await testSystem();
  await system.newCustomer();
  product = await addTestProduct(system);
});
after(() => system[Symbol.asyncDispose]());

const ordered = (email: string) => guestWith(system, email, 'swish', [{ item: product }]);

test('the code leads to the order, pasted alone or with its link; anything else leads nowhere', async () => {
  const guest = await ordered('gast@example.se');
  const browser = openVisitor(system, 'sv');
  for (const typed of [
    guest.code,
    ` http://localhost:8080/guest/${guest.code} `,
    `http://localhost:8080${guest.path}/pay`,
  ]) {
    const led = await browser.post('/guest', { code: typed });
    assert.equal(led.location, `/guest/${guest.code}`, typed);
  }
  assert.equal((await browser.get(`/guest/${guest.code}`)).location, guest.path);
  for (const typed of [
    `${guest.code.slice(0, -2)}AA`,
    guest.code.slice(1),
    `${guest.code}A`,
    'x',
    '<b>',
  ]) {
    const seen = await browser.post('/guest', { code: typed });
    assert.equal(seen.status, 422, typed);
    assert.ok(seen.text.includes(words.wrong));
  }
  assert.ok((await browser.post('/guest', { code: ' ' })).text.includes(words.missing));
});

test('an account with the same address takes the order in, and it is in its history, overview and data', async () => {
  const guest = await ordered(person.email.toUpperCase());
  await pay(system, guest);
  const browser = await signedInVisitor(system, person.email, 'sv');
  const offer = await browser.get(`/guest/${guest.code}/claim`);
  assert.ok(offer.text.includes(words.claim.yes));
  for (const _ of ['the first click', 'the second']) {
    const taken = await browser.post(`/guest/${guest.code}/claim`);
    assert.equal(taken.location, `/history/${guest.orderId}?claimed=1`);
  }
  const order = await browser.get(`/history/${guest.orderId}?claimed=1`);
  assert.equal(order.status, 200);
  assert.ok(order.text.includes(words.claim.done));
  assert.ok((await browser.get('/history')).source.includes(`/history/${guest.orderId}`));
  assert.ok((await browser.get('/overview')).source.includes(`/history/${guest.orderId}`));
  const number = /Beställning (\w{4}-\w{4})/.exec(order.text)?.[1] ?? '?';
  assert.ok((await browser.get('/my-data')).text.includes(number));
  for (const page of ['/cancel', '/withdraw', '/fault', '/remove', '/pay'])
    assert.notEqual((await browser.get(`/history/${guest.orderId}${page}`)).status, 404, page);
});

test('the code ends when an account takes the order in: each link of the letters leads to the account, and does nothing', async () => {
  const guest = await ordered(person.email);
  await pay(system, guest);
  const browser = await signedInVisitor(system, person.email, 'sv');
  await browser.post(`/guest/${guest.code}/claim`);
  const inAccount = `/history/${guest.orderId}`;
  const letters = await lettersTo(system, person.email);
  for (const page of [
    '',
    '/cancel',
    '/withdraw',
    '/pay',
    '/delivery?from=letter',
    '/receipts/x/pdf',
  ])
    assert.equal((await guest.browser.get(`${guest.path}${page}`)).location, `${inAccount}${page}`);
  for (const page of ['', '/claim', '/remove'])
    assert.equal(
      (await guest.browser.get(`/guest/${guest.code}${page}`)).location,
      `${inAccount}?claimed=1`,
    );
  for (const page of ['/cancel', '/withdraw', '/delivery', '/remove']) {
    const acted = await guest.browser.post(`${guest.path}${page}`, { sure: 'yes', ...delivery });
    assert.deepEqual([acted.status, acted.location], [303, `${inAccount}${page}`]);
  }
  assert.match((await guest.browser.get(inAccount)).location ?? '', /^\/sign-in\?return=/);
  assert.deepEqual(await lettersTo(system, person.email), letters, 'nobody is written to');
  assert.equal((await browser.get(inAccount)).status, 200);
});

test('another address is kindly refused with what to do, and another account sees nothing', async () => {
  const guest = await ordered('helt.annan@example.se');
  const browser = await signedInVisitor(system, person.email, 'sv');
  const refused = await browser.post(`/guest/${guest.code}/claim`);
  assert.equal(refused.status, 409);
  assert.ok(refused.text.includes(words.claim.otherTitle));
  assert.match(refused.source, /href="\/settings\/email"/);
  assert.equal((await browser.get(`/history/${guest.orderId}`)).status, 404);
  const nobody = await guest.browser.get(`/guest/${guest.code}/claim`);
  assert.match(nobody.location ?? '', /^\/sign-in\?return=/);
});

const delivery = {
  recipient_name: 'Nils Provsson',
  phone: '070-174 06 05',
  street: 'Testvägen 2',
  postal_code: '11122',
  town: 'Göteborg',
  message: '',
};

test('a guest changes where the order goes while it has not gone, and a letter says so', async () => {
  const email = 'flyttar@example.se';
  const guest = await ordered(email);
  const path = `${guest.path}/delivery`;
  assert.equal((await guest.browser.get(path)).status, 409, 'it is not paid yet');
  await pay(system, guest);
  assert.ok((await guest.browser.get(guest.path)).source.includes(`href="${path}"`));
  assert.match((await guest.browser.get(path)).source, /name="phone"[^>]* value="070-174\s06\s05"/);
  const wrong = await guest.browser.post(path, { ...delivery, postal_code: '1' });
  assert.equal(wrong.status, 422);
  assert.ok(wrong.source.includes('value="Testvägen 2"'), 'what was typed is kept');
  const { location } = await guest.browser.post(path, delivery);
  assert.equal(location, `${guest.path}?changed=1`);
  const seen = await guest.browser.get(location ?? '');
  assert.match(seen.text, /Nils Provsson +Testvägen 2 +111 22 Göteborg/);
  const [letter] = (await lettersTo(system, email)).filter(({ text }) =>
    text.includes('Testvägen'),
  );
  assert.ok(letter);
  assert.ok(letter.text.includes(`http://localhost:8080${guest.path}`));
  assert.ok(letter.text.includes(changesText.sv.delivery.notYouGuest));
  await perform(system, guest);
  assert.equal((await guest.browser.post(path, delivery)).status, 409);
  assert.ok(!(await guest.browser.get(guest.path)).source.includes(path));
});

test('a guest who changes it again and again waits, and what was typed is kept', async () => {
  const guest = await ordered('ofta@example.se');
  await pay(system, guest);
  const path = `${guest.path}/delivery`;
  for (let change = 0; change < lettersToOneMax; change += 1)
    assert.equal((await guest.browser.post(path, delivery)).status, 303);
  const refused = await guest.browser.post(path, { ...delivery, street: 'Sista gatan 9' });
  assert.equal(refused.status, 429);
  assert.ok(refused.text.includes(changesText.sv.delivery.tooMany));
  assert.ok(refused.source.includes('value="Sista gatan 9"'));
});

test('a guest who has had too many letters waits before cancelling, and nothing has happened', async () => {
  const guest = await ordered('manga@example.se');
  await pay(system, guest);
  for (let change = 0; change < lettersToOneMax; change += 1)
    assert.equal((await guest.browser.post(`${guest.path}/delivery`, delivery)).status, 303);
  const page = `${guest.path}/cancel`;
  const fields = fieldsOf(await guest.browser.get(page), page);
  const chosen = fieldsOf(await guest.browser.post(page, fields), page);
  const refused = await guest.browser.post(page, { ...chosen, reason: 'Ångrade mig' });
  assert.equal(refused.status, 429);
  assert.ok(refused.text.includes(buyerTakeBackText.sv.cancel.tooMany));
  assert.ok(refused.source.includes('Ångrade mig</textarea>'));
  assert.equal((await latestPayment(system, guest)).state, 'paid');
  system.now = system.now.add({ minutes: 15 });
  const done = await guest.browser.post(page, { ...chosen, reason: 'Ångrade mig' });
  assert.match(done.location ?? '', /taken-back/);
});

test('an account changes where an order goes that it has taken in', async () => {
  const guest = await ordered(person.email);
  await pay(system, guest);
  const browser = await signedInVisitor(system, person.email, 'sv');
  await browser.post(`/guest/${guest.code}/claim`);
  const path = `/history/${guest.orderId}`;
  assert.ok((await browser.get(path)).source.includes(`href="${path}/delivery"`));
  const { location } = await browser.post(`${path}/delivery`, delivery);
  assert.equal(location, `${path}?changed=1`);
});

test('a guest removes the order when it is over, after seeing what goes and what stays', async () => {
  const guest = await ordered('gast@example.se');
  const remove = `/guest/${guest.code}/remove`;
  const early = await guest.browser.get(remove);
  assert.equal(early.status, 409);
  assert.ok(early.text.includes(buyerRemoveText.sv.obstacles['not-over']));
  assert.equal((await guest.browser.post(remove)).status, 409);
  await pay(system, guest);
  await perform(system, guest);
  const seen = await guest.browser.get(remove);
  for (const said of [buyerRemoveText.sv.goesGuest, buyerRemoveText.sv.staysList[0] ?? ''])
    assert.ok(seen.text.includes(said), said);
  assert.equal((await guest.browser.post(remove)).location, '/receipt');
  assert.equal((await guest.browser.get('/receipt')).status, 200);
  assert.equal((await guest.browser.get(guest.path)).status, 404);
  assert.equal((await guest.browser.get(`/guest/${guest.code}`)).status, 404);
  const books = await system.db
    .selectFrom('bookkeeping.voucher')
    .select('voucher_id')
    .where('kind', '=', 'sale')
    .execute();
  assert.ok(books.length > 0, 'the books keep what is theirs');
});

test('the way to withdraw is at the foot of every page, with an account and without', async () => {
  const browser = openVisitor(system, 'sv');
  const start = await browser.get('/');
  assert.match(start.source, /href="\/withdraw"[^>]*>Ångra köpet här</);
  const { source } = await browser.get('/withdraw');
  for (const href of ['/guest', '/sign-in?return=%2Fhistory', '/withdrawal-form'])
    assert.ok(source.includes(`href="${href}"`), href);
});
