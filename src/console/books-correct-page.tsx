import { correctVoucher } from '../bookkeeping/correct.ts';
import { entriesOfCorrection } from '../bookkeeping/entries.ts';
import { entriesOf } from '../bookkeeping/vouchers.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import type { FormError } from '../pages/choices.tsx';
import { Actions, Button, ButtonLink, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { isProblem } from '../problem.ts';
import { booksFormsText } from '../text/console-books-forms.ts';
import { consoleBooksText } from '../text/console-books.ts';
import { ReasonField, reasonError } from './books-reason.tsx';
import { pathOfVoucher, reasonIn, voucherIn, yearIn } from './books-visit.ts';
import { Entries } from './books-voucher-page.tsx';
import { consolePage } from './frame.tsx';

/** What a correction would book, and the question why. */
export function showCorrect(visit: OwnVisit): Promise<Response> {
  return correctForm(visit, []);
}

/** Books the correction and leads to it. */
export async function takeCorrect(visit: OwnVisit): Promise<Response> {
  const year = await yearIn(visit);
  const { voucherId } = await voucherIn(visit, year);
  const reason = reasonIn(visit);
  if (reason === null) return correctForm(visit, [reasonError(visit)]);
  try {
    const place = await correctVoucher(visit.op, { year: year.owner, voucherId, reason });
    return seeOther(`${pathOfVoucher(place)}?done=corrected`);
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error;
    return correctForm(visit, [{ text: booksFormsText[visit.language].correct.again }]);
  }
}

async function correctForm(visit: OwnVisit, errors: readonly FormError[]): Promise<Response> {
  const { op, language } = visit;
  const all = consoleBooksText[language];
  const words = booksFormsText[language].correct;
  const year = await yearIn(visit);
  const voucher = await voucherIn(visit, year);
  const entries = await entriesOf(op, year.owner, [voucher.voucherId]);
  const at = pathOfVoucher(voucher);
  return consolePage(
    visit,
    {
      title: words.heading(voucher.name),
      current: 'books',
      status: errors.length === 0 ? 200 : 422,
    },
    <>
      <ErrorSummary title={all.errorTitle} errors={errors} />
      <BackLink href={at}>{all.voucher.heading(voucher.name)}</BackLink>
      <h1>{words.heading(voucher.name)}</h1>
      <p class="lead">{words.lead}</p>
      <p>{words.notMoney}</p>
      <h2>{words.rows}</h2>
      <Entries
        entries={entriesOfCorrection(entries.get(voucher.voucherId) ?? [])}
        language={language}
      />
      <Form action={`${at}/correct`}>
        <ReasonField visit={visit} isWrong={errors.some(({ field }) => field === 'reason')} />
        <Actions>
          <Button>{words.button}</Button>
          <ButtonLink href={at} kind="secondary">
            {words.keep}
          </ButtonLink>
        </Actions>
      </Form>
    </>,
  );
}
