import { SummaryList } from '../pages/tables.tsx';
import type { Kept } from '../routines/erasure-kept.ts';
import type { Language } from '../text/bilingual.ts';
import { date } from '../text/format.ts';
import { keptText } from '../text/leaving-kept.ts';

/** What stays, on which ground and until when, in words; what a receipt of another time says stays as it is. */
export function keptRows(kept: readonly Kept[], language: Language): [string, string][] {
  const { what: things, ground: grounds, until: said } = keptText[language];
  return kept.map(({ what, law, until }) => [
    wordIn(things, what),
    said(wordIn(grounds, law), dayIn(until, language)),
  ]);
}

export function KeptList({ kept, language }: { kept: readonly Kept[]; language: Language }) {
  return <SummaryList rows={keptRows(kept, language).map(([key, value]) => ({ key, value }))} />;
}

function wordIn(words: Readonly<Record<string, string>>, code: string): string {
  return words[code] ?? code;
}

function dayIn(text: string, language: Language): string {
  return date(Temporal.PlainDate.from(text), language);
}
