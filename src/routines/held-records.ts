import { sql } from 'kysely';
import type { HoldGround } from '../database/records.ts';
import { newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { order, orderLine } from '../history/holdings.ts';
import type { Opener } from '../vault/vault.ts';
import { heldRecord } from './hold-holdings.ts';

const pageSize = 200;

/** A hold that an erasure of its subject meets. */
export type HoldInForce = {
  readonly holdId: OwnerId;
  readonly scope: 'history' | 'orders';
  readonly ground: HoldGround;
  readonly isSecret: boolean;
  readonly endsAt: Temporal.Instant;
};

/**
 * Holds that two people have decided on records of these owners, who are erased together, and that are not over: holds of
 * the account itself, and of the account that holds one of them when a guest's order is erased alone.
 */
export async function holdsOn(op: Operation, subjects: readonly OwnerId[]): Promise<HoldInForce[]> {
  const rows = await op.db
    .selectFrom('routines.hold as r')
    .select(['r.owner_id', 'r.scope', 'r.ground', 'r.secret', 'r.ends_at'])
    .where('r.state', '=', 'confirmed')
    .where('r.ends_at', '>', op.now)
    .where((row) => row.or([row('r.subject_id', 'in', subjects), holdsOneOf(subjects)]))
    .orderBy('r.ends_at')
    .execute();
  return rows.map((row) => ({
    holdId: row.owner_id,
    scope: row.scope,
    ground: row.ground,
    isSecret: row.secret,
    endsAt: row.ends_at,
  }));
}

/**
 * Seals what is held anew, under the keys of its holds, before the keys of its owners are destroyed; nothing leads from
 * there to the account afterwards. Proposals that nobody confirmed end here. A hold whose account stays goes on.
 *
 * *Safety:* a hold of a whole history makes its owner wait for as long as that takes, some tenth of a millisecond an order.
 */
export async function preserveHeld(
  write: WriteOperation,
  openers: readonly Opener[],
  holds: readonly HoldInForce[],
): Promise<void> {
  for (const hold of holds) {
    for (const opener of openers) await preserve(write, opener, hold);
  }
  const subjects = openers.map(({ owner }) => owner);
  await forgetNamed(write, subjects);
  await write.db
    .updateTable('routines.hold')
    .set({ ends_at: write.now })
    .where('subject_id', 'in', subjects)
    .where('state', '=', 'proposed')
    .execute();
  await write.db
    .updateTable('routines.hold')
    .set({ subject_id: null })
    .where('subject_id', 'in', subjects)
    .execute();
}

/**
 * The same for one order that its customer removes from the history: it stays under the holds that are on it, and the
 * customer, who may not be told of them, sees it go. The holds go on.
 */
export async function preserveOrder(
  write: WriteOperation,
  { owner, orderId }: { readonly owner: OwnerId; readonly orderId: RowId },
): Promise<void> {
  const holds = await holdsOn(write, [owner]);
  if (holds.length === 0) return;
  const opener = await write.vault.openFor(write, owner, ['history']);
  for (const hold of holds) await preserve(write, opener, hold, orderId);
  await write.db.deleteFrom('routines.hold_order').where('order_id', '=', orderId).execute();
}

/** An order that somebody placed as a guest belongs to the account that took it in; a hold of orders must name it. */
function holdsOneOf(subjects: readonly OwnerId[]) {
  const owners = sql<OwnerId>`any (${[...subjects]}::uuid[])`;
  return sql<boolean>`(
    exists (select from vault.held h where h.owner_id = r.subject_id and h.held_id = ${owners})
    and (r.scope = 'history' or exists (
      select from routines.hold_order n join history.order o on o.order_id = n.order_id
      where n.owner_id = r.owner_id and o.owner_id = ${owners})))`;
}

/** Which orders were named is forgotten with the orders, and with their account. */
async function forgetNamed({ db }: WriteOperation, subjects: readonly OwnerId[]): Promise<void> {
  const owners = sql<OwnerId>`any (${[...subjects]}::uuid[])`;
  await db
    .deleteFrom('routines.hold_order as n')
    .where(
      sql<boolean>`exists (select from routines.hold r where r.owner_id = n.owner_id and r.subject_id = ${owners})
        or exists (select from history.order o where o.order_id = n.order_id and o.owner_id = ${owners})`,
    )
    .execute();
}

/** What is held under a hold whose subject, or an order of it, is gone, as it was written down. */
export async function readHeld(op: Operation, holdId: OwnerId): Promise<string[]> {
  const rows = await op.db
    .selectFrom('routines.held_record')
    .select(['held_id', 'sealed'])
    .where('owner_id', '=', holdId)
    .orderBy('held_id')
    .execute();
  if (rows.length === 0) return [];
  const opener = await op.vault.openFor(op, holdId, ['holds']);
  return rows.map(({ held_id, sealed }) => opener.open(heldRecord, held_id, sealed).content);
}

async function preserve(
  write: WriteOperation,
  opener: Opener,
  { holdId, scope }: HoldInForce,
  only: RowId | null = null,
): Promise<void> {
  const sealer = await write.vault.sealFor(write, holdId);
  let after: RowId | null = null;
  for (;;) {
    const orders = await readOrders(write, opener.owner, {
      holdId: scope === 'orders' ? holdId : null,
      only,
      after,
    });
    if (orders.length === 0) break;
    const texts = await writeOut(write, opener, orders);
    const rows = texts.map((content) => {
      const held_id = newRowId(write.now);
      const sealed = sealer.seal(heldRecord, held_id, { content });
      return { owner_id: holdId, held_id, held_at: write.now, sealed };
    });
    await write.db.insertInto('routines.held_record').values(rows).execute();
    after = orders.at(-1)?.order_id ?? null;
  }
}

function readOrders(
  write: WriteOperation,
  subject: OwnerId,
  {
    holdId,
    only,
    after,
  }: { readonly holdId: OwnerId | null; readonly only: RowId | null; readonly after: RowId | null },
) {
  return write.db
    .selectFrom('history.order')
    .select(['order_id', 'placed_at', 'state', 'total_ore', 'vat_ore', 'sealed'])
    .where('owner_id', '=', subject)
    .$if(only !== null, (query) => query.where('order_id', '=', only as RowId))
    .$if(after !== null, (query) => query.where('order_id', '>', after as RowId))
    .$if(holdId !== null, (query) =>
      query.where('order_id', 'in', (from) =>
        from
          .selectFrom('routines.hold_order as h')
          .select('h.order_id')
          .where('h.owner_id', '=', holdId as OwnerId),
      ),
    )
    .orderBy('order_id')
    .limit(pageSize)
    .execute();
}

/** Each order with its lines as one JSON text: all that was known of it. */
async function writeOut(
  write: WriteOperation,
  opener: Opener,
  orders: Awaited<ReturnType<typeof readOrders>>,
): Promise<string[]> {
  const ids = orders.map(({ order_id }) => order_id);
  const lines = await write.db
    .selectFrom('history.order_line')
    .select(['order_id', 'line_id', 'quantity', 'unit_price_ore', 'vat_percent', 'sealed'])
    .where('owner_id', '=', opener.owner)
    .where('order_id', 'in', ids)
    .orderBy('line_id')
    .execute();
  const byOrder = Map.groupBy(lines, ({ order_id }) => order_id);
  return orders.map((row) =>
    JSON.stringify({
      placed_at: row.placed_at.toString(),
      state: row.state,
      total_ore: row.total_ore,
      vat_ore: row.vat_ore,
      ...opener.open(order, row.order_id, row.sealed),
      lines: (byOrder.get(row.order_id) ?? []).map((line) => ({
        quantity: line.quantity,
        unit_price_ore: line.unit_price_ore,
        vat_percent: line.vat_percent,
        ...opener.open(orderLine, line.line_id, line.sealed),
      })),
    }),
  );
}
