import { SummaryList } from '../pages/tables.tsx';
import type { Kept } from '../routines/erasure-kept.ts';
import type { Language } from '../text/bilingual.ts';
import { date } from '../text/format.ts';
import { keptText } from '../text/leaving-kept.ts';

/** What stays, on which ground and until when, in words; what a receipt of another time says stays as it is. */
export function keptRows(kept: readonly Kept[], language: Language): [string, string][] {
  const words = keptText[language];
  return kept.map(({ what, law, until }) => [
    words.what[what] ?? what,
    words.until(words.ground[law] ?? law, dayIn(until, language)),
  ]);
}

export function KeptList({ kept, language }: { kept: readonly Kept[]; language: Language }) {
  return <SummaryList rows={keptRows(kept, language).map(([key, value]) => ({ key, value }))} />;
}

function dayIn(text: string, language: Language): string {
  return date(Temporal.PlainDate.from(text), language);
}
