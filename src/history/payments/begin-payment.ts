import { newRowId } from '../../ids.ts';
import type { OwnerId, RowId } from '../../ids.ts';
import { inTransaction } from '../../operation.ts';
import type { Operation, WriteOperation } from '../../operation.ts';
import { isProblem, Problem } from '../../problem.ts';
import { disclose, writeOutcome } from '../../recipients/gate.ts';
import type { Opener, Sealer } from '../../vault/vault.ts';
import { contactOf } from '../contact.ts';
import { payment as payments } from '../holdings.ts';
import { noteEvent } from '../order-events.ts';
import { readOrder } from '../orders.ts';
import type { Order } from '../orders.ts';
import { callbackSecretOf, returnUrl, swishCallbackUrl } from './banks.ts';
import type { Banks, BankSite } from './banks.ts';
import { endPayment, isUnderWay, openPayment, paymentsOfOrder } from './payment-rows.ts';
import type { Payment } from './payment-rows.ts';
import type { Created, Handover, PaymentWish } from './way.ts';

/** The bank is asked soon again when its answer did not come. */
const askAgainSeconds = 5;

export type Begun =
  /** The customer is led to the bank. */
  | { readonly state: 'open'; readonly handover: Handover }
  /** The bank has not said yet whether there is a payment; it is asked again by itself. */
  | { readonly state: 'waiting' }
  | { readonly state: 'refused'; readonly code: string };

/**
 * Begins to pay an order by a bank, or goes on with what was begun: while one payment is under way there is no other
 * (`one_payment_under_way`). Written down before the bank is asked, so that a crash in between is taken up.
 * @throws Problem `conflict` when the order is not to be paid, or another way is under way; `no-agreement` when the gate
 *   lets nothing out to this bank today
 */
export async function beginPayment(
  op: Operation,
  banks: Banks,
  wish: { readonly owner: OwnerId; readonly orderId: RowId; readonly way: 'swish' | 'card' },
  site: BankSite,
): Promise<Begun> {
  const { owner, orderId, way } = wish;
  const opener = await op.vault.openFor(op, owner, ['credentials', 'history']);
  const { order } = await readOrder(op, opener, orderId);
  const known = (await paymentsOfOrder(op, owner, orderId)).find(isUnderWay);
  if (known && known.way !== way) throw new Problem('conflict', 'another payment is under way');
  if (known && known.state !== 'asking') return goOn(op, opener, known);
  if (known) return askToCreate(op, banks, { opener, order, payment: known }, site);
  const payment = await insertPayment(op, order, wish);
  try {
    return await askToCreate(op, banks, { opener, order, payment }, site);
  } catch (error) {
    // The gate let nothing out, so no bank knows of it: it must not stand in the way of another one.
    if (isProblem(error, 'no-agreement')) await endUnsent(op, payment);
    throw error;
  }
}

async function endUnsent(op: Operation, payment: Payment): Promise<void> {
  await inTransaction(op, async (write) => {
    await write.vault.sealFor(write, payment.owner);
    await endPayment(write, payment, 'failed');
  });
}

/**
 * Asks the bank to make the payment that is written down. The same words every time, so that a second time finds what
 * the first one made.
 */
export async function askToCreate(
  op: Operation,
  banks: Banks,
  of: { readonly opener: Opener; readonly order: Order; readonly payment: Payment },
  site: BankSite,
): Promise<Begun> {
  const { opener, order, payment } = of;
  const bank = payment.way === 'swish' || payment.way === 'card' ? banks[payment.way] : null;
  if (bank === null) throw new Problem('no-agreement', 'no bank for this way');
  const { language } = await contactOf(op, opener);
  const { sealed } = await op.db
    .selectFrom('history.payment')
    .select('sealed')
    .where('owner_id', '=', payment.owner)
    .where('payment_id', '=', payment.paymentId)
    .executeTakeFirstOrThrow();
  const handed = await disclose(op, {
    to: { channel: bank.way },
    owner: payment.owner,
    holding: payments,
    row: payment.paymentId,
    sealed,
    fields: ['number'],
    reference: payment.paymentId,
    shape: ({ number }): PaymentWish => ({
      paymentId: payment.paymentId,
      number,
      amountOre: payment.amountOre,
      language,
      returnUrl: returnUrl(site, order.orderId),
      cancelUrl: `${returnUrl(site, order.orderId)}?back=1`,
      callbackUrl: swishCallbackUrl(site, payment.paymentId),
      callbackSecret: callbackSecretOf(op.vault, { owner: payment.owner, id: payment.paymentId }),
      expiresAt: order.payBy ?? payment.createdAt,
    }),
  });
  const created = await bank.create(handed.content);
  const outcomes = { open: 'accepted', refused: 'refused', unsure: 'unknown' } as const;
  const disclosed = { owner: payment.owner, disclosureId: handed.disclosureId };
  await writeOutcome(op, disclosed, outcomes[created.outcome]);
  await noteCreated(op, payment, order.number, created);
  if (created.outcome === 'open') return { state: 'open', handover: created.handover };
  return created.outcome === 'refused' && !isOfTheMoment(created.code)
    ? { state: 'refused', code: created.code }
    : { state: 'waiting' };
}

async function goOn(op: Operation, opener: Opener, payment: Payment): Promise<Begun> {
  const { pay_link: link } = await openPayment(op, opener, payment.paymentId);
  if (payment.state !== 'open' || link === null) return { state: 'waiting' };
  const handover: Handover =
    payment.way === 'swish' ? { kind: 'swish', token: link } : { kind: 'redirect', url: link };
  return { state: 'open', handover };
}

async function insertPayment(
  op: Operation,
  order: Order,
  { owner, way }: { readonly owner: OwnerId; readonly way: 'swish' | 'card' },
): Promise<Payment> {
  const paymentId = newRowId(op.now);
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    await assertToBePaid(write, owner, order.orderId);
    const inserted = await write.db
      .insertInto('history.payment')
      .values({
        owner_id: owner,
        payment_id: paymentId,
        order_id: order.orderId,
        way,
        state: 'asking',
        amount_ore: order.totalOre,
        created_at: op.now,
        settled_at: null,
        ask_at: op.now.add({ seconds: askAgainSeconds }),
        asked_at: null,
        voucher_year: null,
        voucher_id: null,
        sealed: sealPayment(sealer, paymentId, order.number, {}),
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows !== 1n)
      throw new Problem('conflict', 'another payment is under way');
  });
  const amountOre = order.totalOre;
  const made = { createdAt: op.now, settledAt: null, asked: 0 };
  return { owner, paymentId, orderId: order.orderId, way, state: 'asking', amountOre, ...made };
}

/** @throws Problem `conflict` for an order that waits for no money, or no longer */
async function assertToBePaid(write: WriteOperation, owner: OwnerId, orderId: RowId) {
  const row = await write.db
    .selectFrom('history.order')
    .select(['state', 'pay_by'])
    .where('owner_id', '=', owner)
    .where('order_id', '=', orderId)
    .forUpdate()
    .executeTakeFirst();
  const isOpen =
    row?.state === 'unpaid' &&
    row.pay_by !== null &&
    Temporal.Instant.compare(write.now, row.pay_by) < 0;
  if (!isOpen) throw new Problem('conflict', 'the order is not to be paid');
}

/** What the bank said, if the payment is under way still. */
async function noteCreated(
  op: Operation,
  payment: Payment,
  number: string,
  created: Created,
): Promise<void> {
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, payment.owner);
    if (created.outcome === 'refused') {
      if (isOfTheMoment(created.code)) return;
      const sealed = sealPayment(sealer, payment.paymentId, number, { failure: created.code });
      if (await endPayment(write, payment, 'failed', { sealed }))
        await noteEvent(write, payment, 'payment-failed');
      return;
    }
    const link = created.outcome === 'open' ? linkOf(created.handover) : null;
    const known = { bank_reference: created.reference, pay_link: link };
    await write.db
      .updateTable('history.payment')
      .set({
        state:
          created.outcome === 'unsure' && created.reference === null ? 'asking' : created.outcome,
        ask_at: write.now.add({ seconds: askAgainSeconds }),
        sealed: sealPayment(sealer, payment.paymentId, number, known),
      })
      .where('owner_id', '=', payment.owner)
      .where('payment_id', '=', payment.paymentId)
      // Of two who ask at once the second may be told that it is there already: the way to the bank must not be lost.
      .where('state', 'in', created.outcome === 'open' ? ['asking', 'unsure'] : ['asking'])
      .execute();
  });
}

/** The bank was not reached. What was asked before may have arrived all the same, so it is asked again. */
function isOfTheMoment(code: string): boolean {
  return code === 'unreachable' || code === 'http_429';
}

function linkOf(handover: Handover): string {
  return handover.kind === 'swish' ? handover.token : handover.url;
}

function sealPayment(
  sealer: Sealer,
  paymentId: RowId,
  number: string,
  known: {
    readonly bank_reference?: string | null;
    readonly pay_link?: string | null;
    readonly failure?: string | null;
  },
): Uint8Array {
  const { bank_reference = null, pay_link = null, failure = null } = known;
  return sealer.seal(payments, paymentId, { number, bank_reference, pay_link, failure });
}
