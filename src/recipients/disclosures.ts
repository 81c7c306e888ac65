import { holding } from '../vault/holding.ts';

/** What was handed out, to whom, for what. Kept with the customer's key and shown to the customer. */
export const disclosures = holding({
  table: 'recipients.disclosure',
  category: 'traces',
  owners: ['account', 'day', 'staff', 'erasure_case', 'guest_order', 'fiscal_year'],
  row: 'disclosure_id',
  keep: 'trace',
  since: 'disclosed_at',
  apart: true,
  clear: {
    owner_id: 'owner',
    disclosure_id: 'id',
    disclosed_at: 'time',
    recipient_id: 'reference',
    agreement_id: 'reference',
    row_id: 'reference',
    purpose: 'state',
    category: 'state',
    fields: 'state',
  },
  sealed: { reference: 'text' },
  exported: true,
});

export const outcomes = holding({
  table: 'recipients.outcome',
  category: 'traces',
  owners: ['account', 'day', 'staff', 'erasure_case', 'guest_order', 'fiscal_year'],
  row: 'outcome_id',
  keep: 'trace',
  since: 'told_at',
  clear: {
    owner_id: 'owner',
    disclosure_id: 'reference',
    outcome_id: 'id',
    told_at: 'time',
    outcome: 'state',
  },
  sealed: null,
  exported: true,
});
