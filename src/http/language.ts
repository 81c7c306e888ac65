import type { Language } from '../text/bilingual.ts';
import { isLanguage } from '../text/bilingual.ts';

/** The language the reader chose, else the one the browser prefers (RFC 9110 section 12.5.4), else Swedish. */
export function languageOf(chosen: string | null, acceptLanguage: string | null): Language {
  if (isLanguage(chosen ?? undefined)) return chosen as Language;
  const wishes = (acceptLanguage ?? '')
    .split(',')
    .slice(0, 20)
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters
        .map((text) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(text)?.[1])
        .find(Boolean);
      return {
        tag: tag.slice(0, 2).toLowerCase(),
        quality: quality === undefined ? 1 : Number(quality),
      };
    })
    .filter(({ tag, quality }) => isLanguage(tag) && quality > 0)
    .toSorted((one, other) => other.quality - one.quality);
  return (wishes[0]?.tag as Language | undefined) ?? 'sv';
}
