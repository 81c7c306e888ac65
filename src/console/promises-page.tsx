import type { OwnVisit } from '../http/route.ts';
import type { Operation } from '../operation.ts';
import { Details, Notice } from '../pages/notices.tsx';
import { Badge, DataTable, Moment } from '../pages/tables.tsx';
import type { BadgeKind, Column } from '../pages/tables.tsx';
import { promiseIds, promises } from '../policy/promises.ts';
import type { PromiseId } from '../policy/promises.ts';
import { latestProofs } from '../routines/proof/results.ts';
import type { Proof } from '../routines/proof/results.ts';
import { registersText } from '../text/console-registers.ts';
import { number } from '../text/format.ts';
import { consolePage } from './frame.tsx';

/** How many promises are kept, broken and not yet looked at. */
export type Standing = {
  readonly kept: number;
  readonly broken: number;
  readonly unchecked: number;
};

type Promised = { readonly id: PromiseId; readonly proof: Proof | null };

const badges: Readonly<Record<Proof['status'], BadgeKind>> = {
  kept: 'done',
  broken: 'stopped',
  'not yet checked': 'waiting',
};

export async function standingOfPromises(op: Operation): Promise<Standing> {
  const statuses = (await readPromises(op)).map(statusOf);
  const count = (wanted: Proof['status']) => statuses.filter((status) => status === wanted).length;
  return { kept: count('kept'), broken: count('broken'), unchecked: count('not yet checked') };
}

export async function showPromises(visit: OwnVisit): Promise<Response> {
  const words = registersText[visit.language].promises;
  const all = await readPromises(visit.op);
  const broken = all.filter((promised) => statusOf(promised) === 'broken');
  return consolePage(
    visit,
    { title: words.title, current: 'promises' },
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {all.every(({ proof }) => proof === null) && (
        <Notice kind="info" title={words.never}>
          <p>{words.neverText}</p>
        </Notice>
      )}
      {broken.length > 0 && <Broken visit={visit} broken={broken} />}
      <DataTable caption={words.title} captionHidden columns={columnsOf(visit)} rows={all} />
    </>,
  );
}

async function readPromises(op: Operation): Promise<Promised[]> {
  const proofs = await latestProofs(op.db);
  return promiseIds().map((id) => ({ id, proof: proofs.get(id) ?? null }));
}

function statusOf({ proof }: Promised): Proof['status'] {
  return proof?.status ?? 'not yet checked';
}

function Broken({ visit, broken }: { visit: OwnVisit; broken: readonly Promised[] }) {
  const words = registersText[visit.language].promises;
  return (
    <section aria-labelledby="broken">
      <h2 id="broken">{words.brokenHeading}</h2>
      <p>{words.brokenLead}</p>
      {broken.map(({ id, proof }) => (
        <Details summary={`${id} ${promises[id][visit.language]}`} open>
          <ul>
            {proof?.found.map((place) => (
              <li>{place}</li>
            ))}
          </ul>
        </Details>
      ))}
    </section>
  );
}

function columnsOf({ language }: OwnVisit): Column<Promised>[] {
  const words = registersText[language].promises;
  return [
    { header: words.id, cell: ({ id }) => id },
    { header: words.promise, cell: ({ id }) => promises[id][language], rowHeader: true },
    {
      header: words.state,
      cell: (promised) => (
        <Badge kind={badges[statusOf(promised)]}>{words.states[statusOf(promised)]}</Badge>
      ),
    },
    {
      header: words.proven,
      cell: ({ proof }) =>
        wasLookedAt(proof) ? <Moment value={proof.provenAt} language={language} /> : '–',
    },
    {
      header: words.lookedAt,
      kind: 'number',
      cell: ({ proof }) => (wasLookedAt(proof) ? number(proof.lookedAt, language) : '–'),
    },
  ];
}

/** A check that does not exist yet looks at nothing, and the time of that says nothing either. */
function wasLookedAt(proof: Proof | null): proof is Proof {
  return proof !== null && proof.status !== 'not yet checked';
}
