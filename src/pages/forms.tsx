import type { Child, PropsWithChildren } from 'hono/jsx';

import { href } from './href.ts';
import { Icon, type IconName } from './icons.tsx';

/** Primary is the one thing to do on a page; danger destroys something; link is a button that looks like words. */
export type ButtonKind = 'primary' | 'secondary' | 'danger' | 'link';

type FieldType = 'text' | 'email' | 'tel' | 'search' | 'number' | 'date' | 'time';

export interface FieldProps {
  name: string;
  label: string;
  /** Defaults to `field-` and the name; the error summary links to it. */
  id?: string | undefined;
  hint?: Child;
  error?: string | undefined;
  type?: FieldType | undefined;
  /** What was typed; it is kept when the form comes back with an error. */
  value?: string | undefined;
  /** A token of the HTML standard, such as `email` or `username webauthn`. */
  autocomplete?: string | undefined;
  inputmode?: 'text' | 'email' | 'tel' | 'numeric' | 'decimal' | 'search' | undefined;
  required?: boolean | undefined;
  readonly?: boolean | undefined;
  maxlength?: number | undefined;
  spellcheck?: boolean | undefined;
  /** How much is expected in the field, so that the box tells it. */
  width?: 'full' | 'medium' | 'short' | undefined;
}

export interface FormProps {
  action: string;
  method?: 'post' | 'get' | undefined;
  /** `row` puts one field and its button side by side, as for a search. */
  layout?: 'column' | 'row' | undefined;
  id?: string | undefined;
}

/** A form that posts. A second press of its button does nothing while the first is on its way. */
export function Form(props: PropsWithChildren<FormProps>) {
  return (
    <form
      class={props.layout === 'row' ? 'form form--row' : 'form'}
      id={props.id}
      method={props.method ?? 'post'}
      action={href(props.action)}
      novalidate
    >
      {props.children}
    </form>
  );
}

export function Hidden({ name, value }: { name: string; value: string }) {
  return <input type="hidden" name={name} value={value} />;
}

/** A labelled input with its hint and its error beside it. */
export function Field(props: FieldProps) {
  const id = props.id ?? fieldId(props.name);
  return (
    <FieldFrame {...props} id={id}>
      <input
        class={`input input--${props.width ?? 'full'}`}
        id={id}
        name={props.name}
        type={props.type ?? 'text'}
        value={props.value}
        autocomplete={props.autocomplete}
        inputmode={props.inputmode}
        required={props.required}
        readonly={props.readonly}
        maxlength={props.maxlength}
        spellcheck={props.spellcheck}
        {...described(id, props)}
      />
    </FieldFrame>
  );
}

export interface PasswordFieldProps {
  name: string;
  label: string;
  id?: string | undefined;
  hint?: Child;
  error?: string | undefined;
  autocomplete: 'current-password' | 'new-password';
  maxlength?: number | undefined;
  words: { show: string; hide: string };
}

/** A password, never filled in from the server, which can be shown while it is typed. */
export function PasswordField(props: PasswordFieldProps) {
  const id = props.id ?? fieldId(props.name);
  return (
    <FieldFrame {...props} id={id}>
      <div class="password">
        <input
          class="input"
          id={id}
          name={props.name}
          type="password"
          autocomplete={props.autocomplete}
          autocapitalize="none"
          spellcheck={false}
          required
          maxlength={props.maxlength}
          {...described(id, props)}
        />
        <button
          type="button"
          class="quiet-button needs-script"
          aria-controls={id}
          data-show-password={id}
          data-word-show={props.words.show}
          data-word-hide={props.words.hide}
        >
          {props.words.show}
        </button>
      </div>
    </FieldFrame>
  );
}

export interface TextAreaProps {
  name: string;
  label: string;
  id?: string | undefined;
  hint?: Child;
  error?: string | undefined;
  value?: string | undefined;
  rows?: number | undefined;
  maxlength?: number | undefined;
  required?: boolean | undefined;
  autocomplete?: string | undefined;
}

/** Room for several lines. */
export function TextArea(props: TextAreaProps) {
  const id = props.id ?? fieldId(props.name);
  return (
    <FieldFrame {...props} id={id}>
      <textarea
        class="input"
        id={id}
        name={props.name}
        rows={props.rows ?? 5}
        maxlength={props.maxlength}
        required={props.required}
        autocomplete={props.autocomplete}
        {...described(id, props)}
      >
        {props.value ?? ''}
      </textarea>
    </FieldFrame>
  );
}

export interface SelectProps {
  name: string;
  label: string;
  id?: string | undefined;
  hint?: Child;
  error?: string | undefined;
  value?: string | undefined;
  options: readonly { value: string; label: string }[];
  width?: 'full' | 'medium' | 'short' | undefined;
}

/** One of many; up to five are better as choices. */
export function Select(props: SelectProps) {
  const id = props.id ?? fieldId(props.name);
  return (
    <FieldFrame {...props} id={id}>
      <select
        class={`input input--${props.width ?? 'medium'}`}
        id={id}
        name={props.name}
        {...described(id, props)}
      >
        {props.options.map((option) => (
          <option value={option.value} selected={option.value === props.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

export interface ButtonProps {
  kind?: ButtonKind | undefined;
  icon?: IconName | undefined;
  name?: string | undefined;
  value?: string | undefined;
  formaction?: string | undefined;
}

/** Sends the form it stands in. Its words say what happens. */
export function Button(props: PropsWithChildren<ButtonProps>) {
  return (
    <button
      class={`button button--${props.kind ?? 'primary'}`}
      name={props.name}
      value={props.value}
      formaction={props.formaction === undefined ? undefined : href(props.formaction)}
    >
      {props.icon !== undefined && <Icon name={props.icon} />}
      {props.children}
    </button>
  );
}

/** A link that looks like a button, for what leads on and changes nothing. */
export function ButtonLink(
  props: PropsWithChildren<{
    href: string;
    kind?: ButtonKind | undefined;
    icon?: IconName | undefined;
  }>,
) {
  return (
    <a class={`button button--${props.kind ?? 'primary'}`} href={href(props.href)}>
      {props.icon !== undefined && <Icon name={props.icon} />}
      {props.children}
    </a>
  );
}

/** A row of buttons that wraps. */
export function Actions({ children }: PropsWithChildren) {
  return <div class="actions">{children}</div>;
}

interface Described {
  hint?: Child;
  error?: string | undefined;
}

/** Label, hint and error around a control. */
export function FieldFrame(props: PropsWithChildren<Described & { id: string; label: string }>) {
  return (
    <div class={props.error === undefined ? 'field' : 'field field--wrong'}>
      <label for={props.id}>{props.label}</label>
      <FieldNotes id={props.id} hint={props.hint} error={props.error} />
      {props.children}
    </div>
  );
}

/** The hint and the error of a control or a group. */
export function FieldNotes(props: Described & { id: string }) {
  return (
    <>
      {hasHint(props) && (
        <p class="hint" id={`${props.id}-hint`}>
          {props.hint}
        </p>
      )}
      {props.error !== undefined && (
        <p class="error" id={`${props.id}-error`}>
          <Icon name="circle-alert" />
          {props.error}
        </p>
      )}
    </>
  );
}

/** Ties a control to its hint and its error for screen readers. */
export function described(id: string, props: Described) {
  const parts = [
    ...(hasHint(props) ? [`${id}-hint`] : []),
    ...(props.error === undefined ? [] : [`${id}-error`]),
  ];
  return {
    'aria-describedby': parts.length === 0 ? undefined : parts.join(' '),
    'aria-invalid': props.error === undefined ? undefined : ('true' as const),
  };
}

/** The id that a field gets from its name. */
export function fieldId(name: string): string {
  return `field-${name}`;
}

function hasHint(props: Described): boolean {
  return props.hint !== undefined && props.hint !== null && props.hint !== false;
}
