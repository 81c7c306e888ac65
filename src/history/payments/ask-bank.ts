import type { Operation } from '../../operation.ts';
import { oneByOne } from '../../one-by-one.ts';
import { inTransaction } from '../../operation.ts';
import type { Personal } from '../../vault/holding.ts';
import { payment as payments } from '../holdings.ts';
import { noteEvent } from '../order-events.ts';
import { readOrder } from '../orders.ts';
import type { Banks, BankSite } from './banks.ts';
import { askToCreate } from './begin-payment.ts';
import { endPayment, openPayment, paymentsDue, underWay } from './payment-rows.ts';
import type { Payment } from './payment-rows.ts';
import { settlePaid } from './settle.ts';
import type { Asked } from './way.ts';

/** A customer who waits at the page asks no more often than this. */
const customerSeconds = 2;
const firstPauseSeconds = 10;
const longestPauseMinutes = 30;
const paymentsAtOnce = 50;

/** What is known of a payment after the bank was asked; `waiting`: it is under way still. */
export type PaymentNews = 'paid' | 'ended' | 'waiting';

/** Asks the banks about every payment that is due. One that fails waits for its next turn. Returns how many were settled. */
export async function askAboutPayments(
  op: Operation,
  banks: Banks,
  site: BankSite,
): Promise<number> {
  const due = await paymentsDue(op, paymentsAtOnce);
  const ask = async (payment: Payment) => (await askAbout(op, banks, payment, site)) !== 'waiting';
  // Who is being erased is paid back from the books, or was never charged: see the closing of accounts.
  return oneByOne(due, ask, ['fenced']);
}

/**
 * Asks the bank what has become of a payment, and settles it by what the bank says: once, however many ask at the same
 * time. Whoever comes too soon after another finds it waiting.
 */
export async function askAbout(
  op: Operation,
  banks: Banks,
  payment: Payment,
  site: BankSite,
): Promise<PaymentNews> {
  if (!(await takeTurn(op, payment))) return 'waiting';
  const opener = await op.vault.openFor(op, payment.owner, ['credentials', 'history']);
  const known = await openPayment(op, opener, payment.paymentId);
  const { bank_reference: reference } = known;
  if (reference === null) {
    const { order } = await readOrder(op, opener, payment.orderId);
    const begun = await askToCreate(op, banks, { opener, order, payment }, site);
    return begun.state === 'refused' ? 'ended' : 'waiting';
  }
  const bank = payment.way === 'swish' || payment.way === 'card' ? banks[payment.way] : null;
  if (bank === null) return 'waiting';
  return noteAsked(op, { payment, known }, await bank.ask({ ...payment, reference }));
}

/** Asks the bank that a payment can not be made any more, and settles what it is then. */
export async function cancelAtBank(
  op: Operation,
  banks: Banks,
  payment: Payment,
): Promise<PaymentNews> {
  const opener = await op.vault.openFor(op, payment.owner, ['credentials', 'history']);
  const known = await openPayment(op, opener, payment.paymentId);
  const { bank_reference: reference } = known;
  const bank = payment.way === 'swish' || payment.way === 'card' ? banks[payment.way] : null;
  if (reference === null || bank === null) return 'waiting';
  return noteAsked(op, { payment, known }, await bank.cancel({ ...payment, reference }));
}

type KnownPayment = { readonly payment: Payment; readonly known: Personal<typeof payments> };

/** What the bank says becomes ours. */
async function noteAsked(op: Operation, of: KnownPayment, asked: Asked): Promise<PaymentNews> {
  const { payment } = of;
  switch (asked.state) {
    case 'paid':
      await settlePaid(op, payment, asked.settlement);
      return 'paid';
    case 'declined':
    case 'cancelled':
    case 'expired':
    case 'failed':
      await settleUnpaid(op, of, asked.state, asked.code);
      return 'ended';
    case 'unknown-here':
      // It was never there: nothing can come of it.
      await settleUnpaid(op, of, 'failed', null);
      return 'ended';
    case 'unsure':
      await markUnsure(op, payment);
      return 'waiting';
    case 'open':
      return 'waiting';
  }
}

async function settleUnpaid(
  op: Operation,
  { payment, known }: KnownPayment,
  state: 'declined' | 'cancelled' | 'expired' | 'failed',
  failure: string | null,
): Promise<void> {
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, payment.owner);
    const sealed = sealer.seal(payments, payment.paymentId, { ...known, pay_link: null, failure });
    const isEnded = await endPayment(write, payment, state, { sealed });
    if (isEnded && state !== 'cancelled') await noteEvent(write, payment, 'payment-failed');
  });
}

async function markUnsure({ db }: Operation, { owner, paymentId }: Payment): Promise<void> {
  await db
    .updateTable('history.payment')
    .set({ state: 'unsure' })
    .where('owner_id', '=', owner)
    .where('payment_id', '=', paymentId)
    .where('state', '=', 'open')
    .execute();
}

/** One asks, the others wait: the routine by its clock, customers at the page as often as is decent. */
async function takeTurn(op: Operation, { owner, paymentId, asked }: Payment): Promise<boolean> {
  const isCustomer = op.actor.party === 'customer';
  const pause = Math.min(firstPauseSeconds * 2 ** asked, longestPauseMinutes * 60);
  const taken = await op.db
    .updateTable('history.payment')
    .set((row) => ({
      asked_at: op.now,
      // A page that refreshes itself must not wear out the patience of the routine.
      asked: isCustomer ? row.ref('asked') : row('asked', '+', 1),
      ask_at: op.now.add({ seconds: pause }),
    }))
    .where('owner_id', '=', owner)
    .where('payment_id', '=', paymentId)
    .where('state', 'in', underWay)
    .where((row) =>
      isCustomer
        ? row.or([
            row('asked_at', 'is', null),
            row('asked_at', '<=', op.now.subtract({ seconds: customerSeconds })),
          ])
        : row('ask_at', '<=', op.now),
    )
    .executeTakeFirst();
  return taken.numUpdatedRows === 1n;
}
