import { holding } from '../vault/holding.ts';

export const account = holding({
  table: 'accounts.account',
  category: 'credentials',
  owners: ['account'],
  row: 'owner_id',
  keep: 'account',
  clear: { owner_id: 'owner', created_at: 'time', used_at: 'time' },
  sealed: { email: 'text', name: 'text', language: 'text', protected_identity: 'optional' },
  exported: true,
});

export const staff = holding({
  table: 'accounts.staff',
  category: 'staff',
  owners: ['staff'],
  row: 'owner_id',
  keep: 'employment',
  since: 'left_at',
  clear: { owner_id: 'owner', role: 'state', created_at: 'time', left_at: 'time' },
  // The address goes when the person leaves; name and role stay a while.
  sealed: { email: 'optional', name: 'text', role: 'text' },
  exported: true,
});

/** For which recipient in the register somebody performs services. */
export const engagement = holding({
  table: 'accounts.engagement',
  category: 'staff',
  owners: ['staff'],
  row: 'engagement_id',
  keep: 'employment',
  clear: {
    owner_id: 'owner',
    engagement_id: 'id',
    recipient_id: 'reference',
    began_at: 'time',
    ended_at: 'time',
  },
  sealed: null,
  exported: true,
});

export const providerResource = holding({
  table: 'accounts.provider_resource',
  category: 'staff',
  owners: ['staff'],
  row: 'resource_id',
  keep: 'employment',
  clear: { owner_id: 'owner', resource_id: 'reference' },
  sealed: null,
  exported: false,
});

export const invitation = holding({
  table: 'accounts.invitation',
  category: 'staff',
  owners: ['staff'],
  row: 'invitation_id',
  keep: 'invitation',
  since: 'sent_at',
  clear: {
    owner_id: 'owner',
    invitation_id: 'id',
    kind: 'state',
    sent_at: 'time',
    token_hash: 'hash',
  },
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

export const passkey = holding({
  table: 'accounts.passkey',
  category: 'credentials',
  owners: ['account', 'staff'],
  row: 'passkey_id',
  keep: 'account',
  clear: {
    owner_id: 'owner',
    passkey_id: 'id',
    added_at: 'time',
    used_at: 'time',
    went_back_at: 'time',
    backup: 'state',
  },
  sealed: {
    credential_id: 'text',
    public_key: 'text',
    passkey_counter: 'text',
    passkey_name: 'text',
    provider: 'optional',
    transports: 'list',
  },
  exported: true,
});

export const recoveryCode = holding({
  table: 'accounts.recovery_code',
  category: 'credentials',
  owners: ['account', 'staff'],
  row: 'recovery_code_id',
  keep: 'account',
  clear: { owner_id: 'owner', recovery_code_id: 'id', made_at: 'time' },
  sealed: { recovery_code: 'text' },
  exported: true,
});

export const usedTicket = holding({
  table: 'accounts.used_ticket',
  category: 'credentials',
  owners: ['day'],
  row: 'ticket_id',
  keep: 'day',
  since: 'used_at',
  clear: { owner_id: 'owner', ticket_id: 'id', used_at: 'time' },
  sealed: null,
  exported: false,
});

export const recovery = holding({
  table: 'accounts.recovery',
  category: 'credentials',
  owners: ['account', 'day'],
  row: 'recovery_id',
  keep: 'recovery',
  since: 'created_at',
  clear: {
    owner_id: 'owner',
    recovery_id: 'id',
    message_id: 'reference',
    address_mac: 'hash',
    token_hash: 'hash',
    created_at: 'time',
  },
  sealed: null,
  exported: false,
});

export const addressChange = holding({
  table: 'accounts.address_change',
  category: 'credentials',
  owners: ['account'],
  row: 'change_id',
  keep: 'address-change',
  since: 'stated_at',
  clear: {
    owner_id: 'owner',
    change_id: 'id',
    state: 'state',
    stated_at: 'time',
    token_hash: 'hash',
    undo_hash: 'hash',
  },
  sealed: { email: 'text', former_email: 'text', language: 'text' },
  exported: true,
});

export const failure = holding({
  table: 'accounts.failure',
  category: 'credentials',
  owners: ['day'],
  row: 'bucket',
  keep: 'day',
  since: 'failed_at',
  clear: { owner_id: 'owner', bucket: 'hash', failures: 'amount', failed_at: 'time' },
  sealed: null,
  exported: false,
});

export const knownNetwork = holding({
  table: 'accounts.known_network',
  category: 'credentials',
  owners: ['account', 'staff'],
  row: 'network_hash',
  keep: 'known-network',
  since: 'used_at',
  clear: { owner_id: 'owner', network_hash: 'hash', used_at: 'time' },
  sealed: null,
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
