import { setTimeout as pause } from 'node:timers/promises';
import type { PoolClient } from '../database/pool.ts';
import type { Problem } from '../problem.ts';
import { findSetbacks } from './restore-gate.ts';
import { wentBack } from './setback.ts';
import type { GateParts, Setback } from './setback.ts';

type Known = {
  readonly store_id: string;
  readonly start_counter: number;
  readonly applied_ledger: number;
};
type Watched = 'records' | 'keys';

/** The system moves while it is looked at: what is really wrong is still wrong a moment later. */
const secondLookMs = 2_000;

/**
 * Notices a store that is exchanged or put back under a running process: at each new connection, and by a whole look
 * from time to time. Once something went back the process serves nothing more.
 */
export class StoreWatch {
  readonly #parts: GateParts;
  readonly #known = new Map<Watched, Known>();
  readonly #listeners: ((setbacks: readonly Setback[]) => void)[] = [];
  #closed: Problem | null = null;
  #wentBack: readonly Setback[] = [];

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  /** From now on nothing may be older than it is now. */
  async begin(): Promise<void> {
    const { records, keys } = this.#parts;
    const columns = ['store_id', 'start_counter', 'applied_ledger'] as const;
    await this.#compare('records', () =>
      records.selectFrom('system.store').select(columns).executeTakeFirst(),
    );
    await this.#compare('keys', () =>
      keys.selectFrom('system.store').select(columns).executeTakeFirst(),
    );
  }

  /** False once a store went back; it does not become true again. */
  get isOpen(): boolean {
    return this.#closed === null;
  }

  /** Which stores went back, in words for operators; empty while all is well. */
  get obstacles(): readonly string[] {
    return this.#wentBack.map(({ store }) => `the ${store} store went back`);
  }

  /** Called once, when the first store is seen to have gone back. */
  onClosed(listener: (setbacks: readonly Setback[]) => void): void {
    this.#listeners.push(listener);
  }

  /** @throws Problem `store-went-back` once a store was seen to have gone back */
  assertOpen(): void {
    if (this.#closed) throw this.#closed;
  }

  /**
   * Compares what answers on a new connection with what this process knows of the store.
   * @throws Problem `store-went-back`
   */
  async admit(store: Watched, client: Pick<PoolClient, 'query'>): Promise<void> {
    this.assertOpen();
    await this.#compare(store, async () => {
      const { rows } = await client.query<Known>(
        'select store_id, start_counter, applied_ledger from system.store',
      );
      return rows[0];
    });
  }

  /**
   * Compares all three, as a start does, so that a store that was put back into its running cluster is noticed too.
   * @throws Problem `store-went-back`
   */
  async look(): Promise<void> {
    this.assertOpen();
    await this.begin();
    if ((await findSetbacks(this.#parts)).length === 0) return;
    await pause(secondLookMs);
    const setbacks = await findSetbacks(this.#parts);
    if (setbacks.length > 0) throw this.#close(setbacks);
  }

  /** With what was known before the question was sent: meanwhile somebody else may have been given a newer answer. */
  async #compare(store: Watched, read: () => Promise<Known | undefined>): Promise<void> {
    const before = this.#known.get(store);
    const found = await read();
    const why = whatIsWrong(before, found);
    if (why !== null) throw this.#close([{ store, why }]);
    if (found) this.#known.set(store, newest(found, this.#known.get(store) ?? found));
  }

  #close(setbacks: readonly Setback[]): Problem {
    if (this.#closed) return this.#closed;
    this.#closed = wentBack(setbacks);
    this.#wentBack = setbacks;
    for (const listener of this.#listeners) listener(setbacks);
    return this.#closed;
  }
}

function newest(one: Known, other: Known): Known {
  return {
    store_id: other.store_id,
    start_counter: Math.max(one.start_counter, other.start_counter),
    applied_ledger: Math.max(one.applied_ledger, other.applied_ledger),
  };
}

/** Another process may have counted a start or applied an entry since: more is well, less is not. */
function whatIsWrong(known: Known | undefined, found: Known | undefined): string | null {
  if (!found) return 'it is empty';
  if (!known) return null;
  if (found.store_id !== known.store_id) return 'it belongs to another installation';
  if (found.start_counter < known.start_counter)
    return `it has seen ${found.start_counter} starts of ${known.start_counter}`;
  if (found.applied_ledger < known.applied_ledger)
    return `it has applied ledger entry ${found.applied_ledger} of ${known.applied_ledger}`;
  return null;
}
