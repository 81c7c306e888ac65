import { timingSafeEqual } from 'node:crypto';
import type { OwnerId } from '../ids.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { isProblem, Problem } from '../problem.ts';
import type { Language } from '../text/bilingual.ts';
import type { Sealer } from '../vault/vault.ts';
import { hashOfGuestCode } from './guests.ts';
import { guest } from './holdings.ts';
import type { OrderWish } from './order-wish.ts';
import { onceInTransaction, placeIn } from './place-order.ts';
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
  await onceInTransaction(op, async (write) => {
    await addGuestOwnerOnce(write, owner);
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

/**
 * Of two clicks at once the second waits here for the first. The code comes from a form and names its owner, so that it
 * could name anybody's account: what is there already has to be a guest's.
 */
async function addGuestOwnerOnce(write: WriteOperation, owner_id: OwnerId): Promise<void> {
  await write.db
    .insertInto('vault.owner')
    .values({ owner_id, kind: 'guest_order', created_at: write.now, fenced_at: null })
    .onConflict((conflict) => conflict.column('owner_id').doNothing())
    .execute();
  const { kind } = await write.db
    .selectFrom('vault.owner')
    .select('kind')
    .where('owner_id', '=', owner_id)
    .executeTakeFirstOrThrow();
  if (kind !== 'guest_order') throw new Problem('bad-input', 'the code of somebody else');
}

/** A guest that is there has to have this code: its id alone does not let anybody order as that guest. */
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
  const known = await write.db
    .selectFrom('history.guest')
    .select('token_hash')
    .where('owner_id', '=', sealer.owner)
    .executeTakeFirstOrThrow();
  if (!timingSafeEqual(known.token_hash, token_hash))
    throw new Problem('bad-input', 'the code of somebody else');
}
