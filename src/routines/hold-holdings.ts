import { holding } from '../vault/holding.ts';

/** A hold: what must be preserved, on what ground, decided by two people, until when. */
export const hold = holding({
  table: 'routines.hold',
  category: 'holds',
  owners: ['hold'],
  row: 'owner_id',
  keep: 'hold',
  clear: {
    owner_id: 'owner',
    subject_id: 'reference',
    scope: 'state',
    ground: 'state',
    state: 'state',
    secret: 'state',
    proposed_at: 'time',
    confirmed_at: 'time',
    ends_at: 'time',
    renewed_at: 'time',
    renewal_ends_at: 'time',
  },
  sealed: { reason: 'text', proposed_by: 'text', confirmed_by: 'optional' },
  exported: false,
});

/** The orders that a hold names, while their account exists. */
export const holdOrder = holding({
  table: 'routines.hold_order',
  category: 'holds',
  owners: ['hold'],
  row: 'order_id',
  keep: 'hold',
  clear: { owner_id: 'owner', order_id: 'reference' },
  sealed: null,
  exported: false,
});

/** A record of somebody who has left, sealed anew under the key of the hold. */
export const heldRecord = holding({
  table: 'routines.held_record',
  category: 'holds',
  owners: ['hold'],
  row: 'held_id',
  keep: 'hold',
  clear: { owner_id: 'owner', held_id: 'id', held_at: 'time' },
  sealed: { content: 'text' },
  exported: false,
});
