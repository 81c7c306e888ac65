import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { lettersTo } from '../../test/access-letters.ts';
import { paid } from '../../test/shop-banks.ts';
import { addTestProduct } from '../../test/shop.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import type { Item } from '../history/catalogue/items.ts';
import { beginPayment } from '../history/payments/begin-payment.ts';
import type { OwnerId } from '../ids.ts';
import { endAgreement } from '../recipients/register.ts';
import { buyerPayText } from '../text/buyer-pay.ts';
import { customerWith, guestWith, latestPayment } from './buyer.fixture.ts';
import type { Buyer } from './buyer.fixture.ts';
import { triesMax } from './buyer-pay.tsx';
import { openVisitor, signedInVisitor } from './privacy-visitor.fixture.ts';

let system: TestSystem;
let owner: OwnerId;
let product: Item;
const words = buyerPayText.sv;
const guestEmail = 'gast@example.se';

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
  product = await addTestProduct(system);
});
after(() => system[Symbol.asyncDispose]());
afterEach(() => {
  // The customer of these tests tries to pay more often than anybody may in a quarter of an hour.
  system.now = system.now.add({ minutes: 15 });
});

const lines = () => [{ item: product, quantity: 2 }];
const asCustomer = () => customerWith(system, { owner, email: person.email }, 'swish', lines());
const asGuest = () => guestWith(system, guestEmail, 'card', lines());

/** The order of a customer and that of a guest: the same pages hold for both. */
async function both(): Promise<Buyer[]> {
  return [await asCustomer(), await asGuest()];
}

async function stateOf({ owner: of, orderId }: Buyer): Promise<string> {
  const row = await system.db
    .selectFrom('history.order')
    .select('state')
    .where('owner_id', '=', of)
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow();
  return row.state;
}

async function disclosures(): Promise<number> {
  const rows = await system.db.selectFrom('recipients.disclosure').select('row_id').execute();
  return rows.length;
}

function swishHandsOver(buyer: Buyer): void {
  buyer.banks.swish.onCreate = ({ paymentId }) => ({
    outcome: 'open',
    reference: `ref-${paymentId}`,
    handover: { kind: 'swish', token: 'c28a4061470f4af48973bd2a4642b4fa' },
  });
}

test('before anything is sent the page says what, how much, until when, and who gets to know', async () => {
  for (const buyer of await both()) {
    const before = await disclosures();
    const seen = await buyer.browser.get(`${buyer.path}/pay`);
    assert.equal(seen.status, 200);
    for (const said of ['2 × Provfilt', '250 kr', 'kl. 13.40', words.pay.swish('250 kr')])
      assert.ok(seen.text.includes(said), said);
    assert.match(seen.source, /href="https:\/\/bank\.example\.com\/personuppgifter"/);
    assert.equal(await disclosures(), before);
    assert.equal(buyer.banks.swish.payments.size, 0);
  }
});

test('Swish is paid by an app on the phone or a code on another screen, and the page follows it', async () => {
  for (const buyer of await both()) {
    swishHandsOver(buyer);
    const begun = await buyer.browser.post(`${buyer.path}/pay`, { way: 'swish' });
    assert.equal(begun.location, `${buyer.path}/pay`);
    const open = await buyer.browser.get(`${buyer.path}/pay`);
    assert.match(
      open.source,
      /href="swish:\/\/paymentrequest\?token=c28a4061470f4af48973bd2a4642b4fa/,
    );
    assert.match(open.source, /callbackurl=http%3A%2F%2Flocalhost%3A8080%2Fpaid%2F/);
    assert.match(open.source, /<svg class="qr"/);
    assert.match(open.source, /<noscript><meta http-equiv="refresh" content="3"/);
    assert.match(open.source, /<main[^>]*data-refresh="3"/);
    const payment = await latestPayment(system, buyer);
    buyer.banks.swish.answer(payment.paymentId, paid(payment.amountOre, 'SETTLED'));
    system.now = system.now.add({ seconds: 3 });
    const led = await buyer.browser.get(`${buyer.path}/pay`);
    assert.equal(led.location, `${buyer.path}?paid=1`);
    assert.equal(await stateOf(buyer), 'placed');
    assert.equal((await buyer.browser.get(led.location ?? '')).status, 200);
  }
});

test('who pays by card is led to the hosted page, and going back leads there no more by itself', async () => {
  for (const buyer of await both()) {
    const begun = await buyer.browser.post(`${buyer.path}/pay`, { way: 'card' });
    assert.equal(begun.location, `${buyer.path}/pay?go=1`);
    const led = await buyer.browser.get(begun.location ?? '');
    assert.match(led.source, /http-equiv="refresh" content="0;url=https:\/\/bank\.example\.com\//);
    const again = await buyer.browser.get(`${buyer.path}/pay`);
    assert.doesNotMatch(again.source, /content="0;url=/);
    assert.match(again.source, /<a[^>]*href="https:\/\/bank\.example\.com\//);
    assert.ok(again.text.includes(words.card.waiting));
  }
});

test('however often somebody presses, in however many windows, there is one payment', async () => {
  for (const buyer of await both()) {
    const presses = [1, 2, 3, 4].map(() =>
      buyer.browser.post(`${buyer.path}/pay`, { way: 'card' }),
    );
    await Promise.all(presses);
    await buyer.browser.post(`${buyer.path}/pay`, { way: 'swish' });
    assert.equal(buyer.banks.card.payments.size, 1);
    assert.equal(buyer.banks.swish.payments.size, 0);
  }
});

test('who tries to pay too often waits a quarter of an hour; the page stays, and no bank hears of it', async () => {
  for (const buyer of await both()) {
    const { browser, banks, path } = buyer;
    banks.swish.onCreate = () => ({ outcome: 'refused', code: 'AM02' });
    for (let press = 0; press < triesMax; press += 1) {
      const { location } = await browser.post(`${path}/pay`, { way: 'swish' });
      assert.equal(location, `${path}/pay`);
    }
    const refused = await browser.post(`${path}/pay`, { way: 'card' });
    assert.equal(refused.location, `${path}/pay?wait=1`);
    const page = await browser.get(`${path}/pay?wait=1`);
    assert.ok(page.text.includes(words.tooMany));
    assert.match(page.source, /name="way" value="card"/);
    assert.equal(banks.swish.payments.size, triesMax);
    assert.equal(banks.card.payments.size, 0);
    const other = await browser.post(`${path}/pay`, { other: '1' });
    assert.equal(other.location, `${path}/pay?wait=1`);
    system.now = system.now.add({ minutes: 15 });
    assert.equal((await browser.post(`${path}/pay`, { way: 'card' })).location, `${path}/pay?go=1`);
  }
});

test('an unsure payment is asked about, and the page says not to pay again', async () => {
  for (const buyer of await both()) {
    buyer.banks.swish.onCreate = ({ paymentId }) => ({ outcome: 'unsure', reference: paymentId });
    await buyer.browser.post(`${buyer.path}/pay`, { way: 'swish' });
    const asked = await buyer.browser.get(`${buyer.path}/pay`);
    assert.ok(asked.text.includes(words.asking.lead));
    assert.doesNotMatch(asked.source, /name="way"/);
    const payment = await latestPayment(system, buyer);
    const unsure = { state: 'unsure', paidOre: null, settlement: null, code: 'DS24' } as const;
    buyer.banks.swish.answer(payment.paymentId, unsure);
    const stuck = await buyer.browser.post(`${buyer.path}/pay`, { other: '1' });
    assert.equal(stuck.location, `${buyer.path}/pay?stuck=1`);
    assert.ok((await buyer.browser.get(`${buyer.path}/pay?stuck=1`)).text.includes(words.stuck));
    assert.equal(await stateOf(buyer), 'unpaid');
  }
});

test('why a payment did not go through is said in plain words, and it can be tried again', async () => {
  const endings = [
    ['declined', 'RF07', words.reasons.declined],
    ['declined', 'BANKIDCL', words.reasons.stopped],
    ['expired', 'TM01', words.reasons['too-late']],
    ['failed', 'insufficient_funds', words.reasons['no-money']],
    ['failed', 'XX99', words.reasons.unknown],
  ] as const;
  for (const [state, code, why] of endings) {
    const buyer = await asCustomer();
    await buyer.browser.post(`${buyer.path}/pay`, { way: 'card' });
    const payment = await latestPayment(system, buyer);
    buyer.banks.card.answer(payment.paymentId, { state, paidOre: null, settlement: null, code });
    system.now = system.now.add({ seconds: 3 });
    const seen = await buyer.browser.get(`${buyer.path}/pay`);
    assert.ok(seen.text.includes(words.failed) && seen.text.includes(why), code);
    assert.ok(seen.text.includes(words.nothingTaken));
    assert.ok(!seen.text.includes(code));
    await buyer.browser.post(`${buyer.path}/pay`, { way: 'card' });
    assert.equal(buyer.banks.card.payments.size, 2);
  }
});

test('a bank that refuses at once is told of as one that refused, with its reason', async () => {
  const buyer = await asGuest();
  buyer.banks.swish.onCreate = () => ({ outcome: 'refused', code: 'AM02' });
  await buyer.browser.post(`${buyer.path}/pay`, { way: 'swish' });
  const seen = await buyer.browser.get(`${buyer.path}/pay`);
  assert.ok(seen.text.includes(words.reasons['too-much']));
});

test('another way is open only when the bank has let go of the first; money that came is kept', async () => {
  for (const buyer of await both()) {
    await buyer.browser.post(`${buyer.path}/pay`, { way: 'card' });
    const let_go = await buyer.browser.post(`${buyer.path}/pay`, { other: '1' });
    assert.equal(let_go.location, `${buyer.path}/pay`);
    assert.ok((await buyer.browser.get(`${buyer.path}/pay`)).text.includes(words.stopped));
    system.now = system.now.add({ seconds: 1 });
    await buyer.browser.post(`${buyer.path}/pay`, { way: 'card' });
    const second = await latestPayment(system, buyer);
    buyer.banks.card.answer(second.paymentId, paid(second.amountOre, 'SETTLED'));
    const kept = await buyer.browser.post(`${buyer.path}/pay`, { other: '1' });
    assert.equal((await buyer.browser.get(kept.location ?? '')).location, `${buyer.path}?paid=1`);
    assert.equal(await stateOf(buyer), 'placed');
  }
});

test('being led back proves nothing, and leads whoever ordered to the page that asks', async () => {
  const customer = await asCustomer();
  const back = `/paid/${customer.orderId}`;
  assert.equal((await customer.browser.get(back)).location, `${customer.path}/pay`);
  assert.equal(await stateOf(customer), 'unpaid');
  const guest = await asGuest();
  await guest.browser.post(`${guest.path}/pay`, { way: 'card' });
  assert.ok(guest.browser.cookies.has('__Host-guest'));
  assert.equal((await guest.browser.get(`/paid/${guest.orderId}`)).location, `${guest.path}/pay`);
  const stranger = await openVisitor(system, 'sv').get(`/paid/${guest.orderId}`);
  assert.equal(stranger.status, 200);
  assert.ok(stranger.text.includes(words.returned.lead));
  const other = await signedInVisitor(system, person.email, 'sv');
  assert.equal(
    (await other.get(`/paid/${guest.orderId}`)).location,
    `/history/${guest.orderId}/pay`,
  );
  assert.equal((await other.get(`/history/${guest.orderId}/pay`)).status, 404);
});

test('what is paid gives one letter with its receipt, and cannot be paid again', async () => {
  const buyer = await asGuest();
  const before = (await lettersTo(system, guestEmail)).length;
  await buyer.browser.post(`${buyer.path}/pay`, { way: 'card' });
  const payment = await latestPayment(system, buyer);
  buyer.banks.card.answer(payment.paymentId, paid(payment.amountOre, 'SETTLED'));
  system.now = system.now.add({ seconds: 3 });
  const views = [1, 2, 3].map(() => buyer.browser.get(`${buyer.path}/pay`));
  await Promise.all(views);
  assert.equal((await lettersTo(system, guestEmail)).length, before + 1);
  await buyer.browser.post(`${buyer.path}/pay`, { way: 'card' });
  assert.equal(buyer.banks.card.payments.size, 1);
});

test('who comes too late is told so, and no bank hears of it', async () => {
  const buyer = await asCustomer();
  system.now = system.now.add({ minutes: 41 });
  const seen = await buyer.browser.get(`${buyer.path}/pay`);
  assert.equal(seen.status, 409);
  assert.ok(seen.text.includes(words.tooLate));
  await buyer.browser.post(`${buyer.path}/pay`, { way: 'swish' });
  assert.equal(buyer.banks.swish.payments.size, 0);
});

test('a way that the register has closed is neither offered nor taken', async () => {
  const buyer = await asCustomer();
  const [swish] = await system.db
    .selectFrom('recipients.recipient')
    .select('recipient_id')
    .where('channel', '=', 'swish')
    .execute();
  assert.ok(swish);
  await endAgreement(system.op('routine', 'employment'), swish.recipient_id);
  await system.db
    .updateTable('recipients.recipient')
    .set({ country: 'US' })
    .where('recipient_id', '=', swish.recipient_id)
    .execute();
  const seen = await buyer.browser.get(`${buyer.path}/pay`);
  assert.ok(!seen.text.includes(words.wayText.swish));
  assert.ok(seen.text.includes(words.wayText.card));
  const refused = await buyer.browser.post(`${buyer.path}/pay`, { way: 'swish' });
  assert.equal(refused.location, `${buyer.path}/pay?closed=1`);
  assert.ok((await buyer.browser.get(refused.location ?? '')).text.includes(words.closed));
  const op = system.op({ party: 'customer', owner }, 'payment');
  const wish = { owner, orderId: buyer.orderId, way: 'swish' } as const;
  const site = { origin: 'http://localhost:8080' };
  await assert.rejects(beginPayment(op, buyer.banks, wish, site), /no-agreement/);
  await buyer.browser.post(`${buyer.path}/pay`, { way: 'card' });
  assert.equal(buyer.banks.card.payments.size, 1, 'the way that is closed is in the way of none');
});
