import { holding } from './holding.ts';

/** Who has looked. Kept with the customer's key, so that it goes when the customer goes. */
export const looks = holding({
  table: 'vault.look',
  category: 'traces',
  owners: ['account', 'staff', 'erasure_case', 'day', 'hold', 'guest_order', 'fiscal_year'],
  row: 'look_id',
  keep: 'trace',
  since: 'looked_at',
  clear: {
    owner_id: 'owner',
    look_id: 'id',
    looked_at: 'time',
    party: 'state',
    purpose: 'state',
    category: 'state',
  },
  sealed: { looked_by: 'text' },
  exported: true,
});

/** Restrictions and objections: which purposes are stopped, since when. */
export const stops = holding({
  table: 'vault.stop',
  category: 'settings',
  owners: ['account', 'guest_order'],
  row: 'purpose',
  keep: 'account',
  clear: { owner_id: 'owner', purpose: 'state', ground: 'state', since: 'time' },
  sealed: null,
  exported: true,
});
