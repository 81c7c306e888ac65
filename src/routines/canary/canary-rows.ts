import { randomBytes } from 'node:crypto';
import type { CanaryState, CanaryStep } from '../../database/records.ts';
import { newRowId } from '../../ids.ts';
import type { RowId } from '../../ids.ts';
import type { Operation } from '../../operation.ts';

/** A probe customer: one random word, from which its address and name are made, and how far it came. */
export type Canary = {
  readonly canaryId: RowId;
  readonly word: string;
  readonly beganAt: Temporal.Instant;
  readonly endedAt: Temporal.Instant | null;
  readonly state: CanaryState;
  readonly step: CanaryStep;
  readonly erasureId: RowId | null;
};

const wordSize = 8;
const keptDays = 90;

/** An address that nothing can ever be sent to (RFC 6761, section 6.4). */
export function addressOf({ word }: Pick<Canary, 'word'>): string {
  return `probe-${word}@probe.invalid`;
}

/** Two words, so that finding them somewhere tells something. */
export function nameOf({ word }: Pick<Canary, 'word'>): string {
  return `Kanariefågel ${word}`;
}

export async function beginCanary(op: Operation): Promise<Canary> {
  const canary_id = newRowId(op.now);
  const word = randomBytes(wordSize).toString('hex');
  await op.db
    .insertInto('routines.canary')
    .values({
      canary_id,
      word,
      began_at: op.now,
      ended_at: null,
      state: 'under-way',
      step: 'begun',
      erasure_id: null,
    })
    .execute();
  return {
    canaryId: canary_id,
    word,
    beganAt: op.now,
    endedAt: null,
    state: 'under-way',
    step: 'begun',
    erasureId: null,
  };
}

/** The newest first. */
export async function listCanaries(op: Operation, limit: number): Promise<Canary[]> {
  const rows = await op.db
    .selectFrom('routines.canary')
    .selectAll()
    .orderBy('began_at', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    canaryId: row.canary_id,
    word: row.word,
    beganAt: row.began_at,
    endedAt: row.ended_at,
    state: row.state,
    step: row.step,
    erasureId: row.erasure_id,
  }));
}

export async function noteStep(op: Operation, canaryId: RowId, step: CanaryStep): Promise<void> {
  await op.db
    .updateTable('routines.canary')
    .set({ step })
    .where('canary_id', '=', canaryId)
    .execute();
}

/** By which its erasure is told from those of customers. */
export async function noteErasure(
  op: Operation,
  canaryId: RowId,
  erasure_id: RowId,
): Promise<void> {
  await op.db
    .updateTable('routines.canary')
    .set({ erasure_id, step: 'erasure' })
    .where('canary_id', '=', canaryId)
    .execute();
}

export async function endCanary(
  op: Operation,
  canaryId: RowId,
  state: Exclude<CanaryState, 'under-way'>,
): Promise<void> {
  await op.db
    .updateTable('routines.canary')
    .set(state === 'well' ? { state, ended_at: op.now, step: 'end' } : { state, ended_at: op.now })
    .where('canary_id', '=', canaryId)
    .where('state', '=', 'under-way')
    .execute();
}

/** Rows of long ago say nothing any more. */
export async function forgetOldCanaries(op: Operation): Promise<void> {
  await op.db
    .deleteFrom('routines.canary')
    .where('began_at', '<', op.now.subtract({ hours: keptDays * 24 }))
    .where('state', '<>', 'under-way')
    .execute();
}
