import { z } from 'zod';
import { oneTimeAddress } from '../accounts/one-time-codes.ts';
import { passwordLengthMax } from '../accounts/passwords.ts';
import type { Visit } from '../http/route.ts';
import type { FormError } from '../pages/choices.tsx';
import { Field, Hidden, PasswordField } from '../pages/forms.tsx';
import { CopyableCode } from '../pages/notices.tsx';
import { QrCode } from '../pages/qr-code.tsx';
import { notice } from '../policy/notice.ts';
import { joiningText } from '../text/console-joining.ts';

/** A code of an authenticator app, with or without spaces. */
export const codeField = z
  .string({ error: 'missing' })
  .transform((text) => text.replaceAll(/\s/g, ''))
  .pipe(
    z
      .string()
      .min(1, { error: 'missing' })
      .regex(/^\d{6}$/, { error: 'wrong' }),
  );

type Shown = { readonly visit: Visit; readonly errors: readonly FormError[] };

/** A password that somebody here chooses. */
export function NewPasswordField({ visit, errors }: Shown) {
  const words = joiningText[visit.language];
  return (
    <PasswordField
      name="password"
      label={words.password}
      hint={words.passwordHint}
      autocomplete="new-password"
      maxlength={passwordLengthMax}
      words={{ show: words.showPassword, hide: words.hidePassword }}
      error={errorOf(errors, 'password')}
    />
  );
}

/**
 * The key for an authenticator app, as a picture and as text, and the first code. The key goes with the form, so that
 * whoever opened the page before saw another one.
 */
export function AppFields(props: Shown & { secret: string; email: string }) {
  const { visit, errors, secret, email } = props;
  const words = joiningText[visit.language];
  return (
    <>
      <Hidden name="secret" value={secret} />
      <p>{words.appText}</p>
      <QrCode text={oneTimeAddress(secret, notice.controller.name, email)} label={words.picture} />
      <CopyableCode
        label={words.key}
        code={secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}
        words={{ copy: words.copy, copied: words.copied }}
      />
      <Field
        name="code"
        label={words.code}
        hint={words.codeHint}
        inputmode="numeric"
        autocomplete="one-time-code"
        width="short"
        maxlength={10}
        required
        error={errorOf(errors, 'code')}
      />
    </>
  );
}

function errorOf(errors: readonly FormError[], field: string): string | undefined {
  return errors.find((error) => error.field === field)?.text;
}
