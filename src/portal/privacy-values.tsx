import type { Child } from 'hono/jsx';
import { Moment, Price } from '../pages/tables.tsx';
import type { ClearValue, InsightRow } from '../requests/insight.ts';
import { wordedValues } from '../requests/value-words.ts';
import type { Language } from '../text/bilingual.ts';
import type { PersonalTable } from '../text/stored-words.ts';
import { TypedLines } from './order-parts.tsx';

/** One value of a row with its name in words, ready to be shown. */
export type ShownValue = { readonly name: string; readonly label: string; readonly value: Child };

/** Everything in a row that says something to its owner, sealed fields first. Random numbers are left out. */
export function shownValues(
  table: PersonalTable,
  row: InsightRow,
  language: Language,
): ShownValue[] {
  const personal = new Set(row.personal.map(({ field }) => field));
  return wordedValues(table, row, language).map(({ name, label, text }) => ({
    name,
    label,
    value: personal.has(name) ? (
      <TypedLines text={text} />
    ) : (
      <ClearValueOf name={name} value={row.clear[name] ?? null} text={text} language={language} />
    ),
  }));
}

/** Times and prices say to machines what they are. */
function ClearValueOf(props: {
  name: string;
  value: ClearValue;
  text: string;
  language: Language;
}) {
  const { name, value, text, language } = props;
  if (value instanceof Temporal.Instant) return <Moment value={value} language={language} />;
  const isPrice = typeof value === 'number' && name.endsWith('_ore');
  return isPrice ? <Price ore={value} language={language} /> : <>{text}</>;
}
