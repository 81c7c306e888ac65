import type { RecordsTables } from '../database/records.ts';
import type { impersonal } from '../holdings.ts';
import type { OwnerId, RowId } from '../ids.ts';

/** The tables that hold personal data. One without words does not compile. */
export type PersonalTable = Exclude<keyof RecordsTables, keyof typeof impersonal>;

/** Random numbers, hashes and sealed values say nothing to a reader; every other column has words. */
type WithoutWords = OwnerId | RowId | Uint8Array;
type Tables = RecordsTables;
type WordedColumn<T extends PersonalTable> = {
  [C in keyof Tables[T] & string]: NonNullable<Tables[T][C]> extends WithoutWords ? never : C;
}[keyof Tables[T] & string];

/** The states that a column can be in, where its type lists them. */
type StateOf<V> = V extends string ? (string extends V ? never : V) : never;
type StateColumn<T extends PersonalTable> = {
  [C in WordedColumn<T>]: [StateOf<Tables[T][C & keyof Tables[T]]>] extends [never] ? never : C;
}[WordedColumn<T>];
type TableWithStates = {
  [T in PersonalTable]: [StateColumn<T>] extends [never] ? never : T;
}[PersonalTable];

/** What each table, and each of its columns that is not sealed, is called in words. */
export type StoredWords = {
  readonly [T in PersonalTable]: {
    readonly heading: string;
    readonly count: (rows: number) => string;
    readonly columns: { readonly [C in WordedColumn<T>]: string };
  };
};
/** What each state that a column can be in is called in words. */
export type StateWords = {
  readonly [T in TableWithStates]: {
    readonly [C in StateColumn<T>]: {
      readonly [S in StateOf<Tables[T][C & keyof Tables[T]]>]: string;
    };
  };
};
