import type { HistoryTables, PaymentState, PaymentWay } from '../../database/records-history.ts';
import type { OwnerId, RowId } from '../../ids.ts';
import type { Operation, WriteOperation } from '../../operation.ts';
import type { Personal } from '../../vault/holding.ts';
import type { Opener } from '../../vault/vault.ts';
import { payment as payments } from '../holdings.ts';

/** Money that was asked for, as far as it is not sealed. */
export type Payment = {
  readonly owner: OwnerId;
  readonly paymentId: RowId;
  readonly orderId: RowId;
  readonly way: PaymentWay;
  readonly state: PaymentState;
  readonly amountOre: number;
  readonly createdAt: Temporal.Instant;
  readonly settledAt: Temporal.Instant | null;
  /** How often the bank has been asked. */
  readonly asked: number;
};

export const underWay = ['asking', 'open', 'unsure'] as const satisfies readonly PaymentState[];

export function isUnderWay({ state }: Pick<Payment, 'state'>): boolean {
  return underWay.some((one) => one === state);
}

const columns = [
  'owner_id',
  'payment_id',
  'order_id',
  'way',
  'state',
  'amount_ore',
  'created_at',
  'settled_at',
  'asked',
] as const;
type Row = Pick<HistoryTables['history.payment'], Exclude<(typeof columns)[number], 'asked'>> & {
  readonly asked: number;
};

/** The payments of one order, the newest first. Opens nothing. */
export async function paymentsOfOrder(
  op: Operation,
  owner: OwnerId,
  orderId: RowId,
): Promise<Payment[]> {
  const rows = await op.db
    .selectFrom('history.payment')
    .select(columns)
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .orderBy('created_at', 'desc')
    .orderBy('payment_id', 'desc')
    .execute();
  return rows.map(paymentOf);
}

/** Payments about which a bank is to be asked now, by the clock of the routine. Opens nothing. */
export async function paymentsDue(op: Operation, limit: number): Promise<Payment[]> {
  const rows = await op.db
    .selectFrom('history.payment')
    .select(columns)
    .where('state', 'in', underWay)
    .where('ask_at', '<=', op.now)
    .orderBy('ask_at')
    .limit(limit)
    .execute();
  return rows.map(paymentOf);
}

/** For staff: payments that have been under way longer than any customer takes. Opens nothing. */
export async function paymentsUnsettled(
  op: Operation,
  before: Temporal.Instant,
): Promise<Payment[]> {
  const rows = await op.db
    .selectFrom('history.payment')
    .select(columns)
    .where('state', 'in', underWay)
    .where('created_at', '<', before)
    .orderBy('created_at')
    .limit(200)
    .execute();
  return rows.map(paymentOf);
}

/** What is sealed of a payment. */
export async function openPayment(
  op: Operation,
  opener: Opener,
  paymentId: RowId,
): Promise<Personal<typeof payments>> {
  const { sealed } = await op.db
    .selectFrom('history.payment')
    .select('sealed')
    .where('owner_id', '=', opener.owner)
    .where('payment_id', '=', paymentId)
    .executeTakeFirstOrThrow();
  return opener.open(payments, paymentId, sealed);
}

/** Ends a payment in one of its last states, if it is under way still; false when somebody else has ended it. */
export async function endPayment(
  { db, now }: WriteOperation,
  { owner, paymentId }: Pick<Payment, 'owner' | 'paymentId'>,
  end: Exclude<PaymentState, (typeof underWay)[number]>,
  also: { readonly sealed?: Uint8Array } = {},
): Promise<boolean> {
  const ended = await db
    .updateTable('history.payment')
    .set({ state: end, settled_at: now, ...also })
    .where('owner_id', '=', owner)
    .where('payment_id', '=', paymentId)
    .where('state', 'in', underWay)
    .executeTakeFirst();
  return ended.numUpdatedRows === 1n;
}

function paymentOf(row: Row): Payment {
  return {
    owner: row.owner_id,
    paymentId: row.payment_id,
    orderId: row.order_id,
    way: row.way,
    state: row.state,
    amountOre: row.amount_ore,
    createdAt: row.created_at,
    settledAt: row.settled_at,
    asked: row.asked,
  };
}
