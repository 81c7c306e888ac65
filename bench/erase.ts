import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Client } from 'pg';
import type { OwnerId, RowId } from '../src/ids.ts';
import { askErasure } from '../src/routines/erasure-ask.ts';
import { advanceErasure } from '../src/routines/erasure.ts';
import type { Surroundings } from '../src/routines/erasure-steps.ts';
import { newReceiptCode } from '../src/routines/receipt-code.ts';
import type { Benchmark, Measured, Progress } from './benchmark.ts';
import { addOrders, newCustomer } from './customers.ts';
import { clock, openBenchInstallation } from './installation.ts';
import type { BenchInstallation } from './installation.ts';
import { comparedTimes, interleave, timeOf } from './rounds.ts';

const fewRows = 20;
const manyRows = 20_000;
const rounds = 18;
const removalRounds = 5;
/** Half of the rows that are removed are orders, the others their lines. */
const removedOrders = manyRows / 2;
const microsecondsPerMs = 1_000;
const collectGarbage = exposeCollector();

/**
 * From asking for an erasure to the destroyed key, all durable: what a customer with 20 000 orders waits, against
 * 20 orders. Beside it the removal of the rows afterwards, against deletes written by hand.
 */
export const erase: Benchmark = {
  name: 'erase',
  about: `time until unreadable with ${manyRows} orders against ${fewRows}`,
  target: 0.77,
  async run(progress) {
    await using installation = await openBenchInstallation();
    const fenced = await measureFence(installation, progress);
    const removed = await measureRemoval(installation, progress);
    return {
      ...fenced,
      more: {
        removal_ratio: removed.ratio,
        removal_us_a_row: removed.ours,
        removal_baseline_us_a_row: removed.baseline,
      },
    };
  },
};

async function measureFence(
  installation: BenchInstallation,
  progress: Progress,
): Promise<Measured> {
  let customers: { readonly few: OwnerId; readonly many: OwnerId };
  const figures = await interleave(
    rounds,
    {
      async before() {
        const many = await customerWith(installation, manyRows);
        customers = { many, few: await customerWith(installation, fewRows) };
        await settle(installation);
      },
      ours: () => timeOf(() => eraseUntilFenced(installation, customers.many)),
      baseline: () => timeOf(() => eraseUntilFenced(installation, customers.few)),
    },
    progress,
  );
  return comparedTimes(figures, 'ms until unreadable');
}

/** Removal begins where the key is gone already; by hand there is no key and no step to write down. */
async function measureRemoval(
  installation: BenchInstallation,
  progress: Progress,
): Promise<Measured> {
  const perRow = (ms: number) => (ms * microsecondsPerMs) / manyRows;
  const figures = await interleave(
    removalRounds,
    {
      async ours() {
        const owner = await customerToRemove(installation);
        const erasureId = await eraseUntilFenced(installation, owner);
        const op = installation.op({ party: 'routine', routine: 'erasures' }, 'leaving');
        const around = surroundings(installation);
        return perRow(await timeOf(() => advanceErasure(op, erasureId, around, 'removed')));
      },
      async baseline() {
        const owner = await customerToRemove(installation);
        return perRow(await timeOf(() => deleteByHand(installation.administrator, owner)));
      },
    },
    progress,
  );
  return comparedTimes(figures, 'µs a row');
}

async function customerWith(installation: BenchInstallation, orders: number): Promise<OwnerId> {
  const { owner } = await newCustomer(installation, 'not signed in by password');
  await addOrders(installation, owner, orders, 'without lines');
  return owner;
}

async function customerToRemove(installation: BenchInstallation): Promise<OwnerId> {
  const { owner } = await newCustomer(installation, 'not signed in by password');
  await addOrders(installation, owner, removedOrders, 'with lines');
  await settle(installation);
  return owner;
}

/** Analysed, written out and swept up, so that none of the work of loading falls into what is measured. */
async function settle({ administrator }: BenchInstallation): Promise<void> {
  await administrator.query('analyze history.order, history.order_line');
  await administrator.query('checkpoint');
  collectGarbage();
}

/** The collector of this process, which is out of reach unless it is asked for. */
function exposeCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

async function eraseUntilFenced(installation: BenchInstallation, owner: OwnerId): Promise<RowId> {
  const asking = installation.op({ party: 'customer', owner }, 'leaving');
  const erasureId = await askErasure(asking, owner, newReceiptCode());
  const op = installation.op({ party: 'routine', routine: 'erasures' }, 'leaving');
  await advanceErasure(op, erasureId, surroundings(installation), 'fenced');
  return erasureId;
}

/** What one would write who knows which tables the customer has rows in. */
async function deleteByHand(client: Client, owner: OwnerId): Promise<void> {
  const tables = [
    'history.order_line',
    'history.order',
    'accounts.session',
    'accounts.credential',
    'accounts.account',
    'vault.owner',
  ];
  await client.query('begin');
  for (const table of tables)
    await client.query(`delete from ${table} where owner_id = $1`, [owner]);
  await client.query('commit');
}

function surroundings({ folder }: BenchInstallation): Surroundings {
  return {
    tell: () => Promise.resolve('confirmed'),
    logFolder: path.join(folder, 'log'),
    sandbox: true,
    clock,
    passed: () => undefined,
  };
}
