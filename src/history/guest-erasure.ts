import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { keeping } from '../policy/keeping.ts';
import { orderOfOwner } from './held-orders.ts';
import { removeFromHistory } from './remove-order.ts';

/** Guests whose time is up: their orders are erased like any other owner that is over. */
export async function guestsDue({ db, now }: Operation): Promise<OwnerId[]> {
  const before = now.subtract({ hours: keeping['guest-order'].rule.days * 24 });
  const rows = await db
    .selectFrom('history.guest as g')
    .select('g.owner_id')
    .where('g.created_at', '<', before)
    // What an account has taken in stays as long as the account.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('vault.held as h')
            .select('h.held_id')
            .whereRef('h.held_id', '=', 'g.owner_id'),
        ),
      ),
    )
    .limit(1000)
    .execute();
  return rows.map(({ owner_id }) => owner_id);
}

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
