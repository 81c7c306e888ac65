import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { removeFromHistory } from './remove-order.ts';
import { orderOfOwner } from './held-orders.ts';

/**
 * Removes what a guest ordered, and with it the way there: the order with all that belongs to it, and the guest.
 * @throws Problem `conflict` when the order is not over
 */
export async function eraseGuestOrder(op: Operation, owner: OwnerId): Promise<void> {
  const orderId = await orderOfOwner(op, owner);
  if (orderId !== null) await removeFromHistory(op, owner, orderId);
  await inTransaction(op, async ({ db }) => {
    await db.deleteFrom('vault.held').where('held_id', '=', owner).execute();
    await db.deleteFrom('messages.outbox').where('owner_id', '=', owner).execute();
    await db.deleteFrom('history.guest').where('owner_id', '=', owner).execute();
  });
}
