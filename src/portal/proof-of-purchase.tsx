import { keptUntil, readProofs, removeProofs } from '../history/proof-of-purchase.ts';
import type { ProofOfPurchase } from '../history/proof-of-purchase.ts';
import type { Visit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Button, ButtonLink, Field, Form, Hidden } from '../pages/forms.tsx';
import { DataTable, Day } from '../pages/tables.tsx';
import { notice } from '../policy/notice.ts';
import { readReceiptCode } from '../routines/receipt-code.ts';
import { buyerFaultText } from '../text/buyer-fault.ts';
import { dayAt } from '../text/format.ts';
import { proofText } from '../text/leaving-proof.ts';
import { FaultGuide } from './fault-guide.tsx';
import { portalPage } from './frame.tsx';

type Fault = 'missing' | 'wrong';

/** Asks for the code; it comes typed, or in the fragment of a link, which no server sees. */
export function askForProof(visit: Visit): Promise<Response> {
  return showForm(visit, '', null);
}

/** The proof that a code leads to. The code has 130 random bits, so that nobody needs to be kept from guessing. */
export async function showProof(visit: Visit): Promise<Response> {
  const typed = visit.form.get('code') ?? '';
  const code = readReceiptCode(typed);
  const proofs = code === null ? [] : await readProofs(visit.op, code);
  if (code === null || proofs.length === 0) {
    return showForm(visit, typed, typed.trim() === '' ? 'missing' : 'wrong');
  }
  const words = proofText[visit.language];
  const fault = buyerFaultText[visit.language];
  const { name, organisation_number } = notice.controller;
  return portalPage(
    visit,
    { title: words.title },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.whose(name, organisation_number)}</p>
      <Purchases visit={visit} proofs={proofs} />
      <p>{words.about}</p>
      <section aria-labelledby="fault">
        <h2 id="fault">{fault.title}</h2>
        <p>{fault.lead}</p>
        <FaultGuide visit={visit} proof={fault.proof} lastDay={lastDayOf(proofs)} />
      </section>
      <section class="screen-only">
        <h2>{words.removeTitle}</h2>
        <p>{words.removeText}</p>
        <Form action="/proof-of-purchase/remove">
          <Hidden name="code" value={code} />
          <Button kind="danger">{words.remove}</Button>
        </Form>
      </section>
    </>,
  );
}

/** Removes it, whether it is there or not: what is gone is gone. */
export async function removeProof(visit: Visit): Promise<Response> {
  const typed = visit.form.get('code') ?? '';
  const code = readReceiptCode(typed);
  if (code === null) return showForm(visit, typed, 'wrong');
  await removeProofs(visit.op, code);
  const words = proofText[visit.language];
  return portalPage(
    visit,
    { title: words.removedTitle },
    <>
      <h1>{words.removedTitle}</h1>
      <p class="lead">{words.removed}</p>
      <ButtonLink href="/" kind="secondary">
        {words.toStart}
      </ButtonLink>
    </>,
  );
}

/** Each purchase has a last day of its own, in the table; where there is one purchase it is said. */
function lastDayOf([only, ...others]: readonly ProofOfPurchase[]): Temporal.PlainDate | null {
  return only === undefined || others.length > 0 ? null : lastDayKept(only);
}

/** The proof is kept for as long as one can complain with it. */
function lastDayKept({ purchasedAt }: ProofOfPurchase): Temporal.PlainDate {
  return dayAt(keptUntil(purchasedAt)).subtract({ days: 1 });
}

function Purchases({ visit, proofs }: { visit: Visit; proofs: readonly ProofOfPurchase[] }) {
  const { language } = visit;
  const words = proofText[language];
  return (
    <DataTable
      caption={words.caption}
      columns={[
        {
          header: words.number,
          rowHeader: true,
          cell: ({ number }) => <span class="unbroken">{number}</span>,
        },
        {
          header: words.day,
          cell: ({ purchasedAt }) => <Day value={dayAt(purchasedAt)} language={language} />,
        },
        { header: words.bought, cell: ({ bought }) => bought.map((line) => <div>{line}</div>) },
        { header: words.total, kind: 'number', cell: ({ total }) => total },
        { header: words.vat, kind: 'number', cell: ({ vat }) => vat },
        {
          header: words.until,
          cell: (proof) => <Day value={lastDayKept(proof)} language={language} />,
        },
      ]}
      rows={proofs}
    />
  );
}

function showForm(visit: Visit, typed: string, fault: Fault | null): Promise<Response> {
  const words = proofText[visit.language];
  const error = fault === null ? undefined : words[fault];
  return portalPage(
    visit,
    { title: words.title, status: fault === null ? 200 : 422 },
    <>
      <ErrorSummary
        title={words.errorTitle}
        errors={error === undefined ? [] : [{ field: 'code', text: error }]}
      />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <form class="form" method="post" action="/proof-of-purchase" data-receipt-code novalidate>
        <Field
          name="code"
          label={words.code}
          hint={words.codeHint}
          value={typed.slice(0, 200)}
          error={error}
          autocomplete="off"
          spellcheck={false}
          maxlength={200}
          required
        />
        <Button>{words.show}</Button>
      </form>
    </>,
  );
}
