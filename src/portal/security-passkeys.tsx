import { z } from 'zod';
import { readAccount } from '../accounts/account.ts';
import {
  listPasskeys,
  passkeyNameLengthMax,
  passkeysMax,
  removePasskey,
  renamePasskey,
} from '../accounts/passkeys.ts';
import type { Passkey } from '../accounts/passkeys.ts';
import { tellingOf } from '../accounts/security-letters.ts';
import { seeOther } from '../http/answers.ts';
import { line } from '../http/fields.ts';
import { parseForm } from '../http/form.ts';
import type { OwnVisit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Actions, Button, ButtonLink, Field, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { EmptyState, Notice } from '../pages/notices.tsx';
import { Moment, SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import { Problem } from '../problem.ts';
import { date, dayAt } from '../text/format.ts';
import { portalSecurityText } from '../text/portal-security.ts';
import { portalText } from '../text/portal.ts';
import { errorOf, errorsOf } from './form-errors.ts';
import type { Faults } from './form-errors.ts';
import { portalPage } from './frame.tsx';
import { AccountSignals } from './passkey-signals.tsx';
import { otherDevicesOffer } from './security-devices.tsx';

const page = '/settings/passkeys';
const nameForm = z.object({ name: line(passkeyNameLengthMax) });

/** The passkeys of the account, and the ways to add, rename and remove one. */
export async function passkeysPage(visit: OwnVisit): Promise<Response> {
  const { op, language } = visit;
  const opener = await op.vault.openFor(op, visit.owner, ['credentials']);
  const passkeys = await listPasskeys(op, opener);
  const account = await readAccount(op, opener);
  const all = portalSecurityText[language];
  const words = all.passkeys;
  return portalPage(
    visit,
    { title: words.title, current: 'settings' },
    <>
      <BackLink href="/settings">{all.settings.back}</BackLink>
      {await outcomeOf(visit)}
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {passkeys.length === 0 && <EmptyState title={words.none} icon="key-round" />}
      {passkeys.map((passkey) => (
        <OnePasskey visit={visit} passkey={passkey} />
      ))}
      {passkeys.length < passkeysMax ? (
        <ButtonLink href={`${page}/new`} kind={passkeys.length === 0 ? 'primary' : 'secondary'}>
          {words.add}
        </ButtonLink>
      ) : (
        <p>{words.full(passkeysMax)}</p>
      )}
      <AccountSignals visit={visit} passkeys={passkeys} account={account} />
    </>,
  );
}

/** One passkey: its name to change, and the way to remove it. */
export async function passkeyPage(visit: OwnVisit): Promise<Response> {
  return showOne(visit, await findPasskey(visit), {}, 200);
}

/** Gives a passkey another name. */
export async function takePasskeyName(visit: OwnVisit): Promise<Response> {
  const passkey = await findPasskey(visit);
  const parsed = parseForm(nameForm, visit.form);
  if (!parsed.ok) return showOne(visit, passkey, parsed.faults, 422);
  const { passkeyId } = passkey;
  await renamePasskey(visit.op, visit.owner, { passkeyId, name: parsed.value.name });
  return seeOther(`${page}?done=renamed`);
}

/** Asks once more, and says what removing means. */
export async function removePasskeyPage(visit: OwnVisit): Promise<Response> {
  const { name } = await findPasskey(visit);
  const all = portalSecurityText[visit.language];
  const words = all.onePasskey;
  return portalPage(
    visit,
    { title: words.confirmTitle(name), current: 'settings' },
    <>
      <BackLink href={page}>{all.passkeys.back}</BackLink>
      <h1>{words.confirmTitle(name)}</h1>
      <p class="lead">{words.removeText}</p>
      <Form action={visit.path}>
        <Actions>
          <Button kind="danger">{words.remove}</Button>
          <ButtonLink href={page} kind="secondary">
            {words.keep}
          </ButtonLink>
        </Actions>
      </Form>
    </>,
  );
}

/** Removes a passkey and writes to its owner. Twice is as good as once. */
export async function takePasskeyAway(visit: OwnVisit): Promise<Response> {
  const { op, owner } = visit;
  const tell = await tellingOf(op, owner, 'passkey-removed');
  await removePasskey(op, owner, passkeyIdOf(visit), tell);
  return seeOther(`${page}?done=removed`);
}

function OnePasskey({ visit, passkey }: { visit: OwnVisit; passkey: Passkey }) {
  const { language } = visit;
  const words = portalSecurityText[language].passkeys;
  const { wentBackAt } = passkey;
  return (
    <section aria-labelledby={`passkey-${passkey.passkeyId}`}>
      <h2 id={`passkey-${passkey.passkeyId}`}>{nameOf(visit, passkey)}</h2>
      {wentBackAt !== null && (
        <Notice kind="warning" title={words.wentBack(date(dayAt(wentBackAt), language))} />
      )}
      <SummaryList rows={factsOf(visit, passkey)} />
      <p class="screen-only">
        <a href={`${page}/${passkey.passkeyId}`}>
          {words.change}
          <span class="visually-hidden">{` ${passkey.name}`}</span>
        </a>
      </p>
    </section>
  );
}

function factsOf({ language }: OwnVisit, passkey: Passkey): SummaryRow[] {
  const words = portalSecurityText[language].passkeys;
  const { provider, addedAt, usedAt, backup } = passkey;
  const saved = provider === null ? [] : [{ key: words.provider, value: provider }];
  const used = usedAt === null ? words.never : <Moment value={usedAt} language={language} />;
  return [
    ...saved,
    { key: words.addedAt, value: <Moment value={addedAt} language={language} /> },
    { key: words.usedAt, value: used },
    { key: words.backup, value: words.backups[backup] },
  ];
}

/** What was just done, and the offer to sign the other devices out. */
async function outcomeOf(visit: OwnVisit) {
  const words = portalSecurityText[visit.language].passkeys;
  const done = visit.query.get('done');
  if (done === 'renamed') return <Notice kind="success" title={words.renamed} role="status" />;
  if (done !== 'added' && done !== 'removed') return null;
  const isAdded = done === 'added';
  return (
    <Notice kind="success" title={isAdded ? words.added : words.removed} role="status">
      <p>{isAdded ? words.addedText : words.removedText}</p>
      {await otherDevicesOffer(visit)}
    </Notice>
  );
}

function showOne(
  visit: OwnVisit,
  passkey: Passkey,
  faults: Faults,
  status: number,
): Promise<Response> {
  const all = portalSecurityText[visit.language];
  const words = all.onePasskey;
  const faultWords = { name: words.faults };
  const name = nameOf(visit, passkey);
  return portalPage(
    visit,
    { title: words.title(name), current: 'settings', status },
    <>
      <BackLink href={page}>{all.passkeys.back}</BackLink>
      <ErrorSummary
        title={portalText[visit.language].faultsTitle}
        errors={errorsOf(faultWords, faults)}
      />
      <h1>{words.title(name)}</h1>
      <Form action={`${page}/${passkey.passkeyId}`}>
        <Field
          name="name"
          label={words.name}
          hint={words.nameHint}
          autocomplete="off"
          maxlength={passkeyNameLengthMax}
          required
          value={visit.form.get('name') ?? name}
          error={errorOf(faultWords, faults, 'name')}
        />
        <Button>{words.save}</Button>
      </Form>
      <h2>{words.removeTitle}</h2>
      <p>{words.removeText}</p>
      <ButtonLink href={`${page}/${passkey.passkeyId}/remove`} kind="secondary">
        {words.toRemove}
      </ButtonLink>
    </>,
  );
}

/** Devices that do not say what they are have no name to give. */
function nameOf(visit: OwnVisit, { name }: Passkey): string {
  return name === '?' ? portalText[visit.language].settings.unknownDevice : name;
}

async function findPasskey(visit: OwnVisit): Promise<Passkey> {
  const { op } = visit;
  const passkeyId = passkeyIdOf(visit);
  const opener = await op.vault.openFor(op, visit.owner, ['credentials']);
  const passkeys = await listPasskeys(op, opener);
  const found = passkeys.find((passkey) => passkey.passkeyId === passkeyId);
  if (found === undefined) throw new Problem('not-found');
  return found;
}

function passkeyIdOf({ params }: OwnVisit): RowId {
  const id = params['passkey'] ?? '';
  if (!isRowId(id)) throw new Problem('not-found');
  return id;
}
