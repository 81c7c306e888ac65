import { z } from 'zod';
import { line, passwordField } from './fields.ts';
import { parseForm } from './form.ts';
import type { FieldFault, Parsed } from './form.ts';

const password = z.object({ password: passwordField });
const passwordAndCode = password.extend({ code: line(60) });

/** What is wrong with a confirmation; a passkey has no field of its own. */
export type ConfirmFaults = Readonly<Partial<Record<'password' | 'code' | 'passkey', FieldFault>>>;

/** The password of somebody who confirms that it is them, and their code where the account has codes. */
export function readConfirmation(
  form: ReadonlyMap<string, string>,
  withCode: boolean,
): Parsed<{ readonly password: string; readonly code: string }> {
  if (withCode) return parseForm(passwordAndCode, form);
  const parsed = parseForm(password, form);
  return parsed.ok ? { ok: true, value: { ...parsed.value, code: '' } } : parsed;
}
