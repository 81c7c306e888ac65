import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { projectFolder } from '../src/project.ts';
import type { Benchmark } from './benchmark.ts';
import { median } from './rounds.ts';

const starts = 5;
const targetMs = 2_000;
const idleMs = 10_000;
const kibibytesPerMebibyte = 1_024;
const ready = /^Varsam is ready at (\S+)$/;

/**
 * How long the server takes on stores that exist, from its first instruction to its first page, and what it holds of
 * memory when nobody asks. The baseline is no program but the promise: two seconds.
 */
export const start: Benchmark = {
  name: 'start',
  about: 'from the start of the process to a page, on existing stores, against two seconds',
  target: 1,
  async run(progress) {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'varsam-bench-'));
    try {
      progress('the first start makes the stores');
      await (await startServer(folder)).stop();
      const times: number[] = [];
      for (let count = 1; count <= starts; count += 1) {
        const server = await startServer(folder);
        times.push(server.readyMs);
        progress(`start ${count} of ${starts}: ${Math.round(server.readyMs)} ms`);
        if (count === starts) return await withMemory(server, times);
        await server.stop();
      }
      throw new Error('nothing was started');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

type Started = {
  readonly readyMs: number;
  readonly process: ChildProcess;
  stop(): Promise<void>;
};

async function withMemory(server: Started, times: readonly number[]) {
  await setTimeout(idleMs);
  const idle_mib = residentMebibytes(server.process.pid ?? 0);
  await server.stop();
  const ours = median(times);
  return { ratio: targetMs / ours, ours, baseline: targetMs, unit: 'ms', more: { idle_mib } };
}

async function startServer(folder: string): Promise<Started> {
  const begun = performance.now();
  const env = { ...process.env, VARSAM_DATA: folder, PORT: '0', VARSAM_CONFIG: '' };
  const child = spawn(process.execPath, shippedArguments(), {
    cwd: projectFolder,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const origin = await originOf(child);
  await fetch(`${origin}/`).then((page) => page.text());
  return {
    readyMs: performance.now() - begun,
    process: child,
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** What `npm start` gives Node: flags of its own would measure another server. */
function shippedArguments(): string[] {
  const file = readFileSync(path.join(projectFolder, 'package.json'), 'utf8');
  const { scripts } = JSON.parse(file) as { scripts: { start: string } };
  const given = / exec node (.+)$/.exec(scripts.start)?.[1];
  if (given === undefined) throw new Error('package.json does not start node');
  return given.split(' ');
}

async function originOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the server has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const found = ready.exec(line)?.[1];
    if (found) return found;
  }
  throw new Error('the server ended before it was ready');
}

function residentMebibytes(pid: number): number {
  const kibibytes = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(kibibytes.trim()) / kibibytesPerMebibyte;
}
