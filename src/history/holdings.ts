import { holding } from '../vault/holding.ts';

export const order = holding({
  table: 'history.order',
  category: 'history',
  owners: ['account'],
  row: 'order_id',
  keep: 'account',
  clear: {
    owner_id: 'owner',
    order_id: 'id',
    placed_at: 'time',
    state: 'state',
    total_ore: 'amount',
    vat_ore: 'amount',
  },
  sealed: {
    number: 'text',
    recipient_name: 'text',
    street: 'text',
    postal_code: 'text',
    town: 'text',
    message: 'optional',
  },
  exported: true,
});

export const orderLine = holding({
  table: 'history.order_line',
  category: 'history',
  owners: ['account'],
  row: 'line_id',
  keep: 'account',
  clear: {
    owner_id: 'owner',
    order_id: 'reference',
    line_id: 'id',
    item_id: 'reference',
    quantity: 'amount',
    unit_price_ore: 'amount',
    vat_percent: 'amount',
  },
  sealed: { description: 'text' },
  exported: true,
});

/** Under an owner of its own: nothing leads from it to an account, and only its code leads to it. */
export const proofOfPurchase = holding({
  table: 'history.proof_of_purchase',
  category: 'purchases',
  owners: ['proof_of_purchase'],
  row: 'proof_id',
  keep: 'purchase',
  since: 'purchased_at',
  clear: { owner_id: 'owner', proof_id: 'id', purchased_at: 'time', token_hash: 'hash' },
  sealed: { number: 'text', bought: 'list', total: 'text', vat: 'text' },
  exported: false,
});
