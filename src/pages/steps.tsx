import type { Child } from 'hono/jsx';

import type { Language } from '../text/bilingual.ts';
import { Icon, type IconName } from './icons.tsx';
import { Moment } from './tables.tsx';

export type StepState = 'done' | 'now' | 'waiting' | 'stopped';

export interface Step {
  title: string;
  state: StepState;
  /** The state in a word: `Klart`, `Pågår`, `Väntar`. */
  word: string;
  time?: Temporal.Instant | undefined;
  /** What shows that the step was taken. */
  evidence?: Child;
}

const stepIcons: Record<StepState, IconName | null> = {
  done: 'check',
  now: 'clock',
  waiting: null,
  stopped: 'x',
};

/**
 * A course of events from top to bottom. `announcement` is read out when a page that refreshes itself comes to
 * another step.
 */
export function Steps(props: {
  label: string;
  steps: readonly Step[];
  language: Language;
  announcement?: string | undefined;
}) {
  return (
    <ol class="steps" aria-label={props.label} data-announcement={props.announcement}>
      {props.steps.map((step) => (
        <StepRow step={step} language={props.language} />
      ))}
    </ol>
  );
}

function StepRow({ step, language }: { step: Step; language: Language }) {
  const icon = stepIcons[step.state];
  return (
    <li class={`step step--${step.state}`} aria-current={step.state === 'now' ? 'step' : undefined}>
      <span class="step__mark">{icon !== null && <Icon name={icon} />}</span>
      <div>
        <p class="step__title">{step.title}</p>
        <p class="step__state">
          {step.word}
          {step.time !== undefined && (
            <>
              {' · '}
              <Moment value={step.time} language={language} />
            </>
          )}
        </p>
        {step.evidence !== undefined && <div class="step__evidence">{step.evidence}</div>}
      </div>
    </li>
  );
}
