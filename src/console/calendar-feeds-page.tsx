import { feedToken } from '../history/calendar/resource-feed.ts';
import { listResources, renewFeed } from '../history/calendar/resources.ts';
import type { KnownResource } from '../history/calendar/resources.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import { Button, Form } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { CopyableCode } from '../pages/notices.tsx';
import { calendarText } from '../text/console-calendar.ts';
import { calendarRoom } from './calendar-page.tsx';
import { DoneNotice } from './done-notice.tsx';
import { consolePage } from './frame.tsx';

const feedsPage = `${calendarRoom}/feeds`;

/** The address at which a calendar program reads each resource. */
export async function showFeeds(visit: OwnVisit): Promise<Response> {
  const { language } = visit;
  const words = calendarText[language];
  const resources = await listResources(visit.op.db);
  return consolePage(
    visit,
    { title: words.feedPage.title, current: 'calendar' },
    <>
      <DoneNotice visit={visit} words={words.done} />
      <BackLink href={calendarRoom}>{words.title}</BackLink>
      <h1>{words.feedPage.title}</h1>
      <p class="lead">{words.feedPage.lead}</p>
      <p>{words.feedPage.careful}</p>
      {resources.map((resource) => (
        <FeedAddress visit={visit} resource={resource} />
      ))}
    </>,
  );
}

/** Gives a feed a new address; the one before leads nowhere from now on. */
export async function takeRenewal(visit: OwnVisit): Promise<Response> {
  const resourceId = visit.form.get('resource') ?? '';
  if (isRowId(resourceId)) await renewFeed(visit.op, resourceId);
  return seeOther(`${feedsPage}?done=renewed`);
}

function FeedAddress({ visit, resource }: { visit: OwnVisit; resource: KnownResource }) {
  const { op, site, language } = visit;
  const words = calendarText[language].feedPage;
  const label = resource.label[language];
  return (
    <>
      <h2>{label}</h2>
      <CopyableCode
        label={words.address}
        code={`${site.origin}/calendar/${feedToken(op.vault, resource)}.ics`}
        words={words}
      />
      <Form action={feedsPage}>
        <Button kind="secondary" name="resource" value={resource.resourceId}>
          {words.renew}
          <span class="visually-hidden">{` ${words.renewAbout(label)}`}</span>
        </Button>
      </Form>
    </>
  );
}
