import type pg from 'pg';
import { Problem } from '../problem.ts';
import type { Manifest } from './manifest.ts';

type Facts = {
  readonly state: { readonly start_counter: number; readonly applied_ledger: number };
  readonly migrations: Manifest['migrations'];
};

/** What stores say of themselves, read inside their snapshots. */
export type StoreFacts = {
  readonly storeId: string;
  readonly sandbox: boolean;
  readonly records: Facts;
  /** With the epochs that still have a place for keys: an archive holds their roots and no older ones. */
  readonly keys: Facts & { readonly epochs: readonly number[] };
};

type StoreRow = { store_id: string; sandbox: boolean } & Facts['state'];

export async function readState(snapshots: {
  readonly records: pg.Client;
  readonly keys: pg.Client;
}): Promise<StoreFacts> {
  const records = await storeRow(snapshots.records);
  const keys = await storeRow(snapshots.keys);
  if (records.store_id !== keys.store_id) {
    throw new Problem('store-went-back', 'Records and keys belong to different installations.');
  }
  const epochs = await snapshots.keys.query<{ epoch: number }>(
    'select epoch from keys.epoch where dropped_at is null order by epoch',
  );
  return {
    storeId: records.store_id,
    sandbox: records.sandbox,
    records: { state: stateOf(records), migrations: await migrationsOf(snapshots.records) },
    keys: {
      state: stateOf(keys),
      migrations: await migrationsOf(snapshots.keys),
      epochs: epochs.rows.map(({ epoch }) => epoch),
    },
  };
}

/** The oldest epoch that is needed to open what stands in the keys store: each owner's newest wrapping counts. */
export async function neededEpoch(keys: pg.Client): Promise<number> {
  const { rows } = await keys.query<{ epoch: number | null }>(`
    select coalesce(
      (select min(newest) from (select max(epoch) as newest from keys.owner_key group by owner_id) as owner),
      (select max(epoch) from keys.epoch)) as epoch`);
  return rows[0]?.epoch ?? 1;
}

/** By name: the keys of the keyring without which this store cannot be used. */
export async function expectedFingerprints(keys: pg.Client): Promise<Record<string, string>> {
  const { rows } = await keys.query<{ name: string; print: string }>(`
    select name, encode(fingerprint, 'hex') as print from keys.long_lived
    union all
    select 'epoch-' || epoch, encode(root_fingerprint, 'hex') from keys.epoch
    where dropped_at is null`);
  return Object.fromEntries(rows.map(({ name, print }) => [name, print]));
}

async function storeRow(client: pg.Client): Promise<StoreRow> {
  const { rows } = await client.query<StoreRow>(
    'select store_id, sandbox, start_counter, applied_ledger from system.store',
  );
  if (rows[0]) return rows[0];
  throw new Problem('unavailable', 'There is nothing to back up yet: start the server once.');
}

function stateOf({ start_counter, applied_ledger }: StoreRow): Facts['state'] {
  return { start_counter, applied_ledger };
}

async function migrationsOf(client: pg.Client): Promise<Manifest['migrations']> {
  const { rows } = await client.query<Manifest['migrations'][number]>(
    'select number, name, sha256 from system.migration order by number',
  );
  return rows;
}
