import { readAccount } from '../accounts/account.ts';
import { isOwnPassword } from '../accounts/sign-in.ts';
import { listOrders } from '../history/orders.ts';
import { seeOther } from '../http/answers.ts';
import { passwordField } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { OwnVisit, Visit } from '../http/route.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Actions, Button, ButtonLink, Form, Hidden, PasswordField } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { SummaryList } from '../pages/tables.tsx';
import { Problem } from '../problem.ts';
import { countStored } from '../requests/insight.ts';
import type { StoredCount } from '../requests/insight.ts';
import { headingOf } from '../requests/traces.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { erasureByCode, previewErasure } from '../routines/erasure.ts';
import type { ErasurePreview } from '../routines/erasure.ts';
import { newReceiptCode, readReceiptCode } from '../routines/receipt-code.ts';
import { list } from '../text/format.ts';
import { leavingText } from '../text/privacy-leaving.ts';
import { privacyText } from '../text/privacy.ts';
import { storedText } from '../text/privacy-stored.ts';
import { z } from 'zod';
import { portalPage } from './frame.tsx';
import type { PortalParts } from './parts.ts';

/** What is wrong with the password that should confirm the closing. */
type Fault = 'missing' | 'wrong';

/** What the page shows before anything happens. */
type Preview = {
  readonly email: string;
  readonly stored: readonly StoredCount[];
  readonly erasure: ErasurePreview;
  /** Numbers of orders that are not delivered yet. */
  readonly onTheWay: readonly string[];
};

/** Shows what closing the account will do, and asks for the password that does it. */
export async function closePage(visit: OwnVisit): Promise<Response> {
  return showClose(visit, newReceiptCode(), null);
}

/**
 * Closes the account. The code came with the form, so that a second click is the same closing and leads to the same
 * receipt, even though the first one has ended the session.
 */
export async function closeAccount(visit: Visit, parts: PortalParts): Promise<Response> {
  const code = readReceiptCode(visit.form.get('code') ?? '');
  if (code === null) throw new Problem('bad-input', 'the form has no receipt code');
  if ((await erasureByCode(visit.op, code)) !== null) return toReceipt(visit, code);
  try {
    return await confirmAndClose(visit.asCustomer(), code, parts);
  } catch (error) {
    // Of two clicks the slower one finds the account closed under its hands. And once the closing is asked for it
    // will be done, whatever failed here: the routine takes it up, and tells of the failure if it stays.
    if ((await erasureByCode(visit.op, code)) === null) throw error;
    return toReceipt(visit, code);
  }
}

async function confirmAndClose(
  visit: OwnVisit,
  code: string,
  parts: PortalParts,
): Promise<Response> {
  const fault = await passwordFault(visit);
  if (fault !== null) return showClose(visit, code, fault);
  await parts.closing(await askErasure(visit.op, visit.owner, code));
  return toReceipt(visit, code);
}

function toReceipt(visit: Visit, code: string): Response {
  visit.clearCookie('__Host-session');
  visit.setCookie('__Host-receipt', code);
  return seeOther('/receipt');
}

async function passwordFault(visit: OwnVisit): Promise<Fault | null> {
  const parsed = parseForm(z.object({ password: passwordField }), visit.form);
  if (!parsed.ok) return parsed.faults['password'] === 'missing' ? 'missing' : 'wrong';
  const isRight = await isOwnPassword(visit.op, visit.owner, parsed.value.password);
  return isRight ? null : 'wrong';
}

async function showClose(visit: OwnVisit, code: string, fault: Fault | null): Promise<Response> {
  const preview = await gatherPreview(visit);
  const words = leavingText[visit.language].close;
  const error = fault === null ? undefined : faultWords(visit, fault);
  return portalPage(
    visit,
    { title: words.title, current: 'settings', status: fault === null ? 200 : 422 },
    <>
      <ErrorSummary
        title={words.errorTitle}
        errors={error === undefined ? [] : [{ field: 'password', text: error }]}
      />
      <BackLink href="/settings">{words.back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <OnTheWay visit={visit} numbers={preview.onTheWay} />
      <h2>{words.takeFirst}</h2>
      <p>{words.takeFirstText}</p>
      <ButtonLink href="/my-data/download" kind="secondary" icon="download">
        {words.download}
      </ButtonLink>
      <Goes visit={visit} stored={preview.stored} />
      <Stays visit={visit} kept={preview.erasure.kept} />
      <Told visit={visit} names={preview.erasure.told} />
      <h2>{words.receipt}</h2>
      <p>{words.receiptText}</p>
      <Confirm visit={visit} email={preview.email} code={code} error={error} />
    </>,
  );
}

async function gatherPreview({ op, owner }: OwnVisit): Promise<Preview> {
  const opener = await op.vault.openFor(op, owner, ['credentials', 'history']);
  const { email } = await readAccount(op, opener);
  const orders = await listOrders(op, opener);
  return {
    email,
    stored: await countStored(op, owner),
    erasure: await previewErasure(op, owner),
    onTheWay: orders.filter(({ state }) => state === 'placed').map(({ number }) => number),
  };
}

function faultWords(visit: OwnVisit, fault: Fault): string {
  const { passwordMissing, passwordWrong } = leavingText[visit.language].close;
  return fault === 'missing' ? passwordMissing : passwordWrong;
}

function OnTheWay({ visit, numbers }: { visit: OwnVisit; numbers: readonly string[] }) {
  const words = leavingText[visit.language].close;
  if (numbers.length === 0) return null;
  return (
    <Notice kind="warning" title={words.waitTitle(numbers.length)}>
      <p>{words.waitText(list(numbers, visit.language))}</p>
    </Notice>
  );
}

function Goes({ visit, stored }: { visit: OwnVisit; stored: readonly StoredCount[] }) {
  const { language } = visit;
  const words = leavingText[language].close;
  const categories = [...new Set(stored.map(({ category }) => category))];
  const countsOf = (wanted: string) =>
    stored
      .filter(({ category }) => category === wanted)
      .map(({ table, rows }) => storedText[language][table].count(rows));
  return (
    <>
      <h2>{words.goes}</h2>
      <p>{words.goesText}</p>
      <SummaryList
        rows={categories.map((category) => ({
          key: headingOf(category)[language],
          value: list(countsOf(category), language),
        }))}
      />
    </>
  );
}

function Stays({ visit, kept }: { visit: OwnVisit; kept: ErasurePreview['kept'] }) {
  const words = leavingText[visit.language].close;
  return (
    <>
      <h2>{words.stays}</h2>
      {kept.length === 0 ? (
        <p>{words.staysNothing}</p>
      ) : (
        <SummaryList
          rows={kept.map(({ what, law, until }) => ({
            key: what,
            value: words.staysUntil(law, until),
          }))}
        />
      )}
    </>
  );
}

function Told({ visit, names }: { visit: OwnVisit; names: readonly string[] }) {
  const words = leavingText[visit.language].close;
  return (
    <>
      <h2>{words.told}</h2>
      {names.length === 0 ? (
        <p>{words.toldNobody}</p>
      ) : (
        <>
          <ul>
            {names.map((name) => (
              <li>{name}</li>
            ))}
          </ul>
          <p>{words.toldText}</p>
        </>
      )}
    </>
  );
}

function Confirm(props: {
  visit: OwnVisit;
  email: string;
  code: string;
  error: string | undefined;
}) {
  const { visit, email, code, error } = props;
  const words = leavingText[visit.language].close;
  return (
    <>
      <h2>{words.confirm}</h2>
      <Notice kind="danger" title={words.finalTitle}>
        <p>{words.finalText}</p>
      </Notice>
      <Form action="/close">
        <Hidden name="code" value={code} />
        <PasswordField
          name="password"
          label={words.password}
          hint={words.forAccount(email)}
          error={error}
          autocomplete="current-password"
          words={privacyText[visit.language].showPassword}
        />
        <Actions>
          <Button kind="danger">{words.submit}</Button>
          <ButtonLink href="/settings" kind="secondary">
            {words.keep}
          </ButtonLink>
        </Actions>
      </Form>
    </>
  );
}
