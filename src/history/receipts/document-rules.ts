import { isWithin } from '../../bookkeeping/fiscal-years.ts';
import { canonical } from '../../ledger/log.ts';
import { yearIn } from './document.ts';
import type { PaymentWay, ReceiptDocument, RefundReceipt, SaleReceipt } from './document.ts';
import { inWholeKronor, sumOf, vatByRate, vatOfLines, vatPaidBack } from './vat-split.ts';

/** The first rule of reckoning that a receipt breaks, in words for operators; null when it keeps them all. */
export function brokenRule(document: ReceiptDocument): string | null {
  const ofKind = document.kind === 'sale' ? rulesOfSale(document) : rulesOfRefund(document);
  const broken = [...ofKind, ...rulesOfBoth(document)].find(([isKept]) => !isKept);
  return broken ? broken[1] : null;
}

type Rule = readonly [isKept: boolean, otherwise: string];

function rulesOfSale({ lines, total_ore, paid }: SaleReceipt): Rule[] {
  const shares = vatOfLines(lines);
  const isProduct = lines.every((line) => line.amount_ore === line.quantity * line.unit_price_ore);
  return [
    [isProduct, 'a line is not its quantity times its price'],
    [
      lines.every(({ vat_ore }, index) => vat_ore === shares[index]),
      'the VAT of a line is not its share of the VAT of its rate',
    ],
    [total_ore > 0, 'nothing was paid'],
    [paid.amount_ore === amountDue(paid.way, total_ore), 'what was paid is not the total'],
  ];
}

function rulesOfRefund({ original, lines, total_ore, paid }: RefundReceipt): Rule[] {
  const { refunded_before_ore: before, way } = original;
  const due = amountDue(way, before + total_ore) - amountDue(way, before);
  return [
    [
      lines.every(({ line }, index) => index === 0 || line > (lines[index - 1]?.line ?? 0)),
      'the lines do not stand in the order of the sale',
    ],
    [
      lines.every(({ before_ore, amount_ore, sold }) => before_ore + amount_ore <= sold.amount_ore),
      'more is paid back than a line cost',
    ],
    [
      lines.every(
        (line) => line.vat_ore === vatPaidBack(line.sold, line.before_ore, line.amount_ore),
      ),
      'the VAT of a line is not its part of the VAT of the sale',
    ],
    [
      sumOf(lines.map(({ before_ore }) => before_ore)) <= before,
      'what was paid back before does not agree',
    ],
    [before + total_ore <= original.total_ore, 'more is paid back than was paid'],
    [paid.amount_ore === due, 'what is paid back is not the total'],
    [paid.way !== 'cash' || paid.amount_ore === inWholeKronor(paid.amount_ore), 'cash has no öre'],
  ];
}

function rulesOfBoth(document: ReceiptDocument): Rule[] {
  const { seller, counterparty, number, lines, vat, vat_ore, total_ore, paid } = document;
  const rows = vatByRate(lines);
  const total = sumOf(lines.map(({ amount_ore }) => amount_ore));
  return [
    [vatNumberOf(seller.organisation_number) === seller.vat_number, 'the VAT number is of another'],
    [counterparty === null || !hasPersonalNumber(counterparty), 'a name holds a personal number'],
    [canonical(vat) === canonical(rows), 'the VAT of a rate is not the sum of its lines'],
    [vat_ore === sumOf(rows.map((row) => row.vat_ore)), 'the VAT is not the sum of the rates'],
    [total_ore === total, 'the total is not the sum of the lines'],
    [paid.amount_ore === total_ore + paid.rounding_ore, 'the rounding does not agree'],
    [
      isWithin(Temporal.PlainDate.from(paid.on), yearIn(number.fiscal_year)),
      'paid outside the fiscal year of its number',
    ],
  ];
}

/** What changes hands for a total, in öre. Cash comes in whole kronor. */
export function amountDue(way: PaymentWay, totalOre: number): number {
  return way === 'cash' ? inWholeKronor(totalOre) : totalOre;
}

/** The VAT number of a Swedish company: SE, the ten digits, 01. */
export function vatNumberOf(organisationNumber: string): string {
  return `SE${organisationNumber.replace('-', '')}01`;
}

/** Does a text hold what could be a personal identity number, in any of the ways to write it? */
export function hasPersonalNumber(text: string): boolean {
  return /\d{6}[-+\s]{0,3}\d{4}/u.test(text);
}
