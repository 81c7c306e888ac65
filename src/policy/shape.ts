/** The shape of an executable privacy notice. This folder imports nothing from outside itself. */

/** The same sentence in both languages of the product. */
export type Words = { readonly sv: string; readonly en: string };

/** Everybody who can act in the system. The staff roles are `support`, `administrator` and `bookkeeper`. */
export const parties = [
  'nobody',
  'customer',
  'support',
  'administrator',
  'bookkeeper',
  'provider',
  'client',
  'routine',
] as const;
export type Party = (typeof parties)[number];

/** Lawful bases of GDPR Art. 6(1), named by their letters there. */
export type LawfulBasis = 'consent' | 'contract' | 'legal-obligation' | 'legitimate-interest';

/**
 * How long something is kept. `days` counts from the holding's own time column (named in its declaration);
 * `owner-days` counts from that column as well, or from the making of the owner where none is named; the owner goes
 * then with all that it has.
 * `while` means for as long as its owner lives; `law` is computed from the table of fiscal years.
 */
export type Keeping = {
  readonly rule:
    | { readonly kind: 'while' }
    | { readonly kind: 'days'; readonly days: number }
    | { readonly kind: 'owner-days'; readonly days: number }
    | { readonly kind: 'law'; readonly years: number };
  readonly words: Words;
};

export type Category = {
  readonly heading: Words;
  readonly fields: Readonly<Record<string, Words>>;
  /** Where the data comes from (GDPR Art. 14(2)(f), 15(1)(g)). */
  readonly source: Words;
};

export type PurposeDeclaration<CategoryName extends string = string> = {
  readonly words: Words;
  readonly basis: LawfulBasis;
  /** The balanced interest; required by Art. 13(1)(d) when that is the basis. */
  readonly interest?: Words;
  /** Who may open what for this purpose. What is not named here cannot be opened. */
  readonly opens: Partial<Readonly<Record<Party, readonly CategoryName[]>>>;
  /** True where everybody, whatever his role, opens only what is his own; a customer never opens anything else. */
  readonly own?: true;
  /** Rights of the customer that stop this purpose (Art. 18 and 21). */
  readonly stoppedBy: readonly ('restriction' | 'objection')[];
};

/** A kind of recipient that the notice names (Art. 13(1)(e)), and what it may be given for which purpose. */
export type RecipientCategory<
  CategoryName extends string = string,
  PurposeName extends string = string,
> = {
  readonly words: Words;
  readonly role: 'processor' | 'controller' | 'either';
  readonly receives: Partial<
    Readonly<Record<PurposeName, Partial<Readonly<Record<CategoryName, readonly string[]>>>>>
  >;
};

export type Cookie = {
  readonly words: Words;
  /** Life in seconds; null: until the browser closes. */
  readonly max_age_seconds: number | null;
};

export type Section = {
  readonly id: string;
  readonly heading: Words;
  readonly paragraphs: readonly Words[];
  readonly category?: string;
  readonly promises: readonly string[];
};

export type Notice<CategoryName extends string = string, PurposeName extends string = string> = {
  /** The Swedish calendar date from which this wording holds; a new wording has a new date. */
  readonly version: string;
  readonly controller: {
    readonly name: string;
    readonly organisation_number: string;
    readonly street: string;
    readonly postal_code: string;
    readonly town: string;
    readonly country: string;
  };
  readonly categories: Readonly<Record<CategoryName, Category>>;
  readonly purposes: Readonly<Record<PurposeName, PurposeDeclaration<CategoryName>>>;
  readonly keeping: Readonly<Record<string, Keeping>>;
  readonly recipients: Readonly<Record<string, RecipientCategory<CategoryName, PurposeName>>>;
  readonly cookies: Readonly<Record<string, Cookie>>;
  readonly clear: readonly Words[];
  readonly introduction: { readonly heading: Words; readonly paragraphs: readonly Words[] };
  readonly what: readonly Section[];
  readonly more: { readonly heading: Words; readonly sections: readonly Section[] };
};
