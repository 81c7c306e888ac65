import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Problem } from '../problem.ts';
import type { Binaries } from './binaries.ts';
import { makePasswords, readPassword } from './secrets.ts';
import type { Identity } from './unprivileged.ts';

export type ClusterPlace = {
  readonly dataFolder: string;
  readonly name: string;
  readonly binaries: Binaries;
  readonly identity: Identity | null;
};

const stderrKept = 2_000;

export function clusterFolder(dataFolder: string, name: string): string {
  return path.join(dataFolder, name);
}

/**
 * Makes the cluster unless it exists. It is made under another name and renamed as the last step, so a folder with
 * the cluster's name is always whole and is never deleted; a half-made one under the other name is made anew.
 */
export async function initialiseCluster(place: ClusterPlace): Promise<'existed' | 'made'> {
  const folder = clusterFolder(place.dataFolder, place.name);
  if (existsSync(folder)) return 'existed';
  makePasswords(place.dataFolder, place.name);
  const draft = `${folder}.unfinished`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  give(draft, place.identity);
  await runInitdb(place, draft);
  renameSync(draft, folder);
  flushFolder(place.dataFolder);
  return 'made';
}

async function runInitdb(place: ClusterPlace, draft: string): Promise<void> {
  const passwordFile = `${draft}.password`;
  writeFileSync(passwordFile, readPassword(place.dataFolder, place.name, 'superuser'), {
    mode: 0o600,
  });
  chmodSync(passwordFile, 0o600);
  give(passwordFile, place.identity);
  try {
    const { status, stderr } = await run(place, initdbArguments(draft, passwordFile));
    if (status === 0) return;
    throw new Problem('unavailable', `initdb failed for the ${place.name} cluster: ${stderr}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function initdbArguments(folder: string, passwordFile: string): string[] {
  return [
    `--pgdata=${folder}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--data-checksums',
  ];
}

function run(place: ClusterPlace, args: string[]): Promise<{ status: number; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(place.binaries.initdb, args, {
      ...place.identity,
      cwd: place.dataFolder,
      env: postgresEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = `${stderr}${chunk.toString()}`.slice(-stderrKept);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ status: code ?? 1, stderr: stderr.trim() }));
  });
}

/** PG… variables of the user's own would change what the server does; nothing else of the environment is its business. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const { PATH, TMPDIR, TZDIR } = process.env;
  return { PATH, TMPDIR, TZDIR, LC_ALL: 'C', TZ: 'UTC' };
}

function give(file: string, identity: Identity | null): void {
  if (identity) chownSync(file, identity.uid, identity.gid);
}

function flushFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
