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
        columns={columnsOf(visit, proofs, true)}
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
      columns={columnsOf(visit, proofs, false)}
      rows={own}
    />
  );
}

function columnsOf({ language }: Visit, proofs: Proofs, isWhole: boolean): Column<PromiseId>[] {
  const words = noticeText[language];
  const lookedAt = (id: PromiseId) => number(proofs.get(id)?.lookedAt ?? 0, language);
  const wasProven = (id: PromiseId) => statusOf(proofs, id) !== 'not yet checked';
  return [
    { header: words.promise, rowHeader: true, cell: (id) => promises[id][language] },
    {
      header: words.state,
      cell: (id) => (
        <Badge kind={badges[statusOf(proofs, id)]}>{words.states[statusOf(proofs, id)]}</Badge>
      ),
    },
    {
      header: words.proven,
      cell: (id) => {
        const proof = wasProven(id) ? proofs.get(id) : undefined;
        return proof ? <Moment value={proof.provenAt} language={language} /> : words.never;
      },
    },
    ...(isWhole
      ? [
          {
            header: words.lookedAt,
            kind: 'number' as const,
            cell: (id: PromiseId) => (wasProven(id) ? lookedAt(id) : words.never),
          },
        ]
      : []),
  ];
}
