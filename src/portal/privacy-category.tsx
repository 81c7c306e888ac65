import type { Child } from 'hono/jsx';
import type { OwnVisit } from '../http/route.ts';
import { Details } from '../pages/notices.tsx';
import { DataTable, SummaryList } from '../pages/tables.tsx';
import type { Column, SummaryRow } from '../pages/tables.tsx';
import type { CategoryName } from '../policy/categories.ts';
import { notice } from '../policy/notice.ts';
import type { Section } from '../policy/shape.ts';
import type { Insight, InsightCategory, InsightGroup, InsightRow } from '../requests/insight.ts';
import type { Language } from '../text/bilingual.ts';
import { date, list } from '../text/format.ts';
import { noticeText } from '../text/privacy-notice.ts';
import { privacyText } from '../text/privacy.ts';
import { partyText } from '../text/privacy-states.ts';
import { storedText } from '../text/privacy-stored.ts';
import type { PersonalTable } from '../text/stored-words.ts';
import { rightsText } from '../text/rights.ts';
import { looksByPeople } from './privacy-traces.tsx';
import { shownValues } from './privacy-values.tsx';
import { OrderValues } from './privacy-orders.tsx';
import { PurposesByGround } from './privacy-purposes.tsx';

/** A table stays readable up to this many columns; beyond it each row becomes a list. */
const tableColumnsMax = 4;

type CategoryProps = {
  readonly visit: OwnVisit;
  readonly insight: Insight;
  readonly category: InsightCategory;
};

/** One category of the notice: what it is for, the values, how long, and who else has had to do with them. */
export function CategorySection({ visit, insight, category }: CategoryProps) {
  const { language } = visit;
  const id = category.category;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{category.heading[language]}</h2>
      {id === 'history' ? (
        <OrderValues visit={visit} groups={category.groups} />
      ) : (
        category.groups.map((group) => <GroupValues visit={visit} group={group} />)
      )}
      <AboutCategory visit={visit} insight={insight} category={category} />
    </section>
  );
}

/** Why it is kept, in the first words of the notice about it. */
export function inShort({ category, source }: InsightCategory, language: Language): string {
  const sections: readonly Section[] = notice.what;
  const words = sections.find((section) => section.category === category)?.paragraphs[0];
  const around: Readonly<Partial<Record<string, string>>> = noticeText[language].around;
  return words?.[language] ?? around[category] ?? source[language];
}

function AboutCategory({ visit, insight, category }: CategoryProps) {
  const { language } = visit;
  const words = privacyText[language].myData;
  const rows: SummaryRow[] = [
    { key: words.keptFor, value: <KeptFor groups={category.groups} language={language} /> },
    { key: words.source, value: category.source[language] },
    { key: words.receivedRow, value: receivedInShort(insight, category, language) },
    { key: words.lookedRow, value: lookedInShort(insight, category, language) },
    { key: rightsText[language].act.ways, value: <Ways category={category} language={language} /> },
  ];
  return (
    <>
      <h3>{words.about}</h3>
      <SummaryList rows={rows} />
      <Details summary={words.allPurposes}>
        <PurposesByGround purposes={category.purposes} language={language} />
      </Details>
    </>
  );
}

/** Where the owner of a category goes to change it. */
const ownPages: Readonly<Partial<Record<CategoryName, string>>> = {
  credentials: '/settings',
  history: '/history',
  settings: '/settings',
};

function Ways({ category, language }: { category: InsightCategory; language: Language }) {
  const { act } = rightsText[language];
  const own = ownPages[category.category];
  return (
    <ul>
      {own !== undefined && (
        <li>
          <a href={own}>{act.change}</a>
        </li>
      )}
      <li>
        <a href="/rights/correct">{act.correct}</a>
      </li>
      <li>
        <a href="/rights">{act.stop}</a>
      </li>
    </ul>
  );
}

function KeptFor({ groups, language }: { groups: readonly InsightGroup[]; language: Language }) {
  const stored = storedText[language];
  const ends = new Set(groups.map(({ keptFor }) => keptFor[language]));
  if (ends.size === 1) return <>{[...ends]}</>;
  return (
    <ul>
      {groups.map(({ table, keptFor }) => (
        <li>{`${stored[table].heading}: ${keptFor[language]}`}</li>
      ))}
    </ul>
  );
}

function receivedInShort(
  insight: Insight,
  { category }: InsightCategory,
  language: Language,
): Child {
  const names = insight.received
    .filter((one) => one.category === category)
    .map(({ recipient }) => recipient);
  const { nobody } = privacyText[language].myData;
  return names.length === 0 ? (
    nobody
  ) : (
    <a href="#received">{list([...new Set(names)], language)}</a>
  );
}

function lookedInShort(insight: Insight, { category }: InsightCategory, language: Language): Child {
  const [latest, ...earlier] = looksByPeople(insight.looks).filter(({ categories }) =>
    categories.some(({ name }) => name === category),
  );
  const words = privacyText[language].myData;
  if (latest === undefined) return words.nobody;
  const who = [...new Set([latest, ...earlier].map(({ party }) => partyText[language][party]))];
  return (
    <a href="#looks">
      {words.lookedBy(list(who, language), earlier.length + 1, date(latest.at, language))}
    </a>
  );
}

function GroupValues({ visit, group }: { visit: OwnVisit; group: InsightGroup }) {
  const { language } = visit;
  const { heading } = storedText[language][group.table];
  return (
    <>
      <h3>{heading}</h3>
      <GroupRows visit={visit} group={group} heading={heading} />
      {!group.isWhole && <p class="soft">{privacyText[language].myData.isCut}</p>}
    </>
  );
}

function GroupRows(props: { visit: OwnVisit; group: InsightGroup; heading: string }) {
  const { visit, group, heading } = props;
  const names = namesIn(group, visit.language);
  const isTable = group.rows.length > 1 && names.length <= tableColumnsMax;
  if (isTable) {
    return (
      <DataTable
        caption={heading}
        captionHidden
        columns={columnsOf(visit, group, names)}
        rows={group.rows}
      />
    );
  }
  return (
    <>
      {group.rows.map((row) => (
        <RowValues visit={visit} group={group} row={row} />
      ))}
    </>
  );
}

type RowProps = { visit: OwnVisit; group: InsightGroup; row: InsightRow };

function RowValues({ visit, group, row }: RowProps) {
  return (
    <SummaryList
      rows={shownValues(group.table, row, visit.language).map(({ name, label, value }) => ({
        key: label,
        action: changeOf(group.table, name, label, visit.language),
        value: (
          <>
            {value}
            <ThisDevice visit={visit} group={group} row={row} name={name} />
          </>
        ),
      }))}
    />
  );
}

/** The page where a value is changed by its owner. */
const changedAt: Readonly<
  Partial<Record<PersonalTable, Readonly<Partial<Record<string, string>>>>>
> = {
  'accounts.account': {
    name: '/settings/name',
    email: '/settings/email',
    language: '/settings',
    protected_identity: '/rights/protected-identity',
  },
  'accounts.credential': { password_hash: '/settings/password' },
};

function changeOf(
  table: PersonalTable,
  name: string,
  label: string,
  language: Language,
): SummaryRow['action'] {
  const href = changedAt[table]?.[name];
  const { change } = rightsText[language].act;
  return href === undefined ? undefined : { label: change, about: label, href };
}

/** Tells which of the signed-in devices is in the reader's hands. */
function ThisDevice({ visit, group, row, name }: RowProps & { name: string }) {
  const isThis =
    group.table === 'accounts.session' && name === 'device' && row.id === visit.session.sessionId;
  return isThis ? <> ({privacyText[visit.language].myData.thisDevice})</> : null;
}

function namesIn(group: InsightGroup, language: Language): { name: string; label: string }[] {
  const found = new Map<string, { name: string; label: string }>();
  for (const row of group.rows) {
    for (const { name, label } of shownValues(group.table, row, language)) {
      found.set(name, { name, label });
    }
  }
  return [...found.values()];
}

function columnsOf(
  visit: OwnVisit,
  group: InsightGroup,
  names: readonly { name: string; label: string }[],
): Column<InsightRow>[] {
  return names.map(({ name, label }, index) => ({
    header: label,
    rowHeader: index === 0,
    cell: (row) => (
      <>
        {shownValues(group.table, row, visit.language).find((one) => one.name === name)?.value}
        <ThisDevice visit={visit} group={group} row={row} name={name} />
      </>
    ),
  }));
}
