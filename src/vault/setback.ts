import type { Keys } from '../database/keys.ts';
import type { Records } from '../database/records.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { Problem } from '../problem.ts';

/**
 * The stores are backed up apart, so one of them can come back older than the others: then somebody who was erased
 * could be readable again. The gate compares what each remembers and refuses to serve when one went back.
 */
export type GateParts = {
  readonly records: Records;
  readonly keys: Keys;
  readonly ledger: Ledger;
};

export type StoreName = 'records' | 'keys' | 'ledger';

/** A store that is older than another one remembers, and how that shows. */
export type Setback = { readonly store: StoreName; readonly why: string };

export type Remembered = { readonly start_counter: number; readonly applied_ledger: number };

export async function remembered(db: Records | Keys): Promise<Remembered> {
  return (db as Records)
    .selectFrom('system.store')
    .select(['start_counter', 'applied_ledger'])
    .executeTakeFirstOrThrow();
}

/** Names each store that went back, and the two ways out. */
export function wentBack(setbacks: readonly Setback[]): Problem {
  const what = setbacks.map(({ store, why }) => `The ${store} store went back in time: ${why}.`);
  const them = setbacks.map(({ store }) => `the ${store} store`).join(' and of ');
  return new Problem(
    'store-went-back',
    `${what.join(' ')} It looks restored from an older copy, and people who were erased since could be readable again. Varsam does not serve. Put back the newest copy of ${them}, or, if there is none, run: varsam restore confirm`,
  );
}
