import type { RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { notice } from '../policy/notice.ts';
import type { LedgerProof } from '../ledger/ledger.ts';
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
  /** What a law keeps, with the law and the last day; empty when nothing is kept. */
  readonly kept: readonly { readonly what: string; readonly law: string; readonly until: string }[];
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
  sandbox: boolean,
): Promise<ReceiptBody> {
  const { name, organisation_number } = notice.controller;
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
    kept: [],
  };
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
