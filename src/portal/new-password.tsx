import { findPasswordFault } from '../accounts/password-rules.ts';
import { passwordLengthMax } from '../accounts/passwords.ts';
import type { Visit } from '../http/route.ts';
import { PasswordField } from '../pages/forms.tsx';
import { passwordText } from '../text/passwords.ts';
import { portalAccessText } from '../text/portal-access.ts';
import { portalText } from '../text/portal.ts';
import { errorOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';

/** What is wrong with a new password, as faults of the field with this name; none when it is right. */
export async function faultsOfPassword(
  visit: Visit,
  field: string,
  password: string,
  about: readonly string[],
): Promise<Faults> {
  const { isBreached } = visit.site;
  const host = new URL(visit.site.origin).hostname;
  const context = { about: [...about, host], ...(isBreached && { isBreached }) };
  const fault = await findPasswordFault(password, context);
  return fault === null ? {} : { [field]: fault };
}

/** The field in which somebody chooses a password, with what it must be and what is wrong with it. */
export function NewPasswordField(props: {
  visit: Visit;
  name: string;
  label: string;
  faults: Faults;
}) {
  const { language } = props.visit;
  const words = { [props.name]: portalAccessText[language].faults.newPassword };
  return (
    <PasswordField
      name={props.name}
      label={props.label}
      hint={passwordText[language].hint}
      autocomplete="new-password"
      maxlength={passwordLengthMax}
      words={portalText[language].showPassword}
      error={errorOf(words, props.faults, props.name)}
    />
  );
}
