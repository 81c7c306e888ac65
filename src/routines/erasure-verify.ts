import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { scanDatabase } from '../database/scan.ts';
import type { Wanted } from '../database/scan.ts';
import type { Operation } from '../operation.ts';
import { ownTexts } from './own-texts.ts';

export type Seen = { readonly lookedAt: number; readonly found: readonly string[] };

/** What still has to know about an erasure that runs: emptied when it is complete. */
const ownBookkeeping = ['routines.erasure_subject'];

/**
 * Looks everywhere for the erased: every table of both stores by their catalogs, and every file of our logs. Finds are
 * named by place and count, never by what was found.
 */
export async function lookEverywhere(
  op: Operation,
  wanted: Wanted,
  logFolder: string,
): Promise<Seen> {
  const { ids, strings } = wanted;
  const excepted = { except: ownBookkeeping, exceptForStrings: ownTexts };
  const seen = await Promise.all([
    scanDatabase(op.db, { ids, strings, ...excepted }),
    op.vault.scanKeys(wanted),
    scanFiles(logFolder, wanted),
  ]);
  return {
    lookedAt: seen.reduce((sum, { lookedAt }) => sum + lookedAt, 0),
    found: seen.flatMap(({ found }) => found),
  };
}

async function scanFiles(folder: string, { ids, strings }: Wanted): Promise<Seen> {
  const names = await readdir(folder).catch(() => []);
  const found: string[] = [];
  let lookedAt = 0;
  for (const name of names) {
    if (!(await stat(join(folder, name))).isFile()) continue;
    lookedAt += 1;
    if (await fileHolds(join(folder, name), { ids, strings })) found.push(`log ${name}`);
  }
  return { lookedAt, found };
}

const idPattern = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const idLength = 36;

/** Ids are read out of the file and looked up, so that the time does not grow with how many were erased. */
async function fileHolds(path: string, { ids, strings }: Wanted): Promise<boolean> {
  const needles = strings.map((text) => Buffer.from(text)).filter((needle) => needle.length > 0);
  const wantedIds = new Set(ids);
  const overlap = Math.max(idLength, ...needles.map((needle) => needle.length)) - 1;
  let tail = Buffer.alloc(0);
  for await (const chunk of createReadStream(path)) {
    // What was cut in two between this piece and the last one is found too.
    const piece = Buffer.concat([tail, chunk as Buffer]);
    if (needles.some((needle) => piece.includes(needle))) return true;
    const named = piece.toString('latin1').match(idPattern) ?? [];
    if (named.some((id) => wantedIds.has(id))) return true;
    tail = Buffer.from(piece.subarray(Math.max(0, piece.length - overlap)));
  }
  return false;
}
