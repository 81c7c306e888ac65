import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vatByRate, vatOfLines, vatPaidBack } from './vat-split.ts';

const line = (amount_ore: number, vat_percent: 25 | 12 | 6 | 0) => ({ amount_ore, vat_percent });

test('the VAT of a rate is rounded once, and its lines share it', () => {
  // One öre at 25 % holds a fifth of an öre of VAT: five of them hold one.
  assert.deepEqual(vatOfLines(Array.from({ length: 5 }, () => line(1, 25))), [0, 0, 1, 0, 0]);
  const lines = [line(99, 12), line(1, 25), line(100, 12), line(50, 6), line(7, 0)];
  assert.deepEqual(vatOfLines(lines), [11, 0, 10, 3, 0]);
  const taxed = lines.map((one, index) => ({ ...one, vat_ore: vatOfLines(lines)[index] ?? 0 }));
  assert.deepEqual(vatByRate(taxed), [
    { percent: 25, net_ore: 1, vat_ore: 0, total_ore: 1 },
    { percent: 12, net_ore: 178, vat_ore: 21, total_ore: 199 },
    { percent: 6, net_ore: 47, vat_ore: 3, total_ore: 50 },
    { percent: 0, net_ore: 7, vat_ore: 0, total_ore: 7 },
  ]);
});

test('a part that is paid back holds its part of the VAT, to the nearest öre, half up', () => {
  const sold = { amount_ore: 1000, vat_ore: 200 };
  assert.deepEqual(
    [2, 3, 500, 502, 503, 1000].map((ore) => vatPaidBack(sold, 0, ore)),
    [0, 1, 100, 100, 101, 200],
  );
  assert.equal(vatPaidBack({ amount_ore: 10, vat_ore: 1 }, 0, 5), 1);
  assert.equal(vatPaidBack({ amount_ore: 10, vat_ore: 1 }, 5, 5), 0);
  assert.equal(vatPaidBack({ amount_ore: 0, vat_ore: 0 }, 0, 0), 0);
});

test('the largest amounts are computed to the öre', () => {
  const sold = { amount_ore: 99_999_999_999, vat_ore: 20_000_000_000 };
  assert.equal(vatPaidBack(sold, 0, 99_999_999_999), 20_000_000_000);
  assert.equal(vatPaidBack(sold, 99_999_999_998, 1), 0);
  assert.equal(vatPaidBack(sold, 0, 33_333_333_333), 6_666_666_667);
});
