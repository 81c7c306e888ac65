import type { RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { notice } from '../policy/notice.ts';
import type { LedgerProof } from '../ledger/ledger.ts';
import { plannedHorizon } from '../vault/horizon.ts';
import { keeping } from '../policy/keeping.ts';
import type { Kept } from './erasure-kept.ts';
import { erasureNumber } from './erasure-reference.ts';
import { byState } from './erasure-states.ts';

/** The part of a receipt that is signed for: its hash stands in the ledger. Names nobody but companies. */
export type ReceiptBody = {
  readonly type: 'varsam erasure receipt';
  readonly format: 1;
  readonly sandbox: boolean;
  readonly controller: { readonly name: string; readonly organisation_number: string };
  readonly notice_version: string;
  readonly erasure: string;
  readonly steps: readonly {
    readonly step: string;
    readonly at: string;
    readonly evidence: unknown;
  }[];
  readonly recipients: readonly {
    readonly name: string;
    readonly country: string;
    readonly state: string;
  }[];
  /** What is kept, on which ground and until which day; empty when nothing is. */
  readonly kept: readonly Kept[];
  /** The number by which people talk of this erasure. */
  readonly number: string;
  /** From when, as planned, no copy of the destroyed key can be unwrapped either, in whatever backup it lies. */
  readonly horizon: string | null;
  /** The last letter is written when this is signed. The address for it is destroyed after it left, then at the latest. */
  readonly farewell: { readonly address_destroyed_by: string } | null;
};

/** What the customer takes home: the body, and what anybody needs to check it without us. */
export type Receipt = {
  readonly body: ReceiptBody;
  readonly proof: { readonly done: LedgerProof; readonly fence: LedgerProof };
  readonly verifier_key: string;
};

/** Built only from rows that no longer change, so that a step taken twice gives the same bytes. */
export async function buildReceipt(
  op: Operation,
  erasureId: RowId,
  { sandbox, hasFarewell }: { readonly sandbox: boolean; readonly hasFarewell: boolean },
): Promise<ReceiptBody> {
  const { name, organisation_number } = notice.controller;
  const { asked_at, fence_index } = await op.db
    .selectFrom('routines.erasure')
    .select(['asked_at', 'fence_index'])
    .where('erasure_id', '=', erasureId)
    .executeTakeFirstOrThrow();
  const steps = await op.db
    .selectFrom('routines.erasure_step')
    .select(['step', 'at', 'evidence'])
    .where('erasure_id', '=', erasureId)
    .execute();
  const recipients = await op.db
    .selectFrom('routines.erasure_telling as t')
    .innerJoin('recipients.recipient as r', 'r.recipient_id', 't.recipient_id')
    .select(['r.name', 'r.country', 't.state'])
    .where('t.erasure_id', '=', erasureId)
    .orderBy('r.name')
    .execute();
  return {
    type: 'varsam erasure receipt',
    format: 1,
    sandbox,
    controller: { name, organisation_number },
    notice_version: notice.version,
    erasure: erasureId,
    steps: steps
      .toSorted(byState)
      .map(({ step, at, evidence }) => ({ step, at: at.toString(), evidence })),
    recipients,
    kept: keptIn(steps),
    number: erasureNumber(erasureId),
    horizon: await horizonOf(op, steps, fence_index),
    farewell: hasFarewell ? { address_destroyed_by: lastDayOfCase(asked_at) } : null,
  };
}

/** Noted when the erasure was asked for: what was sealed anew then. */
function keptIn(
  steps: readonly { readonly step: string; readonly evidence: Record<string, unknown> }[],
): readonly Kept[] {
  const asked = steps.find(({ step }) => step === 'asked')?.evidence;
  return (asked?.['kept'] as readonly Kept[] | undefined) ?? [];
}

/** As planned when the key was destroyed, so that the same bytes come out whenever it is asked. */
async function horizonOf(
  op: Operation,
  steps: readonly { readonly step: string; readonly at: Temporal.Instant }[],
  fenceIndex: number | null,
): Promise<string | null> {
  const fenced = steps.find(({ step }) => step === 'fenced');
  if (!fenced || fenceIndex === null) return null;
  return (await plannedHorizon(op, fenced.at, fenceIndex)).toString();
}

function lastDayOfCase(askedAt: Temporal.Instant): string {
  return askedAt.add({ hours: keeping.case.rule.days * 24 }).toString();
}

/** The receipt of a complete erasure as a file; null before that. */
export async function readReceipt(op: Operation, erasureId: RowId): Promise<Receipt | null> {
  const row = await op.db
    .selectFrom('routines.erasure')
    .select(['fence_index', 'done_index', 'receipt'])
    .where('erasure_id', '=', erasureId)
    .where('state', '=', 'complete')
    .executeTakeFirst();
  if (!row || row.done_index === null || row.fence_index === null) return null;
  const { ledger } = op.vault;
  return {
    body: row.receipt as ReceiptBody,
    proof: { done: await ledger.prove(row.done_index), fence: await ledger.prove(row.fence_index) },
    verifier_key: ledger.verifierKey,
  };
}
