import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { isOwnerId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { Actions, Button, Field, Form } from '../pages/forms.tsx';
import { href } from '../pages/href.ts';
import { BackLink } from '../pages/links.tsx';
import { EmptyState, Notice } from '../pages/notices.tsx';
import { DataTable, Day, SummaryList } from '../pages/tables.tsx';
import type { Column, SummaryRow } from '../pages/tables.tsx';
import { Problem } from '../problem.ts';
import { readHeld } from '../routines/held-records.ts';
import {
  confirmHold,
  findHold,
  liftHold,
  listHolds,
  proposeRenewal,
  readHold,
} from '../routines/holds.ts';
import type { ListedHold, OpenedHold } from '../routines/holds.ts';
import type { Language } from '../text/bilingual.ts';
import { dayAt } from '../text/format.ts';
import { holdsText } from '../text/leaving-holds.ts';
import { consolePage } from './frame.tsx';
import { endOfDay } from './holds-end.ts';

export const holdsRoom = '/console/holds';

/** Every hold that is not over, those that end first on top. Opens nothing. */
export async function showHolds(visit: OwnVisit): Promise<Response> {
  const { language, query } = visit;
  const words = holdsText[language];
  const holds = await listHolds(visit.op);
  const done = doneOf(query.get('done'));
  return consolePage(
    visit,
    { title: words.title, current: 'holds' },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {done !== null && <Notice kind="success" title={words.done[done]} role="status" />}
      {holds.length === 0 ? (
        <EmptyState title={words.empty} icon="lock">
          <p>{words.emptyText}</p>
        </EmptyState>
      ) : (
        <DataTable caption={words.title} captionHidden columns={columnsOf(language)} rows={holds} />
      )}
    </>,
  );
}

/** One hold by what is not sealed, and the button that opens the rest. */
export async function showHold(visit: OwnVisit): Promise<Response> {
  const found = await findHold(visit.op, holdOf(visit));
  const words = holdsText[visit.language];
  return consolePage(
    visit,
    { title: words.one, current: 'holds' },
    <>
      <BackLink href={holdsRoom}>{words.back}</BackLink>
      <h1>{words.one}</h1>
      <SummaryList rows={rowsOf(found, visit.language)} />
      <p>{words.openText}</p>
      <Form action={`${holdsRoom}/${found.holdId}/open`}>
        <Button kind="secondary" icon="eye">
          {words.open}
        </Button>
      </Form>
    </>,
  );
}

/** The reason, what is held already, and what can be decided. */
export async function openHold(visit: OwnVisit): Promise<Response> {
  const { op, language } = visit;
  const found = await findHold(op, holdOf(visit));
  const opened = await readHold(op, found.holdId);
  const held = await readHeld(op, found.holdId);
  const words = holdsText[language];
  return consolePage(
    visit,
    {
      title: words.one,
      current: 'holds',
      comeBackTo: `${holdsRoom}/${found.holdId}`,
    },
    <>
      <BackLink href={holdsRoom}>{words.back}</BackLink>
      <h1>{words.one}</h1>
      <SummaryList
        rows={[...rowsOf(found, language), { key: words.reason, value: opened.reason }]}
      />
      <h2>{words.held}</h2>
      <Held found={found} held={held} language={language} />
      <Decide visit={visit} found={found} opened={opened} />
    </>,
  );
}

export async function takeConfirmation(visit: OwnVisit): Promise<Response> {
  await confirmHold(visit.op, holdOf(visit));
  return seeOther(`${holdsRoom}?done=confirmed`);
}

export async function takeRenewal(visit: OwnVisit): Promise<Response> {
  const endsAt = endOfDay(visit.form.get('ends') ?? '');
  if (endsAt === null) throw new Problem('bad-input', 'no day');
  await proposeRenewal(visit.op, holdOf(visit), endsAt);
  return seeOther(`${holdsRoom}?done=renewed`);
}

export async function takeLift(visit: OwnVisit): Promise<Response> {
  await liftHold(visit.op, holdOf(visit));
  return seeOther(`${holdsRoom}?done=lifted`);
}

function Held(props: { found: ListedHold; held: readonly string[]; language: Language }) {
  const words = holdsText[props.language];
  const isThere = props.found.subject !== null;
  if (props.held.length === 0) return <p>{isThere ? words.heldNothing : words.heldMissing}</p>;
  return (
    <>
      {isThere && <p>{words.heldNothing}</p>}
      <ul>
        {props.held.map((content) => (
          <li>
            <code>{content}</code>
          </li>
        ))}
      </ul>
    </>
  );
}

function Decide(props: { visit: OwnVisit; found: ListedHold; opened: OpenedHold }) {
  const { visit, found, opened } = props;
  const words = holdsText[visit.language];
  const waits = found.state === 'proposed' || found.renewalEndsAt !== null;
  const isOwn = opened.proposedBy === visit.owner;
  const at = `${holdsRoom}/${found.holdId}`;
  return (
    <>
      {waits && isOwn && <Notice kind="info" title={words.confirmOther} />}
      {waits && !isOwn && (
        <>
          <p>{words.confirmText}</p>
          <Form action={`${at}/confirm`}>
            <Button>{words.confirm}</Button>
          </Form>
        </>
      )}
      {found.state === 'confirmed' && visit.session.role === 'administrator' && (
        <>
          <h2>{words.renew}</h2>
          <p>{words.renewText}</p>
          <Form action={`${at}/renew`}>
            <Field
              name="ends"
              label={words.propose.ends}
              hint={words.propose.endsHint}
              type="date"
            />
            <Button kind="secondary">{words.renew}</Button>
          </Form>
        </>
      )}
      {visit.session.role === 'administrator' && (
        <>
          <h2>{words.lift}</h2>
          <p>{words.liftText}</p>
          <Actions>
            <Form action={`${at}/lift`}>
              <Button kind="danger">{words.lift}</Button>
            </Form>
          </Actions>
        </>
      )}
    </>
  );
}

function columnsOf(language: Language): Column<ListedHold>[] {
  const words = holdsText[language];
  return [
    { header: words.ground, rowHeader: true, cell: ({ ground }) => words.grounds[ground] },
    { header: words.scope, cell: ({ scope }) => words.scopes[scope] },
    { header: words.state, cell: (one) => words.states[stateOf(one)] },
    {
      header: words.ends,
      cell: ({ endsAt }) => <Day value={lastDay(endsAt)} language={language} />,
    },
    {
      header: words.see,
      cell: ({ holdId }) => <a href={href(`${holdsRoom}/${holdId}`)}>{words.see}</a>,
    },
  ];
}

function rowsOf(found: ListedHold, language: Language): SummaryRow[] {
  const words = holdsText[language];
  return [
    { key: words.ground, value: words.grounds[found.ground] },
    { key: words.scope, value: words.scopes[found.scope] },
    { key: words.state, value: words.states[stateOf(found)] },
    { key: words.ends, value: <Day value={lastDay(found.endsAt)} language={language} /> },
    {
      key: words.account,
      value: found.subject === null ? words.accounts.gone : words.accounts.there,
    },
    { key: words.told, value: found.isSecret ? words.toldNo : words.toldYes },
  ];
}

function stateOf({ state, renewalEndsAt }: ListedHold): 'proposed' | 'confirmed' | 'renewal' {
  return state === 'confirmed' && renewalEndsAt !== null ? 'renewal' : state;
}

function lastDay(endsAt: Temporal.Instant): Temporal.PlainDate {
  return dayAt(endsAt.subtract({ milliseconds: 1 }));
}

function holdOf({ params }: OwnVisit): OwnerId {
  const id = params['hold'] ?? '';
  if (!isOwnerId(id)) throw new Problem('not-found');
  return id;
}

const outcomes = ['proposed', 'confirmed', 'renewed', 'lifted'] as const;

function doneOf(word: string | null): (typeof outcomes)[number] | null {
  return outcomes.find((known) => known === word) ?? null;
}
