import type { FiscalYear } from '../../bookkeeping/fiscal-years.ts';
import type { Language } from '../../text/bilingual.ts';
import type {
  NumberInDocument,
  PaymentWay,
  RefundReceipt,
  SaleReceipt,
  Seller,
  VatPercent,
} from './document.ts';
import { sumOf, vatByRate } from './vat-split.ts';

/** The receipt has the number of its voucher: unbroken per series and fiscal year. */
export type ReceiptNumber = {
  readonly series: string;
  readonly number: number;
  readonly fiscalYear: FiscalYear;
};

/** When and how money changed hands. The reference of the bank stays out of what a customer may show to others. */
export type Payment = { readonly way: PaymentWay; readonly on: Temporal.PlainDate };

type SharedFacts = {
  readonly sandbox: boolean;
  readonly language: Language;
  readonly seller: Seller;
  readonly number: ReceiptNumber;
  readonly issuedAt: Temporal.Instant;
  readonly paid: Payment;
};

export type SaleFacts = SharedFacts & {
  readonly kind: 'sale';
  readonly order: string;
  /** Left out when it is unknown, and when it could hold a personal identity number. */
  readonly counterparty: string | null;
  /** Null for what is paid before it is delivered. */
  readonly deliveredOn: Temporal.PlainDate | null;
  readonly lines: readonly {
    readonly description: string;
    readonly kind: 'goods' | 'service';
    readonly quantity: number;
    /** With VAT. */
    readonly unitPriceOre: number;
    readonly vatPercent: VatPercent;
  }[];
  /** Which rules of withdrawal (distansavtalslagen 2 kap) the customer is told; empty for a sale at the counter. */
  readonly withdrawal: readonly ('goods' | 'service' | 'none')[];
};

export type RefundFacts = SharedFacts & {
  readonly kind: 'refund';
  readonly original: SaleReceipt;
  /** Every refund of that sale that has a receipt already. */
  readonly earlier: readonly RefundReceipt[];
  readonly lines: readonly {
    /** Of the sale, from 1. */
    readonly line: number;
    /** How many came back; null when the price was lowered. */
    readonly quantity: number | null;
    readonly amountOre: number;
  }[];
};

/** What sales and refunds have in common on a receipt. */
export function sharedFrom(facts: SaleFacts | RefundFacts, lines: Parameters<typeof vatByRate>[0]) {
  const vat = vatByRate(lines);
  return {
    type: 'varsam receipt',
    format: 1,
    sandbox: facts.sandbox,
    language: facts.language,
    currency: 'SEK',
    seller: facts.seller,
    number: numberFrom(facts.number),
    issued_at: facts.issuedAt.toString({ smallestUnit: 'second' }),
    vat,
    total_ore: sumOf(vat.map(({ total_ore }) => total_ore)),
    vat_ore: sumOf(vat.map(({ vat_ore }) => vat_ore)),
  } as const;
}

function numberFrom({ series, number, fiscalYear }: ReceiptNumber): NumberInDocument {
  const { startsOn, endsOn } = fiscalYear;
  const fiscal_year = { starts_on: startsOn.toString(), ends_on: endsOn.toString() };
  return { series, number, fiscal_year };
}

export function paidFrom({ way, on }: Payment, totalOre: number, amountOre: number) {
  return { way, on: on.toString(), amount_ore: amountOre, rounding_ore: amountOre - totalOre };
}
