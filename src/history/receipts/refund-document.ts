import { Problem } from '../../problem.ts';
import { receiptsText } from '../../text/receipts.ts';
import { amountDue } from './document-rules.ts';
import type { RefundReceipt, SaleReceipt } from './document.ts';
import { paidFrom, sharedFrom } from './facts.ts';
import type { RefundFacts } from './facts.ts';
import { hashOf, receiptBytes } from './receipt-bytes.ts';
import { sumOf, vatPaidBack } from './vat-split.ts';

/**
 * The document of a refund, not checked yet.
 * @throws Problem `bad-input` when it is not one of this sale
 */
export function refundFrom(facts: RefundFacts): RefundReceipt {
  const { original, earlier } = facts;
  const sha256 = hashOf(receiptBytes(original));
  if (earlier.some((refund) => refund.original.sha256 !== sha256))
    throw new Problem('bad-input', 'an earlier refund is of another sale');
  const before = sumOf(earlier.map(({ total_ore }) => total_ore));
  const lines = facts.lines
    .toSorted((one, other) => one.line - other.line)
    .map((wish) => refundedLine(wish, original, earlier));
  const total = sumOf(lines.map(({ amount_ore }) => amount_ore));
  const { way } = original.paid;
  const due = amountDue(way, before + total) - amountDue(way, before);
  return {
    ...sharedFrom(facts, lines),
    kind: 'refund',
    order: original.order,
    counterparty: original.counterparty,
    original: {
      number: original.number,
      sha256,
      issued_at: original.issued_at,
      way,
      total_ore: original.total_ore,
      refunded_before_ore: before,
    },
    lines,
    paid: paidFrom(facts.paid, total, due),
    information: [receiptsText[facts.language].information.refund],
  };
}

function refundedLine(
  { line, quantity, amountOre }: RefundFacts['lines'][number],
  { lines }: SaleReceipt,
  earlier: readonly RefundReceipt[],
): RefundReceipt['lines'][number] {
  const sold = lines[line - 1];
  if (!sold) throw new Problem('bad-input', 'the sale has no such line');
  if (!Number.isSafeInteger(amountOre)) throw new Problem('bad-input', 'an amount in parts of öre');
  const changed = earlier.flatMap((refund) => refund.lines).filter((one) => one.line === line);
  const returned = sumOf(changed.map((one) => one.quantity ?? 0)) + (quantity ?? 0);
  if (returned > sold.quantity) throw new Problem('bad-input', 'more comes back than was sold');
  const before_ore = sumOf(changed.map(({ amount_ore }) => amount_ore));
  const { description, kind, vat_percent, amount_ore, vat_ore } = sold;
  return {
    line,
    description,
    kind,
    quantity,
    amount_ore: amountOre,
    vat_percent,
    vat_ore: vatPaidBack(sold, before_ore, amountOre),
    before_ore,
    sold: { amount_ore, vat_ore },
  };
}
