import { receiptsText } from '../../text/receipts.ts';
import { amountDue, hasPersonalNumber } from './document-rules.ts';
import { textMax } from './document.ts';
import type { SaleReceipt } from './document.ts';
import { paidFrom, sharedFrom } from './facts.ts';
import type { SaleFacts } from './facts.ts';
import { sumOf, taxed } from './vat-split.ts';

/** The document of a sale, not checked yet. */
export function saleFrom(facts: SaleFacts): SaleReceipt {
  const priced = facts.lines.map((line) => ({
    description: oneLine(line.description),
    kind: line.kind,
    quantity: line.quantity,
    unit_price_ore: line.unitPriceOre,
    amount_ore: line.quantity * line.unitPriceOre,
    vat_percent: line.vatPercent,
  }));
  const lines = taxed(priced);
  const total = sumOf(lines.map(({ amount_ore }) => amount_ore));
  return {
    ...sharedFrom(facts, lines),
    kind: 'sale',
    order: oneLine(facts.order),
    counterparty: nameOf(facts.counterparty),
    delivered_on: facts.deliveredOn?.toString() ?? null,
    lines,
    paid: paidFrom(facts.paid, total, amountDue(facts.paid.way, total)),
    information: informationOf(facts),
  };
}

/** What the law wants said, kept in the words of the day, because the words of a later version may be others. */
function informationOf({ language, withdrawal, lines }: SaleFacts): string[] {
  const words = receiptsText[language].information;
  const kinds = (['goods', 'service'] as const).filter((kind) =>
    lines.some((line) => line.kind === kind),
  );
  return [
    ...withdrawal.map((rule) => words.withdrawal[rule]),
    ...kinds.map((kind) => words.complaint[kind]),
  ];
}

function nameOf(counterparty: string | null): string | null {
  const name = oneLine(counterparty ?? '');
  return name === '' || hasPersonalNumber(name) ? null : name;
}

/** A text as it can stand on one line of a receipt. */
function oneLine(text: string): string {
  const plain = text.toWellFormed().replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ');
  return [...plain.trim()]
    .slice(0, textMax / 2)
    .join('')
    .trim();
}
