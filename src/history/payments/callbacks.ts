import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
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
  return askSoon(op, id);
}

/**
 * Stripe says that something has happened. Signed, of the last minutes, and still only a reason to ask about the payment
 * or the refund whose id of ours it carries. A disputed payment is booked.
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
  return event.about === null || event.kind === 'other' ? false : askSoon(op, event.about);
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

function askSoon(op: Operation, id: RowId): Promise<boolean> {
  return askWhere(op, { payment: sql`payment_id = ${id}`, refund: sql`refund_id = ${id}` });
}

/** A member of staff wants to know now: everything that is under way at a bank is asked about at the next turn. */
export function askAllBanks(op: Operation): Promise<boolean> {
  const atBank = sql<boolean>`way in ('swish', 'card')`;
  return askWhere(op, { payment: atBank, refund: atBank });
}

async function askWhere(
  { db, now }: Operation,
  which: { readonly payment: RawBuilder<boolean>; readonly refund: RawBuilder<boolean> },
): Promise<boolean> {
  const payments = await db
    .updateTable('history.payment')
    .set({ ask_at: now })
    .where(which.payment)
    .where('state', 'in', underWay)
    .executeTakeFirst();
  const refunds = await db
    .updateTable('bookkeeping.refund')
    .set({ ask_at: now })
    .where(which.refund)
    .where('state', 'in', refundsUnderWay)
    .executeTakeFirst();
  return payments.numUpdatedRows + refunds.numUpdatedRows > 0n;
}
