import { sql } from 'kysely';
import { openKysely } from '../src/database/pool.ts';
import type { Keys, KeysTables } from '../src/database/keys.ts';
import { holdings } from '../src/holdings.ts';
import { smallestSealed } from '../src/vault/cipher.ts';
import type { Benchmark, Progress } from './benchmark.ts';
import { addOrders, newCustomer } from './customers.ts';
import type { PastOf } from './customers.ts';
import { openBenchInstallation } from './installation.ts';
import type { BenchInstallation } from './installation.ts';

const customers = 400;
const ordersEach = 20;
const bytesPerMegabyte = 1_000_000;

// What people write with an order: nothing with a product, some lines with a booking, the whole matter with a service.
const bookingWords =
  'Vi kommer tre personer, en med rullstol. Ring gärna om ni blir sena, portkoden byts på fredag. ';
const words = [null, bookingWords.slice(0, 120), bookingWords.repeat(8).slice(0, 500)];
// The newest order is on its way, and all before it are done.
const mixedPast: PastOf = (index) => ({ ...productPast(index), message: words[index % 3] ?? null });
const productPast: PastOf = (index) => ({
  state: index === 0 ? 'placed' : 'performed',
  message: null,
});

/**
 * What privacy costs in space. Data: every personal byte that was given to store, that is what was sealed, before it was
 * sealed, and the clear columns that tell of somebody (times, amounts, states). Disk: both databases with indexes, free
 * space, keys and all.
 */
export const space: Benchmark = {
  name: 'space',
  about: 'bytes of personal data over bytes on disk for them, indexes and keys included',
  target: 0.4,
  async run(progress) {
    await using installation = await openBenchInstallation();
    const keys = openKysely<KeysTables>(installation.databases.keys.pool);
    const mixed = await fill(installation, keys, mixedPast, progress);
    const short = await fill(installation, keys, productPast, progress);
    return {
      ratio: mixed.data / mixed.disk,
      ours: mixed.disk / bytesPerMegabyte,
      baseline: mixed.data / bytesPerMegabyte,
      unit: 'MB',
      more: { bytes_a_customer: mixed.disk / customers, products_only: short.data / short.disk },
    };
  },
};

type Filled = { readonly data: number; readonly disk: number };

/** Adds customers and tells by how much data and disk grew. */
async function fill(
  installation: BenchInstallation,
  keys: Keys,
  past: PastOf,
  progress: Progress,
): Promise<Filled> {
  const before = {
    data: await personalBytes(installation),
    disk: await diskOf(installation, keys),
  };
  progress(`${customers} customers with ${ordersEach} orders each`);
  for (let count = 0; count < customers; count += 1) {
    const { owner } = await newCustomer(installation, argon2Length);
    await addOrders(installation, owner, ordersEach, 'with lines', past);
  }
  await installation.administrator.query('vacuum analyze');
  return {
    data: (await personalBytes(installation)) - before.data,
    disk: (await diskOf(installation, keys)) - before.disk,
  };
}

// As long as a real hash, since length is all that counts here.
const argon2Length = `$argon2id$v=19$m=65536,t=3,p=1$${'0'.repeat(22)}$${'0'.repeat(43)}`;

async function diskOf({ db }: BenchInstallation, keys: Keys): Promise<number> {
  const size = sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`;
  const sizes = await Promise.all([size.execute(db), size.execute(keys)]);
  return sizes.reduce((sum, { rows }) => sum + Number(rows[0]?.bytes), 0);
}

/** What is in the rows of all holdings: inside the seals, and in the clear columns that describe. */
async function personalBytes({ db }: BenchInstallation): Promise<number> {
  let bytes = 0;
  for (const holding of holdings) {
    const told = Object.entries(holding.clear).filter(([, kind]) =>
      ['time', 'amount', 'state'].includes(kind),
    );
    const columns = told.map(([column]) => sql`coalesce(pg_column_size(${sql.ref(column)}), 0)`);
    const inside =
      holding.sealed === null
        ? []
        : [sql`coalesce(octet_length(sealed) - ${sql.lit(smallestSealed)}, 0)`];
    const terms = [...columns, ...inside];
    if (terms.length === 0) continue;
    const { rows } = await sql<{ bytes: number | null }>`
      select sum(${sql.join(terms, sql` + `)}) as bytes from ${sql.table(holding.table)}`.execute(
      db,
    );
    bytes += rows[0]?.bytes ?? 0;
  }
  return bytes;
}
