import { readAvailability } from '../availability/minutes.ts';
import type { Availability, ReadyDay } from '../availability/minutes.ts';
import { listRuns } from '../availability/runs.ts';
import type { Run } from '../availability/runs.ts';
import { listSecurityEvents, settleSecurityEvent } from '../availability/security-events.ts';
import type { SecurityEvent } from '../availability/security-events.ts';
import {
  newestBackup,
  newestProof,
  newestRehearsal,
  readSituation,
} from '../availability/situation.ts';
import type { Situation } from '../availability/metrics.ts';
import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { isRowId } from '../ids.ts';
import { Button } from '../pages/forms.tsx';
import { Details, EmptyState, Notice } from '../pages/notices.tsx';
import { Badge, DataTable, Day, Moment, SummaryList } from '../pages/tables.tsx';
import type { Column } from '../pages/tables.tsx';
import { limits } from '../policy/limits.ts';
import { Problem } from '../problem.ts';
import { version } from '../project.ts';
import { operationText } from '../text/console-operation.ts';
import { number, percent } from '../text/format.ts';
import type { Epoch } from '../vault/epochs.ts';
import { consolePage, roleOf } from './frame.tsx';

/** All of it in one look: counts and times of this moment. */
type Standing = {
  readonly situation: Situation;
  readonly availability: Availability;
  readonly proof: Temporal.Instant | null;
  readonly backup: Temporal.Instant | null;
  readonly rehearsal: Temporal.Instant | null;
};

/** How the service itself is: health, keys, backups, proofs, routines, and what somebody should look at. */
export async function showOperation(visit: OwnVisit): Promise<Response> {
  const { op, language } = visit;
  const words = operationText[language];
  const standing = await readStanding(visit);
  const [epochs, runs, events] = await Promise.all([
    op.vault.epochs.list(),
    listRuns(op.db),
    listSecurityEvents(op.db),
  ]);
  return consolePage(
    visit,
    { title: words.title, current: 'operation' },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <Alarm visit={visit} pending={events.filter(({ settledAt }) => settledAt === null).length} />
      <h2>{words.now}</h2>
      <SummaryList rows={rowsOf(visit, standing)} />
      <Events visit={visit} events={events} />
      <h2>{words.epochs}</h2>
      <p>{words.epochsText}</p>
      <DataTable
        caption={words.epochs}
        captionHidden
        columns={epochColumns(visit)}
        rows={epochs.toReversed()}
      />
      <h2>{words.routines}</h2>
      <p>{words.routinesText}</p>
      <DataTable caption={words.routines} captionHidden columns={runColumns(visit)} rows={runs} />
      <Days visit={visit} days={standing.availability.days} />
    </>,
  );
}

/** Notes that this member of staff has looked at an event. */
export async function takeSettled(visit: OwnVisit): Promise<Response> {
  const eventId = visit.params['event'] ?? '';
  if (!isRowId(eventId)) throw new Problem('not-found');
  await settleSecurityEvent(visit.op.db, eventId, visit.op.now);
  return seeOther('/console/operation#events');
}

async function readStanding({ op: { db, now } }: OwnVisit): Promise<Standing> {
  const [situation, availability, proof, backup, rehearsal] = await Promise.all([
    readSituation(db, now),
    readAvailability(db, now),
    newestProof(db, now),
    newestBackup(db, now),
    newestRehearsal(db, now),
  ]);
  return { situation, availability, proof, backup, rehearsal };
}

function Alarm({ visit, pending }: { visit: OwnVisit; pending: number }) {
  const words = operationText[visit.language];
  if (pending === 0) return <p>{words.calm}</p>;
  return (
    <Notice kind="warning" title={words.eventsTitle(pending)}>
      <p>
        <a href="#events">{words.events}</a>
      </p>
    </Notice>
  );
}

function rowsOf({ language }: OwnVisit, { situation, availability, ...times }: Standing) {
  const words = operationText[language];
  const moment = (value: Temporal.Instant | null) =>
    value === null ? words.never : <Moment value={value} language={language} />;
  const share = availability.percent;
  return [
    {
      key: words.availability(limits.availability_days),
      value: share === null ? words.noMinute : percent(share / 100, language),
    },
    { key: words.messages, value: number(situation.messagesWaiting, language) },
    { key: words.erasures, value: number(situation.erasuresUnfinished, language) },
    { key: words.promises, value: number(situation.promisesBroken, language) },
    { key: words.proof, value: moment(times.proof) },
    { key: words.backup, value: moment(times.backup) },
    { key: words.rehearsal, value: moment(times.rehearsal) },
    { key: words.version, value: version() },
  ];
}

function Events({ visit, events }: { visit: OwnVisit; events: readonly SecurityEvent[] }) {
  const words = operationText[visit.language];
  return (
    <section aria-labelledby="events">
      <h2 id="events">{words.events}</h2>
      {events.length === 0 ? (
        <EmptyState title={words.noEvents} icon="shield-check" />
      ) : (
        <form method="post">
          <DataTable
            caption={words.events}
            captionHidden
            columns={eventColumns(visit)}
            rows={events}
          />
        </form>
      )}
    </section>
  );
}

function eventColumns(visit: OwnVisit): Column<SecurityEvent>[] {
  const { language } = visit;
  const words = operationText[language];
  const maySettle = roleOf(visit) === 'administrator';
  return [
    { header: words.event, rowHeader: true, cell: ({ kind }) => words.kinds[kind] },
    { header: words.noted, cell: ({ notedAt }) => <Moment value={notedAt} language={language} /> },
    {
      header: words.settled,
      cell: ({ eventId, kind, settledAt }) => {
        if (settledAt !== null) return <Moment value={settledAt} language={language} />;
        if (!maySettle) return '–';
        return (
          <Button kind="link" formaction={`/console/operation/events/${eventId}/settle`}>
            {words.settle}
            <span class="visually-hidden">{`: ${words.kinds[kind]}`}</span>
          </Button>
        );
      },
    },
  ];
}

function epochColumns({ language }: OwnVisit): Column<Epoch>[] {
  const words = operationText[language];
  const moment = (value: Temporal.Instant | null) =>
    value === null ? '–' : <Moment value={value} language={language} />;
  return [
    { header: words.epoch, rowHeader: true, cell: ({ epoch }) => number(epoch, language) },
    { header: words.began, cell: ({ beganAt }) => moment(beganAt) },
    { header: words.moved, cell: ({ rewrappedAt }) => moment(rewrappedAt) },
    { header: words.destroyed, cell: ({ destroyedAt }) => moment(destroyedAt) },
  ];
}

function runColumns({ language }: OwnVisit): Column<Run>[] {
  const words = operationText[language];
  return [
    { header: words.routine, rowHeader: true, cell: ({ routine }) => <code>{routine}</code> },
    { header: words.ran, cell: ({ ranAt }) => <Moment value={ranAt} language={language} /> },
    { header: words.did, kind: 'number', cell: ({ done }) => number(done, language) },
    {
      header: words.state,
      cell: ({ failedAt }) =>
        failedAt === null ? (
          <Badge kind="done">{words.good}</Badge>
        ) : (
          <Badge kind="stopped">{words.failed}</Badge>
        ),
    },
  ];
}

function Days({ visit, days }: { visit: OwnVisit; days: readonly ReadyDay[] }) {
  const { language } = visit;
  const words = operationText[language];
  if (days.length === 0) return null;
  const columns: Column<ReadyDay>[] = [
    {
      header: words.day,
      rowHeader: true,
      cell: ({ day }) => <Day value={day} language={language} />,
    },
    {
      header: words.percent,
      kind: 'number',
      cell: (one) => percent(one.percent / 100, language),
    },
  ];
  return (
    <Details summary={words.days}>
      <DataTable caption={words.days} captionHidden columns={columns} rows={days.toReversed()} />
    </Details>
  );
}
