import type { Visit } from '../http/route.ts';
import { Badge, DataTable, Moment } from '../pages/tables.tsx';
import type { BadgeKind, Column } from '../pages/tables.tsx';
import { promiseIds, promises } from '../policy/promises.ts';
import type { PromiseId } from '../policy/promises.ts';
import type { latestProofs, Proof } from '../routines/proof/results.ts';
import { number } from '../text/format.ts';
import { noticeText } from '../text/privacy-notice.ts';

export type Proofs = Awaited<ReturnType<typeof latestProofs>>;

const badges: Readonly<Record<Proof['status'], BadgeKind>> = {
  kept: 'done',
  broken: 'stopped',
  'not yet checked': 'waiting',
};

/** A promise that was never looked at is not yet checked, whatever the reason. */
export function statusOf(proofs: Proofs, id: PromiseId): Proof['status'] {
  return proofs.get(id)?.status ?? 'not yet checked';
}

/** All promises, each with when it was last proven. */
export function PromisesSection({ visit, proofs }: { visit: Visit; proofs: Proofs }) {
  const words = noticeText[visit.language];
  return (
    <section aria-labelledby="promises">
      <h2 id="promises">{words.promises}</h2>
      <p>{words.promisesText}</p>
      <DataTable
        caption={words.promises}
        captionHidden
        columns={longColumns(visit, proofs)}
        rows={promiseIds()}
      />
    </section>
  );
}

/** The promises of one section. */
export function PromiseTable(props: { visit: Visit; proofs: Proofs; ids: readonly string[] }) {
  const { visit, proofs, ids } = props;
  const own = promiseIds().filter((id) => ids.includes(id));
  if (own.length === 0) return null;
  return (
    <DataTable
      caption={noticeText[visit.language].sectionPromises}
      columns={shortColumns(visit, proofs)}
      rows={own}
    />
  );
}

function StateOf({ visit, proofs, id }: { visit: Visit; proofs: Proofs; id: PromiseId }) {
  const status = statusOf(proofs, id);
  return <Badge kind={badges[status]}>{noticeText[visit.language].states[status]}</Badge>;
}

/** When it was last looked at; a check that does not exist yet looks at nothing. */
function provenAt(proofs: Proofs, id: PromiseId): Temporal.Instant | null {
  const proof = proofs.get(id);
  return proof === undefined || proof.status === 'not yet checked' ? null : proof.provenAt;
}

function shortColumns(visit: Visit, proofs: Proofs): Column<PromiseId>[] {
  const { language } = visit;
  const words = noticeText[language];
  return [
    { header: words.promise, rowHeader: true, cell: (id) => promises[id][language] },
    {
      header: words.state,
      cell: (id) => {
        const at = provenAt(proofs, id);
        return (
          <>
            <StateOf visit={visit} proofs={proofs} id={id} />
            {at && (
              <div class="small soft">
                <Moment value={at} language={language} />
              </div>
            )}
          </>
        );
      },
    },
  ];
}

function longColumns(visit: Visit, proofs: Proofs): Column<PromiseId>[] {
  const { language } = visit;
  const words = noticeText[language];
  const lookedAt = (id: PromiseId) => number(proofs.get(id)?.lookedAt ?? 0, language);
  return [
    { header: words.promise, rowHeader: true, cell: (id) => promises[id][language] },
    { header: words.state, cell: (id) => <StateOf visit={visit} proofs={proofs} id={id} /> },
    {
      header: words.proven,
      cell: (id) => {
        const at = provenAt(proofs, id);
        return at ? <Moment value={at} language={language} /> : words.never;
      },
    },
    {
      header: words.lookedAt,
      kind: 'number',
      cell: (id) => (provenAt(proofs, id) ? lookedAt(id) : words.never),
    },
  ];
}
