import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Problem } from '../problem.ts';
import { LedgerLog, syncFolder } from './log.ts';

/**
 * Puts a newer copy of the ledger's folder in its place. It must hold everything that the present one holds, entry by
 * entry; whether it is signed by our key is checked when it is opened.
 * @returns where the present one is kept, or null when there was none
 * @throws Problem `store-went-back` for a copy that is older or another ledger
 */
export async function takeNewerLedger(folder: string, copy: string): Promise<string | null> {
  if (!existsSync(copy)) throw refused(copy, 'is not there');
  const newer = await LedgerLog.open(copy);
  const present = existsSync(folder) ? await openOrNull(folder) : null;
  if (present) {
    if (newer.size < present.size)
      throw refused(copy, `has ${newer.size} entries, the present one ${present.size}`);
    if (!newer.tree.root(present.size).equals(present.tree.root()))
      throw refused(copy, 'is not a later state of the present one');
  }
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  cpSync(copy, fresh, { recursive: true });
  const kept = existsSync(folder) ? freeName(folder) : null;
  if (kept) renameSync(folder, kept);
  renameSync(fresh, folder);
  await syncFolder(dirname(folder));
  return kept;
}

/** A ledger that does not hold together is what the copy is for. */
async function openOrNull(folder: string): Promise<LedgerLog | null> {
  try {
    return await LedgerLog.open(folder);
  } catch {
    return null;
  }
}

function freeName(folder: string): string {
  for (let number = 1; ; number += 1) {
    const name = `${folder}-before-${number}`;
    if (!existsSync(name)) return name;
  }
}

function refused(copy: string, why: string): Problem {
  return new Problem('store-went-back', `The ledger in ${copy} ${why}. Nothing was changed.`);
}
