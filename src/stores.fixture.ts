/** For tests: an installation that can be stopped, copied store by store, and started on older copies. */
import { cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterName } from './database/cluster.ts';
import { openClient, openPool } from './database/pool.ts';
import type { Pool } from './database/pool.ts';
import { openStores } from './stores.ts';
import type { StoreOptions, Stores } from './stores.ts';
import { freshStores } from '../test/stores.ts';
import type { FreshStores } from '../test/stores.ts';

export type Part = ClusterName | 'ledger';

export class Installation {
  readonly fresh: FreshStores;
  readonly now = Temporal.Instant.from('2026-11-22T12:00:00Z');
  #pools: Pool[];
  #copies = 0;

  constructor(fresh: FreshStores) {
    this.fresh = fresh;
    this.#pools = [fresh.records.pool, fresh.keys.pool];
  }

  static async prepare(): Promise<Installation> {
    return new Installation(await freshStores());
  }

  get folder(): string {
    return this.fresh.folder;
  }

  get keyring(): string {
    return join(this.folder, 'keyring');
  }

  /** Starts, or starts again. */
  async start(change: Partial<StoreOptions> = {}): Promise<Stores> {
    await this.stop();
    const records = openPool({ ...this.fresh.records.connection, max: 5 });
    const keys = openPool({ ...this.fresh.keys.connection, max: 5 });
    this.#pools.push(records, keys);
    const { folder, now } = this;
    return openStores({ records, keys, folder, now, sandbox: true, role: 'server', ...change });
  }

  async stop(): Promise<void> {
    await Promise.all(this.#pools.filter(({ ended }) => !ended).map((pool) => pool.end()));
    this.#pools = [];
  }

  /** A copy of a part, made while everything stands still. */
  async copy(part: Part): Promise<string> {
    await this.stop();
    this.#copies += 1;
    if (part === 'ledger') {
      const aside = join(this.folder, `ledger-${this.#copies}`);
      cpSync(join(this.folder, 'ledger'), aside, { recursive: true });
      return aside;
    }
    const { database } = this.fresh[part].connection;
    const copy = `${database}_${this.#copies}`;
    await this.#administer(part, `create database ${copy} template ${database}`);
    return copy;
  }

  /** Puts a copy in the place of what is there. */
  async putBack(part: Part, copy: string): Promise<void> {
    await this.stop();
    if (part === 'ledger') {
      rmSync(join(this.folder, 'ledger'), { recursive: true });
      renameSync(copy, join(this.folder, 'ledger'));
      return;
    }
    const { database } = this.fresh[part].connection;
    await this.#administer(part, `drop database ${database} with (force)`);
    await this.#administer(part, `alter database ${copy} rename to ${database}`);
  }

  async sql(part: ClusterName, text: string): Promise<void> {
    const client = await openClient(this.fresh[part].administrator);
    await client.query(text);
    await client.end();
  }

  async #administer(part: ClusterName, text: string): Promise<void> {
    const client = await openClient({ ...this.fresh[part].administrator, database: 'postgres' });
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.fresh.dispose();
  }
}
