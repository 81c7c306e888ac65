import type { OwnVisit } from '../http/route.ts';
import { Details, EmptyState } from '../pages/notices.tsx';
import { DataTable, Moment } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import { notice } from '../policy/notice.ts';
import type { Words } from '../policy/shape.ts';
import type { Look, Received } from '../requests/traces.ts';
import type { Language } from '../text/bilingual.ts';
import { shortLabel } from '../text/field-label.ts';
import { list } from '../text/format.ts';
import { privacyText } from '../text/privacy.ts';
import { partyText } from '../text/privacy-states.ts';
import { countryName } from './privacy-country.ts';

/** Rows shown of a list that only grows; the file has them all. */
const shownMax = 100;

/** Looks by human beings; the system's own are told apart. */
export function looksByPeople(looks: readonly Look[]): Look[] {
  return looks.filter(({ party }) => party !== 'routine');
}

/** Who has looked at the customer's data, when and why. */
export function LooksSection({ visit, looks }: { visit: OwnVisit; looks: readonly Look[] }) {
  const { language } = visit;
  const { looks: words, myData } = privacyText[language];
  const people = looksByPeople(looks);
  const own = looks.filter(({ party }) => party === 'routine');
  return (
    <section aria-labelledby="looks">
      <h2 id="looks">{words.title}</h2>
      <p>{words.lead}</p>
      {people.length === 0 ? (
        <EmptyState title={words.empty} icon="eye-off">
          <p>{words.emptyText}</p>
        </EmptyState>
      ) : (
        <LooksTable looks={people} caption={words.title} language={language} />
      )}
      {people.length > shownMax && <p class="soft">{myData.isCut}</p>}
      {own.length > 0 && (
        <Details summary={words.own(own.length)}>
          <p>{words.ownLead}</p>
          <LooksTable looks={own} caption={words.own(own.length)} language={language} />
        </Details>
      )}
    </section>
  );
}

function LooksTable(props: { looks: readonly Look[]; caption: string; language: Language }) {
  const { looks, caption, language } = props;
  const words = privacyText[language].looks;
  const headings = ({ categories }: Look) => categories.map(({ heading }) => heading[language]);
  const columns: Column<Look>[] = [
    {
      header: words.when,
      cell: ({ at }) => <Moment value={at} language={language} />,
      rowHeader: true,
    },
    { header: words.who, cell: ({ party }) => partyText[language][party] },
    { header: words.why, cell: ({ purpose }) => purpose[language] },
    { header: words.what, cell: (look) => list(headings(look), language) },
  ];
  return (
    <DataTable caption={caption} captionHidden columns={columns} rows={looks.slice(0, shownMax)} />
  );
}

/** What was handed out to one recipient, newest first. */
type Recipient = { readonly first: Received; readonly all: readonly Received[] };

/** Who has received something about the customer, what, and why. */
export function ReceivedSection(props: { visit: OwnVisit; received: readonly Received[] }) {
  const { visit, received } = props;
  const { language } = visit;
  const words = privacyText[language].received;
  const recipients = groupByRecipient(received);
  return (
    <section aria-labelledby="received">
      <h2 id="received">{words.title}</h2>
      <p>{words.lead}</p>
      {recipients.length === 0 && (
        <EmptyState title={words.empty} icon="lock">
          <p>{words.emptyText}</p>
        </EmptyState>
      )}
      {recipients.map((recipient) => (
        <RecipientBlock recipient={recipient} language={language} />
      ))}
    </section>
  );
}

function RecipientBlock({ recipient, language }: { recipient: Recipient; language: Language }) {
  const { first, all } = recipient;
  const words = privacyText[language].received;
  const occasions = occasionsOf(all);
  const distinct = (texts: string[]) => list([...new Set(texts)], language);
  const fields = distinct(fieldsOf(all).map((field) => shortLabel(field[language]).toLowerCase()));
  return (
    <>
      <h3>{`${first.recipient}, ${countryName(first.country, language)}`}</h3>
      <p>
        {`${words.hasReceived(fields, distinct(all.map(({ purpose }) => purpose[language])))} ${words[first.role]}`}
        {first.noticeUrl !== null && (
          <>
            {' '}
            <a href={first.noticeUrl}>{words.notice}</a>
          </>
        )}
      </p>
      <Details summary={words.each(occasions.length)}>
        <DataTable
          caption={words.each(occasions.length)}
          captionHidden
          columns={occasionColumns(language)}
          rows={occasions.slice(0, shownMax)}
        />
        {occasions.length > shownMax && <p class="soft">{privacyText[language].myData.isCut}</p>}
      </Details>
    </>
  );
}

function occasionColumns(language: Language): Column<Received>[] {
  const words = privacyText[language].received;
  return [
    {
      header: words.when,
      cell: ({ at }) => <Moment value={at} language={language} />,
      rowHeader: true,
    },
    { header: words.why, cell: ({ purpose }) => purpose[language] },
    {
      header: words.what,
      cell: ({ fields }) =>
        list(
          fields.map((field) => shortLabel(field[language])),
          language,
        ),
    },
    { header: words.outcome, cell: ({ outcome }) => words.outcomes[outcome ?? 'none'] },
  ];
}

/** What was handed over together is one occasion, whatever the number of rows it was taken from. */
function occasionsOf(all: readonly Received[]): Received[] {
  const together = Map.groupBy(
    all,
    ({ at, purpose, outcome }) => `${at.epochNanoseconds} ${purpose.sv} ${outcome}`,
  );
  return [...together.values()].flatMap((rows) =>
    rows[0] ? [{ ...rows[0], fields: fieldsOf(rows) }] : [],
  );
}

/** The fields of several disclosures, each once, in the order in which the notice names them. */
function fieldsOf(received: readonly Received[]): Words[] {
  const named = Object.values(notice.categories).flatMap(({ fields }): Words[] =>
    Object.values(fields),
  );
  const given = received.flatMap(({ fields }) => fields);
  const distinct = given.filter((words, place) => given.indexOf(words) === place);
  return distinct.toSorted((one, other) => named.indexOf(one) - named.indexOf(other));
}

function groupByRecipient(received: readonly Received[]): Recipient[] {
  const groups = new Map<string, Received[]>();
  for (const one of received)
    groups.set(one.recipient, [...(groups.get(one.recipient) ?? []), one]);
  return [...groups.values()].flatMap((all) => (all[0] ? [{ first: all[0], all }] : []));
}
