import type { Child } from 'hono/jsx';
import type { ErasureState } from '../database/records.ts';
import type { Visit } from '../http/route.ts';
import { Steps } from '../pages/steps.tsx';
import type { Step, StepState } from '../pages/steps.tsx';
import { Badge } from '../pages/tables.tsx';
import type { BadgeKind } from '../pages/tables.tsx';
import { headingOf } from '../requests/traces.ts';
import { erasureStates } from '../routines/erasure-states.ts';
import type { ErasureView } from '../routines/erasure.ts';
import { number } from '../text/format.ts';
import { leavingText } from '../text/privacy-leaving.ts';

/** What the customer follows; `fencing` is the moment on the way to the second of these. */
const shownSteps = ['asked', 'fenced', 'removed', 'told', 'verified', 'complete'] as const;
type ShownStep = (typeof shownSteps)[number];

/** A search that has gone on for longer than this has found something, and says that it goes on. */
const searchMinutes = 10;

const telling: Readonly<Record<ErasureView['told'][number]['state'], BadgeKind>> = {
  waiting: 'waiting',
  confirmed: 'done',
  refused: 'stopped',
  silent: 'neutral',
};

/** Is it over, and if not, does it wait for somebody outside? */
export function stateInShort(view: ErasureView): { isOver: boolean; isWaiting: boolean } {
  return {
    isOver: view.state === 'complete',
    isWaiting: view.state === 'removed' && view.told.some(({ state }) => state === 'waiting'),
  };
}

/** The erasure from what was asked for to the signed receipt, with what shows that each step was taken. */
export function ReceiptSteps({ visit, view }: { visit: Visit; view: ErasureView }) {
  const { language } = visit;
  const words = leavingText[language].receipt;
  const steps = shownSteps.map((name) => stepOf(visit, view, name));
  const latest = steps.findLast(({ state }) => state === 'done');
  return (
    <Steps
      label={words.stepsLabel}
      steps={steps}
      language={language}
      announcement={latest && `${latest.title}. ${latest.word}.`}
    />
  );
}

function stepOf(visit: Visit, view: ErasureView, name: ShownStep): Step {
  const words = leavingText[visit.language].receipt;
  const taken = view.steps.find(({ step }) => step === name);
  const state = stateOf(visit, view, name);
  return {
    title: taken ? words.steps[name] : words.ahead[name],
    state,
    word: state === 'stopped' ? words.words.slow : words.words[state],
    ...(taken && { time: taken.at }),
    ...evidence(taken || state !== 'waiting' ? evidenceOf(visit, view, name) : null),
  };
}

function stateOf(visit: Visit, view: ErasureView, name: ShownStep): StepState {
  if (isPassed(view.state, name)) return 'done';
  const next = shownSteps.find((one) => !isPassed(view.state, one));
  if (name !== next) return 'waiting';
  return isSearchingLong(visit, view) ? 'stopped' : 'now';
}

function isPassed(state: ErasureState, name: ShownStep): boolean {
  return erasureStates.indexOf(state) >= erasureStates.indexOf(name);
}

function isSearchingLong({ op }: Visit, { state, steps }: ErasureView): boolean {
  const told = steps.find(({ step }) => step === 'told');
  return (
    state === 'told' && told !== undefined && op.now.since(told.at).total('minutes') > searchMinutes
  );
}

function evidence(child: Child): { evidence?: Child } {
  return child === null ? {} : { evidence: child };
}

/** What a step can show for itself. Null where there is nothing to show yet. */
function evidenceOf(visit: Visit, view: ErasureView, name: ShownStep): Child {
  const { language } = visit;
  const words = leavingText[language].receipt.evidence;
  const seen = view.steps.find(({ step }) => step === name)?.evidence;
  switch (name) {
    case 'asked':
      return seen ? <p>{words.asked}</p> : null;
    case 'fenced':
      return seen ? <p>{words.fenced(number(Number(seen['ledger_index']), language))}</p> : null;
    case 'removed':
      return seen ? <Removed visit={visit} rows={seen['rows']} /> : null;
    case 'told':
      return <Told visit={visit} view={view} />;
    case 'verified':
      if (seen) return <p>{words.verified(number(Number(seen['places']), language))}</p>;
      return isSearchingLong(visit, view) ? <p>{words.searching}</p> : null;
    case 'complete':
      return seen ? <p>{words.complete}</p> : null;
  }
}

function Removed({ visit, rows }: { visit: Visit; rows: unknown }) {
  const { language } = visit;
  const { evidence: words, rowCount } = leavingText[language].receipt;
  const removed = Object.entries((rows ?? {}) as Record<string, number>);
  if (removed.length === 0) return <p>{words.removedNothing}</p>;
  return (
    <ul>
      {removed.map(([category, count]) => (
        <li>{rowCount(headingOf(category)[language], count, number(count, language))}</li>
      ))}
    </ul>
  );
}

function Told({ visit, view }: { visit: Visit; view: ErasureView }) {
  const words = leavingText[visit.language].receipt;
  if (view.told.length === 0) return <p>{words.evidence.toldNobody}</p>;
  return (
    <>
      <ul>
        {view.told.map(({ name, state }) => (
          <li>
            {name} <Badge kind={telling[state]}>{words.recipientStates[state]}</Badge>
          </li>
        ))}
      </ul>
      {stateInShort(view).isWaiting && <p>{words.waitingFor}</p>}
    </>
  );
}
