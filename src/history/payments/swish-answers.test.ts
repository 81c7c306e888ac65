import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPayment, readRefund, refusalIn } from './swish-answers.ts';

const expected = {
  instruction: '0123456789ABCDEF0123456789ABCDEF',
  ourAlias: '1231181189',
  amountOre: 10_000,
};
const paid = {
  id: expected.instruction,
  payeePaymentReference: '10234567',
  paymentReference: '6D6CD7406ECE4542A80152D909EF9F6B',
  payerAlias: '46701740605',
  payeeAlias: expected.ourAlias,
  amount: '100.00',
  currency: 'SEK',
  status: 'PAID',
  dateCreated: '2026-11-22T13:00:00+01:00',
  datePaid: '2026-11-22T12:00:04Z',
  errorCode: null,
  errorMessage: null,
  somethingNew: { of: 'next year' },
};
const read = (change: object) => readPayment(JSON.stringify({ ...paid, ...change }), expected);
const unsure = (code: string) => ({ state: 'unsure', paidOre: null, settlement: null, code });

test('a paid payment is read, and what we do not know of is let be', () => {
  const asked = {
    state: 'paid',
    paidOre: 10_000,
    settlement: '6D6CD7406ECE4542A80152D909EF9F6B',
    code: null,
  };
  for (const amount of ['100.00', '100', '100.0', 100]) assert.deepEqual(read({ amount }), asked);
  assert.deepEqual(read({ errorCode: undefined, payerAlias: undefined }), asked);
});

test('paid is not believed for another id, payee, currency or sum, or without a reference', () => {
  assert.deepEqual(read({ id: 'F'.repeat(32) }), unsure('other_payment'));
  assert.deepEqual(read({ payeeAlias: '1230000000' }), unsure('other_payee'));
  assert.deepEqual(read({ currency: 'EUR' }), unsure('currency_differs'));
  assert.deepEqual(read({ amount: '100.01' }), unsure('amount_differs'));
  assert.deepEqual(read({ amount: 99.99 }), unsure('amount_differs'));
  assert.deepEqual(read({ paymentReference: null }), unsure('unreadable_answer'));
  assert.deepEqual(read({ paymentReference: '<script>' }), unsure('unreadable_answer'));
});

test('a status that nobody documented, and what is no payment, is unreadable', () => {
  assert.deepEqual(read({ status: 'REVERSED' }), unsure('unreadable_answer'));
  for (const body of ['', 'null', '[]', '{}', '<html>', '{"status":"PAID"}']) {
    assert.deepEqual(readPayment(body, expected), unsure('unreadable_answer'));
  }
});

test('an error without a code, or with one that nobody knows, is unsure and kept as it is, cleaned', () => {
  assert.deepEqual(read({ status: 'ERROR' }), { ...unsure(''), code: null });
  assert.deepEqual(read({ status: 'ERROR', errorCode: 'XY99' }), unsure('XY99'));
  assert.deepEqual(read({ status: 'ERROR', errorCode: 'Anna <b>TM01' }), unsure('ATM01'));
});

test('a refund counts as done when the bank says so of this refund', () => {
  const refund = { ...paid, payerAlias: expected.ourAlias, payeeAlias: '46701740605' };
  const state = (change: object) => readRefund(JSON.stringify({ ...refund, ...change }), expected);
  for (const status of ['CREATED', 'VALIDATED', 'DEBITED']) {
    assert.deepEqual(state({ status }), { state: 'under-way', code: null });
  }
  assert.deepEqual(state({ status: 'PAID' }), { state: 'done', code: null });
  assert.deepEqual(state({ status: 'ERROR', errorCode: 'ACMT03' }), {
    state: 'failed',
    code: 'ACMT03',
  });
  assert.deepEqual(state({ status: 'ERROR', errorCode: 'DS24' }), {
    state: 'unsure',
    code: 'DS24',
  });
  assert.deepEqual(state({ payerAlias: '123' }), { state: 'unsure', code: 'other_payee' });
  assert.deepEqual(readRefund('x', expected), { state: 'unsure', code: 'unreadable_answer' });
});

test('a refusal is told by the first code in it, or by the status', () => {
  const errors = [{ errorCode: 'AM02', errorMessage: 'Amount too large' }, { errorCode: 'RP02' }];
  assert.equal(refusalIn(422, JSON.stringify(errors)), 'AM02');
  assert.equal(refusalIn(403, JSON.stringify(errors[1])), 'RP02');
  assert.equal(refusalIn(422, '[{"errorCode":"ZZ99"}]'), 'ZZ99');
  for (const body of ['', '[]', '{}', '[{"errorCode":""}]', 'no json']) {
    assert.equal(refusalIn(429, body), 'http_429');
  }
});
