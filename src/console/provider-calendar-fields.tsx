import { calendarsIn } from '../history/calendar/calendar-labels.ts';
import type { Calendar } from '../history/calendar/calendar-labels.ts';
import { isRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { Choices } from '../pages/choices.tsx';
import type { Language } from '../text/bilingual.ts';
import { providersText } from '../text/console-providers.ts';
import { list } from '../text/format.ts';

const prefix = 'calendar-';

/** The calendars that a form has ticked. */
export function chosenCalendars(form: ReadonlyMap<string, string>): RowId[] {
  return [...form.keys()].flatMap((name) => {
    const id = name.startsWith(prefix) ? name.slice(prefix.length) : '';
    return isRowId(id) ? [id] : [];
  });
}

/** A box for each calendar, each with a name of its own, because a form keeps one value of a name. */
export function CalendarChecks(props: {
  calendars: readonly Calendar[];
  chosen: readonly RowId[];
  language: Language;
  error?: string | undefined;
}) {
  const { calendars, chosen, language, error } = props;
  const words = providersText[language].calendars;
  if (calendars.length === 0) return <p>{words.none}</p>;
  return (
    <Choices
      name="calendars"
      kind="many"
      legend={words.title}
      hint={words.text}
      options={calendars.map(({ resourceId, kind, label }) => ({
        name: `${prefix}${resourceId}`,
        value: resourceId,
        label: `${label[language]} (${words.kinds[kind]})`,
      }))}
      values={chosen}
      error={error}
    />
  );
}

/** Which calendars are somebody else's, as an error of the form. */
export async function calendarsTaken(
  op: Operation,
  taken: readonly RowId[],
  language: Language,
): Promise<string> {
  const labels = (await calendarsIn(op.db, taken)).map(({ label }) => label[language]);
  return providersText[language].calendars.taken(list(labels, language));
}
