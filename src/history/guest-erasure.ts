import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { keeping } from '../policy/keeping.ts';

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
