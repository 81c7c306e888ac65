import type { OwnVisit } from '../http/route.ts';
import { Actions, ButtonLink } from '../pages/forms.tsx';
import { LinkList } from '../pages/links.tsx';
import { Details } from '../pages/notices.tsx';
import { DataTable, SummaryList } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import { list } from '../text/format.ts';
import { countStored, gatherInsight } from '../requests/insight.ts';
import type { Insight, InsightCategory, StoredCount } from '../requests/insight.ts';
import { privacyText } from '../text/privacy.ts';
import { storedText } from '../text/privacy-stored.ts';
import { portalPage } from './frame.tsx';
import { CategorySection, inShort } from './privacy-category.tsx';
import { rightsLinks } from './privacy-rights.ts';
import { LooksSection, looksByPeople, ReceivedSection } from './privacy-traces.tsx';

/** Everything that is stored about the customer, and what has become of it. */
export async function myDataPage(visit: OwnVisit): Promise<Response> {
  const insight = await gatherInsight(visit.op, visit.owner);
  const counts = await countStored(visit.op, visit.owner);
  const words = privacyText[visit.language].myData;
  const filled = withValues(insight);
  return portalPage(
    visit,
    { title: words.title, current: 'myData' },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Glance visit={visit} insight={insight} counts={counts} />
      {filled.map((category) => (
        <CategorySection visit={visit} insight={insight} category={category} />
      ))}
      <NothingHere visit={visit} insight={insight} />
      <LooksSection visit={visit} looks={insight.looks} />
      <ReceivedSection visit={visit} received={insight.received} />
      <Rights visit={visit} />
    </>,
  );
}

/** Categories that hold something; traces have sections of their own. */
function withValues({ categories }: Insight): InsightCategory[] {
  return categories.filter(({ category, groups }) => category !== 'traces' && groups.length > 0);
}

/** All of the page on one screen: what, why, how long, who has looked, who has received. */
function Glance(props: { visit: OwnVisit; insight: Insight; counts: readonly StoredCount[] }) {
  const { visit, insight, counts } = props;
  const words = privacyText[visit.language].myData;
  return (
    <>
      <DataTable
        caption={words.glance}
        captionHidden
        columns={glanceColumns(visit, counts)}
        rows={withValues(insight)}
      />
      <SummaryList
        rows={[
          { key: words.looked, value: <LookedInShort visit={visit} insight={insight} /> },
          { key: words.received, value: <ReceivedInShort visit={visit} insight={insight} /> },
        ]}
      />
      <Actions>
        <ButtonLink href="/my-data/download" kind="secondary" icon="download">
          {words.download}
        </ButtonLink>
        <span class="soft small">{words.downloadHint}</span>
      </Actions>
    </>
  );
}

function LookedInShort({ visit, insight }: { visit: OwnVisit; insight: Insight }) {
  const words = privacyText[visit.language].myData;
  const times = looksByPeople(insight.looks).length;
  return times === 0 ? (
    <>{words.lookedNobody}</>
  ) : (
    <>
      {words.lookedTimes(times)} <a href="#looks">{words.seeLooks}</a>
    </>
  );
}

function ReceivedInShort({ visit, insight }: { visit: OwnVisit; insight: Insight }) {
  const words = privacyText[visit.language].myData;
  const names = [...new Set(insight.received.map(({ recipient }) => recipient))];
  return names.length === 0 ? (
    <>{words.receivedNobody}</>
  ) : (
    <>
      {words.receivedBy(list(names, visit.language))} <a href="#received">{words.seeReceived}</a>
    </>
  );
}

function glanceColumns(
  { language }: OwnVisit,
  counts: readonly StoredCount[],
): Column<InsightCategory>[] {
  const words = privacyText[language].myData;
  const stored = storedText[language];
  const countsOf = (category: InsightCategory) =>
    counts
      .filter((one) => one.category === category.category)
      .map(({ table, rows }) => stored[table].count(rows));
  const endsOf = ({ groups }: InsightCategory) => [
    ...new Set(groups.map(({ keptFor }) => keptFor[language])),
  ];
  return [
    {
      header: words.what,
      rowHeader: true,
      cell: ({ category, heading }) => <a href={`#${category}`}>{heading[language]}</a>,
    },
    { header: words.howMuch, cell: (category) => list(countsOf(category), language) },
    { header: words.why, cell: (category) => inShort(category, language) },
    { header: words.untilWhen, cell: (category) => endsOf(category).join('; ') },
  ];
}

function NothingHere({ visit, insight }: { visit: OwnVisit; insight: Insight }) {
  const { language } = visit;
  const words = privacyText[language].myData;
  const empty = insight.categories.filter(
    ({ category, groups }) => category !== 'traces' && groups.length === 0,
  );
  if (empty.length === 0) return null;
  const headings = list(
    empty.map(({ heading }) => heading[language]),
    language,
  );
  return (
    <section aria-labelledby="nothing">
      <h2 id="nothing">{words.emptyTitle}</h2>
      <p>{words.empty(headings)}</p>
    </section>
  );
}

function Rights({ visit }: { visit: OwnVisit }) {
  const { myData, rights, bases, basesExplained } = privacyText[visit.language];
  const grounds = ['contract', 'legal-obligation', 'legitimate-interest', 'consent'] as const;
  return (
    <section aria-labelledby="rights">
      <h2 id="rights">{myData.rightsTitle}</h2>
      <LinkList links={rightsLinks(visit.language)} />
      <p>
        {rights.automatic} {rights.complain} <a href="https://www.imy.se/">{rights.authority}</a>.
      </p>
      <Details summary={myData.basesTitle}>
        <SummaryList
          rows={grounds.map((basis) => ({ key: bases[basis], value: basesExplained[basis] }))}
        />
      </Details>
      <Details summary={myData.internalTitle}>
        <p>{myData.internal}</p>
      </Details>
    </section>
  );
}
