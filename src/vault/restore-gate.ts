import { existsSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Keys } from '../database/keys.ts';
import type { Records } from '../database/records.ts';
import type { OwnerId } from '../ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { syncFolder } from '../ledger/log.ts';
import { Problem } from '../problem.ts';

/**
 * The stores are backed up apart, so one of them can come back older than the others: then somebody who was erased
 * could be readable again. The gate compares what each remembers and refuses to serve when one went back.
 */
export type GateParts = {
  readonly records: Records;
  readonly keys: Keys;
  readonly ledger: Ledger;
};

type Remembered = { readonly start_counter: number; readonly applied_ledger: number };
type Starts = { readonly counter: number; readonly complete: boolean };

const startsFile = 'starts';

/** @throws Problem `store-went-back` naming the store and the mend */
export async function assertNothingWentBack(parts: GateParts): Promise<void> {
  const records = await remembered(parts.records);
  const keys = await remembered(parts.keys);
  const starts = readStarts(parts.ledger.log.folder);
  assertCounter('records', records, starts);
  assertCounter('keys', keys, starts);
  await assertLedgerNotBehind(parts, records, keys);
  await assertLedgerApplied(parts, records, keys);
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

function assertCounter(
  store: 'records' | 'keys',
  { start_counter }: Remembered,
  starts: Starts,
): void {
  const expected = starts.complete ? [starts.counter] : [starts.counter, starts.counter - 1];
  if (expected.includes(start_counter)) return;
  if (start_counter > starts.counter)
    throw wentBack(
      'ledger',
      `it has seen ${starts.counter} starts, the ${store} store ${start_counter}`,
    );
  throw wentBack(store, `it has seen ${start_counter} starts of ${starts.counter}`);
}

async function assertLedgerNotBehind(
  { keys, ledger }: GateParts,
  records: Remembered,
  remembers: Remembered,
): Promise<void> {
  const size = ledger.log.size;
  const furthest = Math.max(records.applied_ledger, remembers.applied_ledger);
  if (furthest >= size)
    throw wentBack('ledger', `it has ${size} entries, a store has applied number ${furthest}`);
  const writer = await keys.selectFrom('keys.ledger_writer').selectAll().executeTakeFirstOrThrow();
  const root = writer.size <= size ? ledger.log.tree.root(writer.size) : null;
  if (!root?.equals(writer.root_hash))
    throw wentBack('ledger', 'it is not the one that the keys store wrote');
}

/** Every entry behind what a store has applied must belong to an erasure that is under way and will be resumed. */
async function assertLedgerApplied(
  parts: GateParts,
  records: Remembered,
  keys: Remembered,
): Promise<void> {
  const { log } = parts.ledger;
  const first = Math.min(records.applied_ledger, keys.applied_ledger) + 1;
  for (let index = first; index < log.size; index += 1) {
    const { kind } = log.parsedLine(index);
    if (kind === 'fence') await assertFenceKnown(parts, index, { records, keys });
    if (kind === 'done') await assertDoneKnown(parts, index, records);
  }
}

async function assertFenceKnown(
  { records, keys, ledger }: GateParts,
  index: number,
  remember: { readonly records: Remembered; readonly keys: Remembered },
): Promise<void> {
  const payload = (await ledger.log.payload(index)) as { owner: OwnerId } | null;
  const owner = payload?.owner ?? null;
  const fence = await keys
    .selectFrom('keys.fence')
    .select('owner_id')
    .where('ledger_index', '=', index)
    .executeTakeFirst();
  const alive = owner && (await isUnderWay(records, owner));
  if (!fence && !alive) throw wentBack('keys', `it lacks the fence of ledger entry ${index}`);
  const known = owner && !(await isUntouched(records, owner));
  if (index > remember.records.applied_ledger && !known) {
    throw wentBack('records', `it lacks the erasure of ledger entry ${index}`);
  }
}

/** An owner with a row that nothing is erasing: the records do not know of the fence. */
async function isUntouched(records: Records, owner: OwnerId): Promise<boolean> {
  const row = await records
    .selectFrom('vault.owner')
    .select(['kind', 'fenced_at'])
    .where('owner_id', '=', owner)
    .executeTakeFirst();
  if (!row) return false;
  // Days and cases are fenced in the transaction that removes them: a crash leaves their row, and it is taken up again.
  return row.kind === 'account' && row.fenced_at === null;
}

async function isUnderWay(records: Records, owner: OwnerId): Promise<boolean> {
  const row = await records
    .selectFrom('vault.owner')
    .select(['kind', 'fenced_at'])
    .where('owner_id', '=', owner)
    .executeTakeFirst();
  return row !== undefined && (row.kind !== 'account' || row.fenced_at !== null);
}

async function assertDoneKnown(
  { records }: GateParts,
  index: number,
  remember: Remembered,
): Promise<void> {
  if (index <= remember.applied_ledger) return;
  const waiting = await records
    .selectFrom('routines.erasure')
    .select('erasure_id')
    .where((row) => row.or([row('state', '=', 'verified'), row('done_index', '=', index)]))
    .executeTakeFirst();
  if (!waiting)
    throw wentBack('records', `it lacks the completed erasure of ledger entry ${index}`);
}

async function remembered(db: Records | Keys): Promise<Remembered> {
  return (db as Records)
    .selectFrom('system.store')
    .select(['start_counter', 'applied_ledger'])
    .executeTakeFirstOrThrow();
}

function readStarts(folder: string): Starts {
  const path = join(folder, startsFile);
  if (!existsSync(path)) return { counter: 0, complete: true };
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Starts;
  } catch {
    throw wentBack('ledger', 'its count of starts cannot be read');
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

function wentBack(store: 'records' | 'keys' | 'ledger', why: string): Problem {
  return new Problem(
    'store-went-back',
    `The ${store} store went back in time: ${why}. It looks restored from an older copy, and people who were erased since could be readable again. Varsam does not serve. Put back the newest copy of the ${store} store, or of all three from the same moment.`,
  );
}
