import { z } from 'zod';
import { fiscalYearName } from '../../bookkeeping/fiscal-years.ts';
import type { FiscalYear } from '../../bookkeeping/fiscal-years.ts';
import { vatRates } from './vat-split.ts';

export type { VatPercent } from './vat-split.ts';

export const paymentWays = ['swish', 'card', 'terminal', 'cash'] as const;
/** `terminal` is a card at the counter, `cash` coins and notes. */
export type PaymentWay = (typeof paymentWays)[number];

const receiptLinesMax = 200;
/** In UTF-16 units; what comes from outside is cut to half as many characters. */
export const textMax = 400;
/** A milliard kronor. */
const amountOreMax = 100_000_000_000;
const quantityMax = 100_000;

const text = z
  .string()
  .min(1)
  .max(textMax)
  .refine((value) => /^[^\p{Cc}\u2028\u2029]+$/u.test(value) && value.isWellFormed());
const day = z.iso.date();
const amount = z.int().min(0).max(amountOreMax);
const percent = z.literal(vatRates);
const kind = z.enum(['goods', 'service']);
const quantity = z.int().min(1).max(quantityMax);

const seller = z.strictObject({
  name: text,
  organisation_number: z.string().regex(/^\d{6}-\d{4}$/),
  vat_number: z.string().regex(/^SE\d{10}01$/),
  street: text,
  postal_code: z.string().regex(/^\d{3} \d{2}$/),
  town: text,
  country: z.string().regex(/^[A-Z]{2}$/),
});

const number = z.strictObject({
  series: z.string().regex(/^[A-Z]{1,3}$/),
  number: z.int().min(1),
  fiscal_year: z.strictObject({ starts_on: day, ends_on: day }),
});

const vatRow = z.strictObject({
  percent,
  net_ore: amount,
  vat_ore: amount,
  total_ore: amount,
});

const shared = {
  type: z.literal('varsam receipt'),
  format: z.literal(1),
  sandbox: z.boolean(),
  language: z.enum(['sv', 'en']),
  currency: z.literal('SEK'),
  seller,
  number,
  order: text,
  issued_at: z.iso.datetime({ precision: 0 }),
  /** Who bought, if it is written down. Never a personal identity number. */
  counterparty: text.nullable(),
  vat: z.array(vatRow).min(1).max(vatRates.length),
  total_ore: amount,
  vat_ore: amount,
  /** `amount_ore` is what changed hands: the total, rounded to whole kronor where it was cash. */
  paid: z.strictObject({
    way: z.enum(paymentWays),
    on: day,
    amount_ore: amount,
    rounding_ore: z.int().min(-100).max(100),
  }),
  /** What the customer was told about rights, in the words of that day. */
  information: z.array(z.string().min(1).max(500)).max(10),
};

const sale = z.strictObject({
  ...shared,
  kind: z.literal('sale'),
  /** Null for what is paid before it is delivered. */
  delivered_on: day.nullable(),
  lines: z
    .array(
      z.strictObject({
        description: text,
        kind,
        quantity,
        unit_price_ore: amount,
        amount_ore: amount,
        vat_percent: percent,
        vat_ore: amount,
      }),
    )
    .min(1)
    .max(receiptLinesMax),
});

const refund = z.strictObject({
  ...shared,
  kind: z.literal('refund'),
  /** The sale that is changed (mervärdesskattelagen 17:26–28), by its number and by the hash of its bytes. */
  original: z.strictObject({
    number,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    issued_at: z.iso.datetime({ precision: 0 }),
    way: z.enum(paymentWays),
    total_ore: amount,
    refunded_before_ore: amount,
  }),
  /** The lines of the sale that are changed; `sold` and `before_ore` are what the VAT of the part is computed from. */
  lines: z
    .array(
      z.strictObject({
        line: z.int().min(1).max(receiptLinesMax),
        description: text,
        kind,
        /** How many came back; null when the price was lowered and nothing came back. */
        quantity: quantity.nullable(),
        amount_ore: amount.min(1),
        vat_percent: percent,
        vat_ore: amount,
        before_ore: amount,
        sold: z.strictObject({ amount_ore: amount, vat_ore: amount }),
      }),
    )
    .min(1)
    .max(receiptLinesMax),
});

/** One field more, or one less, is another format. */
export const documentShape = z.discriminatedUnion('kind', [sale, refund]);

export type Seller = Readonly<z.infer<typeof seller>>;
export type NumberInDocument = Readonly<z.infer<typeof number>>;
export type SaleReceipt = Readonly<z.infer<typeof sale>>;
export type RefundReceipt = Readonly<z.infer<typeof refund>>;
/** A receipt as it is kept: everything that was said, in one language, and nothing that can change. */
export type ReceiptDocument = SaleReceipt | RefundReceipt;

/** The number as people write it: `K17-2026`, and `K17-2026/2027` in a broken year. */
export function receiptName({ series, number, fiscal_year }: NumberInDocument): string {
  return `${series}${number}-${fiscalYearName(yearIn(fiscal_year))}`;
}

export function yearIn(year: NumberInDocument['fiscal_year']): FiscalYear {
  return {
    startsOn: Temporal.PlainDate.from(year.starts_on),
    endsOn: Temporal.PlainDate.from(year.ends_on),
  };
}
