import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { issueReceipt } from '../history/receipts/receipt.ts';
import {
  anySale,
  anySaleWithRefunds,
  refundFacts,
  saleFacts,
} from '../history/receipts/receipts.fixture.ts';
import { paymentWays } from '../history/receipts/document.ts';
import { chart } from './chart.ts';
import { entriesOfCorrection, entriesOfRefund, entriesOfSale, isBalanced } from './entries.ts';
import type { BookEntry } from './entries.ts';

const sale = issueReceipt(saleFacts).document;
const asPairs = (entries: readonly BookEntry[]) =>
  entries.map(({ account, amountOre }) => [account, amountOre]);

test('a sale debits where the money is, and credits sales and VAT by rate and kind', () => {
  assert.deepEqual(asPairs(entriesOfSale(sale)), [
    ['1930', 1129_83],
    ['3002', -266_52],
    ['3001', -398_40],
    ['3041', -266_66],
    ['2611', -166_27],
    ['2621', -31_98],
  ]);
});

test('each way of paying has its account', () => {
  const first = (way: (typeof paymentWays)[number]) =>
    entriesOfSale(issueReceipt({ ...saleFacts, paid: { ...saleFacts.paid, way } }).document)[0]
      ?.account;
  assert.deepEqual(paymentWays.map(first), ['1930', '1580', '1580', '1910']);
});

test('what is sold without VAT books none, and cash books its rounding', () => {
  const [line] = saleFacts.lines;
  const lines = [{ ...line!, vatPercent: 0 as const, quantity: 1, unitPriceOre: 99_50 }];
  const paid = { ...saleFacts.paid, way: 'cash' as const };
  const { document } = issueReceipt({ ...saleFacts, lines, paid });
  assert.deepEqual(asPairs(entriesOfSale(document)), [
    ['1910', 100_00],
    ['3004', -99_50],
    ['3740', -50],
  ]);
});

test('a refund books the same accounts the other way', () => {
  const { document } = issueReceipt(
    refundFacts(sale, [{ line: 2, quantity: 1, amountOre: 249_00 }]),
  );
  assert.deepEqual(asPairs(entriesOfRefund(document)), [
    ['1930', -249_00],
    ['3001', 199_20],
    ['2611', 49_80],
  ]);
});

test('every voucher sums to zero, and its correction takes it back', () => {
  fc.assert(
    fc.property(anySaleWithRefunds, ({ sale, refunds }) => {
      for (const entries of [entriesOfSale(sale), ...refunds.map((one) => entriesOfRefund(one))]) {
        assert.ok(isBalanced(entries));
        assert.ok(entries.length >= 2);
        assert.ok(entries.every(({ amountOre }) => amountOre !== 0));
        const corrected = sums([...entries, ...entriesOfCorrection(entries)]);
        assert.deepEqual(
          [...corrected.values()].filter((ore) => ore !== 0),
          [],
        );
      }
    }),
  );
});

test('the refunds of a whole sale leave nothing on any account', () => {
  fc.assert(
    fc.property(anySaleWithRefunds, ({ sale, refunds }) => {
      const booked = sums([
        ...entriesOfSale(sale),
        ...refunds.flatMap((refund) => entriesOfRefund(refund)),
      ]);
      for (const [account, ore] of booked) assert.equal(ore, 0, account);
    }),
  );
});

test('a sale debits only where the money is and where cash was rounded down', () => {
  fc.assert(
    fc.property(anySale, (sale) => {
      const debits = entriesOfSale(sale).filter(({ amountOre }) => amountOre > 0);
      const allowed: string[] = [chart.paid[sale.paid.way], chart.rounding];
      assert.ok(debits.every(({ account }) => allowed.includes(account)));
    }),
  );
});

test('a company with other accounts changes the chart and nothing else', () => {
  const own = { ...chart, paid: { ...chart.paid, swish: '1580' as const } };
  assert.equal(entriesOfSale(sale, own)[0]?.account, '1580');
});

test('rows that do not sum to zero, or are no whole öre, are not a voucher', () => {
  const row = (amountOre: number): BookEntry => ({ account: '1930', amountOre });
  assert.ok(isBalanced([row(5), row(-5)]));
  assert.ok(!isBalanced([row(5), row(-4)]));
  assert.ok(!isBalanced([row(0.5), row(-0.5)]));
});

function sums(entries: readonly BookEntry[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { account, amountOre } of entries)
    found.set(account, (found.get(account) ?? 0) + amountOre);
  return found;
}
