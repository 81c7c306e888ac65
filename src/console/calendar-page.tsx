import type { OwnVisit } from '../http/route.ts';
import { Actions, Button, ButtonLink, Field, Form, Hidden, Select } from '../pages/forms.tsx';
import { href } from '../pages/href.ts';
import { Icon } from '../pages/icons.tsx';
import { EmptyState } from '../pages/notices.tsx';
import { today } from '../recipients/register.ts';
import { calendarText } from '../text/console-calendar.ts';
import { number, weekdayDate } from '../text/format.ts';
import { weekOf } from '../history/calendar/calendar-weeks.ts';
import { CalendarList, CalendarTable } from './calendar-table.tsx';
import { readCalendarPage } from './calendar-view.ts';
import type { ShownCalendar, View } from './calendar-view.ts';
import { DoneNotice } from './done-notice.tsx';
import { consolePage } from './frame.tsx';
import { resourcesPage } from './resources-page.tsx';

export const calendarRoom = '/console/calendar';

/** A day of all resources or a week of one. Nothing about customers is opened. */
export async function showCalendar(visit: OwnVisit): Promise<Response> {
  const { language } = visit;
  const words = calendarText[language];
  const shown = await readCalendarPage(visit);
  return consolePage(
    visit,
    { title: words.title, current: 'calendar' },
    <>
      <DoneNotice visit={visit} words={words.done} />
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {shown.columns.length === 0 ? (
        <EmptyState title={words.noResources} icon="calendar">
          <p>{words.noResourcesText}</p>
          <p>
            <a href={resourcesPage}>{words.toResources}</a>
          </p>
        </EmptyState>
      ) : (
        <>
          <Steering visit={visit} shown={shown} />
          <h2 class="sentence">{headingOf(shown, language)}</h2>
          {shown.closedDays.map(({ day, name }) => (
            <p>
              <strong>{words.closedDay(name[language])}</strong>
              {shown.name === 'week' && ` (${weekdayDate(day, language)})`}
            </p>
          ))}
          <p class="hint needs-script calendar__hint">{words.dragHint}</p>
          <CalendarTable visit={visit} shown={shown} />
          <CalendarList visit={visit} shown={shown} />
          <form method="post" action={calendarRoom} data-move-form hidden>
            <Hidden name="day" value="" />
            <Hidden name="time" value="" />
            <Hidden name="with" value="" />
          </form>
        </>
      )}
      <Actions>
        <ButtonLink href={`${calendarRoom}/block?day=${shown.day.toString()}`} kind="secondary">
          {words.block}
        </ButtonLink>
        <ButtonLink href={`${calendarRoom}/feeds`} kind="secondary">
          {words.feeds}
        </ButtonLink>
      </Actions>
    </>,
  );
}

/** The address of a part of the calendar. */
export function addressOfView({ name, day, resource }: View): string {
  const query = new URLSearchParams({ view: name, day: day.toString() });
  if (resource !== null) query.set('resource', resource.resourceId);
  return `${calendarRoom}?${query.toString()}`;
}

function headingOf({ name, day, resource }: ShownCalendar, language: OwnVisit['language']): string {
  if (name === 'day') return weekdayDate(day, language);
  const week = calendarText[language].weekNumber(number(weekOf(day).number, language));
  return resource === null ? week : `${resource.label[language]}, ${week} ${day.year}`;
}

function Steering({ visit, shown }: { visit: OwnVisit; shown: ShownCalendar }) {
  const words = calendarText[visit.language];
  const { name, day } = shown;
  const step = name === 'week' ? { weeks: 1 } : { days: 1 };
  const other: View = { ...shown, name: name === 'week' ? 'day' : 'week' };
  return (
    <>
      <nav class="steering" aria-label={words.views}>
        <a href={href(addressOfView({ ...shown, day: day.subtract(step) }))} rel="prev">
          <Icon name="arrow-left" />
          {name === 'week' ? words.previousWeek : words.previousDay}
        </a>
        <a href={href(addressOfView({ ...shown, day: today(visit.op.now) }))}>{words.today}</a>
        <a href={href(addressOfView({ ...shown, day: day.add(step) }))} rel="next">
          {name === 'week' ? words.nextWeek : words.nextDay}
          <Icon name="arrow-right" />
        </a>
        <a href={href(addressOfView(other))}>{name === 'week' ? words.day : words.week}</a>
      </nav>
      <JumpForm visit={visit} shown={shown} />
    </>
  );
}

function JumpForm({ visit, shown }: { visit: OwnVisit; shown: ShownCalendar }) {
  const { language } = visit;
  const words = calendarText[language];
  const all = shown.name === 'day' ? [{ value: '', label: words.all }] : [];
  return (
    <Form action={calendarRoom} method="get" layout="row">
      <Hidden name="view" value={shown.name} />
      <Field name="day" label={words.date} type="date" value={shown.day.toString()} />
      <Select
        name="resource"
        label={words.resource}
        width="full"
        options={[
          ...all,
          ...shown.resources.map(({ resourceId, label }) => ({
            value: resourceId,
            label: label[language],
          })),
        ]}
        value={shown.resource?.resourceId ?? ''}
      />
      <Button kind="secondary">{words.show}</Button>
    </Form>
  );
}
