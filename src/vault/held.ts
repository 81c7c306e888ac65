import { holding } from './holding.ts';

/** Owners that belong to an account: the orders that its customer placed as a guest and took into it. */
export const held = holding({
  table: 'vault.held',
  category: 'history',
  owners: ['account'],
  row: 'held_id',
  keep: 'account',
  clear: { owner_id: 'owner', held_id: 'reference', since: 'time' },
  sealed: null,
  exported: false,
});
