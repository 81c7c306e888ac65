import type { RefundState } from '../database/records-bookkeeping.ts';
import type { PaymentWay } from '../database/records-history.ts';
import { callbackSecretOf, swishCallbackUrl } from '../history/payments/banks.ts';
import type { Banks, BankSite } from '../history/payments/banks.ts';
import type { BankWay, RefundWish } from '../history/payments/way.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { oneByOne } from '../one-by-one.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { disclose, writeOutcome } from '../recipients/gate.ts';
import { refund as refunds } from './holdings.ts';

/** Money on its way back, as far as it is not sealed. */
export type Refund = {
  readonly year: OwnerId;
  readonly refundId: RowId;
  readonly way: PaymentWay;
  readonly state: RefundState;
  readonly amountOre: number;
  readonly askedAt: Temporal.Instant;
  readonly asked: number;
};

/** What became of a refund; told to who is interested, in the same transaction. */
export type RefundEnded = (
  write: WriteOperation,
  refund: Refund,
  state: 'done' | 'failed',
) => Promise<void>;

const underWay = ['asking', 'sent', 'unsure'] as const satisfies readonly RefundState[];
const outcomes = {
  sent: 'accepted',
  done: 'accepted',
  refused: 'refused',
  unsure: 'unknown',
} as const;
const firstPauseSeconds = 10;
const longestPauseHours = 6;
const refundsAtOnce = 50;

/**
 * Asks the banks for every refund that is due, or what has become of it. One that fails waits for its next turn.
 * Returns how many were settled.
 */
export async function advanceRefunds(
  op: Operation,
  banks: Banks,
  site: BankSite,
  ended: RefundEnded,
): Promise<number> {
  return oneByOne(await refundsDue(op), (refund) => advance(op, banks, refund, { site, ended }));
}

/** Refunds that are not settled: for staff, with those that have to be paid back by hand. Opens nothing. */
export async function refundsUnsettled(op: Operation): Promise<Refund[]> {
  const rows = await selectRefunds(op)
    .where('state', 'in', [...underWay, 'failed'])
    .orderBy('asked_at')
    .limit(200)
    .execute();
  return rows.map(refundOf);
}

/** The state of refunds by their ids, for the pages of those who wait for them. Opens nothing. */
export async function refundStates(
  op: Operation,
  refundIds: readonly RowId[],
): Promise<ReadonlyMap<RowId, Refund>> {
  if (refundIds.length === 0) return new Map();
  const rows = await selectRefunds(op).where('refund_id', 'in', refundIds).execute();
  return new Map(rows.map((row) => [row.refund_id, refundOf(row)]));
}

/**
 * A member of staff has paid it back by hand: cash or terminal, or what a bank would not.
 * @throws Problem `conflict` when it is settled or on its way at a bank
 */
export async function payBackByHand(
  op: Operation,
  refundId: RowId,
  ended: RefundEnded,
): Promise<void> {
  const refund = (await refundStates(op, [refundId])).get(refundId);
  if (!refund) throw new Problem('not-found');
  const isByHand = refund.way === 'terminal' || refund.way === 'cash' || refund.state === 'failed';
  if (!isByHand || refund.state === 'done') throw new Problem('conflict', 'not by hand');
  await inTransaction(op, async (write) => {
    await write.vault.sealFor(write, refund.year);
    const paid = await write.db
      .updateTable('bookkeeping.refund')
      .set({ state: 'done', settled_at: op.now })
      .where('owner_id', '=', refund.year)
      .where('refund_id', '=', refundId)
      .where('state', '<>', 'done')
      .executeTakeFirst();
    if (paid.numUpdatedRows === 1n) await ended(write, refund, 'done');
  });
}

type Surroundings = { readonly site: BankSite; readonly ended: RefundEnded };

async function advance(
  op: Operation,
  banks: Banks,
  refund: Refund,
  around: Surroundings,
): Promise<boolean> {
  const bank = refund.way === 'swish' || refund.way === 'card' ? banks[refund.way] : null;
  if (bank === null || !(await takeTurn(op, refund))) return false;
  const opener = await op.vault.openFor(op, refund.year, ['bookkeeping']);
  const { sealed } = await op.db
    .selectFrom('bookkeeping.refund')
    .select('sealed')
    .where('owner_id', '=', refund.year)
    .where('refund_id', '=', refund.refundId)
    .executeTakeFirstOrThrow();
  const { refund_reference: reference } = opener.open(refunds, refund.refundId, sealed);
  if (reference === null) return send(op, bank, refund, { sealed, ...around });
  const { refundId, amountOre } = refund;
  const asked = await bank.askRefund({ reference, refundId, amountOre });
  if (asked.state === 'done' || asked.state === 'failed')
    return settle(op, refund, asked.state, around.ended);
  await setState(op, refund, asked.state === 'unsure' ? 'unsure' : 'sent');
  return false;
}

/** Through the gate, with the same words every time: a second time finds what the first one made. */
async function send(
  op: Operation,
  bank: BankWay,
  refund: Refund,
  { sealed, site, ended }: Surroundings & { readonly sealed: Uint8Array },
): Promise<boolean> {
  const id = refund.refundId;
  const handed = await disclose(op, {
    to: { channel: bank.way },
    owner: refund.year,
    holding: refunds,
    row: id,
    sealed,
    fields: ['number', 'bank_reference'],
    reference: id,
    shape: ({ number, bank_reference }): RefundWish => ({
      refundId: id,
      number,
      settlement: bank_reference ?? '',
      amountOre: refund.amountOre,
      language: 'sv',
      callbackUrl: swishCallbackUrl(site, id),
      callbackSecret: callbackSecretOf(op.vault, { owner: refund.year, id }),
    }),
  });
  const sent = await bank.refund(handed.content);
  const disclosed = { owner: refund.year, disclosureId: handed.disclosureId };
  await writeOutcome(op, disclosed, outcomes[sent.outcome]);
  if (sent.outcome === 'refused') {
    // The bank was not reached: what was sent before may have arrived, and nothing is lost by asking again.
    const isOfTheMoment = sent.code === 'unreachable' || sent.code === 'http_429';
    return isOfTheMoment ? false : settle(op, refund, 'failed', ended);
  }
  if (sent.reference !== null) await keepReference(op, refund, sent.reference);
  if (sent.outcome === 'done') return settle(op, refund, 'done', ended);
  await setState(op, refund, sent.outcome);
  return false;
}

async function keepReference(op: Operation, refund: Refund, reference: string): Promise<void> {
  const opener = await op.vault.openFor(op, refund.year, ['bookkeeping']);
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, refund.year);
    const { sealed } = await write.db
      .selectFrom('bookkeeping.refund')
      .select('sealed')
      .where('owner_id', '=', refund.year)
      .where('refund_id', '=', refund.refundId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const known = opener.open(refunds, refund.refundId, sealed);
    await write.db
      .updateTable('bookkeeping.refund')
      .set({
        sealed: sealer.seal(refunds, refund.refundId, { ...known, refund_reference: reference }),
      })
      .where('owner_id', '=', refund.year)
      .where('refund_id', '=', refund.refundId)
      .execute();
  });
}

/** Once, whoever notices it first. */
function settle(
  op: Operation,
  refund: Refund,
  state: 'done' | 'failed',
  ended: RefundEnded,
): Promise<boolean> {
  return inTransaction(op, async (write) => {
    await write.vault.sealFor(write, refund.year);
    const settled = await write.db
      .updateTable('bookkeeping.refund')
      .set({ state, settled_at: op.now })
      .where('owner_id', '=', refund.year)
      .where('refund_id', '=', refund.refundId)
      .where('state', 'in', underWay)
      .executeTakeFirst();
    if (settled.numUpdatedRows !== 1n) return false;
    await ended(write, refund, state);
    return true;
  });
}

async function setState(
  { db }: Operation,
  { year, refundId }: Refund,
  state: 'sent' | 'unsure',
): Promise<void> {
  await db
    .updateTable('bookkeeping.refund')
    .set({ state })
    .where('owner_id', '=', year)
    .where('refund_id', '=', refundId)
    .where('state', 'in', underWay)
    .execute();
}

async function takeTurn(op: Operation, { year, refundId, asked }: Refund): Promise<boolean> {
  const pause = Math.min(firstPauseSeconds * 2 ** asked, longestPauseHours * 3600);
  const taken = await op.db
    .updateTable('bookkeeping.refund')
    .set((row) => ({ asked: row('asked', '+', 1), ask_at: op.now.add({ seconds: pause }) }))
    .where('owner_id', '=', year)
    .where('refund_id', '=', refundId)
    .where('state', 'in', underWay)
    .where('ask_at', '<=', op.now)
    .executeTakeFirst();
  return taken.numUpdatedRows === 1n;
}

async function refundsDue(op: Operation): Promise<Refund[]> {
  const rows = await selectRefunds(op)
    .where('state', 'in', underWay)
    .where('way', 'in', ['swish', 'card'])
    .where('ask_at', '<=', op.now)
    .orderBy('ask_at')
    .limit(refundsAtOnce)
    .execute();
  return rows.map(refundOf);
}

function selectRefunds({ db }: Operation) {
  return db
    .selectFrom('bookkeeping.refund')
    .select(['owner_id', 'refund_id', 'way', 'state', 'amount_ore', 'asked_at', 'asked']);
}

function refundOf(row: {
  readonly owner_id: OwnerId;
  readonly refund_id: RowId;
  readonly way: PaymentWay;
  readonly state: RefundState;
  readonly amount_ore: number;
  readonly asked_at: Temporal.Instant;
  readonly asked: number;
}): Refund {
  return {
    year: row.owner_id,
    refundId: row.refund_id,
    way: row.way,
    state: row.state,
    amountOre: row.amount_ore,
    askedAt: row.asked_at,
    asked: row.asked,
  };
}
