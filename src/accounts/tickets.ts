import { timingSafeEqual } from 'node:crypto';
import { idBytes, isRowId, newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { dayOwner } from '../vault/day.ts';
import { holdOwner } from '../vault/vault.ts';
import { inTransaction } from '../operation.ts';
import { uuidOf } from './tokens.ts';

const idSize = 16;
const macSize = 32;

/** How long each kind of ticket may be used after it was handed out. */
export const ticketMinutes = {
  'passkey to sign in': 5,
  'passkey to confirm': 5,
  'passkey to add': 10,
  'sign-in to complete': 10,
} as const;

export type TicketUse = keyof typeof ticketMinutes;

/** What a ticket is good for, and for whom: it works for nothing and nobody else. */
export type TicketFor = {
  readonly use: TicketUse;
  readonly owner: OwnerId | null;
  /** A session, or whatever else it is handed out within. */
  readonly within: RowId | null;
};

/**
 * Hands out 48 bytes that nobody can foresee and that work once: a row's id, which holds the time, and a code over it
 * under a key that is in neither database. Handing out writes nothing, so that asking costs the stores nothing.
 */
export function newTicket(op: Operation, wanted: TicketFor): Buffer {
  const ticketId = newRowId(op.now);
  return Buffer.concat([idBytes(ticketId), codeOf(op, wanted, ticketId)]);
}

/** The id of a ticket that is genuine, in time and for just this; null for anything else. */
export function readTicket(op: Operation, wanted: TicketFor, bytes: Uint8Array): RowId | null {
  if (bytes.length !== idSize + macSize) return null;
  const ticketId = uuidOf(bytes.subarray(0, idSize));
  if (!isRowId(ticketId)) return null;
  const ageMs = op.now.epochMilliseconds - handedOutMs(ticketId);
  if (ageMs < 0 || ageMs >= ticketMinutes[wanted.use] * 60_000) return null;
  return timingSafeEqual(codeOf(op, wanted, ticketId), bytes.subarray(idSize)) ? ticketId : null;
}

/**
 * True for the first who comes with this ticket. It is noted under the day on which it was handed out, so that it does
 * not work once more on the next; in one statement, so that of two at once only one is first.
 */
export async function useTicket(op: Operation, ticketId: RowId): Promise<boolean> {
  const handedOut = Temporal.Instant.fromEpochMilliseconds(handedOutMs(ticketId));
  const day = await dayOwner({ ...op, now: handedOut });
  return inTransaction(op, async (write) => {
    await holdOwner(write, day);
    const used = await write.db
      .insertInto('accounts.used_ticket')
      .values({ owner_id: day, ticket_id: ticketId, used_at: write.now })
      .onConflict((conflict) => conflict.columns(['owner_id', 'ticket_id']).doNothing())
      .executeTakeFirst();
    return used.numInsertedOrUpdatedRows === 1n;
  });
}

function codeOf(op: Operation, { use, owner, within }: TicketFor, row: RowId): Buffer {
  const secret = Buffer.from(within ?? 'nothing');
  return op.vault.hashToken(`ticket: ${use}`, { owner: owner ?? 'nobody', row, secret });
}

/** The first 48 bits of a uuid v7 are milliseconds. */
function handedOutMs(ticketId: RowId): number {
  return Number.parseInt(ticketId.replace('-', '').slice(0, 12), 16);
}
