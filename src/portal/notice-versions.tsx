import { seeOther } from '../http/answers.ts';
import type { Visit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import { BackLink } from '../pages/links.tsx';
import { EmptyState, Notice } from '../pages/notices.tsx';
import { Day } from '../pages/tables.tsx';
import { changesBetween } from '../policy/changes.ts';
import type { Change } from '../policy/changes.ts';
import type { PublishedNotice } from '../policy/published.ts';
import { Problem } from '../problem.ts';
import { currentNotice, listVersions, versionByMark } from '../settings/notices.ts';
import type { NoticeVersion } from '../settings/notices.ts';
import { date, dayAt } from '../text/format.ts';
import { changeSentence, noticeVersionsText } from '../text/notice-versions.ts';
import { portalPage } from './frame.tsx';

/** Every version of the notice that was in force, the newest first, each with what changed in it. */
export async function noticeVersionsPage(visit: Visit): Promise<Response> {
  const words = noticeVersionsText[visit.language];
  const versions = await listVersions(visit.op.db);
  return portalPage(
    visit,
    { title: words.versions },
    <>
      <BackLink href="/notice">{words.backToNotice}</BackLink>
      <h1>{words.versions}</h1>
      <p class="lead">{words.versionsLead}</p>
      {versions.map((version, index) => (
        <OneVersion visit={visit} version={version} before={versions[index + 1] ?? null} />
      ))}
    </>,
  );
}

function OneVersion(props: { visit: Visit; version: NoticeVersion; before: NoticeVersion | null }) {
  const { visit, version, before } = props;
  const words = noticeVersionsText[visit.language];
  const id = `version-${version.noticeId}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {words.from} <Day value={dayAt(version.publishedAt)} language={visit.language} />
      </h2>
      <p>
        <a href={version.isCurrent ? '/notice' : `/notice/versions/${version.noticeId}`}>
          {words.show}
          <span class="visually-hidden">{`: ${dayOf(visit, version)}`}</span>
        </a>
        {version.isCurrent && ` (${words.current.toLowerCase()})`}
      </p>
      {before === null ? (
        <p>{words.first}.</p>
      ) : (
        <>
          <p>{`${words.changes}:`}</p>
          <Changes visit={visit} changes={changesBetween(before.content, version.content)} />
        </>
      )}
    </section>
  );
}

/** An earlier version as it was read then. */
export async function noticeVersionPage(visit: Visit): Promise<Response> {
  const noticeId = visit.params['version'] ?? '';
  const versions = await listVersions(visit.op.db);
  const version = isRowId(noticeId) ? versions.find((one) => one.noticeId === noticeId) : undefined;
  if (!version) throw new Problem('not-found');
  if (version.isCurrent) return seeOther('/notice');
  const words = noticeVersionsText[visit.language];
  const title = words.versionOf(dayOf(visit, version));
  return portalPage(
    visit,
    { title },
    <>
      <BackLink href="/notice/versions">{words.back}</BackLink>
      <h1>{title}</h1>
      <Notice kind="warning" title={words.old}>
        <p>
          <a href="/notice">{words.toCurrent}</a>
        </p>
      </Notice>
      <Published visit={visit} content={version.content} />
    </>,
  );
}

function Published({ visit, content }: { visit: Visit; content: PublishedNotice }) {
  const { language } = visit;
  const words = noticeVersionsText[language];
  return (
    <>
      {[content.introduction, ...Object.values(content.sections)].map((section) => (
        <section>
          <h2>{section.heading[language]}</h2>
          {section.paragraphs.map((paragraph) => (
            <p>{paragraph[language]}</p>
          ))}
        </section>
      ))}
      <h2>{words.fields}</h2>
      {Object.values(content.categories).map((category) => (
        <>
          <h3>{category.heading[language]}</h3>
          <ul>
            {Object.values(category.fields).map((field) => (
              <li>{field[language]}</li>
            ))}
          </ul>
          <p>{`${words.keptFor}: ${category.kept.map((kept) => kept[language]).join('; ') || '–'}`}</p>
        </>
      ))}
      <Lists visit={visit} content={content} />
    </>
  );
}

function Lists({ visit, content }: { visit: Visit; content: PublishedNotice }) {
  const { language } = visit;
  const words = noticeVersionsText[language];
  const lists = [
    { heading: words.purposes, items: Object.values(content.purposes) },
    { heading: words.recipients, items: Object.values(content.recipients) },
    { heading: words.cookies, items: Object.values(content.cookies) },
  ];
  return lists.map(({ heading, items }) => (
    <>
      <h2>{heading}</h2>
      <ul>
        {items.map((item) => (
          <li>{item.words[language]}</li>
        ))}
      </ul>
    </>
  ));
}

/** What has changed since the version that somebody has read; a mark that names none shows all versions instead. */
export async function noticeChangesPage(visit: Visit): Promise<Response> {
  const version = await versionByMark(visit.op.db, visit.query.get('since') ?? '');
  if (version === null) return seeOther('/notice/versions');
  const words = noticeVersionsText[visit.language];
  return portalPage(
    visit,
    { title: words.changesTitle },
    <>
      <BackLink href="/notice">{words.backToNotice}</BackLink>
      <h1>{words.changesTitle}</h1>
      <p class="lead">{words.changesSince(dayOf(visit, version))}</p>
      <Changes visit={visit} changes={changesBetween(version.content, currentNotice)} />
      <p>
        <a href="/notice/versions">{words.seeVersions}</a>
      </p>
    </>,
  );
}

function Changes({ visit, changes }: { visit: Visit; changes: readonly Change[] }) {
  const words = noticeVersionsText[visit.language];
  if (changes.length === 0) return <EmptyState title={words.noChanges} />;
  return (
    <ul>
      {changes.map((change) => (
        <li>
          {changeSentence(change, visit.language)}
          {change.kind === 'wording' && <Wording visit={visit} change={change} />}
        </li>
      ))}
    </ul>
  );
}

function Wording({ visit, change }: { visit: Visit; change: Change & { kind: 'wording' } }) {
  const { language } = visit;
  const words = noticeVersionsText[language];
  return (
    <>
      {change.before && (
        <p class="soft">
          {`${words.before}: `}
          <del>{change.before[language]}</del>
        </p>
      )}
      {change.after && (
        <p>
          {`${words.now}: `}
          <ins>{change.after[language]}</ins>
        </p>
      )}
    </>
  );
}

function dayOf(visit: Visit, { publishedAt }: NoticeVersion): string {
  return date(dayAt(publishedAt), visit.language);
}
