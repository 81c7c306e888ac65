import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Client } from 'pg';
import { begin } from '../src/begin.ts';
import { readConfig } from '../src/config.ts';
import type { Config } from '../src/config.ts';
import { findRunning } from '../src/database/cluster.ts';
import { openClient } from '../src/database/pool.ts';
import { readPassword } from '../src/database/secrets.ts';
import { administrator } from '../src/database/throw-away.ts';
import { openInstallation } from '../src/installation.ts';
import type { Installation } from '../src/installation.ts';
import type { Actor, Operation } from '../src/operation.ts';
import type { Purpose } from '../src/policy/purposes.ts';
import { Problem } from '../src/problem.ts';
import { projectFolder } from '../src/project.ts';

/** A whole installation in a temporary folder, started as a server starts it: the shipped settings, fsync on. */
export type BenchInstallation = Installation & {
  readonly folder: string;
  /** The superuser in the records store, for baselines that need tables of their own. */
  readonly administrator: Client;
  op(actor: Actor, purpose: Purpose, now?: Temporal.Instant): Operation;
  [Symbol.asyncDispose](): Promise<void>;
};

const running = new Set<() => Promise<void>>();

export async function openBenchInstallation(): Promise<BenchInstallation> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'varsam-bench-'));
  const close = closeInOrder(folder);
  try {
    const config = readConfig({ VARSAM_DATA: folder, PORT: '0' }, projectFolder);
    const installation = await openInstallation({ config, role: 'server', now: clock() });
    close.steps.push(() => installation.close());
    const client = await openAdministrator(config);
    close.steps.push(() => client.end());
    const { db, vault } = installation;
    return {
      ...installation,
      folder,
      administrator: client,
      op: (actor, purpose, now = clock()) => begin({ db, vault, actor, purpose, now }),
      [Symbol.asyncDispose]: close.run,
    };
  } catch (error) {
    await close.run();
    throw error;
  }
}

/** Stops what still runs, so that a benchmark that is interrupted leaves no databases behind. */
export async function closeInstallations(): Promise<void> {
  for (const close of running) await close();
}

export function clock(): Temporal.Instant {
  return Temporal.Now.instant();
}

function closeInOrder(folder: string) {
  const steps: (() => Promise<void>)[] = [];
  const run = async () => {
    running.delete(run);
    for (const step of steps.splice(0).reverse()) await step();
    rmSync(folder, { recursive: true, force: true });
  };
  running.add(run);
  return { steps, run };
}

/** The superuser in the keys store, for baselines that delete keys by hand. The caller ends it. */
export function openKeysAdministrator({ folder }: BenchInstallation): Promise<Client> {
  const port = findRunning(folder, 'keys');
  if (port === null) throw new Problem('unavailable', 'The keys store does not run.');
  return openClient(
    administrator({ port, superuserPassword: readPassword(folder, 'keys', 'superuser') }, 'keys'),
  );
}

function openAdministrator({ dataFolder }: Config): Promise<Client> {
  const port = findRunning(dataFolder, 'records');
  if (port === null) throw new Problem('unavailable', 'The records store does not run.');
  const superuserPassword = readPassword(dataFolder, 'records', 'superuser');
  return openClient(administrator({ port, superuserPassword }, 'records'));
}
