import type { FieldFault } from '../http/form.ts';
import type { FormError } from '../pages/choices.tsx';

/** For each field of a form what to say of each fault; `missing` also stands in for faults without words. */
export type FaultWords = Readonly<
  Record<string, { readonly missing: string } & Readonly<Partial<Record<FieldFault, string>>>>
>;
export type Faults = Readonly<Record<string, FieldFault>>;

/** What to say beside a field, or nothing when it is right. */
export function errorOf(words: FaultWords, faults: Faults, field: string): string | undefined {
  const fault = faults[field];
  const ofField = words[field];
  return fault === undefined ? undefined : (ofField?.[fault] ?? ofField?.missing);
}

/** All errors of a form in the order of its words, for the summary at the top. */
export function errorsOf(words: FaultWords, faults: Faults): FormError[] {
  return Object.keys(words)
    .map((field) => ({ field, text: errorOf(words, faults, field) }))
    .filter((error): error is { field: string; text: string } => error.text !== undefined);
}
