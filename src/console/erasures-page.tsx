import type { ErasureState } from '../database/records.ts';
import type { OwnVisit } from '../http/route.ts';
import { Details, EmptyState } from '../pages/notices.tsx';
import { Steps } from '../pages/steps.tsx';
import type { Step, StepState } from '../pages/steps.tsx';
import { Badge, DataTable } from '../pages/tables.tsx';
import type { BadgeKind } from '../pages/tables.tsx';
import { erasureNumber } from '../routines/erasure-reference.ts';
import { erasureStates } from '../routines/erasure-states.ts';
import { latestErasures } from '../routines/erasure.ts';
import type { ErasureView } from '../routines/erasure.ts';
import type { Language } from '../text/bilingual.ts';
import { registersText } from '../text/console-registers.ts';
import { dateTime, list, number } from '../text/format.ts';
import { leavingText } from '../text/privacy-leaving.ts';
import { consolePage } from './frame.tsx';

const refreshSeconds = 10;

type Told = ErasureView['told'][number];
type Taken = ErasureView['steps'][number];

const answerBadges: Readonly<Record<Told['state'], BadgeKind>> = {
  waiting: 'now',
  confirmed: 'done',
  refused: 'stopped',
  silent: 'waiting',
};

export async function showErasures(visit: OwnVisit): Promise<Response> {
  const words = registersText[visit.language].erasures;
  const all = await latestErasures(visit.op);
  const running = all.filter(({ state }) => state !== 'complete');
  const page = { title: words.title, current: 'erasures' } as const;
  return consolePage(
    visit,
    running.length > 0 ? { ...page, refreshSeconds } : page,
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {all.length === 0 ? (
        <EmptyState title={words.empty} icon="trash">
          <p>{words.emptyText}</p>
        </EmptyState>
      ) : (
        <Erasures
          language={visit.language}
          running={running}
          done={all.filter(({ state }) => state === 'complete')}
        />
      )}
    </>,
  );
}

function Erasures(props: {
  language: Language;
  running: readonly ErasureView[];
  done: readonly ErasureView[];
}) {
  const { language, running, done } = props;
  const words = registersText[language].erasures;
  return (
    <>
      <h2>{words.running}</h2>
      {running.length === 0 && <p>{words.none}</p>}
      {running.map((erasure) => (
        <section>
          <h3>{words.asked(dateTime(erasure.askedAt, language))}</h3>
          <Erasure erasure={erasure} language={language} />
        </section>
      ))}
      {done.length > 0 && <h2>{words.done}</h2>}
      {done.map((erasure) => (
        <Details summary={summaryOf(erasure, language)}>
          <Erasure erasure={erasure} language={language} />
        </Details>
      ))}
    </>
  );
}

function summaryOf(erasure: ErasureView, language: Language): string {
  const asked = dateTime(erasure.askedAt, language);
  const last = erasure.steps.at(-1)?.at ?? erasure.askedAt;
  return registersText[language].erasures.doneSummary(asked, dateTime(last, language));
}

function Erasure({ erasure, language }: { erasure: ErasureView; language: Language }) {
  const words = registersText[language].erasures;
  const steps = erasureStates.map((state) => stepOf(erasure, state, language));
  return (
    <>
      <p class="soft">{leavingText[language].receipt.number(erasureNumber(erasure.erasureId))}</p>
      <Steps label={words.label} language={language} steps={steps} />
      {erasure.told.length === 0 ? (
        <p>{words.nobodyTold}</p>
      ) : (
        <DataTable
          caption={words.told}
          columns={[
            { header: words.recipient, cell: (told: Told) => told.name, rowHeader: true },
            {
              header: words.answer,
              cell: ({ state }: Told) => (
                <Badge kind={answerBadges[state]}>{words.answers[state]}</Badge>
              ),
            },
          ]}
          rows={erasure.told}
        />
      )}
    </>
  );
}

function stepOf(erasure: ErasureView, state: ErasureState, language: Language): Step {
  const words = registersText[language].erasures;
  const taken = erasure.steps.find(({ step }) => step === state);
  const how = howFar(erasure, state);
  const evidence = taken ? evidenceOf(taken, language) : waitOf(state, how, language);
  return {
    title: words.steps[state],
    state: how,
    word: words.states[how],
    time: taken?.at,
    ...(evidence !== null && { evidence }),
  };
}

/** The first step that is not taken is the one that is under way. */
function howFar(erasure: ErasureView, state: ErasureState): Exclude<StepState, 'stopped'> {
  const [at, here] = [erasureStates.indexOf(state), erasureStates.indexOf(erasure.state)];
  if (at <= here) return 'done';
  return at === here + 1 ? 'now' : 'waiting';
}

function waitOf(state: ErasureState, how: StepState, language: Language): string | null {
  const words = registersText[language].erasures;
  if (how !== 'now') return null;
  if (state === 'told') return words.waitsForRecipients;
  return state === 'verified' ? words.waitsForSearch : null;
}

function evidenceOf({ step, evidence }: Taken, language: Language): string | null {
  const words = registersText[language].erasures.evidence;
  const count = (value: unknown) => number(Number(value), language);
  if (step === 'fenced')
    return words.keys(count(evidence['keys']), String(evidence['ledger_index']));
  if (step === 'verified') return words.places(count(evidence['places']));
  if (step !== 'removed') return null;
  const rows = Object.entries((evidence['rows'] ?? {}) as Record<string, number>);
  if (rows.length === 0) return words.noRows;
  const names: Readonly<Record<string, string>> = words.categories;
  const parts = rows.map(([category, removed]) =>
    words.row(names[category] ?? category, count(removed)),
  );
  return words.rows(list(parts, language));
}
