import type { PaymentWay, VatPercent } from '../history/receipts/document.ts';

/**
 * The accounts that are booked on, with the names that BAS gives them. Another name of an account is changed here; one that
 * was booked on stays here for as long as its vouchers are kept.
 */
const accounts = {
  '1580': { sv: 'Fordringar för kontokort', en: 'Claims on card companies' },
  '1910': { sv: 'Kassa', en: 'Cash' },
  '1930': { sv: 'Företagskonto', en: 'Bank account' },
  '2611': { sv: 'Utgående moms 25 %', en: 'Output VAT 25%' },
  '2621': { sv: 'Utgående moms 12 %', en: 'Output VAT 12%' },
  '2631': { sv: 'Utgående moms 6 %', en: 'Output VAT 6%' },
  '3001': { sv: 'Försäljning varor 25 % moms', en: 'Sales of goods, 25% VAT' },
  '3002': { sv: 'Försäljning varor 12 % moms', en: 'Sales of goods, 12% VAT' },
  '3003': { sv: 'Försäljning varor 6 % moms', en: 'Sales of goods, 6% VAT' },
  '3004': { sv: 'Försäljning varor, momsfri', en: 'Sales of goods, no VAT' },
  '3041': { sv: 'Försäljning tjänster 25 % moms', en: 'Sales of services, 25% VAT' },
  '3042': { sv: 'Försäljning tjänster 12 % moms', en: 'Sales of services, 12% VAT' },
  '3043': { sv: 'Försäljning tjänster 6 % moms', en: 'Sales of services, 6% VAT' },
  '3044': { sv: 'Försäljning tjänster, momsfri', en: 'Sales of services, no VAT' },
  '3740': { sv: 'Öres- och kronutjämning', en: 'Rounding' },
} as const;

export type AccountNumber = keyof typeof accounts;

export type Chart = {
  readonly accounts: Readonly<Record<AccountNumber, { readonly sv: string; readonly en: string }>>;
  /** Where the money is when the customer has paid. */
  readonly paid: Readonly<Record<PaymentWay, AccountNumber>>;
  readonly sales: Readonly<
    Record<'goods' | 'service', Readonly<Record<VatPercent, AccountNumber>>>
  >;
  /** Output VAT; what is sold without VAT has none to be booked. */
  readonly vat: Readonly<Record<Exclude<VatPercent, 0>, AccountNumber>>;
  readonly rounding: AccountNumber;
};

/**
 * Which accounts are used for what, after BAS. The one place to change when the accountant wants others.
 *
 * Swish pays each amount whole and at once into the company's bank account, and its fees come as a bill of their own: it
 * is booked on the bank. A card company owes the company until it pays out, less its fee: cards, on the web and in a
 * terminal, are booked as a claim, which the accountant settles when the payout comes. Cash lies in the till.
 */
export const chart: Chart = {
  accounts,
  paid: { swish: '1930', card: '1580', terminal: '1580', cash: '1910' },
  sales: {
    goods: { 25: '3001', 12: '3002', 6: '3003', 0: '3004' },
    service: { 25: '3041', 12: '3042', 6: '3043', 0: '3044' },
  },
  vat: { 25: '2611', 12: '2621', 6: '2631' },
  rounding: '3740',
};
