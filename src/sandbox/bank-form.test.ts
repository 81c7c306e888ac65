import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseForm } from './bank-form.ts';

test('brackets make a tree, and counted ones a list', () => {
  const form =
    'mode=payment&line_items[0][price][unit]=5&line_items[1][price][unit]=6&metadata[a]=b';
  assert.deepEqual(parseForm(form), {
    mode: 'payment',
    line_items: [{ price: { unit: '5' } }, { price: { unit: '6' } }],
    metadata: { a: 'b' },
  });
  assert.deepEqual(parseForm('expand[]=payment_intent&expand[]=customer'), {
    expand: ['payment_intent', 'customer'],
  });
  assert.deepEqual(parseForm('name=Best%C3%A4llning%201'), { name: 'Beställning 1' });
  assert.deepEqual(parseForm(''), {});
});

test('what is no tree is refused, and no name reaches into the machinery', () => {
  for (const form of [
    'a=1&a[b]=2',
    'a[b]=1&a=2',
    'a=1&a=2',
    '=1',
    'a[=1',
    'a]b=1',
    '__proto__.x=1',
    `a${'[b]'.repeat(6)}=1`,
    Array.from({ length: 201 }, (_, at) => `a[${at}]=1`).join('&'),
  ]) {
    assert.equal(parseForm(form), undefined);
  }
  const tree = parseForm('a[__proto__][polluted]=1');
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
  assert.ok(tree);
});
