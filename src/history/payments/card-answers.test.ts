import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRowId } from '../../ids.ts';
import { cleanCardCode, findRefund, readSession } from './card-answers.ts';

const known = {
  reference: 'cs_live_a1',
  paymentId: parseRowId('019a0000-0000-7000-8000-000000000000'),
  amountOre: 10_000,
};
const intent = {
  id: 'pi_1',
  status: 'succeeded',
  amount_received: 10_000,
  currency: 'sek',
  last_payment_error: null,
};
const paid = {
  id: known.reference,
  client_reference_id: known.paymentId,
  amount_total: 10_000,
  currency: 'sek',
  status: 'complete',
  payment_status: 'paid',
  payment_intent: intent,
  customer_details: { email: 'anna@example.se' },
  something_new: true,
};
const read = (change: object) => readSession({ ...paid, ...change }, known);
const readIntent = (change: object) => read({ payment_intent: { ...intent, ...change } });
const without = (state: string, code: string | null = null) => ({
  state,
  paidOre: null,
  settlement: null,
  code,
});

test('paid is what the session and its payment intent both say', () => {
  assert.deepEqual(read({}), { state: 'paid', paidOre: 10_000, settlement: 'pi_1', code: null });
  assert.deepEqual(read({ payment_intent: null }), without('unsure', 'unreadable_answer'));
  assert.deepEqual(read({ payment_intent: 'pi_1' }), without('unsure', 'unreadable_answer'));
  assert.deepEqual(readIntent({ status: 'requires_capture' }), without('unsure', 'unknown_state'));
  assert.deepEqual(readIntent({ amount_received: 9_999 }), without('unsure', 'amount_differs'));
  assert.deepEqual(readIntent({ currency: 'eur' }), without('unsure', 'currency_differs'));
  assert.deepEqual(read({ amount_total: 10_001 }), without('unsure', 'amount_differs'));
  assert.deepEqual(read({ currency: 'eur' }), without('unsure', 'currency_differs'));
  assert.deepEqual(read({ client_reference_id: null }), without('unsure', 'other_payment'));
  assert.deepEqual(read({ id: 'cs_live_b2' }), without('unsure', 'other_payment'));
});

test('a page that has ended while money was on its way is not taken for unpaid', () => {
  const expired = (change: object | null) =>
    read({ status: 'expired', payment_status: 'unpaid', payment_intent: change });
  assert.deepEqual(expired(null), without('expired'));
  assert.deepEqual(expired({ ...intent, status: 'canceled' }), without('expired'));
  assert.deepEqual(
    expired({ ...intent, status: 'processing' }),
    without('unsure', 'unknown_state'),
  );
  assert.deepEqual(expired(intent), without('unsure', 'unknown_state'));
});

test('money that did not come is failed or cancelled, and what is strange is unsure', () => {
  const unpaid = (status: string, error: object | null = null) =>
    read({
      payment_status: 'unpaid',
      payment_intent: { ...intent, status, last_payment_error: error },
    });
  assert.deepEqual(unpaid('processing'), without('open'));
  assert.deepEqual(unpaid('requires_action'), without('open'));
  assert.deepEqual(unpaid('canceled'), without('cancelled'));
  const error = { code: 'card_declined', decline_code: 'lost_card' };
  assert.deepEqual(unpaid('requires_payment_method', error), without('failed', 'lost_card'));
  const plain = { code: 'card_declined' };
  assert.deepEqual(unpaid('requires_payment_method', plain), without('failed', 'card_declined'));
  assert.deepEqual(unpaid('succeeded'), without('unsure', 'unknown_state'));
  const free = read({ payment_status: 'no_payment_required', payment_intent: null });
  assert.deepEqual(free, without('unsure', 'unknown_state'));
});

test('what is no session is unreadable', () => {
  for (const answer of [null, undefined, '', [], {}, { ...paid, status: 'new' }]) {
    assert.deepEqual(readSession(answer, known), without('unsure', 'unreadable_answer'));
  }
});

test('a code keeps to small letters, digits and underscores', () => {
  assert.equal(cleanCardCode('card_declined'), 'card_declined');
  assert.equal(cleanCardCode('Anna <b>'), 'annab');
  for (const none of [null, undefined, '', '<>']) assert.equal(cleanCardCode(none), undefined);
});

test('a refund is looked for among all of them, or not at all', () => {
  const one = { id: 're_1', metadata: { refund: 'r1' } };
  const data = [{ id: 're_0', metadata: {} }, { id: 're_2', metadata: null }, one];
  assert.deepEqual(findRefund({ data, has_more: false }, 'r1'), one);
  assert.equal(findRefund({ data, has_more: false }, 'r2'), null);
  assert.throws(() => findRefund({ data, has_more: true }, 'r1'));
  assert.throws(() => findRefund({}, 'r1'));
});
