import { holding } from '../vault/holding.ts';

/** How long the account stays, for those who have chosen. Times and a state: when it is due has to be a query. */
export const keepingChoice = holding({
  table: 'settings.keeping',
  category: 'settings',
  owners: ['account'],
  row: 'owner_id',
  keep: 'account',
  clear: {
    owner_id: 'owner',
    choice: 'state',
    unused_months: 'amount',
    closes_at: 'time',
    chosen_at: 'time',
  },
  sealed: null,
  exported: true,
});

/** That an account is about to be closed, and which letters have said so. */
export const closing = holding({
  table: 'settings.closing',
  category: 'settings',
  owners: ['account'],
  row: 'owner_id',
  keep: 'account',
  clear: {
    owner_id: 'owner',
    counted_to: 'time',
    closes_at: 'time',
    began_at: 'time',
    month_letter_id: 'reference',
    month_letter_at: 'time',
    week_letter_id: 'reference',
    week_letter_at: 'time',
  },
  sealed: null,
  exported: true,
});
