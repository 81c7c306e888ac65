import { reasonLengthMax } from '../bookkeeping/reasons.ts';
import type { OwnVisit } from '../http/route.ts';
import type { FormError } from '../pages/choices.tsx';
import { TextArea } from '../pages/forms.tsx';
import { consoleBooksText } from '../text/console-books.ts';

/** The field for a reason, with what was typed. */
export function ReasonField({ visit, isWrong }: { visit: OwnVisit; isWrong: boolean }) {
  const words = consoleBooksText[visit.language];
  return (
    <TextArea
      name="reason"
      label={words.reason}
      hint={words.reasonHint}
      value={visit.form.get('reason')}
      rows={2}
      maxlength={reasonLengthMax}
      required
      error={isWrong ? words.reasonFault : undefined}
    />
  );
}

/** The same for the summary at the top. */
export function reasonError({ language }: OwnVisit): FormError {
  return { field: 'reason', text: consoleBooksText[language].reasonFault };
}
