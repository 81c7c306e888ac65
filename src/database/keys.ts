import type { Generated, Kysely, Transaction } from 'kysely';
import type { OwnerId } from '../ids.ts';

type Instant = Temporal.Instant;

/** The tables of the keys store, exactly as `migrations/keys/schema.sql` says. Only `vault/` reads them. */
export interface KeysTables {
  'system.store': {
    only_row: Generated<boolean>;
    store_id: string;
    sandbox: boolean;
    start_counter: number;
    applied_ledger: number;
  };
  'keys.epoch': {
    epoch: number;
    root_fingerprint: Uint8Array;
    began_at: Instant;
    rewrapped_at: Generated<Instant | null>;
    dropped_at: Generated<Instant | null>;
    destroyed_at: Generated<Instant | null>;
  };
  'keys.long_lived': { name: string; fingerprint: Uint8Array };
  'keys.owner': { owner_id: OwnerId; created_at: Instant };
  'keys.owner_key': {
    owner_id: OwnerId;
    epoch: number;
    wrapped: Uint8Array;
    fingerprint: Uint8Array;
  };
  'keys.blind_index': { value: Uint8Array; kind: BlindIndexKind; owner_id: OwnerId };
  'keys.fence': {
    owner_id: OwnerId;
    fenced_at: Instant;
    key_fingerprint: Uint8Array | null;
    ledger_index: number;
    epoch: Generated<number | null>;
  };
  'keys.ledger_writer': { only_row: Generated<boolean>; size: number; root_hash: Uint8Array };
}

export type BlindIndexKind = 'account-email' | 'staff-email';
export type Keys = Kysely<KeysTables>;
export type KeysTransaction = Transaction<KeysTables>;
