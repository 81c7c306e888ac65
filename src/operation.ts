import type { Records, RecordsTransaction, StaffRole } from './database/records.ts';
import type { OwnerId } from './ids.ts';
import type { Purpose } from './policy/purposes.ts';
import type { Vault } from './vault/vault.ts';

/** Who acts. `owner` is the actor's own: a customer may open only that. */
export type Actor =
  | { readonly party: 'nobody' }
  | { readonly party: 'customer'; readonly owner: OwnerId }
  | { readonly party: StaffRole; readonly owner: OwnerId }
  | { readonly party: 'routine'; readonly routine: string };

declare const begun: unique symbol;

/**
 * What every function that can touch personal data takes first: where, with which keys, who, why and when. Made only
 * by `begin()` from the route table, the routine table and the command line, so that no caller states a purpose of
 * his own.
 */
export type Operation = {
  readonly db: Records;
  readonly vault: Vault;
  readonly actor: Actor;
  readonly purpose: Purpose;
  readonly now: Temporal.Instant;
  /** The network that a request came from, for counting attempts and nothing else; null where nobody knows. */
  readonly network: string | null;
  readonly [begun]: true;
};

/** An operation inside a transaction; what seals or hands out asks for this one. */
export type WriteOperation = Operation & { readonly db: RecordsTransaction };

/** Runs `work` in one transaction of the records store: all of it is committed, or nothing. */
export function inTransaction<T>(
  op: Operation,
  work: (op: WriteOperation) => Promise<T>,
): Promise<T> {
  return op.db.transaction().execute((db) => work({ ...op, db }));
}
