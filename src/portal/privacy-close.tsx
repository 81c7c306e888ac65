import { readAccount } from '../accounts/account.ts';
import { confirmedToSendMinutes, isConfirmed } from '../accounts/sessions.ts';
import { ordersInTheWay, settleBeforeLeaving } from '../history/leave-orders.ts';
import type { LeavingOrder } from '../history/leave-orders.ts';
import { purchasesProvenMax } from '../history/proof-of-purchase.ts';
import type { PurchaseWriter } from '../history/proof-of-purchase.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit, Visit } from '../http/route.ts';
import { Check } from '../pages/choices.tsx';
import { Actions, Button, ButtonLink, Form, Hidden } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { SummaryList } from '../pages/tables.tsx';
import { Problem } from '../problem.ts';
import { countStored } from '../requests/insight.ts';
import type { StoredCount } from '../requests/insight.ts';
import { stopsOf } from '../requests/stops.ts';
import { headingOf } from '../requests/traces.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import type { LeavingWish } from '../routines/erasure-ask.ts';
import { previewErasure } from '../routines/erasure-preview.ts';
import type { ErasurePreview } from '../routines/erasure-preview.ts';
import { erasureByCode } from '../routines/erasure.ts';
import { newReceiptCode, proofCodeOf, readReceiptCode } from '../routines/receipt-code.ts';
import type { Language } from '../text/bilingual.ts';
import { date, dayAt, list, money, number } from '../text/format.ts';
import { keptText } from '../text/leaving-kept.ts';
import { leavingText } from '../text/privacy-leaving.ts';
import { storedText } from '../text/privacy-stored.ts';
import { portalPage } from './frame.tsx';
import type { PortalParts } from './parts.ts';
import { KeptList } from './privacy-kept.tsx';

/** What the page shows before anything happens. */
type Preview = {
  readonly email: string;
  readonly stored: readonly StoredCount[];
  readonly erasure: ErasurePreview;
  /** What closing does to orders that are not over. */
  readonly leaving: readonly LeavingOrder[];
  readonly hasStops: boolean;
};

/**
 * Closes the account. The code came with the form, so that a second click is the same closing and leads to the same
 * receipt, even though the first one has ended the session: such a click needs no session and no confirmation, because it
 * does nothing. The first one needs both.
 */
export async function closeAccount(visit: Visit, parts: PortalParts): Promise<Response> {
  const code = readReceiptCode(visit.form.get('code') ?? '');
  if (code === null) throw new Problem('bad-input', 'the form has no receipt code');
  if ((await erasureByCode(visit.op, code)) !== null) return toReceipt(visit, code);
  try {
    return await closeConfirmed(visit.asCustomer(), code, parts);
  } catch (error) {
    // Of two clicks the slower one finds the account closed under its hands. And once the closing is asked for it
    // will be done, whatever failed here: the routine takes it up, and tells of the failure if it stays.
    if ((await erasureByCode(visit.op, code)) === null) throw error;
    return toReceipt(visit, code);
  }
}

/** @throws Problem `confirmation-needed` */
async function closeConfirmed(
  visit: OwnVisit,
  code: string,
  parts: PortalParts,
): Promise<Response> {
  const { op, owner, session } = visit;
  if (!isConfirmed(session, op.now, confirmedToSendMinutes))
    throw new Problem('confirmation-needed');
  if ((await settleBeforeLeaving(op, parts.banks, owner)) === 'bank') return waitForBank(visit);
  await parts.closing(await askErasure(op, owner, code, wishOf(visit, code)));
  return toReceipt(visit, code);
}

/** An erasure now could keep money that is on its way from the customer. */
function waitForBank(visit: OwnVisit): Promise<Response> {
  const words = leavingText[visit.language].close;
  return portalPage(
    visit,
    { title: words.bankTitle, current: 'settings', status: 409, comeBackTo: '/close' },
    <>
      <BackLink href="/close">{words.back}</BackLink>
      <h1>{words.bankTitle}</h1>
      <p class="lead">{words.bankText}</p>
    </>,
  );
}

/** Codes travel in the fragment of a link: no server and no log ever sees that part of an address. */
function wishOf({ form, site, language }: OwnVisit, code: string): LeavingWish {
  const receiptLink = `${site.origin}/receipt#${code}`;
  const proofLink = `${site.origin}/proof-of-purchase#${proofCodeOf(code)}`;
  return {
    farewell: form.has('farewell') ? { receiptLink, proofLink } : null,
    proof: form.has('proof') ? purchaseWriter(language) : null,
  };
}

function purchaseWriter(language: Language): PurchaseWriter {
  return {
    line: ({ quantity, description, amountOre }) =>
      `${number(quantity, language)} × ${description}, ${money(amountOre, language)}`,
    amount: (ore) => money(ore, language),
  };
}

function toReceipt(visit: Visit, code: string): Response {
  visit.clearCookie('__Host-session');
  visit.setCookie('__Host-receipt', code);
  return seeOther('/receipt');
}

/** Shows what closing the account will do, to whom it concerns, and what can be taken along. */
export async function closePage(visit: OwnVisit): Promise<Response> {
  const preview = await gatherPreview(visit);
  const words = leavingText[visit.language].close;
  return portalPage(
    visit,
    { title: words.title, current: 'settings' },
    <>
      <BackLink href="/settings">{words.back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <InTheWay visit={visit} orders={preview.leaving} />
      <h2>{words.takeFirst}</h2>
      <p>{words.takeFirstText}</p>
      <ButtonLink href="/my-data/download" kind="secondary" icon="download">
        {words.download}
      </ButtonLink>
      <Goes visit={visit} stored={preview.stored} />
      {preview.hasStops && (
        <>
          <h3>{words.objectionsTitle}</h3>
          <p>{words.objections}</p>
        </>
      )}
      <Stays visit={visit} kept={preview.erasure.kept} />
      <Told visit={visit} names={preview.erasure.told} />
      <h2>{words.receipt}</h2>
      <p>{words.receiptText}</p>
      <Confirm visit={visit} preview={preview} code={newReceiptCode()} />
    </>,
  );
}

async function gatherPreview({ op, owner }: OwnVisit): Promise<Preview> {
  const opener = await op.vault.openFor(op, owner, ['credentials', 'history']);
  const { email } = await readAccount(op, opener);
  return {
    email,
    stored: await countStored(op, owner),
    erasure: await previewErasure(op, owner),
    leaving: await ordersInTheWay(op, owner),
    hasStops: (await stopsOf(op, owner)).size > 0,
  };
}

function InTheWay({ visit, orders }: { visit: OwnVisit; orders: readonly LeavingOrder[] }) {
  const { language } = visit;
  const words = leavingText[language].close;
  if (orders.length === 0) return null;
  return (
    <Notice kind="warning" title={words.waitTitle(orders.length)}>
      <p>{words.waitText}</p>
      <ul>
        {orders.map(({ number: name, becomes, refundOre, feeOre }) => (
          <li>
            {[
              words.becomes[becomes](name),
              ...(refundOre > 0 ? [words.paidBack(money(refundOre, language))] : []),
              ...(feeOre > 0 ? [words.keepsFee(money(feeOre, language))] : []),
            ].join(' ')}
          </li>
        ))}
      </ul>
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
        <KeptList kept={kept} language={visit.language} />
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

function Confirm(props: { visit: OwnVisit; preview: Preview; code: string }) {
  const { visit, preview, code } = props;
  const { language } = visit;
  const words = leavingText[language].close;
  const { farewell } = keptText[language];
  return (
    <>
      <h2>{words.choices}</h2>
      <Form action="/close">
        <Hidden name="code" value={code} />
        <ProofChoice visit={visit} provable={preview.erasure.provable} />
        <Check
          name="farewell"
          label={farewell.choice}
          hint={farewell.hint(preview.email)}
          checked
        />
        <h2>{words.confirm}</h2>
        <Notice kind="danger" title={words.finalTitle}>
          <p>{words.finalText}</p>
        </Notice>
        <p>{words.forAccount(preview.email)}</p>
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

function ProofChoice(props: { visit: OwnVisit; provable: ErasurePreview['provable'] }) {
  const { visit, provable } = props;
  if (provable === null) return null;
  const words = keptText[visit.language].proof;
  const day = date(dayAt(provable.until).subtract({ days: 1 }), visit.language);
  const most = provable.count === purchasesProvenMax ? ` ${words.most(purchasesProvenMax)}` : '';
  return (
    <Check name="proof" label={words.choice} hint={`${words.hint(provable.count, day)}${most}`} />
  );
}
