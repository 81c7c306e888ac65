import type { Visit } from '../http/route.ts';
import { Field } from '../pages/forms.tsx';
import { portalAccessText } from '../text/portal-access.ts';
import { errorOf } from './form-errors.ts';
import type { Faults, FaultWords } from './form-errors.ts';

/** A recovery code with its dashes, and room for blanks. */
export const codeLengthMax = 60;

/** The field for the second step, where an account has one. */
export function CodeField(props: { visit: Visit; words: FaultWords; faults: Faults }) {
  const words = portalAccessText[props.visit.language].reset;
  return (
    <Field
      name="code"
      label={words.code}
      hint={words.codeHint}
      autocomplete="one-time-code"
      spellcheck={false}
      maxlength={codeLengthMax}
      required
      width="medium"
      error={errorOf(props.words, props.faults, 'code')}
    />
  );
}
