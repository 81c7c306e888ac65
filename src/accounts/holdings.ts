import { holding } from '../vault/holding.ts';

export const account = holding({
  table: 'accounts.account',
  category: 'credentials',
  owners: ['account'],
  row: 'owner_id',
  keep: 'account',
  clear: { owner_id: 'owner', created_at: 'time', used_at: 'time' },
  sealed: { email: 'text', name: 'text', language: 'text' },
  exported: true,
});

export const staff = holding({
  table: 'accounts.staff',
  category: 'staff',
  owners: ['staff'],
  row: 'owner_id',
  keep: 'employment',
  clear: { owner_id: 'owner', role: 'state', created_at: 'time' },
  sealed: { email: 'text', name: 'text', role: 'text' },
  exported: true,
});

export const credential = holding({
  table: 'accounts.credential',
  category: 'credentials',
  owners: ['account', 'staff'],
  row: 'credential_id',
  keep: 'account',
  clear: {
    owner_id: 'owner',
    credential_id: 'id',
    kind: 'state',
    changed_at: 'time',
    used_step: 'time',
  },
  sealed: { password_hash: 'optional', one_time_secret: 'optional' },
  exported: true,
});

export const session = holding({
  table: 'accounts.session',
  category: 'credentials',
  owners: ['account', 'staff'],
  row: 'session_id',
  keep: 'session',
  since: 'used_at',
  clear: {
    owner_id: 'owner',
    session_id: 'id',
    token_hash: 'hash',
    created_at: 'time',
    used_at: 'time',
    confirmed_at: 'time',
  },
  sealed: { device: 'text' },
  exported: true,
});

export const signup = holding({
  table: 'accounts.signup',
  category: 'credentials',
  owners: ['day'],
  row: 'signup_id',
  keep: 'unconfirmed',
  since: 'created_at',
  clear: {
    owner_id: 'owner',
    signup_id: 'id',
    account_id: 'reference',
    message_id: 'reference',
    address_mac: 'hash',
    token_hash: 'hash',
    created_at: 'time',
  },
  sealed: { email: 'text', language: 'text' },
  exported: false,
});

export const attempt = holding({
  table: 'accounts.attempt',
  category: 'credentials',
  owners: ['day'],
  row: 'bucket',
  keep: 'day',
  since: 'window_start',
  clear: { owner_id: 'owner', bucket: 'hash', window_start: 'time', attempts: 'amount' },
  sealed: null,
  exported: false,
});
