// Processes that can end at any thing that they ask of a database, a bank or the mail supplier, and start again.
import pg from 'pg';
import { begin } from '../src/begin.ts';
import { openPool } from '../src/database/pool.ts';
import type { Pool } from '../src/database/pool.ts';
import type { Banks } from '../src/history/payments/banks.ts';
import type { BankWay } from '../src/history/payments/way.ts';
import type { Actor, Operation } from '../src/operation.ts';
import type { Purpose } from '../src/policy/purposes.ts';
import { openStores } from '../src/stores.ts';
import type { Stores } from '../src/stores.ts';
import type { TestSystem } from './system.ts';

/** Which thing is the last one, counted from 1, and whether it still takes effect. */
export type Death = {
  readonly at: number;
  readonly when: 'before' | 'after';
  /** Counted from the first thing of this kind, which is 1; from the start of the process if nothing is said. */
  readonly since?: Kind;
};

/** What a process asks of others than its databases. */
export type Kind = 'letter' | 'bank';

/** What a process knows of the world, until it ends. Everything that it asks for afterwards fails. */
export type Life = {
  readonly isOver: boolean;
  op(actor: Actor, purpose: Purpose): Operation;
  /** Asks for something that can be the last. */
  ask<T>(thing: () => Promise<T>, kind?: Kind): Promise<T>;
  end(): Promise<void>;
};

const connectionsMax = 5;
const lifeOf = new WeakMap<pg.Client, Pick<Life, 'ask'>>();

/** Lets each statement of a living process be its last one. Done once in a process of tests. */
export function watchStatements(): void {
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const life = lifeOf.get(this);
    const send = () => query.apply(this, given);
    // Only a question to the pool itself gives a callback: the look whether a connection lives.
    const isByCallback = typeof given.at(-1) === 'function';
    return life && !isByCallback ? life.ask(send as () => Promise<unknown>) : send();
  } as typeof pg.Client.prototype.query;
}

/** Starts as a server does: through the gate. What it asks on the way is not counted. */
export async function startLife(system: TestSystem, death: Death | null): Promise<Life> {
  const pools = [system.fresh.records, system.fresh.keys].map(({ connection }) =>
    openPool({ ...connection, max: connectionsMax }),
  ) as [Pool, Pool];
  const [records, keys] = pools;
  const clients = new Set<pg.Client>();
  const mortal = new Mortal(death, () => clients);
  for (const pool of pools) {
    pool.on('connect', (client) => {
      clients.add(client);
      lifeOf.set(client, mortal);
    });
  }
  const { folder, now } = system;
  const stores = await openStores({ records, keys, folder, sandbox: true, now, role: 'server' });
  mortal.begin();
  return lifeWith(system, { mortal, stores, pools });
}

function lifeWith(
  system: TestSystem,
  of: { readonly mortal: Mortal; readonly stores: Stores; readonly pools: readonly Pool[] },
): Life {
  const { mortal, stores, pools } = of;
  const { db, vault } = stores;
  return {
    get isOver() {
      return mortal.isOver;
    },
    ask: (thing, kind) => mortal.ask(thing, kind),
    op: (actor, purpose) => begin({ db, vault, actor, purpose, now: system.now }),
    end: async () => {
      mortal.die();
      await Promise.all(pools.map((pool) => pool.end()));
    },
  };
}

class Mortal {
  isOver = false;
  readonly #death: Death | null;
  readonly #clients: () => Iterable<pg.Client>;
  #hasBegun = false;
  #isCounting: boolean;
  #asked = 0;

  constructor(death: Death | null, clients: () => Iterable<pg.Client>) {
    this.#death = death;
    this.#clients = clients;
    this.#isCounting = death?.since === undefined;
  }

  begin(): void {
    this.#hasBegun = true;
  }

  /** Its connections are cut, as the kernel does, so that the databases roll back what was not committed. */
  die(): void {
    if (this.isOver) return;
    this.isOver = true;
    for (const client of this.#clients()) void client.end().catch(() => undefined);
  }

  async ask<T>(thing: () => Promise<T>, kind?: Kind): Promise<T> {
    if (!this.#hasBegun) return thing();
    this.#assertAlive();
    this.#isCounting ||= kind === this.#death?.since;
    if (this.#isCounting) this.#asked += 1;
    const isLast = this.#asked === this.#death?.at;
    if (isLast && this.#death?.when === 'before') this.die();
    this.#assertAlive();
    const answer = await thing();
    if (isLast) this.die();
    this.#assertAlive();
    return answer;
  }

  #assertAlive(): void {
    if (this.isOver) throw new Error('the process has ended');
  }
}

/** Banks as one process reaches them. `answered` happens between the answer of a bank about a payment and its being heard. */
export function banksOf(
  life: Life,
  { swish, card }: Banks,
  answered: () => Promise<unknown> = () => Promise.resolve(),
): Banks {
  const asking = <T>(thing: () => Promise<T>): Promise<T> => life.ask(thing, 'bank');
  const of = (bank: BankWay | null): BankWay | null =>
    bank && {
      way: bank.way,
      create: (wish) => asking(() => bank.create(wish)),
      ask: async (payment) => {
        const answer = await asking(() => bank.ask(payment));
        await answered();
        return answer;
      },
      cancel: (payment) => asking(() => bank.cancel(payment)),
      refund: (wish) => asking(() => bank.refund(wish)),
      askRefund: (refund) => asking(() => bank.askRefund(refund)),
    };
  return { swish: of(swish), card: of(card) };
}
