import type { OwnVisit } from '../http/route.ts';
import { Button, Form } from '../pages/forms.tsx';
import { href } from '../pages/href.ts';
import { Icon } from '../pages/icons.tsx';
import { Details, EmptyState, Notice } from '../pages/notices.tsx';
import { Badge, DataTable, Day, SummaryList } from '../pages/tables.tsx';
import type { Column, SummaryRow } from '../pages/tables.tsx';
import { notice } from '../policy/notice.ts';
import { eeaCountries, isRecipientCategory } from '../policy/rules.ts';
import { agreementOn, listRecipients, obstacleTo, today } from '../recipients/register.ts';
import type { Agreement, Recipient } from '../recipients/register.ts';
import type { Language } from '../text/bilingual.ts';
import { consoleText } from '../text/console.ts';
import { registersText } from '../text/console-registers.ts';
import { date } from '../text/format.ts';
import { consolePage } from './frame.tsx';

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
  const words = registersText[language].recipients;
  if (done !== 'ended' && done !== 'signed') return null;
  const [title, text] =
    done === 'ended'
      ? [words.doneEnded, words.doneEndedText]
      : [words.doneSigned, words.doneSignedText];
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
      {mayChange && (holds ? <EndLink {...props} /> : <SignForm {...props} />)}
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
    <p>
      <a href={href(`/console/recipients/${recipient.recipientId}/end-agreement`)}>
        {words.end}
        <span class="visually-hidden">{` ${words.endAbout(recipient.name)}`}</span>
      </a>
    </p>
  );
}

function SignForm({ recipient, language, day }: Shown) {
  const words = registersText[language].recipients;
  return (
    <Details summary={words.sign}>
      <p>{words.signText(recipient.name, date(day, language))}</p>
      {recipient.channel === 'mail' && <p>{words.signMail}</p>}
      <Form action={`/console/recipients/${recipient.recipientId}/agreements`}>
        <Button>{words.signButton}</Button>
      </Form>
    </Details>
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
