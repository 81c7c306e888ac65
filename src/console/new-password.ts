import { findPasswordFault } from '../accounts/password-rules.ts';
import type { Visit } from '../http/route.ts';
import type { FormError } from '../pages/choices.tsx';
import { passwordText } from '../text/passwords.ts';

/** Why a password that somebody here has chosen is not taken, beside its field; nothing when it is. */
export async function passwordErrors(
  { site, language }: Visit,
  password: string,
  about: readonly string[],
): Promise<FormError[]> {
  const { isBreached } = site;
  const fault = await findPasswordFault(password, { about, ...(isBreached && { isBreached }) });
  if (fault === null) return [];
  const words = passwordText[language].faults;
  return [{ field: 'password', text: words[fault] }];
}
