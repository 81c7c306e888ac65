import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { isProblem } from '../problem.ts';
import type { Language } from '../text/bilingual.ts';
import type { Sealer } from '../vault/vault.ts';
import { hashOfGuestCode } from './guests.ts';
import { guest } from './holdings.ts';
import type { OrderWish } from './order-wish.ts';
import { placeIn } from './place-order.ts';
import type { Confirm } from './place-order.ts';

/** Who orders without an account. `code` was made with the form: it names the owner, so that a second click is the same order. */
export type NewGuest = {
  readonly code: string;
  readonly email: string;
  readonly language: Language;
};

/**
 * Places the order of somebody without an account, as an owner of its own to which only the code leads. The same form
 * twice is one order. Key first, then records; a key whose order was cut off is swept like any other orphan.
 * @returns the owner that was made for it
 * @throws Problem `conflict` when a time or goods are gone, `bad-input` for what is no code
 */
export async function placeGuestOrder(
  op: Operation,
  newGuest: NewGuest,
  wish: OrderWish,
  confirm: Confirm,
): Promise<OwnerId> {
  const { owner, hash } = hashOfGuestCode(op.vault, newGuest.code);
  await createKeyOnce(op, owner);
  await inTransaction(op, async (write) => {
    await addOwnerOnce(write, owner);
    const sealer = await write.vault.sealFor(write, owner);
    await insertGuest(write, sealer, newGuest, hash);
    await placeIn(write, sealer, wish, confirm);
  });
  return owner;
}

/** A first try that was cut off, or a click that came twice, may have made it already. */
async function createKeyOnce(op: Operation, owner: OwnerId): Promise<void> {
  try {
    await op.vault.createKey(op, owner);
  } catch (error) {
    if (!isProblem(error, 'conflict')) throw error;
  }
}

/** Of two clicks at once the second waits here for the first. */
async function addOwnerOnce(write: WriteOperation, owner_id: OwnerId): Promise<void> {
  await write.db
    .insertInto('vault.owner')
    .values({ owner_id, kind: 'guest_order', created_at: write.now, fenced_at: null })
    .onConflict((conflict) => conflict.column('owner_id').doNothing())
    .execute();
}

async function insertGuest(
  write: WriteOperation,
  sealer: Sealer,
  { email, language }: NewGuest,
  token_hash: Buffer,
): Promise<void> {
  await write.db
    .insertInto('history.guest')
    .values({
      owner_id: sealer.owner,
      created_at: write.now,
      token_hash,
      sealed: sealer.seal(guest, sealer.owner, { email, language }),
    })
    .onConflict((conflict) => conflict.column('owner_id').doNothing())
    .execute();
}
