import fc from 'fast-check';
import { notice } from '../../policy/notice.ts';
import { paymentWays } from './document.ts';
import type { RefundReceipt, SaleReceipt } from './document.ts';
import type { RefundFacts, SaleFacts } from './facts.ts';
import { issueReceipt, sellerFrom } from './receipt.ts';
import { vatRates } from './vat-split.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

export const fiscalYear2026 = { startsOn: day('2026-01-01'), endsOn: day('2026-12-31') };

/** A sale of goods of two rates and a service, paid by Swish. */
export const saleFacts: SaleFacts = {
  kind: 'sale',
  sandbox: false,
  language: 'sv',
  seller: sellerFrom(notice.controller),
  number: { series: 'K', number: 17, fiscalYear: fiscalYear2026 },
  issuedAt: Temporal.Instant.from('2026-11-22T12:00:00.123Z'),
  order: 'K7QF-3M2P',
  counterparty: 'Maja Provsson',
  deliveredOn: day('2026-11-20'),
  lines: [
    line('Kaffe, hela bönor', 'goods', 3, 99_50, 12),
    line('Kopp av stengods', 'goods', 2, 249_00, 25),
    line('Provning för en', 'service', 1, 333_33, 25),
  ],
  paid: { way: 'swish', on: day('2026-11-22') },
  withdrawal: ['goods', 'none'],
};

function line(
  description: string,
  kind: 'goods' | 'service',
  quantity: number,
  unitPriceOre: number,
  vatPercent: SaleFacts['lines'][number]['vatPercent'],
): SaleFacts['lines'][number] {
  return { description, kind, quantity, unitPriceOre, vatPercent };
}

/** The facts of paying back parts of a sale: by line, from 1, how much and how many. */
export function refundFacts(
  original: SaleReceipt,
  lines: RefundFacts['lines'],
  earlier: readonly RefundReceipt[] = [],
): RefundFacts {
  const { sandbox, language, seller } = saleFacts;
  return {
    kind: 'refund',
    sandbox,
    language,
    seller,
    number: { series: 'K', number: 18 + earlier.length, fiscalYear: fiscalYear2026 },
    issuedAt: Temporal.Instant.from('2026-11-25T09:30:00Z'),
    paid: { way: original.paid.way, on: day('2026-11-25') },
    original,
    earlier,
    lines,
  };
}

/** Any sale: of whatever rates and kinds, paid in whatever way. */
export const anySale: fc.Arbitrary<SaleReceipt> = fc
  .record({
    lines: fc.array(
      fc.record({
        description: fc.constant('Vara'),
        kind: fc.constantFrom('goods' as const, 'service' as const),
        quantity: fc.integer({ min: 1, max: 30 }),
        unitPriceOre: fc.oneof(
          fc.integer({ min: 1, max: 300 }),
          fc.integer({ min: 1, max: 50_000_00 }),
        ),
        vatPercent: fc.constantFrom(...vatRates),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    way: fc.constantFrom(...paymentWays),
  })
  .map(
    ({ lines, way }) =>
      issueReceipt({ ...saleFacts, lines, paid: { ...saleFacts.paid, way } }).document,
  );

/** How much of what is left of a line: nothing, one öre, or some thousandths. */
const anyShare = fc.oneof(
  fc.constantFrom('nothing' as const, 'an öre' as const),
  fc.integer({ min: 1, max: 1000 }),
);

/** Any way of paying a whole sale back, part by part; each part is of one line or of several. */
export const anySaleWithRefunds: fc.Arbitrary<{
  readonly sale: SaleReceipt;
  readonly refunds: readonly RefundReceipt[];
}> = fc
  .tuple(anySale, fc.array(fc.array(anyShare, { maxLength: 8 }), { maxLength: 6 }))
  .map(([sale, parts]) => ({ sale, refunds: payBackAll(sale, parts) }));

function payBackAll(
  sale: SaleReceipt,
  parts: readonly (readonly ('nothing' | 'an öre' | number)[])[],
): readonly RefundReceipt[] {
  const left = sale.lines.map(({ amount_ore }) => amount_ore);
  const refunds: RefundReceipt[] = [];
  // The last part is all that is left.
  for (const shares of [...parts, left.map(() => 1000)]) {
    const lines = left.flatMap((ore, index) => {
      const amountOre = oreOf(ore, shares[index] ?? 'nothing');
      left[index] = ore - amountOre;
      return amountOre === 0 ? [] : [{ line: index + 1, quantity: null, amountOre }];
    });
    if (lines.length === 0) continue;
    refunds.push(issueReceipt(refundFacts(sale, lines, refunds)).document);
  }
  return refunds;
}

function oreOf(left: number, share: 'nothing' | 'an öre' | number): number {
  if (share === 'nothing') return 0;
  return share === 'an öre' ? Math.min(1, left) : Math.floor((left * share) / 1000);
}
