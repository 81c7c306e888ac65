import { hasProofs } from '../history/proof-of-purchase.ts';
import { download, seeOther } from '../http/answers.ts';
import type { Visit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Actions, Button, ButtonLink, Field, Form } from '../pages/forms.tsx';
import { CopyableCode, Details, Notice } from '../pages/notices.tsx';
import { readReceipt } from '../routines/erasure-receipt.ts';
import type { Receipt } from '../routines/erasure-receipt.ts';
import { erasureByCode } from '../routines/erasure.ts';
import type { ErasureView } from '../routines/erasure.ts';
import { erasureNumber } from '../routines/erasure-reference.ts';
import { proofCodeOf, readReceiptCode } from '../routines/receipt-code.ts';
import { dateTime } from '../text/format.ts';
import { keptText } from '../text/leaving-kept.ts';
import { leavingText } from '../text/privacy-leaving.ts';
import { portalPage } from './frame.tsx';
import { KeptList } from './privacy-kept.tsx';
import { receiptFile, receiptJson, receiptPdf } from './privacy-receipt-pdf.ts';
import { ReceiptSteps, stateInShort } from './privacy-receipt-steps.tsx';

/** How often the page looks again: at first each step is quick, later it waits for recipients to answer. */
const refreshSeconds = { quick: 2, waiting: 20 };

type Fault = 'missing' | 'wrong';

/** The receipt whose code the visitor holds, or the form that asks for the code. */
export async function receiptPage(visit: Visit): Promise<Response> {
  const found = await heldReceipt(visit);
  if (found === null) return showForm(visit, '', null);
  const { code, view } = found;
  const receipt = await readReceipt(visit.op, view.erasureId);
  const words = leavingText[visit.language].receipt;
  return portalPage(
    visit,
    { title: words.titles[titleOf(view)], refreshSeconds: refreshOf(view) },
    <>
      <h1>{words.titles[titleOf(view)]}</h1>
      <p class="lead">{leadOf(visit, view)}</p>
      {receipt !== null && <TakeHome visit={visit} />}
      <CopyableCode label={words.yourCode} code={code} words={words} />
      <p>
        {words.keepCode}{' '}
        <a class="screen-only" href={`/receipt#${code}`}>
          {words.keepLink}
        </a>
      </p>
      <p class="soft">{words.number(erasureNumber(view.erasureId))}</p>
      {(await hasProofs(visit.op, proofCodeOf(code))) && (
        <Proof visit={visit} code={proofCodeOf(code)} />
      )}
      <h2>{words.stepsLabel}</h2>
      <ReceiptSteps visit={visit} view={view} />
      <Farewell visit={visit} view={view} />
      {receipt === null ? (
        <>
          <p>{words.leave}</p>
          <Actions>
            <ButtonLink href="/receipt" kind="secondary" icon="refresh-cw">
              {words.reload}
            </ButtonLink>
          </Actions>
        </>
      ) : (
        <WhenComplete visit={visit} receipt={receipt} />
      )}
      <Limits visit={visit} />
      <Form action="/receipt/forget">
        <Button kind="secondary">{words.forget}</Button>
      </Form>
    </>,
  );
}

/** Takes a code that was typed, or that came in the fragment of a link. */
export async function findReceipt(visit: Visit): Promise<Response> {
  const typed = visit.form.get('code') ?? '';
  const code = readReceiptCode(typed);
  // The code has 130 random bits, so that nobody needs to be kept from guessing.
  const view = code === null ? null : await erasureByCode(visit.op, code);
  if (code === null || view === null) {
    return showForm(visit, typed, typed.trim() === '' ? 'missing' : 'wrong');
  }
  visit.setCookie('__Host-receipt', code);
  return seeOther('/receipt');
}

export function forgetReceipt(visit: Visit): Response {
  visit.clearCookie('__Host-receipt');
  return seeOther('/receipt');
}

/** The signed receipt as a file; before it is complete, the page that says so. */
export async function downloadReceipt(visit: Visit): Promise<Response> {
  const found = await heldReceipt(visit);
  const receipt = found && (await readReceipt(visit.op, found.view.erasureId));
  if (receipt === null) return seeOther('/receipt');
  return download(receiptJson(receipt), receiptFile, 'application/json; charset=utf-8');
}

/** The same receipt as a PDF for people, which carries the signed file with it. */
export async function downloadReceiptPdf(visit: Visit): Promise<Response> {
  const found = await heldReceipt(visit);
  const receipt = found && (await readReceipt(visit.op, found.view.erasureId));
  if (receipt === null) return seeOther('/receipt');
  const bytes = await receiptPdf(receipt, visit.language);
  return new Response(Buffer.from(bytes), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="erasure-receipt.pdf"',
    },
  });
}

async function heldReceipt(visit: Visit): Promise<{ code: string; view: ErasureView } | null> {
  const code = readReceiptCode(visit.cookie('__Host-receipt') ?? '');
  const view = code === null ? null : await erasureByCode(visit.op, code);
  return code === null || view === null ? null : { code, view };
}

function showForm(visit: Visit, typed: string, fault: Fault | null): Promise<Response> {
  const words = leavingText[visit.language].receipt;
  const error =
    fault === null ? undefined : { missing: words.codeMissing, wrong: words.codeWrong }[fault];
  return portalPage(
    visit,
    { title: words.lookUpTitle, status: fault === null ? 200 : 422 },
    <>
      <ErrorSummary
        title={words.errorTitle}
        errors={error === undefined ? [] : [{ field: 'code', text: error }]}
      />
      <h1>{words.lookUpTitle}</h1>
      <p class="lead">{words.lookUpLead}</p>
      <form class="form" method="post" action="/receipt" data-receipt-code novalidate>
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
        <Button>{words.lookUp}</Button>
      </form>
      <p class="soft">{words.lost}</p>
    </>,
  );
}

type Title = 'asked' | 'closed' | 'complete' | 'completeBut';

function titleOf(view: ErasureView): Title {
  if (view.state === 'complete') return unconfirmed(view) > 0 ? 'completeBut' : 'complete';
  return readableUntil(view) === null ? 'asked' : 'closed';
}

function leadOf({ language }: Visit, view: ErasureView): string {
  const words = leavingText[language].receipt;
  const until = readableUntil(view);
  if (until === null) return words.leadAsked;
  const since = dateTime(until, language);
  if (view.state !== 'complete') return words.leadClosed(since);
  const missing = unconfirmed(view);
  return [words.leadComplete(since), ...(missing > 0 ? [words.leadBut(missing)] : [])].join(' ');
}

/** When the key was destroyed; null while it exists. */
function readableUntil({ steps }: ErasureView): Temporal.Instant | null {
  return steps.find(({ step }) => step === 'fenced')?.at ?? null;
}

function unconfirmed({ told }: ErasureView): number {
  return told.filter(({ state }) => state !== 'confirmed').length;
}

function refreshOf(view: ErasureView): number | undefined {
  const { isOver, isWaiting } = stateInShort(view);
  if (isOver) return undefined;
  return isWaiting ? refreshSeconds.waiting : refreshSeconds.quick;
}

function WhenComplete({ visit, receipt }: { visit: Visit; receipt: Receipt }) {
  const words = leavingText[visit.language].receipt;
  const { kept, sandbox } = receipt.body;
  return (
    <>
      <h2>{words.kept}</h2>
      {kept.length === 0 ? (
        <p>{words.keptNothing}</p>
      ) : (
        <KeptList kept={kept} language={visit.language} />
      )}
      <h2>{words.check}</h2>
      <HowToCheck visit={visit} verifierKey={receipt.verifier_key} />
      {sandbox && (
        <Notice kind="info" title={words.sandboxTitle}>
          <p>{words.sandboxText}</p>
        </Notice>
      )}
    </>
  );
}

/** The code of the proof of purchase, which is computed from the receipt's and stands nowhere. */
function Proof({ visit, code }: { visit: Visit; code: string }) {
  const { language } = visit;
  const words = keptText[language].proof;
  return (
    <>
      <h2>{words.title}</h2>
      <p>{words.text}</p>
      <CopyableCode label={words.code} code={code} words={leavingText[language].receipt} />
      <p class="screen-only">
        <a href={`/proof-of-purchase#${code}`}>{words.link}</a>
      </p>
    </>
  );
}

function Farewell({ visit, view }: { visit: Visit; view: ErasureView }) {
  if (view.farewell === 'none') return null;
  const words = keptText[visit.language].farewell;
  return (
    <>
      <h2>{words.title}</h2>
      <p>{words.states[view.farewell]}</p>
    </>
  );
}

function TakeHome({ visit }: { visit: Visit }) {
  const words = leavingText[visit.language].receipt;
  return (
    <>
      <p>{words.fileText}</p>
      <Actions>
        <ButtonLink href="/receipt/pdf" icon="download">
          {words.downloadPdf}
        </ButtonLink>
        <ButtonLink href="/receipt/file" kind="secondary" icon="download">
          {words.download}
        </ButtonLink>
      </Actions>
    </>
  );
}

function HowToCheck({ visit, verifierKey }: { visit: Visit; verifierKey: string }) {
  const words = leavingText[visit.language].receipt;
  const { checkSteps } = words;
  const command = `npm run -s varsam -- receipt verify ${receiptFile}`;
  return (
    <>
      <ol>
        <li>{checkSteps.one}</li>
        <li>{checkSteps.two}</li>
        <li>{checkSteps.three}</li>
      </ol>
      <CopyableCode label={words.command} code={command} words={words} />
      <CopyableCode label={words.key} code={verifierKey} words={words} />
      <p>{words.checkWhat}</p>
      <p class="screen-only">
        <a href="/verify">{words.verifyHere}</a>
      </p>
    </>
  );
}

function Limits({ visit }: { visit: Visit }) {
  const words = leavingText[visit.language].receipt;
  return (
    <Details summary={words.limits}>
      <p>{words.limitsText}</p>
    </Details>
  );
}
