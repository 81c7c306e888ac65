import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sellBySwish } from '../../test/books.ts';
import type { Sold } from '../../test/books.ts';
import { lettersOf } from '../../test/letters-of.ts';
import { addTestProduct } from '../../test/shop.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { readWhole } from '../history/whole-order.ts';
import type { OwnerId } from '../ids.ts';
import { signedIn } from './staff-browser.fixture.ts';
import type { StaffBrowser } from './staff-browser.fixture.ts';

let system: TestSystem;
let owner: OwnerId;
let desk: StaffBrowser;

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
  desk = await signedIn(system, 'support');
});
after(() => system[Symbol.asyncDispose]());

/** Two blankets that were paid, and the form by which some of it is paid back, as its confirmation sends it. */
async function decided(amount: string) {
  const sold = await sellBySwish(system, owner, await addTestProduct(system), 2);
  const path = `/console/orders/${owner}/${sold.orderId}/refund`;
  const [line] = (await wholeOf(sold)).lines;
  const typed = { [`amount-${line?.lineId}`]: amount, reason: 'En repa' };
  const asked = await desk.post(path, { ...typed, seen_reversed: '0' });
  assert.equal(asked.status, 200);
  assert.match(asked.text, /name="seen_reversed" value="0"/);
  return { sold, path, fields: { ...typed, seen_reversed: '0', sure: 'yes' } };
}

async function wholeOf({ orderId }: Sold) {
  const op = system.op({ party: 'customer', owner }, 'history');
  return readWhole(op, await op.vault.openFor(op, owner, ['history']), orderId);
}

async function paidBack(sold: Sold): Promise<number[]> {
  return (await wholeOf(sold)).reversals.map(({ amountOre }) => amountOre);
}

test('money is paid back by choice after it was asked for twice, with a receipt to the customer', async () => {
  const sold = await sellBySwish(system, owner, await addTestProduct(system), 2);
  const path = `/console/orders/${owner}/${sold.orderId}`;
  const [line] = (await wholeOf(sold)).lines;
  const field = `amount-${line?.lineId}`;
  const form = { reason: 'En repa', seen_reversed: '0' };
  for (const amount of ['', '0', 'x', '-5', '250,01', '1e3', '<script>x']) {
    const wrong = { ...form, [field]: amount };
    const { status, text } = await desk.post(`${path}/refund`, wrong);
    assert.equal(status, 422, amount);
    assert.doesNotMatch(text, /<script>x/);
  }
  const silent = { ...form, [field]: '50', reason: ' ' };
  assert.equal((await desk.post(`${path}/refund`, silent)).status, 422);
  const fields = { ...form, [field]: '49,50' };
  const asked = await desk.post(`${path}/refund`, fields);
  assert.match(asked.text, /Pay back SEK\s49\.50\?/u);
  assert.equal((await wholeOf(sold)).reversals.length, 0);
  const done = await desk.post(`${path}/refund`, { ...fields, sure: 'yes' });
  assert.equal(done.location, `${path}?done=refund`);
  assert.deepEqual(
    (await wholeOf(sold)).reversals.map(({ kind, amountOre }) => [kind, amountOre]),
    [['refund', 4_950]],
  );
  const texts = (await lettersOf(system, owner)).map(({ text }) => text);
  assert.ok(texts.some((text) => /Rad 1, Provfilt \(prisavdrag\)[^]*49,50/.test(text)));
  const rest = { kind: 'cancellation', [`quantity-${line?.lineId}`]: '2', seen_refund: '20050' };
  assert.equal((await desk.post(`${path}/take-back`, { ...rest, sure: 'yes' })).status, 303);
  assert.equal((await wholeOf(sold)).order.state, 'cancelled');
});

test('a decision to pay back that is sent twice is carried out once, and the form is shown again', async () => {
  const { sold, path, fields } = await decided('49,50');
  assert.equal((await desk.post(path, fields)).status, 303);
  const again = await desk.post(path, fields);
  assert.equal(again.status, 422);
  assert.match(again.text, /Something has been paid back since you opened the form/);
  assert.match(again.text, /value="49,50"/);
  assert.match(again.text, />En repa<\/textarea>/);
  assert.match(again.text, /name="seen_reversed" value="4950"/);
  assert.deepEqual(await paidBack(sold), [4_950]);
});

test('of a decision that arrives several times at once, one is carried out', async () => {
  const { sold, path, fields } = await decided('10');
  const answers = await Promise.all(Array.from({ length: 4 }, () => desk.post(path, fields)));
  const statuses = answers.map(({ status }) => status).toSorted((one, other) => one - other);
  assert.deepEqual(statuses, [303, 422, 422, 422]);
  assert.deepEqual(await paidBack(sold), [1_000]);
});

test('whoever wants to pay back more does so from the form that shows what is left', async () => {
  const { sold, path, fields } = await decided('10');
  assert.equal((await desk.post(path, fields)).status, 303);
  assert.equal((await desk.post(path, { ...fields, seen_reversed: '1000' })).status, 303);
  assert.deepEqual(await paidBack(sold), [1_000, 1_000]);
});

test('a form that does not say what it was shown with is asked again', async () => {
  const { sold, path, fields } = await decided('10');
  for (const odd of ['', 'x', '00', '-0', '0.0'])
    assert.equal((await desk.post(path, { ...fields, seen_reversed: odd })).status, 422, odd);
  const { seen_reversed: _, ...without } = fields;
  assert.equal((await desk.post(path, without)).status, 422);
  assert.deepEqual(await paidBack(sold), []);
});
