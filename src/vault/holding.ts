import type { CategoryName, FieldOf } from '../policy/categories.ts';
import type { KeepingName } from '../policy/keeping.ts';
import type { OwnerKind, RecordsTables } from '../database/records.ts';

/**
 * What a column that is not sealed may be. These kinds neither name, contact, authenticate nor describe anybody;
 * the list stands in the notice (`clear`) and in SECURITY.md.
 */
export type ClearColumn = 'owner' | 'id' | 'time' | 'amount' | 'state' | 'reference' | 'hash';

export type HoldingTable = Exclude<keyof RecordsTables, 'system.store'>;

/** How a sealed field is shaped: one text, a text that may be missing, or a list of texts. */
export type FieldKind = 'text' | 'optional' | 'list';
type Shape<F> = {
  readonly text: string;
  readonly optional: string | null;
  readonly list: readonly string[];
}[F & FieldKind];

/**
 * A table that holds personal data, declared next to the domain that has it. The list of these drives erasure,
 * export, retention, restriction and the verifier; nothing else lists tables.
 */
export type Holding<
  C extends CategoryName = CategoryName,
  S extends Readonly<Record<string, FieldKind>> = Readonly<Record<string, FieldKind>>,
> = {
  readonly table: HoldingTable;
  readonly category: C;
  /** The kinds of owner that its rows can have. */
  readonly owners: readonly OwnerKind[];
  /** The column that identifies a row within its owner; sealed values are bound to it. */
  readonly row: string;
  readonly keep: KeepingName;
  /** The time column that a keeping in days counts from. */
  readonly since?: string;
  readonly clear: Readonly<Record<string, ClearColumn>>;
  /**
   * True for rows whose fields are sealed under a key of their own, derived from their owner's: an erasure can hand this
   * one key over to its case, whatever the number of rows, and destroy the owner's.
   */
  readonly apart?: true;
  /** Fields inside the column `sealed`, each named in the notice; null where the table has no such column. */
  readonly sealed: S | null;
  /** False for rows that are mechanism (hashes of tokens, counters) and tell the customer nothing. */
  readonly exported: boolean;
};

/** Declares a holding. A sealed field that the notice does not name for the category does not compile. */
export function holding<
  C extends CategoryName,
  const S extends Readonly<Partial<Record<FieldOf<C>, FieldKind>>>,
>(
  declaration: Omit<Holding<C>, 'sealed'> & {
    readonly sealed: (S & Readonly<Record<Exclude<keyof S, FieldOf<C>>, never>>) | null;
  },
): Holding<C, S & Readonly<Record<string, FieldKind>>> {
  return declaration;
}

/** The personal part of a row: all sealed fields of its holding and nothing else. */
export type Personal<H> =
  H extends Holding<CategoryName, infer S>
    ? { readonly [F in keyof S as string extends F ? never : F]: Shape<S[F]> }
    : never;
