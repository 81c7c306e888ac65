import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { begin } from '../src/begin.ts';
import type { Pool } from '../src/database/pool.ts';
import { projectFolder } from '../src/project.ts';
import { openStores } from '../src/stores.ts';
import { crashVariable } from './crash-order.ts';
import type { CrashJourney, CrashOrder } from './crash-order.ts';
import type { TestSystem } from './system.ts';

const child = path.join(projectFolder, 'dist', 'test', 'crash-child.js');
const leavingMs = 2_000;
const pollMs = 10;

/** The points that a journey reached in a process of its own, the last one being where it was killed. */
export async function crash(
  system: TestSystem,
  journey: CrashJourney,
  how: Pick<CrashOrder, 'points' | 'dieAt'>,
): Promise<string[]> {
  const order: CrashOrder = {
    records: system.fresh.records.connection,
    keys: system.fresh.keys.connection,
    folder: system.folder,
    now: system.now.toString(),
    journey,
    ...how,
  };
  const pools = [system.fresh.records.pool, system.fresh.keys.pool];
  const before = await Promise.all(pools.map(backendsOf));
  const started = spawn(process.execPath, ['--enable-source-maps', child], {
    env: { ...process.env, [crashVariable]: JSON.stringify(order) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[code, signal], out, problems] = await Promise.all([
    once(started, 'close') as Promise<[number | null, string | null]>,
    text(started.stdout),
    text(started.stderr),
  ]);
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(problems);
  await Promise.all(pools.map((pool, index) => waitUntilLeft(pool, before[index] ?? [])));
  return out.split('\n').slice(0, -1);
}

type Backend = { readonly pid: number; readonly isAsked: boolean };

/** The processes of PostgreSQL that serve a store's database, and which of them is asked. */
async function backendsOf(pool: Pool): Promise<Backend[]> {
  const { rows } = await pool.query<Backend>(
    `select pid, pid = pg_backend_pid() as "isAsked"
     from pg_stat_activity where datname = current_database()`,
  );
  return rows;
}

/** Those that served the dead notice a moment later, and hold its locks until then. */
async function waitUntilLeft(pool: Pool, before: readonly Backend[]): Promise<void> {
  const end = performance.now() + leavingMs;
  while (performance.now() < end) {
    const there = await backendsOf(pool);
    const isOurs = ({ pid, isAsked }: Backend) => isAsked || before.some((one) => one.pid === pid);
    if (there.every(isOurs)) return;
    await setTimeout(pollMs);
  }
}

/** Opens the stores again as a server does at its start: through the gate, which must let them in. */
export async function restart(system: TestSystem): Promise<TestSystem> {
  const stores = await openStores({
    records: system.fresh.records.pool,
    keys: system.fresh.keys.pool,
    folder: system.folder,
    sandbox: true,
    now: system.now,
    role: 'server',
  });
  return {
    ...system,
    ...stores,
    op: (actor, purpose) => {
      const { db, vault } = stores;
      const known = system.op(actor, purpose).actor;
      return begin({ db, vault, actor: known, purpose, now: system.now });
    },
  };
}
