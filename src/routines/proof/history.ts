import { sql } from 'kysely';
import { optionsOf } from '../../history/take-back.ts';
import { paidPayment, readWhole } from '../../history/whole-order.ts';
import type { OwnerId, RowId } from '../../ids.ts';
import type { Operation } from '../../operation.ts';
import { isProblem } from '../../problem.ts';
import { countRows } from './finding.ts';
import type { Seen } from './finding.ts';

/** Orders that are opened and gone through as their customers would, the newest and some others. */
const sampleSize = 20;

type Place = { readonly owner_id: OwnerId; readonly order_id: RowId };

/**
 * P05: each order is whole in its customer's history: with its lines, with its times in the calendar, with a receipt for
 * what was paid; and what can be done with it can be worked out.
 */
export async function historyIsWhole(op: Operation): Promise<Seen> {
  const orders = await countRows(op, 'history.order');
  const sampled = await sample(op);
  const found: string[] = [];
  for (const place of sampled) found.push(...(await lookAt(op, place)));
  return {
    lookedAt: orders,
    found: [
      ...found,
      ...(await ordersWithoutLines(op)),
      ...(await paidWithoutReceipt(op)),
      ...(await bookingsWithoutTime(op)),
      ...(await slotsOfNobody(op)),
    ],
  };
}

async function sample({ db }: Operation): Promise<Place[]> {
  return db
    .selectFrom('history.order')
    .select(['owner_id', 'order_id'])
    .orderBy(sql`random()`)
    .limit(sampleSize)
    .execute();
}

/** As its customer's page does. Who has restricted this kind of look, or is leaving, is left alone. */
async function lookAt(op: Operation, { owner_id, order_id }: Place): Promise<string[]> {
  try {
    const opener = await op.vault.openFor(op, owner_id, ['history']);
    const whole = await readWhole(op, opener, order_id);
    optionsOf(whole, op.now);
    const payment = paidPayment(whole);
    const sale = whole.receipts.find(({ document }) => document.kind === 'sale');
    const differs = payment !== null && sale?.document.total_ore !== payment.amountOre;
    return differs ? [`history.receipt of ${order_id}: another sum than was paid`] : [];
  } catch (error) {
    if (isProblem(error, 'restricted', 'fenced', 'protected', 'not-found')) return [];
    return [`history.order ${order_id}: cannot be gone through`];
  }
}

async function ordersWithoutLines({ db }: Operation): Promise<string[]> {
  const { rows } = await sql<{ order_id: string }>`
    select o.order_id from history.order o
    where not exists (select from history.order_line l where l.owner_id = o.owner_id and l.order_id = o.order_id)
    limit 50`.execute(db);
  return rows.map(({ order_id }) => `history.order ${order_id}: has no lines`);
}

async function paidWithoutReceipt({ db }: Operation): Promise<string[]> {
  const { rows } = await sql<{ payment_id: string }>`
    select p.payment_id from history.payment p
    where p.state = 'paid' and (p.voucher_id is null or not exists (
      select from history.receipt r
      where r.owner_id = p.owner_id and r.order_id = p.order_id and r.kind = 'sale'))
    limit 50`.execute(db);
  return rows.map(({ payment_id }) => `history.payment ${payment_id}: paid without a receipt`);
}

/** A time that somebody has booked is in the calendar of each of its resources. */
async function bookingsWithoutTime({ db }: Operation): Promise<string[]> {
  const { rows } = await sql<{ booking_id: string }>`
    select b.booking_id from history.booking b
    where b.state in ('held', 'booked') and not exists (
      select from history.booking_slot k
      join history.slot s on s.resource_id = k.resource_id and s.slot_id = k.slot_id
      where k.owner_id = b.owner_id and k.booking_id = b.booking_id and s.starts_at = b.starts_at)
    limit 50`.execute(db);
  return rows.map(
    ({ booking_id }) => `history.booking ${booking_id}: its time is not in the calendar`,
  );
}

/**
 * Each seat that is taken is somebody's. One of an appointment that is going on stays taken until it ends, also when its
 * customer has left meanwhile (`giveTimesBack`): then more are taken than anybody has, and never fewer.
 */
async function slotsOfNobody(op: Operation): Promise<string[]> {
  const { rows } = await sql<{ slot_id: string }>`
    select s.slot_id from history.slot s
    cross join lateral (
      select count(*) as booked from history.booking_slot k
      where k.resource_id = s.resource_id and k.slot_id = s.slot_id) k
    where s.kind = 'booked' and s.ends_at > ${op.now}
      and (s.taken < k.booked or (s.taken > k.booked and s.starts_at > ${op.now}))
    limit 50`.execute(op.db);
  return rows.map(
    ({ slot_id }) => `history.slot ${slot_id}: taken by another number than booked it`,
  );
}
