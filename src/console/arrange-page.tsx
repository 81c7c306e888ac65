import { arrange, arrangedDaysMax, arrangedMinutes, listResources } from '../history/arrange.ts';
import type { OrderLine } from '../history/orders.ts';
import { reversedOf } from '../history/whole-order.ts';
import type { WholeOrder } from '../history/whole-order.ts';
import { seeOther } from '../http/answers.ts';
import { dayIn } from '../http/fields.ts';
import type { OwnVisit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import { ErrorSummary } from '../pages/choices.tsx';
import { Button, Field, Form, Hidden, Select } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { isProblem, Problem } from '../problem.ts';
import { actionsText } from '../text/console-desk-actions.ts';
import { companyTimeZone } from '../text/format.ts';
import { arrangedLetter } from './desk-letters.ts';
import { lineName, openWhole, orderPath } from './desk-place.ts';
import type { OpenedWhole } from './desk-place.ts';
import { consolePage } from './frame.tsx';
import { timeIn } from './hours-text.ts';

type Resources = Awaited<ReturnType<typeof listResources>>;
type Fault = 'day' | 'time' | 'minutes' | 'resource' | 'taken';

/** The services of an order that have no time yet. */
export function unarranged(whole: WholeOrder): readonly OrderLine[] {
  if (whole.order.state !== 'placed') return [];
  return whole.lines.filter(
    (line) =>
      line.kind === 'service' &&
      !whole.bookings.some(({ lineId }) => lineId === line.lineId) &&
      line.quantity > reversedOf(whole, line.lineId).quantity,
  );
}

/** Sets the time, or says what is wrong with it and keeps what was typed. */
export async function takeArrangement(visit: OwnVisit): Promise<Response> {
  const opened = await openWhole(visit);
  const line = unarranged(opened.whole).find(({ lineId }) => lineId === visit.form.get('line'));
  if (line === undefined) throw new Problem('conflict', 'it has a time, or needs none');
  const resources = await listResources(visit.op);
  const { faults, startsAt, minutes, resourceId } = readTime(visit, resources);
  const page = (of: readonly Fault[]) => arrangePage(visit, { opened, line, resources }, of);
  if (startsAt === null || resourceId === null || faults.length > 0) return page(faults);
  const wish = { ...opened.place, lineId: line.lineId, resourceId, startsAt, minutes };
  try {
    await arrange(visit.op, wish, arrangedLetter(visit.site.origin));
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error;
    return page(['taken']);
  }
  return seeOther(`${orderPath(opened.place)}?done=arrange`);
}

function readTime({ form, op }: OwnVisit, resources: Resources) {
  const day = dayIn(form.get('day')?.trim());
  const time = timeIn(form.get('time') ?? '');
  const startsAt = day === null || time === null ? null : instantOf(day, time);
  const typed = (form.get('minutes') ?? '').trim();
  const minutes = /^\d{1,4}$/.test(typed) ? Number(typed) : 0;
  const chosen = form.get('resource') ?? '';
  const resourceId = isResource(chosen, resources) ? chosen : null;
  const hours = startsAt === null ? null : startsAt.since(op.now).total('hours');
  const isFar = hours !== null && hours > arrangedDaysMax * 24;
  const isPast = hours !== null && hours <= 0;
  const isLength = minutes >= arrangedMinutes.min && minutes <= arrangedMinutes.max;
  const faults: Fault[] = [
    ...(day === null || isFar ? (['day'] as const) : []),
    ...(time === null || isPast || (day !== null && startsAt === null) ? (['time'] as const) : []),
    ...(isLength ? [] : (['minutes'] as const)),
    ...(resourceId === null ? (['resource'] as const) : []),
  ];
  return { faults, startsAt, minutes, resourceId };
}

function isResource(id: string, resources: Resources): id is RowId {
  return isRowId(id) && resources.some(({ resourceId }) => resourceId === id);
}

/** Null in the hour that the clocks leave out. */
function instantOf(day: Temporal.PlainDate, time: Temporal.PlainTime): Temporal.Instant | null {
  const at = day.toZonedDateTime({ timeZone: companyTimeZone, plainTime: time });
  return at.toPlainTime().equals(time) ? at.toInstant() : null;
}

/** Day, time, length and resource of one service. */
export function ArrangeForm(props: {
  visit: OwnVisit;
  opened: OpenedWhole;
  line: OrderLine;
  resources: Resources;
  faults?: readonly Fault[];
}) {
  const { visit, opened, line, resources, faults = [] } = props;
  const { language, form } = visit;
  const words = actionsText[language].arrange;
  if (resources.length === 0) return <p>{words.noResources}</p>;
  const isOwn = form.get('line') === line.lineId;
  const shared = (name: 'day' | 'time' | 'minutes') => ({
    name,
    id: `field-${name}-${line.lineId}`,
    label: words[name],
    autocomplete: 'off',
    required: true,
    value: isOwn ? form.get(name) : undefined,
    error: faults.includes(name) ? words.faults[name] : undefined,
  });
  return (
    <Form action={`${orderPath(opened.place)}/arrange`}>
      <Hidden name="line" value={line.lineId} />
      <p>{words.lead}</p>
      <Field {...shared('day')} type="date" width="medium" />
      <Field {...shared('time')} hint={words.timeHint} width="short" maxlength={5} />
      <Field {...shared('minutes')} inputmode="numeric" width="short" maxlength={3} />
      <Select
        name="resource"
        id={`field-resource-${line.lineId}`}
        label={words.resource}
        value={isOwn ? form.get('resource') : undefined}
        options={resources.map(({ resourceId, label }) => ({
          value: resourceId,
          label: label[language],
        }))}
        error={resourceError(faults, words.faults)}
      />
      <Button kind="secondary" icon="calendar">
        {words.button}
      </Button>
    </Form>
  );
}

function resourceError(
  faults: readonly Fault[],
  words: Readonly<Record<Fault, string>>,
): string | undefined {
  if (faults.includes('taken')) return words.taken;
  return faults.includes('resource') ? words.resource : undefined;
}

function arrangePage(
  visit: OwnVisit,
  of: { opened: OpenedWhole; line: OrderLine; resources: Resources },
  faults: readonly Fault[],
): Promise<Response> {
  const words = actionsText[visit.language].arrange;
  const path = orderPath(of.opened.place);
  return consolePage(
    visit,
    { title: words.title, current: 'orders', status: 422, comeBackTo: path },
    <>
      <ErrorSummary
        title={words.errorTitle}
        errors={faults.map((fault) => ({
          field: `${fault === 'taken' ? 'resource' : fault}-${of.line.lineId}`,
          text: words.faults[fault],
        }))}
      />
      <BackLink href={path}>{actionsText[visit.language].keep}</BackLink>
      <h1>{words.title}</h1>
      <p class="lead">{lineName(of.line, visit.language)}</p>
      <ArrangeForm visit={visit} {...of} faults={faults} />
    </>,
  );
}
