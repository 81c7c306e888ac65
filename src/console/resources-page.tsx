import { listResources, listSkills } from '../history/calendar/resources.ts';
import type { KnownResource, Skill } from '../history/calendar/resources.ts';
import type { OwnVisit } from '../http/route.ts';
import { Actions, ButtonLink } from '../pages/forms.tsx';
import { href } from '../pages/href.ts';
import { BackLink } from '../pages/links.tsx';
import { EmptyState } from '../pages/notices.tsx';
import { Badge, DataTable } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import { catalogueText } from '../text/console-catalogue.ts';
import { resourcesText } from '../text/console-resources.ts';
import { list } from '../text/format.ts';
import { catalogueRoom, isEditor } from './catalogue-page.tsx';
import { DoneNotice } from './done-notice.tsx';
import { consolePage } from './frame.tsx';

export const resourcesPage = `${catalogueRoom}/resources`;

/** People, rooms and things that can be booked. */
export async function showResources(visit: OwnVisit): Promise<Response> {
  const { op, language } = visit;
  const words = resourcesText[language];
  const resources = await listResources(op.db);
  const skills = await listSkills(op.db);
  return consolePage(
    visit,
    { title: words.title, current: 'catalogue' },
    <>
      <DoneNotice visit={visit} words={words.done} />
      <BackLink href={catalogueRoom}>{catalogueText[language].back}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {isEditor(visit) && (
        <Actions>
          <ButtonLink href={`${resourcesPage}/new`} kind="secondary">
            {words.add}
          </ButtonLink>
        </Actions>
      )}
      {resources.length === 0 ? (
        <EmptyState title={words.empty} icon="users">
          <p>{words.emptyText}</p>
        </EmptyState>
      ) : (
        <DataTable
          caption={words.title}
          captionHidden
          columns={columnsOf(visit, skills)}
          rows={resources}
        />
      )}
    </>,
  );
}

export function addressOfResource({ resourceId }: Pick<KnownResource, 'resourceId'>): string {
  return `${resourcesPage}/${resourceId}`;
}

function columnsOf({ language }: OwnVisit, skills: readonly Skill[]): Column<KnownResource>[] {
  const words = resourcesText[language];
  return [
    {
      header: words.label,
      cell: (one) => <a href={href(addressOfResource(one))}>{one.label[language]}</a>,
      rowHeader: true,
    },
    { header: words.kind, cell: ({ kind }) => words.kinds[kind] },
    { header: words.skills, cell: (one) => skillNames(one, skills, language) },
    {
      header: words.state,
      cell: ({ isOffered }) => (
        <Badge kind={isOffered ? 'done' : 'stopped'}>{isOffered ? words.open : words.hidden}</Badge>
      ),
    },
  ];
}

/** What a resource can do, in words. */
export function skillNames(
  resource: KnownResource,
  skills: readonly Skill[],
  language: OwnVisit['language'],
): string {
  const own = skills.filter(({ skillId }) => resource.skills.includes(skillId));
  if (own.length === 0) return resourcesText[language].noSkills;
  return list(
    own.map(({ name }) => name[language]),
    language,
  );
}
