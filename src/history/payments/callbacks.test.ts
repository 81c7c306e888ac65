import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Stripe } from 'stripe';
import { testBanks } from '../../../test/shop-banks.ts';
import { addTestProduct, shopWish } from '../../../test/shop.ts';
import { testSystem } from '../../../test/system.ts';
import type { TestSystem } from '../../../test/system.ts';
import { newRowId } from '../../ids.ts';
import type { OwnerId, RowId } from '../../ids.ts';
import { placeOrder } from '../place-order.ts';
import { beginPayment } from './begin-payment.ts';
import { takeCardEvent } from './callbacks.ts';
import { paymentsDue, paymentsOfOrder } from './payment-rows.ts';

let system: TestSystem;
let owner: OwnerId;
const secret = 'whsec_test_secret';
const { webhooks } = new Stripe('sk_test_00000000', { telemetry: false });
const asNobody = () => system.op('nobody', 'payment');

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
});
after(() => system[Symbol.asyncDispose]());

/** A payment by card that the bank has been asked for and not yet about. */
async function cardPayment(): Promise<RowId> {
  const op = system.op({ party: 'customer', owner }, 'payment');
  const item = await addTestProduct(system);
  const wish = shopWish(system, [{ item }], 'card');
  const ordering = system.op({ party: 'customer', owner }, 'order');
  const orderId = await placeOrder(ordering, owner, wish, () => null);
  const site = { origin: 'https://konto.example.se' };
  await beginPayment(op, testBanks(), { owner, orderId, way: 'card' }, site);
  const [payment] = await paymentsOfOrder(op, owner, orderId);
  assert.ok(payment);
  return payment.paymentId;
}

function send(type: string, object: object, signedWith = secret): Promise<boolean | null> {
  const body = JSON.stringify({ id: 'evt_1', object: 'event', type, data: { object } });
  const timestamp = Math.floor(system.now.epochMilliseconds / 1000);
  const signature = webhooks.generateTestHeaderString({
    payload: body,
    secret: signedWith,
    timestamp,
  });
  const headers = new Headers({ 'stripe-signature': signature });
  return takeCardEvent(asNobody(), { body: Buffer.from(body), headers }, [secret]);
}

const due = async () => (await paymentsDue(asNobody(), 50)).map(({ paymentId }) => paymentId);

test('an event lets the bank be asked about the payment that it carries, and about no other', async () => {
  const [told] = [await cardPayment(), await cardPayment()];
  assert.deepEqual(await due(), []);
  const session = { id: 'cs_1', object: 'checkout.session', metadata: { payment: told } };
  assert.equal(await send('checkout.session.completed', session), true);
  assert.deepEqual(await due(), [told]);
});

test('an event about nothing of ours, of another kind or that is not signed lets nobody be asked', async () => {
  const waiting = await cardPayment();
  const before = await due();
  const about = (payment: string) => ({
    id: 'cs_1',
    object: 'checkout.session',
    metadata: { payment },
  });
  const completed = 'checkout.session.completed';
  assert.equal(await send(completed, about(newRowId(system.now))), false);
  assert.equal(await send(completed, about("x' or 1=1")), false);
  assert.equal(await send(completed, { id: 'cs_1', object: 'checkout.session' }), false);
  assert.equal(await send('customer.created', about(waiting)), false);
  assert.equal(await send(completed, about(waiting), 'whsec_other'), null);
  assert.deepEqual(await due(), before);
});
