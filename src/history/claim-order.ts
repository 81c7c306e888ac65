import { readAccount } from '../accounts/account.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { holdFor } from '../vault/held.ts';
import { normalised } from '../vault/owner-keys.ts';
import { readGuest } from './guests.ts';

/** `other-address`: the order was placed with another address than the account's, so nothing was done. */
export type Claimed = 'held' | 'other-address';

/**
 * Takes a guest's order into the account of who has both its code and the address it was placed with. Nothing is sealed
 * anew: the account holds the order from now on, and whoever erases the account erases it. The same order twice is one.
 * @param asGuest the same visit in the name of the guest, which only the code gives
 * @throws Problem `not-found` when another account holds it, `fenced` when one of the two is being erased
 */
export async function claimGuestOrder(op: Operation, asGuest: Operation): Promise<Claimed> {
  const account = customerOf(op);
  const guest = customerOf(asGuest);
  const ordered = await readGuest(
    asGuest,
    await asGuest.vault.openFor(asGuest, guest, ['history']),
  );
  const own = await readAccount(op, await op.vault.openFor(op, account, ['credentials']));
  if (normalised(ordered.email) !== normalised(own.email)) return 'other-address';
  await inTransaction(op, (write) => hold(write, account, guest));
  return 'held';
}

/** @throws Problem `not-found` for what is no order of a guest, or somebody else's by now */
async function hold(write: WriteOperation, account: OwnerId, guest: OwnerId): Promise<void> {
  await write.vault.sealFor(write, account);
  await write.vault.sealFor(write, guest);
  await lockGuest(write, guest);
  const holder = await write.db
    .selectFrom('vault.held')
    .select('owner_id')
    .where('held_id', '=', guest)
    .executeTakeFirst();
  if (holder?.owner_id === account) return;
  if (holder) throw new Problem('not-found', 'somebody else holds it');
  await holdFor(write, account, guest);
}

/** Of two accounts that claim it at once the second waits here for the first. */
async function lockGuest({ db }: WriteOperation, guest: OwnerId): Promise<void> {
  const row = await db
    .selectFrom('history.guest')
    .select('owner_id')
    .where('owner_id', '=', guest)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Problem('not-found');
}

function customerOf({ actor }: Operation): OwnerId {
  if (actor.party !== 'customer') throw new Problem('not-allowed', 'only for customers');
  return actor.owner;
}
