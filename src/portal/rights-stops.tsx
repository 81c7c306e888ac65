import { seeOther } from '../http/answers.ts';
import type { OwnVisit } from '../http/route.ts';
import { Actions, Button, Form, Hidden } from '../pages/forms.tsx';
import { BackLink } from '../pages/links.tsx';
import { Notice } from '../pages/notices.tsx';
import { Badge } from '../pages/tables.tsx';
import { Thing, Things } from '../pages/things.tsx';
import { isPurpose, purposesStoppedBy } from '../policy/rules.ts';
import type { Purpose } from '../policy/purposes.ts';
import { Problem } from '../problem.ts';
import { changeStops, listStops } from '../requests/stops.ts';
import type { Stop, StopGround } from '../requests/stops.ts';
import { date } from '../text/format.ts';
import { rightsText } from '../text/rights.ts';
import { stopsText } from '../text/rights-stops.ts';
import type { StoppablePurpose } from '../text/rights-stops.ts';
import { portalPage } from './frame.tsx';
import { NextAndWhen } from './rights-parts.tsx';

const addresses: Readonly<Record<StopGround, string>> = {
  restriction: '/rights/restrict',
  objection: '/rights/object',
};

/** A right that stops purposes: a line for each of them, what stopping it means, and a switch. */
export function stopsPage(ground: StopGround): (visit: OwnVisit) => Promise<Response> {
  return async (visit) => {
    const all = stopsText[visit.language].stops;
    const words = all[ground];
    const stops = await listStops(visit.op, visit.owner);
    return portalPage(
      visit,
      { title: words.title, current: 'myData' },
      <>
        <Saved visit={visit} />
        <BackLink href="/rights">{rightsText[visit.language].list.back}</BackLink>
        <h1>{words.title}</h1>
        <p class="lead">{words.lead}</p>
        <Things>
          {purposesStoppedBy(ground).map((purpose) => (
            <PurposeRow visit={visit} ground={ground} purpose={purpose} stops={stops} />
          ))}
        </Things>
        <AllAtOnce visit={visit} ground={ground} stops={stops} />
        <NextAndWhen next={<Next visit={visit} />} when={all.when} language={visit.language} />
        <h2>{all.others}</h2>
        <p>
          {all.othersText} <a href="/notice">{all.othersLink}</a>
        </p>
      </>,
    );
  };
}

/** Stops a purpose, or all that the right stops; or lets it go on. */
export function changeStopsBy(ground: StopGround): (visit: OwnVisit) => Promise<Response> {
  return async ({ op, owner, form }) => {
    const stops = isStopAsked(form.get('action'));
    const purposes = purposesIn(form.get('purpose'), ground);
    await changeStops(op, owner, { ground, purposes, stops });
    return seeOther(`${addresses[ground]}?saved=${stops ? 'stopped' : 'allowed'}`);
  };
}

/** @throws Problem `bad-input` for a form that we did not make */
function isStopAsked(action: string | undefined): boolean {
  if (action !== 'stop' && action !== 'allow') throw new Problem('bad-input', 'not an action');
  return action === 'stop';
}

/** @throws Problem `bad-input` for a form that we did not make */
function purposesIn(word: string | undefined, ground: StopGround): readonly Purpose[] {
  if (word === 'all') return purposesStoppedBy(ground);
  if (word === undefined || !isPurpose(word)) throw new Problem('bad-input', 'not a purpose');
  return [word];
}

function Saved({ visit }: { visit: OwnVisit }) {
  const words = stopsText[visit.language].stops;
  const saved = visit.query.get('saved');
  if (saved === null) return null;
  const isStopped = saved === 'stopped';
  return (
    <Notice
      kind="success"
      title={isStopped ? words.savedStopped : words.savedAllowed}
      role="status"
    >
      <p>{isStopped ? words.savedStoppedText : words.savedAllowedText}</p>
    </Notice>
  );
}

type RowProps = {
  readonly visit: OwnVisit;
  readonly ground: StopGround;
  readonly purpose: Purpose;
  readonly stops: readonly Stop[];
};

function PurposeRow({ visit, ground, purpose, stops }: RowProps) {
  const { language } = visit;
  const all = stopsText[language].stops;
  const words = all.purposes[purpose as StoppablePurpose];
  const mine = stops.find((stop) => stop.purpose === purpose && stop.ground === ground);
  const isElsewhere = stops.some((stop) => stop.purpose === purpose && stop.ground !== ground);
  return (
    <Thing
      name={words.name}
      description={
        <>
          {words.stopped} {isElsewhere && all.alsoStopped[ground]}
        </>
      }
      badge={
        mine === undefined ? (
          <Badge kind={isElsewhere ? 'stopped' : 'neutral'}>{all.isAllowed}</Badge>
        ) : (
          <Badge kind="stopped">{all.isStopped(date(mine.since, language))}</Badge>
        )
      }
    >
      <Form action={addresses[ground]}>
        <Hidden name="purpose" value={purpose} />
        <Button kind="secondary" name="action" value={mine === undefined ? 'stop' : 'allow'}>
          {mine === undefined ? all.stop : all.allow}
          <span class="visually-hidden">{`: ${words.name}`}</span>
        </Button>
      </Form>
    </Thing>
  );
}

function AllAtOnce({ visit, ground, stops }: Omit<RowProps, 'purpose'>) {
  const words = stopsText[visit.language].stops[ground];
  const mine = stops.filter((stop) => stop.ground === ground).length;
  const isAll = mine === purposesStoppedBy(ground).length;
  return (
    <Form action={addresses[ground]}>
      <Hidden name="purpose" value="all" />
      <Actions>
        {!isAll && (
          <Button kind="secondary" name="action" value="stop" icon="hand">
            {words.all}
          </Button>
        )}
        {mine > 0 && (
          <Button kind="secondary" name="action" value="allow">
            {words.none}
          </Button>
        )}
      </Actions>
    </Form>
  );
}

function Next({ visit }: { visit: OwnVisit }) {
  const words = stopsText[visit.language].stops;
  return (
    <>
      <p>{words.next}</p>
      <p>{words.told}</p>
    </>
  );
}
