import type { Visit } from '../http/route.ts';
import { Toc } from '../pages/links.tsx';
import type { TocEntry } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { Day, Moment, SummaryList } from '../pages/tables.tsx';
import { WithAside } from '../pages/things.tsx';
import type { CategoryName } from '../policy/categories.ts';
import { notice } from '../policy/notice.ts';
import { promiseIds, promises } from '../policy/promises.ts';
import { categoryNames } from '../policy/rules.ts';
import type { Section } from '../policy/shape.ts';
import { listRecipients } from '../recipients/register.ts';
import { latestProofs } from '../routines/proof/results.ts';
import { noticeVersionsText } from '../text/notice-versions.ts';
import { noticeText } from '../text/privacy-notice.ts';
import type { CategoryAround } from '../text/privacy-notice.ts';
import { portalPage } from './frame.tsx';
import { Horizon } from './privacy-notice-horizon.tsx';
import { CategoryFacts } from './privacy-notice-category.tsx';
import { PromiseTable, PromisesSection, statusOf } from './privacy-notice-promises.tsx';
import type { Proofs } from './privacy-notice-promises.tsx';
import {
  Clear,
  ContactAndRights,
  Cookies,
  Purposes,
  RecipientsTable,
} from './privacy-notice-tables.tsx';
import type { Recipient } from '../recipients/register.ts';

/** What the sections are filled with beside the notice's own words. */
type Facts = { readonly proofs: Proofs; readonly register: readonly Recipient[] };

/** The privacy notice, rendered from the policy that the system runs on. */
export async function noticePage(visit: Visit): Promise<Response> {
  const { introduction } = notice;
  const { language } = visit;
  const facts = {
    proofs: await latestProofs(visit.op.db),
    register: await listRecipients(visit.op.db),
  };
  const title = introduction.heading[language];
  const [lead, ...paragraphs] = introduction.paragraphs;
  return portalPage(
    visit,
    { title, description: lead[language] },
    <>
      <h1>{title}</h1>
      <p class="lead">{lead[language]}</p>
      {paragraphs.map((words: { sv: string; en: string }) => (
        <p>{words[language]}</p>
      ))}
      <WithAside aside={<Toc title={noticeText[language].contents} entries={contents(visit)} />}>
        <InShort visit={visit} proofs={facts.proofs} />
        <What visit={visit} facts={facts} />
        <More visit={visit} facts={facts} />
        <PromisesSection visit={visit} proofs={facts.proofs} />
        <p>
          <a href="/notice/versions">{noticeVersionsText[language].seeVersions}</a>
        </p>
      </WithAside>
    </>,
  );
}

function categoriesAround(): CategoryAround[] {
  return categoryNames().filter((category) => isAround(category));
}

function isAround(category: CategoryName): category is CategoryAround {
  return notice.what.every((section) => section.category !== category);
}

function contents({ language }: Visit): TocEntry[] {
  const words = noticeText[language];
  const entry = ({ id, heading }: Section) => ({ id, label: heading[language] });
  const around = categoriesAround().map((id) => ({
    id,
    label: notice.categories[id].heading[language],
  }));
  return [
    { id: 'what', label: words.what, entries: [...notice.what.map(entry), ...around] },
    { id: 'more', label: notice.more.heading[language], entries: notice.more.sections.map(entry) },
    { id: 'promises', label: words.promises },
  ];
}

function InShort({ visit, proofs }: { visit: Visit; proofs: Proofs }) {
  const { language } = visit;
  const words = noticeText[language];
  const { name, organisation_number } = notice.controller;
  const broken = promiseIds().filter((id) => statusOf(proofs, id) === 'broken');
  return (
    <>
      {broken.length > 0 && (
        <Notice kind="warning" title={words.brokenTitle}>
          <p>{words.brokenText}</p>
          <ul>
            {broken.map((id) => (
              <li>{promises[id][language]}</li>
            ))}
          </ul>
        </Notice>
      )}
      <SummaryList
        rows={[
          {
            key: words.responsible,
            value: (
              <>
                {`${name}, ${organisation_number}. `}
                <a href="#contact">{words.reachUs}</a>
              </>
            ),
          },
          {
            key: words.validFrom,
            value: <Day value={Temporal.PlainDate.from(notice.version)} language={language} />,
          },
          { key: words.standing, value: <Standing visit={visit} proofs={proofs} /> },
        ]}
      />
    </>
  );
}

function Standing({ visit, proofs }: { visit: Visit; proofs: Proofs }) {
  const { language } = visit;
  const words = noticeText[language];
  const count = (status: string) =>
    promiseIds().filter((id) => statusOf(proofs, id) === status).length;
  const latest = [...proofs.values()]
    .map(({ provenAt }) => provenAt)
    .toSorted(Temporal.Instant.compare)
    .at(-1);
  if (latest === undefined) return <>{words.neverProven}</>;
  const [kept, broken, all] = [count('kept'), count('broken'), promiseIds().length];
  return (
    <>
      {broken === 0 ? words.keptOf(kept, all) : words.keptBut(kept, all, broken)}{' '}
      {`${words.proven} `}
      <Moment value={latest} language={language} />. <a href="#promises">{words.seePromises}</a>
    </>
  );
}

function What({ visit, facts }: { visit: Visit; facts: Facts }) {
  const { language } = visit;
  const words = noticeText[language];
  return (
    <section aria-labelledby="what">
      <h2 id="what">{words.what}</h2>
      {notice.what.map((section) => (
        <SectionOf visit={visit} facts={facts} section={section} />
      ))}
      {categoriesAround().map((category) => (
        <section aria-labelledby={category}>
          <h3 id={category}>{notice.categories[category].heading[language]}</h3>
          <p>{words.around[category]}</p>
          <CategoryFacts visit={visit} category={category} />
        </section>
      ))}
    </section>
  );
}

function More({ visit, facts }: { visit: Visit; facts: Facts }) {
  return (
    <section aria-labelledby="more">
      <h2 id="more">{notice.more.heading[visit.language]}</h2>
      {notice.more.sections.map((section) => (
        <SectionOf visit={visit} facts={facts} section={section} />
      ))}
    </section>
  );
}

function SectionOf(props: { visit: Visit; facts: Facts; section: Section }) {
  const { visit, facts, section } = props;
  const { language } = visit;
  return (
    <section aria-labelledby={section.id}>
      <h3 id={section.id}>{section.heading[language]}</h3>
      {section.paragraphs.map((paragraph) => (
        <p>{paragraph[language]}</p>
      ))}
      <Extras visit={visit} facts={facts} id={section.id} />
      {section.category !== undefined && (
        <CategoryFacts visit={visit} category={section.category as CategoryName} />
      )}
      <PromiseTable visit={visit} proofs={facts.proofs} ids={section.promises} />
    </section>
  );
}

/** What stands below the paragraphs of some sections: tables that are too long for a sentence. */
function Extras({ visit, facts, id }: { visit: Visit; facts: Facts; id: string }) {
  switch (id) {
    case 'credentials':
      return <Clear visit={visit} />;
    case 'settings':
      return <Cookies visit={visit} />;
    case 'cloud':
      return <Horizon visit={visit} />;
    case 'routines':
      return <Purposes visit={visit} />;
    case 'third-parties':
      return <RecipientsTable visit={visit} register={facts.register} />;
    case 'contact':
      return <ContactAndRights visit={visit} />;
    default:
      return null;
  }
}
