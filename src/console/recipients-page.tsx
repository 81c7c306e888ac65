import type { OwnVisit } from '../http/route.ts';
import { ButtonLink } from '../pages/forms.tsx';
import { href } from '../pages/href.ts';
import { Icon } from '../pages/icons.tsx';
import { EmptyState, Notice } from '../pages/notices.tsx';
import { Badge, DataTable, Day, SummaryList } from '../pages/tables.tsx';
import type { Column, SummaryRow } from '../pages/tables.tsx';
import { notice } from '../policy/notice.ts';
import { eeaCountries, isRecipientCategory } from '../policy/rules.ts';
import { agreementOn, listRecipients, obstacleTo, today } from '../recipients/register.ts';
import type { Agreement, Recipient } from '../recipients/register.ts';
import type { Language } from '../text/bilingual.ts';
import { providersText } from '../text/console-providers.ts';
import { consoleText } from '../text/console.ts';
import { registersText } from '../text/console-registers.ts';
import { setupText } from '../text/console-setup.ts';
import { date } from '../text/format.ts';
import { consolePage } from './frame.tsx';
import { providersRoom } from './providers-page.tsx';

type Shown = {
  readonly recipient: Recipient;
  readonly language: Language;
  readonly day: Temporal.PlainDate;
  readonly mayChange: boolean;
};

/** The register: who may be given anything, and what stands in the way today. */
export async function showRecipients(visit: OwnVisit): Promise<Response> {
  const { language } = visit;
  const words = registersText[language].recipients;
  const recipients = await listRecipients(visit.op.db);
  const mayChange = visit.session.role === 'administrator';
  const day = today(visit.op.now);
  return consolePage(
    visit,
    { title: words.title, current: 'recipients', comeBackTo: '/console/recipients' },
    <>
      <Done done={visit.query.get('done')} language={language} />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {mayChange && (
        <ButtonLink href="/console/recipients/new" kind="secondary">
          {setupText[language].recipient.add}
        </ButtonLink>
      )}
      {recipients.length === 0 && (
        <EmptyState title={words.empty} icon="truck">
          <p>{words.emptyText}</p>
        </EmptyState>
      )}
      {recipients.map((recipient) => (
        <RecipientSection
          recipient={recipient}
          language={language}
          day={day}
          mayChange={mayChange}
        />
      ))}
      {!mayChange && recipients.length > 0 && <p class="soft">{words.onlyAdministrators}</p>}
    </>,
  );
}

/** What was just done, once. */
function Done({ done, language }: { done: string | null; language: Language }) {
  const { recipients } = registersText[language];
  const { recipient } = setupText[language];
  const outcomes: Readonly<Record<string, readonly [string, string]>> = {
    ended: [recipients.doneEnded, recipients.doneEndedText],
    signed: [recipients.doneSigned, recipients.doneSignedText],
    added: [recipient.doneAdded, recipient.doneAddedText],
    changed: [recipient.doneChanged, recipient.doneChangedText],
  };
  const outcome = outcomes[done ?? ''];
  if (outcome === undefined) return null;
  const [title, text] = outcome;
  return (
    <Notice kind="success" title={title} role="status">
      <p>{text}</p>
    </Notice>
  );
}

function RecipientSection(props: Shown) {
  const { recipient, language } = props;
  const words = registersText[language].recipients;
  const id = `recipient-${recipient.recipientId}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{recipient.name}</h2>
      <SummaryList rows={factsOf(props)} />
      {props.mayChange && <RecipientLinks {...props} />}
      {recipient.role === 'processor' && (
        <>
          <h3>{words.agreements}</h3>
          <Agreements {...props} />
        </>
      )}
    </section>
  );
}

function factsOf({ recipient, language, day }: Shown): SummaryRow[] {
  const words = registersText[language].recipients;
  const { category, country, role, channel, noticeUrl } = recipient;
  return [
    { key: words.state, value: <StateToday recipient={recipient} language={language} day={day} /> },
    {
      key: words.category,
      value: isRecipientCategory(category)
        ? notice.recipients[category].words[language]
        : `${category}: ${words.notInNotice}`,
    },
    { key: words.role, value: words.roles[role] },
    { key: words.country, value: countryName(country, language) },
    { key: words.transfer, value: transferOf(recipient, language) },
    { key: words.channel, value: channel === null ? words.noChannel : words.channels[channel] },
    ...(noticeUrl === null
      ? []
      : [{ key: words.ownNotice, value: <OutwardLink address={noticeUrl} /> }]),
  ];
}

function StateToday({ recipient, language, day }: Omit<Shown, 'mayChange'>) {
  const words = registersText[language].recipients;
  const obstacle = obstacleTo(recipient, day);
  if (obstacle === null) return <Badge kind="done">{words.open}</Badge>;
  return (
    <>
      <Badge kind="stopped">{words.stopped}</Badge>
      <p>{consoleText[language].obstacles[obstacle]}</p>
    </>
  );
}

/** An address of the register may be anything; only https becomes a link. */
function OutwardLink({ address }: { address: string }) {
  if (!/^https:\/\//i.test(address)) return <>{address}</>;
  return (
    <a class="with-icon" href={href(address)} rel="noreferrer">
      {address}
      <Icon name="external-link" />
    </a>
  );
}

function Agreements(props: Shown) {
  const { recipient, language, day, mayChange } = props;
  const words = registersText[language].recipients;
  const holds = agreementOn(recipient, day) !== null;
  return (
    <>
      {recipient.agreements.length === 0 ? (
        <p>{words.noAgreements}</p>
      ) : (
        <DataTable
          caption={words.agreements}
          captionHidden
          columns={agreementColumns(language)}
          rows={recipient.agreements}
        />
      )}
      {mayChange && (holds ? <EndLink {...props} /> : <SignLink {...props} />)}
    </>
  );
}

function agreementColumns(language: Language): Column<Agreement>[] {
  const words = registersText[language].recipients;
  return [
    {
      header: words.signed,
      cell: ({ signedOn }) => <Day value={signedOn} language={language} />,
      rowHeader: true,
    },
    { header: words.from, cell: ({ validFrom }) => <Day value={validFrom} language={language} /> },
    {
      header: words.ended,
      cell: ({ endedOn }) =>
        endedOn === null ? words.stillHolds : <Day value={endedOn} language={language} />,
    },
  ];
}

function EndLink({ recipient, language }: Shown) {
  const words = registersText[language].recipients;
  return (
    <p class="screen-only">
      <a href={href(`/console/recipients/${recipient.recipientId}/end-agreement`)}>
        {words.end}
        <span class="visually-hidden">{` ${words.endAbout(recipient.name)}`}</span>
      </a>
    </p>
  );
}

function SignLink({ recipient, language }: Shown) {
  const words = setupText[language].agreement;
  return (
    <p class="screen-only">
      <a href={href(`/console/recipients/${recipient.recipientId}/agreements`)}>
        {words.link}
        <span class="visually-hidden">
          {` ${registersText[language].recipients.endAbout(recipient.name)}`}
        </span>
      </a>
    </p>
  );
}

/** What administrators may do with a recipient, beside its agreements. */
function RecipientLinks({ recipient, language }: Shown) {
  const { recipient: words, secret } = setupText[language];
  const at = `/console/recipients/${recipient.recipientId}`;
  return (
    <>
      <p class="screen-only">
        <a href={href(`${at}/change`)}>
          {words.change}
          <span class="visually-hidden">{` ${words.changeAbout(recipient.name)}`}</span>
        </a>
      </p>
      <p class="screen-only">
        <a href={href(`${at}/secret`)}>
          {secret.link}
          <span class="visually-hidden">{` ${secret.about(recipient.name)}`}</span>
        </a>
      </p>
      {recipient.category === 'performer' && (
        <InviteLink recipient={recipient} language={language} />
      )}
    </>
  );
}

function InviteLink({ recipient, language }: Pick<Shown, 'recipient' | 'language'>) {
  const words = providersText[language];
  return (
    <p>
      <a href={href(`${providersRoom}/invite?recipient=${recipient.recipientId}`)}>
        {words.inviteTo}
        <span class="visually-hidden">{` ${words.inviteAbout(recipient.name)}`}</span>
      </a>
    </p>
  );
}

function transferOf(
  { country, transferTool, transferValidUntil }: Recipient,
  language: Language,
): string {
  const words = registersText[language].recipients;
  if (eeaCountries.includes(country)) return words.inEea;
  if (transferTool === null) return words.noTransfer;
  return transferValidUntil === null
    ? transferTool
    : words.transferUntil(transferTool, date(transferValidUntil, language));
}

function countryName(country: string, language: Language): string {
  return new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country;
}
