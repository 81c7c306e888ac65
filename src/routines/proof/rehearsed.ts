import type { Operation } from '../../operation.ts';
import type { Seen } from './finding.ts';

/** For P04: did the last rehearsal of a restore show anything of somebody erased? Nothing is said before the first one. */
export async function rehearsalShowedNobody(op: Operation): Promise<Seen> {
  const latest = await op.db
    .selectFrom('routines.rehearsal')
    .select(['rehearsal_id', 'outcome', 'looked_at'])
    .where('outcome', '<>', 'failed')
    .where('ran_at', '<=', op.now)
    .orderBy('ran_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!latest) return { lookedAt: 0, found: [] };
  const found =
    latest.outcome === 'found'
      ? [`routines.rehearsal ${latest.rehearsal_id}: it showed somebody erased`]
      : [];
  return { lookedAt: latest.looked_at, found };
}
