import { noBanks } from '../src/history/payments/banks.ts';
import path from 'node:path';
import type { Client } from 'pg';
import type { OwnerId } from '../src/ids.ts';
import { inTransaction } from '../src/operation.ts';
import { advanceErasure, erasuresDue } from '../src/routines/erasure.ts';
import type { Surroundings } from '../src/routines/erasure-steps.ts';
import { closeAccounts } from '../src/routines/retention-accounts.ts';
import { endDays } from '../src/routines/retention.ts';
import { keeping } from '../src/policy/keeping.ts';
import { addOwner } from '../src/vault/vault.ts';
import { newOwnerId } from '../src/ids.ts';
import type { Benchmark, Progress } from './benchmark.ts';
import { addOrders, newCustomer } from './customers.ts';
import { clock, openBenchInstallation, openKeysAdministrator } from './installation.ts';
import type { BenchInstallation } from './installation.ts';
import { comparedRates, interleave, timeOf } from './rounds.ts';

/** What an hour leaves behind, in one turn of the routine. */
const owners = 250;
const rounds = 4;
const madeAtOnce = 10;
const rowsOfEach = 10;
const accounts = 40;
const accountRounds = 2;
const ordersOfEach = 5;
const msPerSecond = 1_000;

/**
 * Owners whose time is over, key and rows, swept by the routine, against deletes written by hand for the same rows and the
 * same keys, owner by owner, both durable. Beside it the whole automatic closing of accounts, with all its evidence.
 */
export const retention: Benchmark = {
  name: 'retention',
  about: 'owners swept a second (key and rows) against deletes written by hand',
  target: 0.7,
  async run(progress) {
    await using installation = await openBenchInstallation();
    const keys = await openKeysAdministrator(installation);
    try {
      const swept = await measureSweep(installation, keys, progress);
      const atOnce = await measureAtOnce(installation, keys, progress);
      const closed = await measureAccounts(installation, keys, progress);
      return {
        ...swept,
        more: {
          at_once_ratio: atOnce.ratio,
          at_once_baseline_a_second: atOnce.baseline,
          accounts_ratio: closed.ratio,
          accounts_a_second: closed.ours,
          accounts_baseline_a_second: closed.baseline,
        },
      };
    } finally {
      await keys.end();
    }
  },
};

function measureSweepSides(installation: BenchInstallation, keys: Client) {
  return {
    async ours() {
      await makeOwners(installation, keys);
      const op = installation.op({ party: 'routine', routine: 'end-days' }, 'retention');
      return perSecond(owners, await timeOf(() => endDays(op)));
    },
    async baseline() {
      const made = await makeOwners(installation, keys);
      return perSecond(
        owners,
        await timeOf(async () => {
          for (const owner of made) await deleteByHand(installation, keys, owner, tablesOfDays);
        }),
      );
    },
  };
}

async function measureSweep(installation: BenchInstallation, keys: Client, progress: Progress) {
  progress(`${owners} owners with ${rowsOfEach} rows each`);
  const figures = await interleave(rounds, measureSweepSides(installation, keys), progress);
  return comparedRates(figures, 'owners/s');
}

/** The same sweep against somebody who deletes all of them by hand in one transaction of each store. */
async function measureAtOnce(installation: BenchInstallation, keys: Client, progress: Progress) {
  const { ours } = measureSweepSides(installation, keys);
  const baseline = async () => {
    const made = await makeOwners(installation, keys);
    return perSecond(
      owners,
      await timeOf(async () => {
        await deleteFrom(installation.administrator, made, tablesOfDays);
        await deleteFrom(keys, made, tablesOfKeys);
      }),
    );
  };
  return comparedRates(await interleave(accountRounds, { ours, baseline }, progress), 'owners/s');
}

/** The complete erasure: looks, case, letters' references, fence, removal, search, receipt in the ledger. */
async function measureAccounts(installation: BenchInstallation, keys: Client, progress: Progress) {
  progress(`${accounts} accounts with ${ordersOfEach} orders each`);
  const figures = await interleave(
    accountRounds,
    {
      async ours() {
        await makeAccounts(installation, keys);
        return perSecond(accounts, await timeOf(() => closeCompletely(installation)));
      },
      async baseline() {
        const made = await makeAccounts(installation, keys);
        return perSecond(
          accounts,
          await timeOf(async () => {
            for (const owner of made)
              await deleteByHand(installation, keys, owner, tablesOfAccounts);
          }),
        );
      },
    },
    progress,
  );
  return comparedRates(figures, 'accounts/s');
}

function perSecond(count: number, ms: number): number {
  return (count * msPerSecond) / ms;
}

/** Owners of days that are over, each with as many rows as attempts leave. */
async function makeOwners(installation: BenchInstallation, keys: Client): Promise<OwnerId[]> {
  const old = clock().subtract({ hours: keeping.day.rule.days * 24 + 1 });
  const op = installation.op({ party: 'nobody' }, 'sign-up', old);
  const made = Array.from({ length: owners }, () => newOwnerId());
  for (let from = 0; from < owners; from += madeAtOnce) {
    const some = made.slice(from, from + madeAtOnce);
    await Promise.all(some.map((owner) => op.vault.createKey(op, owner)));
  }
  await inTransaction(op, async (write) => {
    for (const owner of made) await addOwner(write, owner, 'day');
  });
  await installation.administrator.query(
    `insert into accounts.attempt (owner_id, bucket, window_start, attempts)
     select o, sha256(n::text::bytea), now(), 1 from unnest($1::uuid[]) o, generate_series(1, $2) n`,
    [made, rowsOfEach],
  );
  await settle(installation, keys);
  return made;
}

/** Accounts that have not been used for years, and whose waiting is over. */
async function makeAccounts(installation: BenchInstallation, keys: Client): Promise<OwnerId[]> {
  const made: OwnerId[] = [];
  for (let count = 0; count < accounts; count += 1) {
    const { owner } = await newCustomer(installation, 'not signed in by password');
    await addOrders(installation, owner, ordersOfEach, 'with lines');
    made.push(owner);
  }
  const { administrator } = installation;
  await administrator.query(`update accounts.account set used_at = now() - interval '5 years'`);
  await administrator.query(
    `insert into settings.closing
       (owner_id, counted_to, closes_at, began_at, month_letter_id, month_letter_at)
     select owner_id,
       (used_at at time zone 'Europe/Stockholm' + interval '36 months') at time zone 'Europe/Stockholm',
       now(), now() - interval '1 year', gen_random_uuid(), now() - interval '1 year'
     from accounts.account`,
  );
  await settle(installation, keys);
  return made;
}

/** Written out, so that none of the work of making falls into what is measured. */
async function settle({ administrator }: BenchInstallation, keys: Client): Promise<void> {
  await administrator.query('checkpoint');
  await keys.query('checkpoint');
}

async function closeCompletely(installation: BenchInstallation): Promise<void> {
  const keepingOp = installation.op({ party: 'routine', routine: 'close-accounts' }, 'keeping');
  await closeAccounts(keepingOp, { origin: 'http://localhost', banks: noBanks });
  const op = installation.op({ party: 'routine', routine: 'erasures' }, 'leaving');
  const around: Surroundings = {
    tell: () => Promise.resolve('confirmed'),
    logFolder: path.join(installation.folder, 'log'),
    sandbox: true,
    clock,
    passed: () => undefined,
  };
  for (const erasureId of await erasuresDue(op)) await advanceErasure(op, erasureId, around);
}

const tablesOfDays = ['accounts.attempt', 'vault.owner'];
const tablesOfAccounts = [
  'history.order_line',
  'history.order',
  'accounts.session',
  'accounts.credential',
  'settings.closing',
  'accounts.account',
  'vault.owner',
];
const tablesOfKeys = ['keys.blind_index', 'keys.owner_key', 'keys.owner'];

/** What one would write who knows in which tables an owner of this kind has rows. */
async function deleteByHand(
  { administrator }: BenchInstallation,
  keys: Client,
  owner: OwnerId,
  tables: readonly string[],
): Promise<void> {
  await deleteFrom(administrator, [owner], tables);
  await deleteFrom(keys, [owner], tablesOfKeys);
}

async function deleteFrom(
  client: Client,
  all: readonly OwnerId[],
  tables: readonly string[],
): Promise<void> {
  const [condition, value] = all.length === 1 ? ['= $1', all[0]] : ['= any ($1::uuid[])', [...all]];
  await client.query('begin');
  for (const table of tables)
    await client.query(`delete from ${table} where owner_id ${condition}`, [value]);
  await client.query('commit');
}
