import { existsSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { syncFolder } from '../ledger/log.ts';
import { missingEntries } from './missing-entries.ts';
import { replayStops } from './replay-stops.ts';
import { remembered, wentBack } from './setback.ts';
import type { GateParts, Remembered, Setback } from './setback.ts';

type Starts = { readonly counter: number; readonly complete: boolean };

const startsFile = 'starts';
/** Of several processes one at a time compares and counts. */
const lockOfStarts = 7_203;
const unknownStarts: Starts = { counter: -1, complete: true };

/** Every store that went back, each with the first reason. */
export async function findSetbacks(parts: GateParts): Promise<Setback[]> {
  const stores = { records: await remembered(parts.records), keys: await remembered(parts.keys) };
  const starts = readStarts(parts.ledger.log.folder);
  // Read after the stores: what they have applied was durable in the log before.
  await parts.ledger.log.refresh();
  const found = [
    ...behindInStarts(stores, starts),
    ...(await ledgerBehind(parts, stores)),
    ...(await missingEntries(parts, stores)),
  ];
  return found.filter(
    ({ store }, index) => found.findIndex((other) => other.store === store) === index,
  );
}

/** @throws Problem `store-went-back` naming each store and the mend */
export async function assertNothingWentBack(parts: GateParts): Promise<void> {
  const setbacks = await findSetbacks(parts);
  if (setbacks.length > 0) throw wentBack(setbacks);
}

/**
 * Lets a server in: nothing may have gone back, what a crash left half said is taken up, and the start is counted.
 * Several servers may share the stores; they come in one after the other.
 */
export async function enter(parts: GateParts): Promise<void> {
  await parts.keys.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${lockOfStarts})`.execute(tx);
    await assertNothingWentBack(parts);
    const { applied_ledger } = await remembered(parts.records);
    await replayStops(parts.records, parts.ledger.log, applied_ledger + 1);
    await countStart(parts);
  });
}

/**
 * Counts a start in all three. The intent is durable in the ledger's folder first and completed last, so that a crash
 * in between is told from a store that went back.
 */
export async function countStart({ records, keys, ledger }: GateParts): Promise<void> {
  const before = readStarts(ledger.log.folder);
  // A start that was cut off is counted again under its own number, or a few of them would look like a store gone back.
  const counter = before.complete ? before.counter + 1 : before.counter;
  await writeStarts(ledger.log.folder, { counter, complete: false });
  await keys.updateTable('system.store').set({ start_counter: counter }).execute();
  await records.updateTable('system.store').set({ start_counter: counter }).execute();
  await writeStarts(ledger.log.folder, { counter, complete: true });
}

/** Makes all three agree on a number of starts that none of them has seen, once what went back is mended. */
export async function countMending(parts: GateParts): Promise<void> {
  const { log } = parts.ledger;
  const seen = [
    (await remembered(parts.records)).start_counter,
    (await remembered(parts.keys)).start_counter,
    readStarts(log.folder).counter,
    0,
  ];
  await writeStarts(log.folder, { counter: Math.max(...seen), complete: true });
  await countStart(parts);
}

/** The newest of the three says how many starts there were; while one is being counted a store may lack it. */
function behindInStarts(
  stores: { readonly records: Remembered; readonly keys: Remembered },
  starts: Starts,
): Setback[] {
  if (starts === unknownStarts)
    return [{ store: 'ledger', why: 'its count of starts cannot be read' }];
  const { records, keys } = stores;
  const newest = Math.max(records.start_counter, keys.start_counter, starts.counter);
  const isCounting = !starts.complete && starts.counter === newest;
  const behind = (['records', 'keys'] as const).filter(
    (store) => stores[store].start_counter < (isCounting ? newest - 1 : newest),
  );
  const setbacks: Setback[] = behind.map((store) => ({
    store,
    why: `it has seen ${stores[store].start_counter} starts of ${newest}`,
  }));
  if (starts.counter === newest) return setbacks;
  const why = `it has seen ${starts.counter} starts of ${newest}`;
  return [...setbacks, { store: 'ledger', why }];
}

async function ledgerBehind(
  { keys, ledger }: GateParts,
  stores: { readonly records: Remembered; readonly keys: Remembered },
): Promise<Setback[]> {
  const { size } = ledger.log;
  const furthest = Math.max(stores.records.applied_ledger, stores.keys.applied_ledger);
  if (furthest >= size) {
    const why = `it has ${size} entries, a store has applied number ${furthest}`;
    return [{ store: 'ledger', why }];
  }
  const writer = await keys.selectFrom('keys.ledger_writer').selectAll().executeTakeFirstOrThrow();
  const root = writer.size <= ledger.log.size ? ledger.log.tree.root(writer.size) : null;
  if (root?.equals(writer.root_hash)) return [];
  return [{ store: 'ledger', why: 'it is not the one that the keys store wrote' }];
}

function readStarts(folder: string): Starts {
  const path = join(folder, startsFile);
  if (!existsSync(path)) return { counter: 0, complete: true };
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Starts;
  } catch {
    return unknownStarts;
  }
}

async function writeStarts(folder: string, starts: Starts): Promise<void> {
  const path = join(folder, startsFile);
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(JSON.stringify(starts));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
  // Durable before a store counts further, or a power cut would look like a ledger that went back.
  await syncFolder(folder);
}
