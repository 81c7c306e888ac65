export type Language = 'sv' | 'en';
export const languages: readonly Language[] = ['sv', 'en'];

/** The same keys with the same parameters; only the words differ. */
type Same<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...parameters: infer P) => string
      ? (...parameters: P) => string
      : Same<T[K]>;
};

/** Words in both languages; a line that one of them lacks does not compile. */
export function bilingual<T>(words: { readonly sv: T; readonly en: NoInfer<Same<T>> }): {
  readonly [L in Language]: Same<T>;
} {
  return words as { readonly [L in Language]: Same<T> };
}

export function isLanguage(word: string | undefined): word is Language {
  return word === 'sv' || word === 'en';
}
