import type { Visit } from '../http/route.ts';
import { isPdf, receiptInPdf } from '../ledger/receipt-in-pdf.ts';
import { verifyReceipt } from '../ledger/verify-receipt.ts';
import type { Verdict } from '../ledger/verify-receipt.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Button, ButtonLink, described, FieldFrame, TextArea } from '../pages/forms.tsx';
import { CopyableCode, Notice } from '../pages/notices.tsx';
import { SummaryList } from '../pages/tables.tsx';
import { dateTime, number } from '../text/format.ts';
import { verifyText } from '../text/leaving-verify.ts';
import { portalPage } from './frame.tsx';

const receiptSizeMax = 1_000_000;

type Genuine = Extract<Verdict, { genuine: true }>;
type Fault = 'missing' | 'too-large' | 'no-receipt-in-pdf' | 'not-a-receipt';
type Read = { readonly text: string } | { readonly fault: Fault };

/** Where anybody checks a receipt. Stores nothing, and needs nothing but the receipt. */
export function verifyPage(visit: Visit): Promise<Response> {
  return showForm(visit, null, '');
}

export function verifyGiven(visit: Visit): Promise<Response> {
  const read = readGiven(visit.form);
  const typed = (visit.form.get('text') ?? '').slice(0, receiptSizeMax);
  if ('fault' in read) return showForm(visit, read.fault, typed);
  const verdict = verifyReceipt(read.text);
  if (!verdict.genuine && verdict.fault === 'not-a-receipt')
    return showForm(visit, 'not-a-receipt', typed);
  return showVerdict(visit, verdict);
}

/** A file comes as one character a byte. A text is what a person pasted. */
function readGiven(form: ReadonlyMap<string, string>): Read {
  const file = form.get('file') ?? '';
  const pasted = (form.get('text') ?? '').trim();
  if (file === '' && pasted === '') return { fault: 'missing' };
  if (file.length > receiptSizeMax || pasted.length > receiptSizeMax) return { fault: 'too-large' };
  if (file === '') return { text: pasted };
  const bytes = Buffer.from(file, 'latin1');
  if (!isPdf(bytes)) return { text: bytes.toString('utf8').replace(/^\uFEFF/, '') };
  const inside = receiptInPdf(bytes);
  return inside === null ? { fault: 'no-receipt-in-pdf' } : { text: inside };
}

function showForm(visit: Visit, fault: Fault | null, typed: string): Promise<Response> {
  const words = verifyText[visit.language];
  const error = fault === null ? undefined : words.errors[fault];
  return portalPage(
    visit,
    { title: words.title, status: fault === null ? 200 : 422, description: words.lead },
    <>
      <ErrorSummary
        title={words.errorTitle}
        errors={error === undefined ? [] : [{ field: 'file', text: error }]}
      />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <form class="form" method="post" action="/verify" enctype="multipart/form-data" novalidate>
        <FieldFrame id="field-file" label={words.file} hint={words.fileHint} error={error}>
          <input
            class="input"
            id="field-file"
            name="file"
            type="file"
            accept=".pdf,.json,application/pdf,application/json"
            {...described('field-file', { hint: words.fileHint, error })}
          />
        </FieldFrame>
        <TextArea name="text" label={words.text} value={typed} rows={6} />
        <Button>{words.submit}</Button>
      </form>
      <Offline visit={visit} />
    </>,
  );
}

function showVerdict(visit: Visit, verdict: Verdict): Promise<Response> {
  const words = verifyText[visit.language];
  return portalPage(
    visit,
    { title: titleOf(visit, verdict) },
    <>
      <h1>{titleOf(visit, verdict)}</h1>
      {verdict.genuine ? (
        <Good visit={visit} verdict={verdict} />
      ) : (
        <Notice kind="warning" title={words.notGenuine} role="status">
          <p>{words.faults[verdict.fault]}</p>
        </Notice>
      )}
      <p>
        <ButtonLink href="/verify" kind="secondary">
          {words.again}
        </ButtonLink>
      </p>
      <Offline visit={visit} />
    </>,
  );
}

/** Whose signature it is: ours, a sandbox's (ours or not), or anybody's. */
function signerOf(visit: Visit, { verifierKey, sandbox }: Genuine): 'ours' | 'sandbox' | 'other' {
  if (sandbox) return 'sandbox';
  return verifierKey === visit.op.vault.ledger.verifierKey ? 'ours' : 'other';
}

function titleOf(visit: Visit, verdict: Verdict): string {
  const words = verifyText[visit.language];
  if (!verdict.genuine) return words.notGenuine;
  return { ours: words.genuine, sandbox: words.sandbox, other: words.notOurs }[
    signerOf(visit, verdict)
  ];
}

function Good({ visit, verdict }: { visit: Visit; verdict: Genuine }) {
  const { language } = visit;
  const words = verifyText[language];
  const signer = signerOf(visit, verdict);
  const fenced = momentIn(verdict.fencedAt, visit);
  const said = {
    ours: words.genuineText(fenced),
    sandbox: words.sandboxText,
    other: words.notOursText,
  };
  const whose = { ours: words.keyOurs, sandbox: words.keySandbox, other: words.keyOther };
  return (
    <>
      <Notice
        kind={signer === 'ours' ? 'success' : 'warning'}
        title={titleOf(visit, verdict)}
        role="status"
      >
        <p>{said[signer]}</p>
      </Notice>
      <h2>{words.checked}</h2>
      <SummaryList
        rows={[
          { key: words.fenced, value: fenced },
          { key: words.stated, value: momentIn(verdict.statedAt, visit) },
          { key: words.hash, value: <Coded code={verdict.bodyHash} text={words.hashText} /> },
          { key: words.inclusion, value: words.inclusionText(number(verdict.logSize, language)) },
          { key: words.signature, value: words.signatureText },
          { key: words.key, value: <Coded code={verdict.verifierKey} text={whose[signer]} /> },
        ]}
      />
    </>
  );
}

function Coded({ code, text }: { code: string; text: string }) {
  return (
    <>
      {text} <code>{code}</code>
    </>
  );
}

function Offline({ visit }: { visit: Visit }) {
  const words = verifyText[visit.language];
  return (
    <>
      <h2>{words.offline}</h2>
      <p>{words.offlineText}</p>
      <CopyableCode
        label={words.command}
        code="npm run -s varsam -- receipt verify FILE"
        words={words}
      />
      <CopyableCode label={words.ourKey} code={visit.op.vault.ledger.verifierKey} words={words} />
    </>
  );
}

/** A time out of a file that anybody may have written: what is no time is shown as it stands, shortened. */
function momentIn(text: string, { language }: Visit): string {
  try {
    return dateTime(Temporal.Instant.from(text), language);
  } catch {
    return text.slice(0, 40);
  }
}
