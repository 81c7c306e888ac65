import type { Child } from 'hono/jsx';

import { described, fieldId, FieldNotes } from './forms.tsx';
import { href } from './href.ts';
import { Icon } from './icons.tsx';

export interface Choice {
  value: string;
  /** A name of its own, for boxes that a form reads one by one; that of the group unless given. */
  name?: string | undefined;
  label: Child;
  hint?: Child;
}

export interface ChoicesProps {
  name: string;
  legend: string;
  kind?: 'one' | 'many' | undefined;
  options: readonly Choice[];
  /** What was chosen before. */
  values?: readonly string[] | undefined;
  hint?: Child;
  error?: string | undefined;
}

/** A group of radio buttons (`one`) or check boxes (`many`) under one question. */
export function Choices(props: ChoicesProps) {
  const id = fieldId(props.name);
  const type = props.kind === 'many' ? 'checkbox' : 'radio';
  return (
    <fieldset
      class={props.error === undefined ? 'field' : 'field field--wrong'}
      aria-describedby={described(id, props)['aria-describedby']}
    >
      <legend>{props.legend}</legend>
      <FieldNotes id={id} hint={props.hint} error={props.error} />
      {props.options.map((option, index) => (
        <ChoiceRow
          type={type}
          id={index === 0 ? id : `${id}-${index + 1}`}
          name={option.name ?? props.name}
          option={option}
          checked={props.values?.includes(option.value) ?? false}
        />
      ))}
    </fieldset>
  );
}

export interface CheckProps {
  name: string;
  label: Child;
  value?: string | undefined;
  checked?: boolean | undefined;
  hint?: Child;
  error?: string | undefined;
}

/** One check box that stands alone. */
export function Check(props: CheckProps) {
  const id = fieldId(props.name);
  return (
    <div class={props.error === undefined ? 'field' : 'field field--wrong'}>
      <FieldNotes id={id} error={props.error} />
      <ChoiceRow
        type="checkbox"
        id={id}
        name={props.name}
        option={{ value: props.value ?? 'yes', label: props.label, hint: props.hint }}
        checked={props.checked ?? false}
        error={props.error}
      />
    </div>
  );
}

function ChoiceRow(props: {
  type: 'radio' | 'checkbox';
  id: string;
  name: string;
  option: Choice;
  checked: boolean;
  error?: string | undefined;
}) {
  const { id, option } = props;
  return (
    <div class="choice">
      <input
        type={props.type}
        id={id}
        name={props.name}
        value={option.value}
        checked={props.checked}
        {...described(`${id}-choice`, { hint: option.hint })}
        {...(props.error === undefined
          ? {}
          : { 'aria-describedby': `${id}-error`, 'aria-invalid': 'true' })}
      />
      <label for={id}>{option.label}</label>
      {option.hint !== undefined && (
        <p class="hint" id={`${id}-choice-hint`}>
          {option.hint}
        </p>
      )}
    </div>
  );
}

export interface FormError {
  /** The id of the field that it is about, by default `field-` and the field's name. */
  field?: string | undefined;
  text: string;
}

/** What is wrong with a form, first on the page; takes the focus when the page opens. Nothing when all is well. */
export function ErrorSummary({ title, errors }: { title: string; errors: readonly FormError[] }) {
  if (errors.length === 0) return null;
  return (
    <div class="error-summary" tabindex={-1} autofocus aria-labelledby="error-summary-title">
      <h2 id="error-summary-title">
        <Icon name="circle-alert" />
        {title}
      </h2>
      <ul>
        {errors.map((error) => (
          <li>
            {error.field === undefined ? (
              error.text
            ) : (
              <a href={href(`#${fieldId(error.field)}`)}>{error.text}</a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
