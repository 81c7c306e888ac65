import type { OwnerId, RowId } from '../../ids.ts';
import type { Operation } from '../../operation.ts';
import { bookDispute } from '../../bookkeeping/disputes.ts';
import { callbackSecretOf } from './banks.ts';
import { verifyCardEvent } from './card-event.ts';
import type { CardEvent } from './card-event.ts';
import { underWay } from './payment-rows.ts';
import { isCallbackOf, parseSwishCallback } from './swish-words.ts';

/** What came from outside, as it came. */
export type RawCallback = { readonly body: Uint8Array; readonly headers: Headers };

const refundsUnderWay = ['asking', 'sent', 'unsure'] as const;

/**
 * Swish says that something has changed. Only the secret of that very payment makes it heard, and then the bank is asked;
 * what the callback says of states and sums is never looked at. One for somebody who is gone is dropped.
 * @param id of the payment or refund, from the address
 * @returns true when something is to be asked about now
 */
export async function takeSwishCallback(
  op: Operation,
  id: RowId,
  { body, headers }: RawCallback,
): Promise<boolean> {
  const callback = parseSwishCallback(Buffer.from(body).toString('utf8'), headers);
  const owner = await ownerOf(op, id);
  if (callback === null || owner === null) return false;
  if (!isCallbackOf(callback, callbackSecretOf(op.vault, { owner, id }))) return false;
  await askSoon(op, id);
  return true;
}

/**
 * Stripe says that something has happened. Signed, of the last minutes, and still only a reason to ask; the session
 * carries our id of the payment. A disputed payment is booked.
 * @returns null for what is not from Stripe; else whether something is to be asked about now
 */
export async function takeCardEvent(
  op: Operation,
  { body, headers }: RawCallback,
  secrets: readonly string[],
): Promise<boolean | null> {
  const now = Math.floor(op.now.epochMilliseconds / 1000);
  const event = verifyCardEvent(body, headers.get('stripe-signature'), secrets, now);
  if (event === null) return null;
  if (event.kind === 'charge.dispute.created') await noteDispute(op, event);
  return askAllCards(op);
}

async function noteDispute(op: Operation, { paymentIntent, eventId }: CardEvent): Promise<void> {
  if (paymentIntent !== null) await bookDispute(op, paymentIntent, eventId);
}

async function ownerOf({ db }: Operation, id: RowId): Promise<OwnerId | null> {
  const payment = await db
    .selectFrom('history.payment')
    .select('owner_id')
    .where('payment_id', '=', id)
    .executeTakeFirst();
  if (payment) return payment.owner_id;
  const refund = await db
    .selectFrom('bookkeeping.refund')
    .select('owner_id')
    .where('refund_id', '=', id)
    .executeTakeFirst();
  return refund?.owner_id ?? null;
}

async function askSoon({ db, now }: Operation, id: RowId): Promise<void> {
  await db
    .updateTable('history.payment')
    .set({ ask_at: now })
    .where('payment_id', '=', id)
    .where('state', 'in', underWay)
    .execute();
  await db
    .updateTable('bookkeeping.refund')
    .set({ ask_at: now })
    .where('refund_id', '=', id)
    .where('state', 'in', refundsUnderWay)
    .execute();
}

/**
 * The bank's own id of a session is sealed, so an event does not lead to one payment: every card payment that is under way
 * is asked about. There are few, and each event is answered at once.
 */
function askAllCards(op: Operation): Promise<boolean> {
  return askAllOf(op, ['card']);
}

/** A member of staff wants to know now: everything that is under way at a bank is asked about at the next turn. */
export function askAllBanks(op: Operation): Promise<boolean> {
  return askAllOf(op, ['swish', 'card']);
}

async function askAllOf(
  { db, now }: Operation,
  ways: readonly ('swish' | 'card')[],
): Promise<boolean> {
  const payments = await db
    .updateTable('history.payment')
    .set({ ask_at: now })
    .where('way', 'in', ways)
    .where('state', 'in', underWay)
    .executeTakeFirst();
  const refunds = await db
    .updateTable('bookkeeping.refund')
    .set({ ask_at: now })
    .where('way', 'in', ways)
    .where('state', 'in', refundsUnderWay)
    .executeTakeFirst();
  return payments.numUpdatedRows + refunds.numUpdatedRows > 0n;
}
