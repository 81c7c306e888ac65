import { sql } from 'kysely';
import type { ErasureState, FarewellState } from '../database/records.ts';
import type { RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { isProblem } from '../problem.ts';
import { caseOwnerOf } from './erasure-case.ts';
import { complete } from './erasure-complete.ts';
import { begin, fence } from './erasure-fence.ts';
import { remove } from './erasure-remove.ts';
import { verify } from './erasure-search.ts';
import type { Surroundings } from './erasure-steps.ts';
import { byState, erasureStates } from './erasure-states.ts';
import { tellRecipients } from './erasure-tell.ts';
import { hashReceiptCode } from './receipt-code.ts';

/**
 * Takes an erasure as far as it goes now, and returns its state. Each step is idempotent and leaves evidence; after a
 * crash anywhere the next call goes on from the last step that was committed.
 */
export async function advanceErasure(
  op: Operation,
  erasureId: RowId,
  around: Surroundings,
  until: ErasureState = 'complete',
): Promise<ErasureState> {
  for (;;) {
    const state = await stateOf(op, erasureId);
    if (erasureStates.indexOf(state) >= erasureStates.indexOf(until)) return state;
    // Each step says when it was taken, not when the first of them began.
    if (!(await stepUnlessTaken({ ...op, now: around.clock() }, erasureId, state, around)))
      return state;
    around.passed(`left ${state}`);
  }
}

/** Two processes may take the same step. Who comes second can find the case closed; then the other one went on. */
async function stepUnlessTaken(
  op: Operation,
  erasureId: RowId,
  state: ErasureState,
  around: Surroundings,
): Promise<boolean> {
  try {
    return await step(op, erasureId, state, around);
  } catch (error) {
    const isClosed = isProblem(error, 'not-found', 'fenced');
    if (isClosed && (await stateOf(op, erasureId)) !== state) return true;
    throw error;
  }
}

/** One step. False when it has to wait: for a recipient's answer, or for what the verifier found. */
async function step(
  op: Operation,
  erasureId: RowId,
  state: ErasureState,
  around: Surroundings,
): Promise<boolean> {
  switch (state) {
    case 'asked':
      await begin(op, erasureId);
      return true;
    case 'fencing':
      await fence(op, erasureId, around);
      return true;
    case 'fenced':
      await remove(op, erasureId, around);
      return true;
    case 'removed':
      return tellRecipients(op, erasureId, around);
    case 'told':
      return verify(op, erasureId, around);
    case 'verified':
      await complete(op, erasureId, around);
      return true;
    case 'complete':
      return false;
  }
}

/**
 * Erasures that have something left to do. Those that may have to wait for a recipient come last and in no order, so that
 * silent recipients of many do not keep anybody else's erasure waiting.
 */
export async function erasuresDue(op: Operation): Promise<RowId[]> {
  const rows = await op.db
    .selectFrom('routines.erasure')
    .select('erasure_id')
    .where('state', '<>', 'complete')
    .orderBy(sql`state in ('removed', 'told')`)
    .orderBy(sql`random()`)
    .limit(100)
    .execute();
  return rows.map(({ erasure_id }) => erasure_id);
}

export type ErasureView = {
  readonly erasureId: RowId;
  readonly state: ErasureState;
  readonly askedAt: Temporal.Instant;
  /** What became of the last letter, if there was to be one. */
  readonly farewell: FarewellState;
  readonly steps: readonly {
    readonly step: ErasureState;
    readonly at: Temporal.Instant;
    readonly evidence: Record<string, unknown>;
  }[];
  readonly told: readonly {
    readonly name: string;
    readonly state: 'waiting' | 'confirmed' | 'refused' | 'silent';
  }[];
};

/** The erasure that a receipt code belongs to; null for any other code. */
export async function erasureByCode(op: Operation, code: string): Promise<ErasureView | null> {
  const row = await op.db
    .selectFrom('routines.erasure')
    .select('erasure_id')
    .where('code_hash', '=', hashReceiptCode(code))
    .executeTakeFirst();
  return row ? viewErasure(op, row.erasure_id) : null;
}

/** For staff: the newest erasures, which name nobody. Those of probe customers are not among them. */
export async function latestErasures(op: Operation): Promise<ErasureView[]> {
  const rows = await op.db
    .selectFrom('routines.erasure')
    .select('erasure_id')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('routines.canary as c')
            .select('c.canary_id')
            .whereRef('c.erasure_id', '=', 'routines.erasure.erasure_id'),
        ),
      ),
    )
    .orderBy('asked_at', 'desc')
    .limit(50)
    .execute();
  return Promise.all(rows.map(({ erasure_id }) => viewErasure(op, erasure_id)));
}

async function viewErasure(op: Operation, erasureId: RowId): Promise<ErasureView> {
  const row = await op.db
    .selectFrom('routines.erasure')
    .select(['state', 'asked_at', 'farewell'])
    .where('erasure_id', '=', erasureId)
    .executeTakeFirstOrThrow();
  const steps = await op.db
    .selectFrom('routines.erasure_step')
    .select(['step', 'at', 'evidence'])
    .where('erasure_id', '=', erasureId)
    .execute();
  const told = await op.db
    .selectFrom('routines.erasure_telling as t')
    .innerJoin('recipients.recipient as r', 'r.recipient_id', 't.recipient_id')
    .select(['r.name', 't.state'])
    .where('t.erasure_id', '=', erasureId)
    .execute();
  return {
    erasureId,
    state: row.state,
    askedAt: row.asked_at,
    farewell: await farewellOf(op, erasureId, row.farewell),
    steps: steps
      .map(({ step: name, at, evidence }) => ({ step: name as ErasureState, at, evidence }))
      .toSorted(byState),
    told,
  };
}

/** A letter that was still waiting when its case grew too old was never sent. */
async function farewellOf(
  op: Operation,
  erasureId: RowId,
  farewell: FarewellState,
): Promise<FarewellState> {
  if (farewell !== 'waiting') return farewell;
  return (await caseOwnerOf(op, erasureId)) === null ? 'unsent' : 'waiting';
}

async function stateOf(op: Operation, erasureId: RowId): Promise<ErasureState> {
  const { state } = await op.db
    .selectFrom('routines.erasure')
    .select('state')
    .where('erasure_id', '=', erasureId)
    .executeTakeFirstOrThrow();
  return state;
}
