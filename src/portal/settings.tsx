import { readAccount } from '../accounts/account.ts';
import type { Account } from '../accounts/account.ts';
import { listPasskeys } from '../accounts/passkeys.ts';
import { recoveryCodesMade } from '../accounts/recovery-codes.ts';
import { readSecurity } from '../accounts/security-overview.ts';
import type { SecurityOverview } from '../accounts/security-overview.ts';
import type { OwnVisit } from '../http/route.ts';
import { Choices } from '../pages/choices.tsx';
import { Button, ButtonLink, Form, Hidden } from '../pages/forms.tsx';
import { Day, SummaryList } from '../pages/tables.tsx';
import type { SummaryRow } from '../pages/tables.tsx';
import { readKeeping } from '../settings/keeping.ts';
import type { Keeping } from '../settings/keeping.ts';
import { languages } from '../text/bilingual.ts';
import { date, dayAt } from '../text/format.ts';
import { portalSecurityText } from '../text/portal-security.ts';
import { portalText } from '../text/portal.ts';
import { portalPage } from './frame.tsx';
import { AccountSignals } from './passkey-signals.tsx';
import { outcomeOf } from './keeping.tsx';

/** The account as a list: what each thing is now, and where it is changed; the language; the way out. */
export async function settingsPage(visit: OwnVisit): Promise<Response> {
  const { op, language } = visit;
  const opener = await op.vault.openFor(op, visit.owner, ['credentials']);
  const account = await readAccount(op, opener);
  const security = await readSecurity(op, visit.owner);
  const keeping = await readKeeping(op, visit.owner);
  const words = portalText[language].settings;
  const headings = portalSecurityText[language].settings;
  return portalPage(
    visit,
    { title: words.title, current: 'settings' },
    <>
      <h1>{words.title}</h1>
      <h2>{headings.account}</h2>
      <SummaryList rows={accountRows(visit, account)} />
      <h2>{headings.security}</h2>
      <SummaryList rows={securityRows(visit, security)} />
      <h2>{headings.data}</h2>
      <SummaryList rows={dataRows(visit, keeping)} />
      <h2>{words.language}</h2>
      <LanguageForm visit={visit} />
      <h2>{words.leaving}</h2>
      <p>{words.leavingText}</p>
      <ButtonLink href="/close" kind="secondary">
        {words.close}
      </ButtonLink>
      {security.passkeys > 0 && (
        <AccountSignals visit={visit} passkeys={await listPasskeys(op, opener)} account={account} />
      )}
    </>,
  );
}

function accountRows(visit: OwnVisit, account: Account): SummaryRow[] {
  const words = portalSecurityText[visit.language].settings;
  const { createdAt } = account;
  return [
    row(words.name, account.name, words.change, '/settings/name'),
    row(words.email, account.email, words.change, '/settings/email'),
    { key: words.since, value: <Day value={dayAt(createdAt)} language={visit.language} /> },
  ];
}

function securityRows({ language }: OwnVisit, security: SecurityOverview): SummaryRow[] {
  const words = portalSecurityText[language].settings;
  const { passwordChangedAt, passkeys, codesSince, recoveryCodes, devices } = security;
  const changed =
    passwordChangedAt === null ? '' : words.passwordChanged(day(passwordChangedAt, language));
  const rows = [
    row(words.password, changed, words.change, '/settings/password'),
    passkeys === 0
      ? row(words.passkeys, words.noPasskeys, words.add, '/settings/passkeys')
      : row(words.passkeys, words.somePasskeys(passkeys), words.change, '/settings/passkeys'),
    codesSince === null
      ? row(words.codes, words.codesOff, words.turnOn, '/settings/codes')
      : row(words.codes, words.codesOn(day(codesSince, language)), words.change, '/settings/codes'),
  ];
  if (codesSince !== null) {
    const left = words.recoveryLeft(recoveryCodes.left, recoveryCodesMade);
    rows.push(row(words.recovery, left, words.change, '/settings/codes/recovery'));
  }
  rows.push(row(words.devices, words.someDevices(devices), words.see, '/settings/devices'));
  return rows;
}

function dataRows({ language }: OwnVisit, keeping: Keeping): SummaryRow[] {
  const words = portalSecurityText[language].settings;
  return [
    row(words.keeping, outcomeOf(keeping, language), words.change, '/settings/keeping'),
    row(words.rights, words.rightsText, words.see, '/my-data'),
  ];
}

function row(key: string, value: string, label: string, href: string): SummaryRow {
  return { key, value, action: { label, about: key.toLowerCase(), href } };
}

function day(instant: Temporal.Instant, language: OwnVisit['language']): string {
  return date(dayAt(instant), language);
}

function LanguageForm({ visit }: { visit: OwnVisit }) {
  const words = portalText[visit.language].settings;
  return (
    <Form action="/language">
      <Hidden name="return" value="/settings" />
      <Choices
        name="language"
        legend={words.languageQuestion}
        hint={words.languageHint}
        options={languages.map((value) => ({
          value,
          label: <span lang={value}>{words.languages[value]}</span>,
        }))}
        values={[visit.language]}
      />
      <Button kind="secondary">{words.saveLanguage}</Button>
    </Form>
  );
}
