import type { Language } from '../text/bilingual.ts';

/** A country by its name in the reader's language, from its ISO 3166-1 code. */
export function countryName(code: string, language: Language): string {
  return new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code;
}
