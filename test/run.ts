// Runs the tests against two clusters of its own. Arguments choose files by a part of their path:
// `npm test -- vault ledger`. Nothing of it is left when it ends.
import { spawn } from 'node:child_process';
import { readdirSync, statfsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  clusterNames,
  makeDatabase,
  startThrowAway,
  type ThrowAway,
} from '../src/database/throw-away.ts';
import { projectFolder } from '../src/project.ts';
import { clustersVariable, templateName, type TestClusters } from './stores.ts';

const concurrency = 3;
const testTimeoutMs = 300_000;
const roomNeededBytes = 8 * 2 ** 30;

process.exitCode = await main(process.argv.slice(2));

async function main(wanted: readonly string[]): Promise<number> {
  const files = testFiles().filter((file) => isWanted(file, wanted));
  if (files.length === 0) {
    process.stderr.write(`No test file has ${wanted.join(' or ')} in its path.\n`);
    return 1;
  }
  process.env['TMPDIR'] ??= roomInMemory() ?? os.tmpdir();
  const clusters = await startThrowAway();
  try {
    await Promise.all(
      clusterNames.map((name) => makeDatabase(clusters.clusters[name], name, templateName(name))),
    );
    return await runTests(files, describeClusters(clusters));
  } finally {
    await clusters.stop();
  }
}

/**
 * Where there is memory enough the files of the tests lie in it: each test makes databases of hundreds of small files, and
 * processes are killed in them, not machines.
 */
function roomInMemory(): string | null {
  const folder = '/dev/shm';
  try {
    const { bavail, bsize } = statfsSync(folder);
    return Math.min(bavail * bsize, os.freemem()) >= roomNeededBytes ? folder : null;
  } catch {
    return null;
  }
}

function testFiles(): string[] {
  return ['src', 'test'].flatMap((folder) => {
    const compiled = path.join(projectFolder, 'dist', folder);
    return readdirSync(compiled, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.js'))
      .map((name) => path.join('dist', folder, name))
      .sort();
  });
}

function isWanted(file: string, wanted: readonly string[]): boolean {
  return wanted.length === 0 || wanted.some((part) => file.includes(part));
}

function describeClusters({ clusters, folder }: ThrowAway): TestClusters {
  const describe = (name: keyof TestClusters) => ({
    folder: path.join(folder, name),
    port: clusters[name].port,
    superuserPassword: clusters[name].superuserPassword,
    applicationPassword: clusters[name].applicationPassword,
  });
  return { records: describe('records'), keys: describe('keys') };
}

function runTests(files: readonly string[], clusters: TestClusters): Promise<number> {
  const child = spawn(
    process.execPath,
    [
      '--enable-source-maps',
      '--test',
      `--test-concurrency=${concurrency}`,
      `--test-timeout=${testTimeoutMs}`,
      ...files,
    ],
    {
      cwd: projectFolder,
      stdio: 'inherit',
      env: { ...process.env, [clustersVariable]: JSON.stringify(clusters) },
    },
  );
  // The signal ends the tests; the clusters are then stopped in order.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => child.kill(name));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
