import { existsSync, readFileSync, rmSync, writeFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { Problem } from '../problem.ts';

const mark = 'restoring.json';

/** What a restore that has begun to change things is made of. While it stands there, nothing serves. */
export type RestoreMark = { readonly archives: readonly string[] };

export function readRestoreMark(dataFolder: string): RestoreMark | null {
  const file = path.join(dataFolder, mark);
  if (!existsSync(file)) return null;
  return JSON.parse(readFileSync(file, 'utf8')) as RestoreMark;
}

export function writeRestoreMark(dataFolder: string, value: RestoreMark): void {
  const file = path.join(dataFolder, mark);
  writeFileSync(`${file}.new`, `${JSON.stringify(value)}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

export function removeRestoreMark(dataFolder: string): void {
  rmSync(path.join(dataFolder, mark), { force: true });
}

/** @throws Problem `unavailable` in a data folder that a restore has left half made */
export function assertNotRestoring(dataFolder: string): void {
  if (readRestoreMark(dataFolder) === null) return;
  throw new Problem(
    'unavailable',
    `A restore into ${dataFolder} was cut off. Run it again; until it is complete nothing is served.`,
  );
}
