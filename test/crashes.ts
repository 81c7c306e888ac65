import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { begin } from '../src/begin.ts';
import { projectFolder } from '../src/project.ts';
import { openStores } from '../src/stores.ts';
import { crashVariable } from './crash-order.ts';
import type { CrashJourney, CrashOrder } from './crash-order.ts';
import type { TestSystem } from './system.ts';

const child = path.join(projectFolder, 'dist', 'test', 'crash-child.js');

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
  return out.split('\n').slice(0, -1);
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
