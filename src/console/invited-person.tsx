/** What invitations of colleagues and of providers have in common. */
import type { OwnVisit } from '../http/route.ts';
import type { FormError } from '../pages/choices.tsx';
import { Field } from '../pages/forms.tsx';
import { Notice } from '../pages/notices.tsx';
import { obstacleOn } from '../recipients/gate.ts';
import { staffText } from '../text/console-staff.ts';

export const staffNameLengthMax = 100;

type NameAndEmailWords = {
  readonly name: string;
  readonly nameHint: string;
  readonly email: string;
  readonly emailHint: string;
};

/** Name and address of who is invited, as they were typed. */
export function NameAndEmail(props: {
  visit: OwnVisit;
  words: NameAndEmailWords;
  errors: readonly FormError[];
}) {
  const { visit, words, errors } = props;
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.text;
  return (
    <>
      <Field
        name="name"
        label={words.name}
        hint={words.nameHint}
        autocomplete="off"
        maxlength={staffNameLengthMax}
        required
        value={visit.form.get('name')}
        error={errorOf('name')}
      />
      <Field
        name="email"
        label={words.email}
        hint={words.emailHint}
        type="email"
        inputmode="email"
        autocomplete="off"
        maxlength={254}
        spellcheck={false}
        required
        value={visit.form.get('email')}
        error={errorOf('email')}
      />
    </>
  );
}

/** Says that the letter will wait, while no mail may leave. */
export async function mailStoppedNotice(
  visit: OwnVisit,
): Promise<ReturnType<typeof Notice> | null> {
  if ((await obstacleOn(visit.op, 'mail')) === null) return null;
  const words = staffText[visit.language].invite;
  return (
    <Notice kind="warning" title={words.mailStopped}>
      <p>{words.mailStoppedText}</p>
    </Notice>
  );
}
