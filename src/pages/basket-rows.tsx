import type { Child, PropsWithChildren } from 'hono/jsx';

import { described, fieldId, FieldNotes } from './forms.tsx';
import { href } from './href.ts';
import { Icon } from './icons.tsx';

export interface BasketRowProps {
  name: string;
  href: string;
  /** When and where, a line each. */
  details?: readonly Child[] | undefined;
  /** What has happened to it meanwhile, or stands in its way. */
  notes?: readonly Child[] | undefined;
  /** Absent where there can be only one. */
  quantity?: QuantityProps | undefined;
  sum: Child;
  each?: Child;
  remove?: RemoveProps | undefined;
}

export interface QuantityProps {
  name: string;
  label: string;
  value: string;
  maxlength: number;
  error?: string | undefined;
}

/** Sends a form of its own, so that Enter in a field never removes anything. */
export interface RemoveProps {
  form: string;
  name: string;
  value: string;
  label: string;
}

/** One row of a basket or of an order: what, when, how many, and what it costs together. */
export function BasketRow(props: BasketRowProps) {
  return (
    <li class="basket-row">
      <div>
        <a class="basket-row__name" href={href(props.href)}>
          {props.name}
        </a>
        {props.details?.map((detail) => (
          <p class="basket-row__detail">{detail}</p>
        ))}
        {props.notes?.map((note) => (
          <p class="basket-row__note">
            <Icon name="triangle-alert" />
            <span>{note}</span>
          </p>
        ))}
      </div>
      <div class="basket-row__deal">
        {props.quantity && <Quantity {...props.quantity} about={props.name} />}
        <p class="basket-row__sum">
          {props.sum}
          {props.each !== undefined && <span>{props.each}</span>}
        </p>
        {props.remove && <Remove {...props.remove} about={props.name} />}
      </div>
    </li>
  );
}

function Quantity(props: QuantityProps & { about: string }) {
  const id = fieldId(props.name);
  return (
    <div class={props.error === undefined ? 'field quantity' : 'field field--wrong quantity'}>
      <label for={id}>
        {props.label}
        <span class="visually-hidden">{`, ${props.about}`}</span>
      </label>
      <FieldNotes id={id} error={props.error} />
      <input
        class="input"
        id={id}
        name={props.name}
        value={props.value}
        inputmode="numeric"
        autocomplete="off"
        maxlength={props.maxlength}
        required
        {...described(id, props)}
      />
    </div>
  );
}

function Remove(props: RemoveProps & { about: string }) {
  return (
    <button class="button button--link" form={props.form} name={props.name} value={props.value}>
      {props.label}
      <span class="visually-hidden">{` ${props.about}`}</span>
    </button>
  );
}

/** The rows below one another. */
export function BasketRows({ label, children }: PropsWithChildren<{ label: string }>) {
  return (
    <ul class="basket-rows" aria-label={label}>
      {children}
    </ul>
  );
}

export interface SumRow {
  key: string;
  value: Child;
  /** What it all comes to. */
  isTotal?: boolean | undefined;
}

/** Sums below the rows. */
export function Sums({ rows }: { rows: readonly SumRow[] }) {
  return (
    <dl class="sums">
      {rows.map(({ key, value, isTotal }) => (
        <div class={isTotal === true ? 'sums__row sums__row--total' : 'sums__row'}>
          <dt>{key}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
