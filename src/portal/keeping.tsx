import { seeOther } from '../http/answers.ts';
import type { OwnVisit, Visit } from '../http/route.ts';
import { inTransaction } from '../operation.ts';
import { Choices, ErrorSummary } from '../pages/choices.tsx';
import { Actions, Button, ButtonLink, Field, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { accountStay } from '../policy/keeping.ts';
import { chooseStay, closingOf, datesToChoose, readKeeping } from '../settings/keeping.ts';
import type { Keeping, Stay } from '../settings/keeping.ts';
import type { Language } from '../text/bilingual.ts';
import { date, dayAt } from '../text/format.ts';
import { keepingText } from '../text/keeping.ts';
import { errorOf, errorsOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';
import { portalPage } from './frame.tsx';

/** How long the account stays, in words and with the date, and the choice. */
export async function keepingPage(visit: OwnVisit): Promise<Response> {
  const keeping = await readKeeping(visit.op, visit.owner);
  const { stay } = keeping;
  const day = stay.choice === 'until-date' ? stay.date.toString() : '';
  return showPage(visit, keeping, { stay: valueOf(stay), date: day }, {});
}

/** Takes the choice. The same choice twice is the same. */
export async function takeKeeping(visit: OwnVisit): Promise<Response> {
  const typed = { stay: visit.form.get('stay') ?? '', date: visit.form.get('date') ?? '' };
  const parsed = parseStay(typed, visit.op.now);
  if ('faults' in parsed) {
    const keeping = await readKeeping(visit.op, visit.owner);
    return showPage(visit, keeping, typed, parsed.faults);
  }
  await inTransaction(visit.op, async (write) => {
    // Held against an erasure that begins at this moment: what is being erased takes no new rows.
    await write.vault.sealFor(write, visit.owner);
    await chooseStay(write, visit.owner, parsed.stay);
  });
  return seeOther('/settings/keeping?saved=1');
}

/** What becomes of the account, in a sentence; stands on the page of settings as well. */
export function outcomeOf({ stay, closesAt }: Keeping, language: Language): string {
  const words = keepingText[language].outcome;
  if (closesAt === null) return words.untilClosed;
  const day = date(dayAt(closesAt), language);
  return stay.choice === 'until-date' ? words.untilDate(day) : words.unused(day);
}

type Typed = { readonly stay: string; readonly date: string };

function showPage(
  visit: OwnVisit,
  keeping: Keeping,
  typed: Typed,
  faults: Faults,
): Promise<Response> {
  const words = keepingText[visit.language];
  const errors = errorsOf(words.faults, faults);
  return portalPage(
    visit,
    {
      title: words.title,
      current: 'settings',
      status: errors.length > 0 ? 422 : 200,
      comeBackTo: '/settings/keeping',
    },
    <>
      <BackLink href="/settings">{words.back}</BackLink>
      <ErrorSummary title={words.errorTitle} errors={errors} />
      {visit.query.has('saved') && errors.length === 0 && (
        <Notice kind="success" title={words.saved} role="status">
          <p>{outcomeOf(keeping, visit.language)}</p>
        </Notice>
      )}
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Now keeping={keeping} language={visit.language} />
      <StayForm visit={visit} typed={typed} faults={faults} />
      <h2>{words.before}</h2>
      <ul>
        {words.beforeText.map((text) => (
          <li>{text}</li>
        ))}
      </ul>
      <Actions>
        <ButtonLink href="/close" kind="secondary">
          {words.close}
        </ButtonLink>
      </Actions>
    </>,
  );
}

function Now({ keeping, language }: { keeping: Keeping; language: Language }) {
  const words = keepingText[language];
  const { stay, chosenAt } = keeping;
  return (
    <>
      <h2>{words.now}</h2>
      <p>
        <strong>{outcomeOf(keeping, language)}</strong>
        {stay.choice === 'unused' && ` ${words.outcome.unusedMoves(stay.months)}`}
      </p>
      <p class="soft">
        {chosenAt === null ? words.notChosen : words.chosen(date(dayAt(chosenAt), language))}
      </p>
    </>
  );
}

function StayForm({ visit, typed, faults }: { visit: Visit; typed: Typed; faults: Faults }) {
  const { language, op } = visit;
  const words = keepingText[language];
  const { first, last } = datesToChoose(op.now);
  return (
    <Form action="/settings/keeping">
      <Choices
        name="stay"
        legend={words.question}
        options={optionsOf(op.now, language)}
        values={[typed.stay]}
        error={errorOf(words.faults, faults, 'stay')}
      />
      <Field
        name="date"
        label={words.date}
        type="date"
        width="medium"
        hint={words.dateHint(date(first, language), date(last, language))}
        value={typed.date}
        error={errorOf(words.faults, faults, 'date')}
      />
      <Button>{words.save}</Button>
    </Form>
  );
}

function optionsOf(now: Temporal.Instant, language: Language) {
  const { options } = keepingText[language];
  const dayOf = (months: number) => {
    const closesAt = closingOf({ choice: 'unused', months }, now);
    return closesAt === null ? '' : date(dayAt(closesAt), language);
  };
  return [
    ...accountStay.offeredMonths.map((months) => ({
      value: `months-${months}`,
      label: options.months(months),
      hint: options.monthsHint(dayOf(months)),
    })),
    { value: 'until-closed', label: options.untilClosed, hint: options.untilClosedHint },
    { value: 'until-date', label: options.untilDate, hint: options.untilDateHint },
  ];
}

function valueOf(stay: Stay): string {
  return stay.choice === 'unused' ? `months-${stay.months}` : stay.choice;
}

function parseStay(
  { stay, date: typed }: Typed,
  now: Temporal.Instant,
): { readonly stay: Stay } | { readonly faults: Faults } {
  if (stay === 'until-closed') return { stay: { choice: stay } };
  const months = accountStay.offeredMonths.find((offered) => stay === `months-${offered}`);
  if (months !== undefined) return { stay: { choice: 'unused', months } };
  if (stay !== 'until-date') return { faults: { stay: 'missing' } };
  return parseDate(typed.trim(), now);
}

function parseDate(
  text: string,
  now: Temporal.Instant,
): { readonly stay: Stay } | { readonly faults: Faults } {
  if (text === '') return { faults: { date: 'missing' } };
  const chosen = dateIn(text);
  if (chosen === null) return { faults: { date: 'not-a-date' } };
  const { first, last } = datesToChoose(now);
  if (Temporal.PlainDate.compare(chosen, first) < 0) return { faults: { date: 'too-early' } };
  if (Temporal.PlainDate.compare(chosen, last) > 0) return { faults: { date: 'too-late' } };
  return { stay: { choice: 'until-date', date: chosen } };
}

/** As a browser sends it, or as people write it where the field is plain text. */
function dateIn(text: string): Temporal.PlainDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return null;
  }
}
