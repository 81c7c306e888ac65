import { provablePurchases } from '../history/proof-of-purchase.ts';
import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { heldBy } from '../vault/held.ts';
import { keptByHolds, keptInBooks } from './erasure-kept.ts';
import type { Kept } from './erasure-kept.ts';
import { holdsOn } from './held-records.ts';

/** Whom an erasure of this account would tell, and what would stay. What goes is all that is stored: `countStored`. */
export type ErasurePreview = {
  readonly told: readonly string[];
  readonly kept: readonly Kept[];
  /** Purchases for which a proof can be kept, and until when; null when there is none. */
  readonly provable: { readonly count: number; readonly until: Temporal.Instant } | null;
};

export async function previewErasure(op: Operation, owner: OwnerId): Promise<ErasurePreview> {
  const owners = [owner, ...(await heldBy(op, owner))];
  const recipients = await op.db
    .selectFrom('recipients.recipient as r')
    .select('r.name')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('recipients.disclosure as d')
          .select('d.disclosure_id')
          .where('d.owner_id', 'in', owners)
          .whereRef('d.recipient_id', '=', 'r.recipient_id'),
      ),
    )
    .orderBy('r.name')
    .execute();
  return {
    told: recipients.map(({ name }) => name),
    kept: [...keptByHolds(await holdsOn(op, owners)), ...(await keptInBooks(op, owners))],
    provable: await provablePurchases(op, owners),
  };
}
