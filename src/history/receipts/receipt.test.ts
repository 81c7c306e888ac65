import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonical } from '../../ledger/log.ts';
import { isProblem } from '../../problem.ts';
import { receiptName } from './document.ts';
import type { SaleReceipt } from './document.ts';
import type { SaleFacts } from './facts.ts';
import { issueReceipt, readReceipt } from './receipt.ts';
import {
  anySale,
  anySaleWithRefunds,
  fiscalYear2026,
  refundFacts,
  saleFacts,
} from './receipts.fixture.ts';
import { inWholeKronor, sumOf } from './vat-split.ts';

const isBadInput = (error: unknown) => isProblem(error, 'bad-input');
const sale = issueReceipt(saleFacts).document;
const day = (text: string) => Temporal.PlainDate.from(text);

test('a receipt says who sold what, at which VAT, when and how it was paid, and under which number', () => {
  assert.equal(receiptName(sale.number), 'K17-2026');
  assert.equal(sale.seller.vat_number, 'SE559468706201');
  assert.equal(sale.issued_at, '2026-11-22T12:00:00Z');
  assert.equal(sale.order, 'K7QF-3M2P');
  assert.equal(sale.delivered_on, '2026-11-20');
  assert.deepEqual(sale.vat, [
    { percent: 25, net_ore: 665_06, vat_ore: 166_27, total_ore: 831_33 },
    { percent: 12, net_ore: 266_52, vat_ore: 31_98, total_ore: 298_50 },
  ]);
  assert.equal(sale.total_ore, 1129_83);
  assert.deepEqual(sale.paid, {
    way: 'swish',
    on: '2026-11-22',
    amount_ore: 1129_83,
    rounding_ore: 0,
  });
});

test('the bytes are canonical, have the hash that is given, and are read back to the same receipt', () => {
  for (const issued of [
    issueReceipt(saleFacts),
    issueReceipt(refundFacts(sale, [{ line: 2, quantity: 1, amountOre: 249_00 }])),
  ]) {
    assert.equal(createHash('sha256').update(issued.bytes).digest('hex'), issued.sha256);
    assert.deepEqual(readReceipt(issued.bytes), issued.document);
  }
  assert.deepEqual(issueReceipt(saleFacts), issueReceipt({ ...saleFacts }));
});

test('for every sale, net and VAT are the total, per rate and together', () => {
  fc.assert(
    fc.property(anySale, ({ lines, vat, total_ore, vat_ore }) => {
      for (const row of vat) {
        assert.equal(row.net_ore + row.vat_ore, row.total_ore);
        const exact = (row.total_ore * row.percent) / (100 + row.percent);
        assert.ok(Math.abs(row.vat_ore - exact) <= 0.5, 'at most half an öre of rounding a rate');
      }
      assert.equal(sumOf(vat.map((row) => row.total_ore)), total_ore);
      assert.equal(sumOf(vat.map((row) => row.vat_ore)), vat_ore);
      assert.equal(sumOf(lines.map((line) => line.vat_ore)), vat_ore);
      assert.ok(lines.every((line) => line.vat_ore >= 0 && line.vat_ore <= line.amount_ore));
    }),
  );
});

test('refunds in whatever parts never give back more than the sale, and all of them exactly the sale', () => {
  fc.assert(
    fc.property(anySaleWithRefunds, ({ sale, refunds }) => {
      const given = new Map<string, number>();
      const limits = limitsOf(sale);
      for (const refund of refunds) {
        for (const row of refund.vat) {
          add(given, `vat ${row.percent}`, row.vat_ore);
          add(given, `net ${row.percent}`, row.net_ore);
        }
        add(given, 'money', refund.paid.amount_ore);
        for (const [name, ore] of given) assert.ok(ore <= (limits.get(name) ?? 0), name);
      }
      for (const [name, ore] of limits) assert.equal(given.get(name) ?? 0, ore, name);
    }),
  );
});

function limitsOf({ vat, paid }: SaleReceipt): Map<string, number> {
  return new Map([
    ...vat.flatMap((row): [string, number][] => [
      [`vat ${row.percent}`, row.vat_ore],
      [`net ${row.percent}`, row.net_ore],
    ]),
    ['money', paid.amount_ore],
  ]);
}

function add(sums: Map<string, number>, name: string, ore: number): void {
  assert.ok(ore >= 0, name);
  sums.set(name, (sums.get(name) ?? 0) + ore);
}

test('a refund names the sale that it changes, its lines and what was paid back before', () => {
  const first = issueReceipt(refundFacts(sale, [{ line: 1, quantity: 1, amountOre: 99_50 }]));
  const second = issueReceipt(
    refundFacts(
      sale,
      [
        { line: 2, quantity: null, amountOre: 100_00 },
        { line: 1, quantity: 2, amountOre: 199_00 },
      ],
      [first.document],
    ),
  );
  const { original, lines, order } = second.document;
  assert.deepEqual(original, {
    number: sale.number,
    sha256: issueReceipt(saleFacts).sha256,
    issued_at: sale.issued_at,
    way: 'swish',
    total_ore: 1129_83,
    refunded_before_ore: 99_50,
  });
  assert.equal(order, sale.order);
  assert.deepEqual(
    lines.map(({ line, quantity, before_ore }) => [line, quantity, before_ore]),
    [
      [1, 2, 99_50],
      [2, null, 0],
    ],
  );
});

test('more than was paid, or more than was sold, is not paid back', () => {
  const first = issueReceipt(refundFacts(sale, [{ line: 1, quantity: 2, amountOre: 200_00 }]));
  const earlier = [first.document];
  const issue = (line: number, quantity: number | null, amountOre: number) =>
    issueReceipt(refundFacts(sale, [{ line, quantity, amountOre }], earlier));
  assert.equal(issue(1, null, 98_50).document.total_ore, 98_50);
  assert.throws(() => issue(1, null, 98_51), isBadInput);
  assert.equal(issue(1, 1, 50_00).document.total_ore, 50_00);
  assert.throws(() => issue(1, 2, 50_00), isBadInput);
  assert.throws(() => issue(4, null, 1), isBadInput);
  assert.throws(() => issue(0, null, 1), isBadInput);
  assert.throws(() => issue(2, null, 0), isBadInput);
  assert.throws(() => issue(2, null, 0.5), isBadInput);
  const line = { line: 2, quantity: null, amountOre: 1 };
  assert.throws(() => issueReceipt(refundFacts(sale, [line, line])), isBadInput);
  assert.throws(() => issueReceipt(refundFacts(sale, [])), isBadInput);
});

test('a refund of another sale is not counted with those of this one', () => {
  const other = issueReceipt({ ...saleFacts, order: 'AAAA-BBBB' }).document;
  const ofOther = issueReceipt(refundFacts(other, [{ line: 1, quantity: 1, amountOre: 99_50 }]));
  const line = { line: 2, quantity: 1, amountOre: 249_00 };
  assert.throws(() => issueReceipt(refundFacts(sale, [line], [ofOther.document])), isBadInput);
});

test('cash is rounded to whole kronor: 49 öre down, 50 öre up', () => {
  assert.deepEqual(
    [0, 49, 50, 99, 100, 149, 150].map(inWholeKronor),
    [0, 0, 100, 100, 100, 100, 200],
  );
  const [first] = saleFacts.lines;
  const cash = (unitPriceOre: number) =>
    issueReceipt({
      ...saleFacts,
      lines: [{ ...first!, quantity: 1, unitPriceOre }],
      paid: { ...saleFacts.paid, way: 'cash' },
    }).document;
  assert.deepEqual(
    [99_49, 99_50].map((ore) => cash(ore).paid.amount_ore),
    [99_00, 100_00],
  );
  assert.deepEqual(
    [99_49, 99_50].map((ore) => cash(ore).paid.rounding_ore),
    [-49, 50],
  );
});

test('what was paid by card can be paid back in cash only without öre', () => {
  const issue = (amountOre: number) =>
    issueReceipt({
      ...refundFacts(sale, [{ line: 2, quantity: null, amountOre }]),
      paid: { way: 'cash', on: day('2026-11-25') },
    });
  assert.equal(issue(100_00).document.paid.amount_ore, 100_00);
  assert.throws(() => issue(100_50), isBadInput);
});

test('money belongs to the fiscal year in which it changed hands, to the day', () => {
  const paidOn = (text: string) =>
    issueReceipt({ ...saleFacts, paid: { way: 'card', on: day(text) } });
  for (const inside of ['2026-01-01', '2026-12-31']) paidOn(inside);
  for (const outside of ['2025-12-31', '2027-01-01'])
    assert.throws(() => paidOn(outside), isBadInput);
  const number = {
    series: 'K',
    number: 1,
    fiscalYear: { startsOn: day('2026-07-01'), endsOn: day('2027-06-30') },
  };
  assert.equal(receiptName(issueReceipt({ ...saleFacts, number }).document.number), 'K1-2026/2027');
  assert.throws(
    () =>
      issueReceipt({ ...saleFacts, number: { ...number, fiscalYear: fiscalYear2026, number: 0 } }),
    isBadInput,
  );
});

test('no personal identity number comes on a receipt, however it is written', () => {
  const buyer = (counterparty: string | null) =>
    issueReceipt({ ...saleFacts, counterparty }).document.counterparty;
  assert.equal(buyer('Maja Provsson'), 'Maja Provsson');
  for (const none of [
    null,
    '',
    '  ',
    'Maja 19900101-9802',
    '900101-9802',
    '900101+9802',
    '9001019802',
  ])
    assert.equal(buyer(none), null);
  const { bytes } = issueReceipt(saleFacts);
  const forged = { ...readReceipt(bytes), counterparty: 'Maja 900101 9802' };
  assert.throws(() => readReceipt(Buffer.from(canonical(forged))), isBadInput);
});

test('texts from outside come on a receipt as one line that fits', () => {
  const described = (description: string): SaleFacts => ({
    ...saleFacts,
    lines: [{ ...saleFacts.lines[0]!, description }],
  });
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const facts = described(`x${text}`);
      const { bytes, document } = issueReceipt(facts);
      assert.deepEqual(readReceipt(bytes), document);
      assert.ok(!/[\n\r\0]/.test(document.lines[0]?.description ?? '\n'));
    }),
  );
  assert.equal(issueReceipt(described(' a\r\n\tb\u0000 ')).document.lines[0]?.description, 'a b');
});

test('nothing but what was issued is read as a receipt', () => {
  const { bytes, document } = issueReceipt(saleFacts);
  const lines = document.lines.map((line, index) => (index === 0 ? { ...line, vat_ore: 0 } : line));
  const forged: unknown[] = [
    { ...document, total_ore: document.total_ore + 1 },
    { ...document, vat_ore: document.vat_ore - 1 },
    { ...document, lines },
    { ...document, lines: [] },
    { ...document, more: 1 },
    { ...document, format: 2 },
    { ...document, kind: 'refund' },
    { ...document, vat: document.vat.toReversed() },
    { ...document, paid: { ...document.paid, amount_ore: 1 } },
    { ...document, seller: { ...document.seller, vat_number: 'SE556639153701' } },
    { ...document, issued_at: '2026-02-30T12:00:00Z' },
    null,
    [],
  ];
  for (const value of forged)
    assert.throws(() => readReceipt(Buffer.from(canonical(value))), isBadInput, canonical(value));
  const text = Buffer.from(bytes).toString();
  for (const other of [`${text}\n`, ` ${text}`, `\ufeff${text}`, text.slice(1), '', '\u0000'])
    assert.throws(() => readReceipt(Buffer.from(other)), isBadInput);
  assert.throws(() => readReceipt(Buffer.from(`"\xff"`, 'latin1')), isBadInput);
  assert.throws(() => readReceipt(Buffer.from(JSON.stringify(document, null, 1))), isBadInput);
  assert.throws(() => readReceipt(Buffer.alloc(600_000, ' ')), isBadInput);
});

test('a forged refund is seen: other VAT, more than was sold, an earlier refund left out', () => {
  const { document } = issueReceipt(
    refundFacts(sale, [{ line: 2, quantity: 1, amountOre: 249_00 }]),
  );
  const [line] = document.lines;
  const forged = [
    { ...document, original: { ...document.original, total_ore: 100_00 } },
    { ...document, lines: [{ ...line!, before_ore: 250_00 }] },
    { ...document, lines: [{ ...line!, before_ore: 200_00 }] },
    { ...document, lines: [{ ...line!, vat_ore: line!.vat_ore - 1 }] },
    { ...document, original: { ...document.original, refunded_before_ore: 900_00 } },
  ];
  for (const value of forged)
    assert.throws(() => readReceipt(Buffer.from(canonical(value))), isBadInput);
});
