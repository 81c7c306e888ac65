import { newOwnerId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { keeping } from '../policy/keeping.ts';
import { dayOwner } from '../vault/day.ts';
import type { Sealer } from '../vault/vault.ts';

/** Home, work, phone, holidays: the least recently used one makes room for a new one. */
const networksMax = 20;
const label = 'network';

/** Remembers, as a keyed hash under the owner's own key, that the owner has signed in from this network. */
export async function rememberNetwork(
  write: WriteOperation,
  sealer: Sealer,
  network: string | null,
): Promise<void> {
  if (network === null) return;
  const { owner } = sealer;
  await write.db
    .insertInto('accounts.known_network')
    .values({ owner_id: owner, network_hash: sealer.mac(label, network), used_at: write.now })
    .onConflict((conflict) =>
      conflict.columns(['owner_id', 'network_hash']).doUpdateSet({ used_at: write.now }),
    )
    .execute();
  await write.db
    .deleteFrom('accounts.known_network')
    .where('owner_id', '=', owner)
    .where('network_hash', 'in', (from) =>
      from
        .selectFrom('accounts.known_network as k')
        .select('k.network_hash')
        .where('k.owner_id', '=', owner)
        .orderBy('k.used_at', 'desc')
        .offset(networksMax),
    )
    .execute();
}

/** Has this owner signed in from this network? Asks the same of nobody, so that the time does not tell who is there. */
export async function isKnownNetwork(
  op: Operation,
  owner: OwnerId | null,
  network: string | null,
): Promise<boolean> {
  if (network === null) return false;
  const hash = await op.vault.mac(owner ?? (await dayOwner(op)), label, network);
  const found = await op.db
    .selectFrom('accounts.known_network')
    .select('used_at')
    .where('owner_id', '=', owner ?? newOwnerId())
    .where('network_hash', '=', hash)
    .where('used_at', '>', op.now.subtract({ hours: keeping['known-network'].rule.days * 24 }))
    .executeTakeFirst();
  return found !== undefined;
}
