import type { OwnerId, RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { isProblem } from '../problem.ts';
import { heldBy } from '../vault/held.ts';
import { noteGoodsBack } from './goods-back.ts';
import { lapse } from './lapse.ts';
import type { Banks } from './payments/banks.ts';
import { isUnderWay, paymentsOfOrder } from './payments/payment-rows.ts';
import { writePaidLetter } from './payments/paid-letter.ts';
import { contactOf } from './contact.ts';
import { optionsOf } from './take-back.ts';
import type { LineOptions } from './take-back.ts';
import { takeBack } from './take-back-order.ts';
import { readWhole } from './whole-order.ts';
import type { WholeOrder } from './whole-order.ts';

/** What closing an account does to one of its orders that is not over. In öre. */
export type LeavingOrder = {
  readonly owner: OwnerId;
  readonly orderId: RowId;
  readonly number: string;
  /** `unpaid` goes without a trace; `cancelled` by its rules; `goods` are paid back before they are back. */
  readonly becomes: 'unpaid' | 'cancelled' | 'goods';
  readonly refundOre: number;
  readonly feeOre: number;
};

/**
 * What closing does to orders that are under way: those that are not paid lapse, what is not carried out is cancelled by
 * its rules, and what was withdrawn from is paid back without waiting for the goods. Refunds that are on their way
 * arrive: they belong to the books.
 */
export async function ordersInTheWay(op: Operation, owner: OwnerId): Promise<LeavingOrder[]> {
  const found: LeavingOrder[] = [];
  for (const subject of [owner, ...(await heldBy(op, owner))]) {
    const ids = await unfinished(op, subject);
    if (ids.length === 0) continue;
    const opener = await op.vault.openFor(op, subject, ['history']);
    for (const orderId of ids) {
      const leaving = leavingOf(subject, await readWhole(op, opener, orderId), op.now);
      if (leaving !== null) found.push(leaving);
    }
  }
  return found;
}

/**
 * Does it, order by order, each in transactions of its own, before the erasure is asked for. A bank that does not know yet
 * whether it was paid makes the closing wait: an erasure in between could keep the money.
 * @returns `bank` when a bank has to answer first, else `done`
 */
export async function settleBeforeLeaving(
  op: Operation,
  banks: Banks,
  owner: OwnerId,
): Promise<'done' | 'bank'> {
  for (const order of await ordersInTheWay(op, owner)) {
    if (order.becomes === 'unpaid' && !(await lapse(op, banks, order))) {
      // Paid at the last moment: it is an order now, and is cancelled with the others.
      const payments = await paymentsOfOrder(op, order.owner, order.orderId);
      if (payments.some(isUnderWay)) return 'bank';
    }
    await cancelAll(op, order);
    await payBackGoods(op, order);
  }
  return 'done';
}

async function cancelAll(op: Operation, { owner, orderId }: LeavingOrder): Promise<void> {
  const opener = await op.vault.openFor(op, owner, ['history']);
  const whole = await readWhole(op, opener, orderId);
  if (whole.order.state !== 'placed') return;
  const options = optionsOf(whole, op.now).filter(({ cancel }) => cancel !== null);
  if (options.length === 0) return;
  const wish = {
    owner,
    orderId,
    kind: 'cancellation' as const,
    lines: options.map(({ line, quantityLeft }) => ({
      lineId: line.lineId,
      quantity: quantityLeft,
    })),
    seenRefundOre: sumOf(options, 'refundOre'),
    statement: null,
  };
  // The receipt of the erasure is what the customer takes along; a letter would outlive it only at the carrier.
  await unlessDone(takeBack(op, wish, () => Promise.resolve()));
}

/** Of two who close the same account at once, the second finds it done. */
async function unlessDone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error;
  }
}

async function payBackGoods(op: Operation, { owner, orderId }: LeavingOrder): Promise<void> {
  const opener = await op.vault.openFor(op, owner, ['credentials', 'history']);
  const { reversals } = await readWhole(op, opener, orderId);
  const contact = await contactOf(op, opener);
  for (const { reversalId, state } of reversals) {
    if (state !== 'awaiting-goods') continue;
    const back = { owner, orderId, reversalId, sellAgain: false };
    const told = noteGoodsBack(op, back, async (write, sealer, { receipt }) => {
      if (receipt !== null) await writePaidLetter(write, sealer, contact, receipt);
    });
    await unlessDone(told);
  }
}

function leavingOf(owner: OwnerId, whole: WholeOrder, now: Temporal.Instant): LeavingOrder | null {
  const { orderId, number, state } = whole.order;
  const of = { owner, orderId, number };
  if (state === 'unpaid') return { ...of, becomes: 'unpaid', refundOre: 0, feeOre: 0 };
  const waiting = whole.reversals.filter((reversal) => reversal.state === 'awaiting-goods');
  if (waiting.length > 0) {
    const refundOre = waiting.reduce((sum, { amountOre }) => sum + amountOre, 0);
    return { ...of, becomes: 'goods', refundOre, feeOre: 0 };
  }
  const options = optionsOf(whole, now).filter(({ cancel }) => cancel !== null);
  if (state !== 'placed' || options.length === 0) return null;
  const amounts = { refundOre: sumOf(options, 'refundOre'), feeOre: sumOf(options, 'feeOre') };
  return { ...of, becomes: 'cancelled', ...amounts };
}

function sumOf(options: readonly LineOptions[], what: 'refundOre' | 'feeOre'): number {
  return options.reduce((sum, { cancel }) => sum + (cancel?.[what] ?? 0), 0);
}

async function unfinished({ db }: Operation, owner: OwnerId): Promise<RowId[]> {
  const rows = await db
    .selectFrom('history.order as o')
    .select('o.order_id')
    .where('o.owner_id', '=', owner)
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb('o.state', 'in', ['unpaid', 'placed']),
        exists(
          selectFrom('history.reversal as r')
            .select('r.reversal_id')
            .whereRef('r.owner_id', '=', 'o.owner_id')
            .whereRef('r.order_id', '=', 'o.order_id')
            .where('r.state', '=', 'awaiting-goods'),
        ),
      ]),
    )
    .orderBy('o.placed_at')
    .execute();
  return rows.map(({ order_id }) => order_id);
}
