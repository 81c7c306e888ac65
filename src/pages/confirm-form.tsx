import { ErrorSummary } from './choices.tsx';
import type { FormError } from './choices.tsx';
import { Button, Field, Form, Hidden, PasswordField } from './forms.tsx';
import { PasskeyForm } from './passkeys.tsx';
import type { PasskeyWords } from './passkeys.tsx';

export interface ConfirmFormProps {
  /** Where the form posts to; passkeys go to the page below it. */
  action: string;
  back: string;
  /** False for who has passkeys alone. */
  withPassword: boolean;
  withCode: boolean;
  /** What to ask the device, or null without any passkey. */
  passkey: object | null;
  errors: readonly FormError[];
  words: {
    errors: string;
    title: string;
    lead: string;
    password: string;
    show: { show: string; hide: string };
    code: string;
    codeHint: string;
    submit: string;
    passkey: string;
    passkeyWords: PasskeyWords;
  };
}

/** Asks anew who is there: by passkey, or by password and a code where the account has codes. */
export function ConfirmForm(props: ConfirmFormProps) {
  const { words } = props;
  return (
    <>
      <ErrorSummary title={words.errors} errors={props.errors} />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {props.passkey !== null && (
        <PasskeyForm
          action={`${props.action}/passkey`}
          does="get"
          kind="secondary"
          options={props.passkey}
          label={words.passkey}
          words={words.passkeyWords}
        >
          <Hidden name="return" value={props.back} />
        </PasskeyForm>
      )}
      {props.withPassword && <PasswordForm {...props} />}
    </>
  );
}

function PasswordForm(props: ConfirmFormProps) {
  const { words, errors } = props;
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
  return (
    <Form action={props.action}>
      <Hidden name="return" value={props.back} />
      <PasswordField
        name="password"
        label={words.password}
        autocomplete="current-password"
        words={words.show}
        error={errorOf('password')}
      />
      {props.withCode && (
        <Field
          name="code"
          label={words.code}
          hint={words.codeHint}
          autocomplete="one-time-code"
          spellcheck={false}
          width="medium"
          required
          error={errorOf('code')}
        />
      )}
      <Button>{words.submit}</Button>
    </Form>
  );
}
