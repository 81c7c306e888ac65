import type { Item } from '../history/catalogue/items.ts';
import type { Language } from '../text/bilingual.ts';

export const searchLengthMax = 60;

/** What somebody searches for, as far as it is short enough to be that. */
export function searchedFor(text: string | null): string {
  return (text ?? '').trim().slice(0, searchLengthMax);
}

/** The items in whose name or description every word stands, whatever the case. */
export function matching(items: readonly Item[], searched: string, language: Language): Item[] {
  const words = folded(searched).split(/\s+/);
  return items.filter(({ name, description }) => {
    const text = folded(`${name[language]} ${description[language]}`);
    return words.every((word) => text.includes(word));
  });
}

/** Without case, and without accents that are no letters of their own: `é` is e, while å, ä and ö stay what they are. */
function folded(text: string): string {
  return text
    .toLocaleLowerCase('sv')
    .normalize('NFD')
    .replaceAll(/(?<![ao])\u0308|(?<!a)\u030a|[\u0300-\u0307\u0309\u030b-\u036f]/g, '')
    .normalize('NFC');
}
