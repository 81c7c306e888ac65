import type { RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { caseOwnerOf, openCase } from './erasure-case.ts';
import { note, subjectsOf, takeStep } from './erasure-steps.ts';
import type { Surroundings } from './erasure-steps.ts';
import { lookEverywhere } from './erasure-verify.ts';

/** `told -> verified`: only if nothing is found anywhere. */
export async function verify(
  op: Operation,
  erasureId: RowId,
  { logFolder }: Surroundings,
): Promise<boolean> {
  const strings = await searchStringsOf(op, erasureId);
  const ids = await subjectsOf(op, erasureId);
  const seen = await lookEverywhere(op, { ids, strings }, logFolder);
  await op.db
    .insertInto('routines.run')
    .values({ routine: 'verifier', ran_at: op.now, done: seen.found.length })
    .onConflict((conflict) =>
      conflict.column('routine').doUpdateSet({ ran_at: op.now, done: seen.found.length }),
    )
    .execute();
  if (seen.found.length > 0) return false;
  const evidence = { places: seen.lookedAt };
  await takeStep(op, erasureId, 'told', (write) => note(write, erasureId, 'verified', evidence));
  return true;
}

/** What to look for besides ids. A case that was closed after a month has forgotten it, as it must. */
async function searchStringsOf(op: Operation, erasureId: RowId): Promise<readonly string[]> {
  const isClosed = (await caseOwnerOf(op, erasureId)) === null;
  return isClosed ? [] : (await openCase(op, erasureId)).searchStrings;
}
