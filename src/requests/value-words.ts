import { isLanguage } from '../text/bilingual.ts';
import type { Language } from '../text/bilingual.ts';
import { dateTime, money, number } from '../text/format.ts';
import { partyText, stateText } from '../text/privacy-states.ts';
import { storedText } from '../text/privacy-stored.ts';
import type { PersonalTable } from '../text/stored-words.ts';
import { privacyText } from '../text/privacy.ts';
import type { ClearValue, InsightRow, PersonalValue } from './insight.ts';
import { purposeWords } from './traces.ts';

/** One value of a row as a sentence for people would say it. */
export type WordedValue = { readonly name: string; readonly label: string; readonly text: string };

/** Everything in a row that says something to its owner, sealed fields first. Random numbers are left out. */
export function wordedValues(
  table: PersonalTable,
  row: InsightRow,
  language: Language,
): WordedValue[] {
  const columns: Readonly<Record<string, string>> = storedText[language][table].columns;
  const clear = Object.entries(columns)
    .filter(([name]) => row.clear[name] !== null && row.clear[name] !== undefined)
    .map(([name, label]) => ({
      name,
      label,
      text: clearWords(table, name, row.clear[name] ?? null, language),
    }));
  const personal = row.personal.map((one) => ({
    name: one.field,
    label: one.label[language],
    text: personalWords(one, language),
  }));
  return [...personal, ...clear];
}

/** A sealed value in words: codes that we made are translated, what the customer wrote stays as it is. */
export function personalWords({ field, value, isSecret }: PersonalValue, language: Language) {
  const { myData, languages, yes } = privacyText[language];
  if (isSecret) return myData.secret;
  if (field === 'language' && isLanguage(value)) return languages[value];
  if (field === 'protected_identity') return yes;
  const roles: Readonly<Partial<Record<string, string>>> = partyText[language];
  return field === 'looked_by' ? (roles[value] ?? value) : value;
}

/** A value in clear as the reader writes it. */
export function clearWords(
  table: PersonalTable,
  column: string,
  value: ClearValue,
  language: Language,
): string {
  const words = privacyText[language];
  if (value instanceof Temporal.Instant) return dateTime(value, language);
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number') return amountWords(column, value, language);
  if (typeof value !== 'string') return (value ?? []).join(', ');
  return stateWord(table, column, value, language);
}

/** The unit of an amount is the end of its column's name. */
function amountWords(column: string, value: number, language: Language): string {
  if (column.endsWith('_ore')) return money(value, language);
  const digits = number(value, language);
  return column.endsWith('_percent') ? privacyText[language].percent(digits) : digits;
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
