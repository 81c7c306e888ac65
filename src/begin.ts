import type { Actor, Operation } from './operation.ts';
import type { Records } from './database/records.ts';
import type { Purpose } from './policy/purposes.ts';
import type { Vault } from './vault/vault.ts';

export type Beginning = {
  readonly db: Records;
  readonly vault: Vault;
  readonly actor: Actor;
  readonly purpose: Purpose;
  readonly now: Temporal.Instant;
  /** Where a request came from; commands and routines come from nowhere. */
  readonly network?: string | null;
};

/**
 * Begins an operation. Imported only by the tables that name purposes (`http/`, `jobs/`, `cli/`) and by tests; a test
 * keeps it so.
 */
export function begin(beginning: Beginning): Operation {
  return { network: null, ...beginning } as Operation;
}
