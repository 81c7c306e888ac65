import type { Child } from 'hono/jsx';
import { Moment, Price } from '../pages/tables.tsx';
import type { ClearValue, InsightRow, PersonalValue } from '../requests/insight.ts';
import { purposeWords } from '../requests/traces.ts';
import { isLanguage } from '../text/bilingual.ts';
import type { Language } from '../text/bilingual.ts';
import { number } from '../text/format.ts';
import { privacyText } from '../text/privacy.ts';
import { stateText, storedText } from '../text/privacy-stored.ts';
import type { PersonalTable } from '../text/privacy-stored.ts';

/** One value of a row with its name in words, ready to be shown. */
export type ShownValue = { readonly name: string; readonly label: string; readonly value: Child };

/** Everything in a row that says something to its owner, sealed fields first. Random numbers are left out. */
export function shownValues(
  table: PersonalTable,
  row: InsightRow,
  language: Language,
): ShownValue[] {
  const columns: Readonly<Record<string, string>> = storedText[language][table].columns;
  const clear = Object.entries(columns)
    .filter(([name]) => row.clear[name] !== null && row.clear[name] !== undefined)
    .map(([name, label]) => ({
      name,
      label,
      value: clearValue(table, name, row.clear[name] ?? null, language),
    }));
  return [...row.personal.map((one) => personalValue(one, language)), ...clear];
}

function personalValue(one: PersonalValue, language: Language): ShownValue {
  const { myData, languages } = privacyText[language];
  const text = one.field === 'language' && isLanguage(one.value) ? languages[one.value] : one.value;
  const value = one.isSecret ? myData.secret : <Lines text={text} />;
  return { name: one.field, label: one.label[language], value };
}

/** A text as it was written, line by line. */
function Lines({ text }: { text: string }) {
  return (
    <>
      {text.split('\n').map((line, index) => (
        <>
          {index > 0 && <br />}
          {line}
        </>
      ))}
    </>
  );
}

function clearValue(
  table: PersonalTable,
  column: string,
  value: ClearValue,
  language: Language,
): Child {
  const words = privacyText[language];
  if (value instanceof Temporal.Instant) return <Moment value={value} language={language} />;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number')
    return <Amount column={column} value={value} language={language} />;
  if (typeof value !== 'string') return (value ?? []).join(', ');
  return stateWord(table, column, value, language);
}

/** The unit of an amount is the end of its column's name. */
function Amount(props: { column: string; value: number; language: Language }) {
  const { column, value, language } = props;
  if (column.endsWith('_ore')) return <Price ore={value} language={language} />;
  const digits = number(value, language);
  return <>{column.endsWith('_percent') ? privacyText[language].percent(digits) : digits}</>;
}

function stateWord(
  table: PersonalTable,
  column: string,
  value: string,
  language: Language,
): string {
  if (column === 'purpose') return purposeWords(value)[language];
  const states: Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>
  > = stateText[language];
  return states[table]?.[column]?.[value] ?? value;
}
