import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { searchesMax } from '../accounts/customers.ts';
import type { OwnerId } from '../ids.ts';
import { gatherInsight } from '../requests/insight.ts';
import { advanceErasure } from '../routines/erasure.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { signedIn } from './staff-browser.fixture.ts';
import type { StaffBrowser } from './staff-browser.fixture.ts';

let system: TestSystem;
let maja: OwnerId;
let orderId: string;
let browser: StaffBrowser;
const other = { email: 'olle.berg@example.se', name: 'Olle Berg Testsson' };
const personal = [person.email, person.name, person.street, person.town];

before(async () => {
  system = await testSystem();
  maja = await system.newCustomer();
  orderId = await system.placeOrderFor(maja);
});

beforeEach(async () => {
  browser = await signedIn(system, 'support');
});

after(() => system[Symbol.asyncDispose]());

async function looksAt(owner: OwnerId): Promise<string[]> {
  const { looks } = await gatherInsight(system.op({ party: 'customer', owner }, 'insight'), owner);
  return looks.map(({ party, purpose, categories }) => {
    const opened = categories.map(({ heading }) => heading.en).sort();
    return [party, purpose.en, ...opened].join(' | ');
  });
}

function shownOf(text: string): string[] {
  return personal.filter((value) => text.includes(value));
}

test('finding a customer opens nothing, writes no look and puts the address in no URL', async () => {
  const found = await browser.post('/console/customers', { email: ` ${person.email} ` });
  assert.equal(found.location, `/console/customers/${maja}`);
  const masked = await browser.get(`/console/customers/${maja}?order=${orderId}`);
  assert.equal(masked.status, 200);
  assert.deepEqual(shownOf(masked.text), []);
  const list = await browser.get('/console/orders');
  assert.ok(list.text.includes(`/console/orders/${maja}/${orderId}`));
  assert.deepEqual(shownOf(list.text), []);
  assert.deepEqual(await looksAt(maja), []);
});

test('what will be opened and that the customer will see it is said before the button', async () => {
  const { text } = await browser.get(`/console/customers/${maja}`);
  const button = text.indexOf('Open to answer a question');
  const panel = text.slice(text.indexOf('purpose-support'), button);
  assert.match(panel, /name, e-mail address, language and the orders/);
  assert.match(panel, /the customer sees/);
  assert.match(panel, /customer service has opened Credentials and History/);
});

test('a customer is opened for the purpose of the button, and sees role, purpose and category', async () => {
  const owner = await system.newCustomer({ ...other, email: 'siri.ek@example.se' });
  await system.placeOrderFor(owner, other);
  const opened = await browser.post(`/console/customers/${owner}/support`);
  assert.equal(opened.status, 200);
  assert.ok(opened.text.includes(other.name));
  assert.ok(opened.text.includes('siri.ek@example.se'));
  assert.ok(opened.text.includes(person.street));
  assert.match(opened.text, /The customer sees that you have looked/);
  assert.doesNotMatch(opened.text, /<title>[^<]*Olle/);
  const support = 'support | answer your question to customer service | Credentials | History';
  assert.deepEqual(await looksAt(owner), [support]);
  await browser.post(`/console/customers/${owner}/order-handling`);
  const handling = 'support | carry out your order | Credentials | History';
  assert.deepEqual((await looksAt(owner)).sort(), [support, handling].sort());
});

test('the order that led to a customer is shown first, and an order of another customer is not', async () => {
  const owner = await system.newCustomer({ ...other, email: 'ivar.al@example.se' });
  const own = await system.placeOrderFor(owner, other);
  const path = `/console/customers/${owner}/order-handling`;
  const chosen = await browser.post(path, { order: own });
  assert.match(chosen.text, /The order you chose/);
  const foreign = await browser.post(path, { order: orderId });
  assert.doesNotMatch(foreign.text, /The order you chose/);
  assert.ok(!foreign.text.includes(person.name));
});

test('an objection of the customer stops that purpose, and nothing is opened or written down', async () => {
  const owner = await system.newCustomer({ ...other, email: 'ylva.ask@example.se' });
  await system.db
    .insertInto('vault.stop')
    .values({ owner_id: owner, purpose: 'support', ground: 'objection', since: system.now })
    .execute();
  const masked = await browser.get(`/console/customers/${owner}`);
  assert.match(masked.text, /The customer has objected to this/);
  assert.doesNotMatch(masked.text, /Open to answer a question/);
  const refused = await browser.post(`/console/customers/${owner}/support`);
  assert.equal(refused.status, 403);
  assert.match(refused.text, /The customer has said stop/);
  assert.deepEqual(await looksAt(owner), []);
  const allowed = await browser.post(`/console/customers/${owner}/order-handling`);
  assert.equal(allowed.status, 200);
});

test('a search for nobody keeps what was typed and says how to go on', async () => {
  const none = await browser.post('/console/customers', { email: 'nobody@example.com' });
  assert.equal(none.status, 422);
  assert.match(none.text, /value="nobody@example.com"/);
  assert.match(none.text, /No customer signs in with that address/);
  for (const email of ['', 'not an address', `${'a'.repeat(250)}@example.com`, '"><script>x']) {
    const { status, text } = await browser.post('/console/customers', { email });
    assert.equal(status, 422);
    assert.doesNotMatch(text, /<script>x/);
  }
});

test('nobody can try out a list of addresses', async () => {
  for (let count = 0; count < searchesMax; count++) {
    await browser.post('/console/customers', { email: `list-${count}@example.com` });
  }
  const { status } = await browser.post('/console/customers', { email: person.email });
  assert.equal(status, 429);
});

test('a customer who has left is not found, by address or by an old link', async () => {
  const email = 'nils.gran@example.se';
  const owner = await system.newCustomer({ ...other, email });
  const leaving = system.op({ party: 'customer', owner }, 'leaving');
  const erasureId = await askErasure(leaving, owner, newReceiptCode());
  assert.equal((await browser.post('/console/customers', { email })).status, 422);
  assert.equal((await browser.get(`/console/customers/${owner}`)).status, 404);
  assert.equal((await browser.post(`/console/customers/${owner}/support`)).status, 404);
  await advanceErasure(system.op('routine', 'leaving'), erasureId, system.around);
  assert.equal((await browser.get(`/console/customers/${owner}`)).status, 404);
  const erasures = await browser.get('/console/erasures');
  assert.match(erasures.text, /Complete, receipt signed/);
  assert.doesNotMatch(erasures.text, new RegExp(owner));
});

test('a malformed id looks like a customer who is not there', async () => {
  for (const id of ['nonsense', orderId, '..%2f..%2fetc', '%00']) {
    assert.equal((await browser.get(`/console/customers/${id}`)).status, 404);
    assert.equal((await browser.post(`/console/customers/${id}/support`)).status, 404);
  }
});
