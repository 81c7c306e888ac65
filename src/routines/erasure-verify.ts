import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { scanDatabase } from '../database/scan.ts';
import type { Operation } from '../operation.ts';

export type Seen = { readonly lookedAt: number; readonly found: readonly string[] };

/** What still has to know about an erasure that runs: emptied when it is complete. */
const ownBookkeeping = ['routines.erasure_subject'];

/**
 * Looks everywhere for the erased: every table of both stores by their catalogs, and every file of our logs. Finds are
 * named by place and count, never by what was found.
 */
export async function lookEverywhere(
  op: Operation,
  wanted: { readonly ids: readonly string[]; readonly strings: readonly string[] },
  logFolder: string,
): Promise<Seen> {
  const records = await scanDatabase(op.db, { ...wanted, except: ownBookkeeping });
  const keys = await op.vault.scanKeys(wanted);
  const logs = await scanFiles(logFolder, [...wanted.ids, ...wanted.strings]);
  return {
    lookedAt: records.lookedAt + keys.lookedAt + logs.lookedAt,
    found: [...records.found, ...keys.found, ...logs.found],
  };
}

async function scanFiles(folder: string, wanted: readonly string[]): Promise<Seen> {
  const names = await readdir(folder).catch(() => []);
  const found: string[] = [];
  let lookedAt = 0;
  for (const name of names) {
    if (!(await stat(join(folder, name))).isFile()) continue;
    lookedAt += 1;
    if (await fileHolds(join(folder, name), wanted)) found.push(`log ${name}`);
  }
  return { lookedAt, found };
}

async function fileHolds(path: string, wanted: readonly string[]): Promise<boolean> {
  const needles = wanted.map((text) => Buffer.from(text)).filter((needle) => needle.length > 0);
  const overlap = Math.max(0, ...needles.map((needle) => needle.length - 1));
  let tail = Buffer.alloc(0);
  for await (const chunk of createReadStream(path)) {
    // What was cut in two between this piece and the last one is found too.
    const piece = Buffer.concat([tail, chunk as Buffer]);
    if (needles.some((needle) => piece.includes(needle))) return true;
    tail = Buffer.from(piece.subarray(Math.max(0, piece.length - overlap)));
  }
  return false;
}
