import type { OwnVisit } from '../http/route.ts';
import type { FormError } from '../pages/choices.tsx';
import { errorOf, errorsOf } from '../portal/form-errors.ts';
import type { Faults, FaultWords } from '../portal/form-errors.ts';

/** What stands in the fields of a form, and what is wrong with it. */
export type FormState = {
  readonly values: ReadonlyMap<string, string>;
  readonly faults: Faults;
};

/** A form with what is stored, in which nothing is wrong yet. */
export function stored(values: Iterable<readonly [string, string]>): FormState {
  return { values: new Map(values), faults: {} };
}

/** A form that came back, with what was typed. */
export function refused({ form }: OwnVisit, faults: Faults): FormState {
  return { values: form, faults };
}

export function isRefused({ faults }: FormState): boolean {
  return Object.keys(faults).length > 0;
}

/** 422 where something is wrong. */
export function statusOf(state: FormState): number {
  return isRefused(state) ? 422 : 200;
}

/** Name, value and error of a field. */
export function standing(words: FaultWords, { values, faults }: FormState, name: string) {
  return { name, value: values.get(name), error: errorOf(words, faults, name) };
}

/** Name, chosen values and error of a group of choices. */
export function standingChoice(words: FaultWords, { values, faults }: FormState, name: string) {
  const value = values.get(name);
  return { name, values: value === undefined ? [] : [value], error: errorOf(words, faults, name) };
}

export function errorsIn(words: FaultWords, { faults }: FormState): FormError[] {
  return errorsOf(words, faults);
}
