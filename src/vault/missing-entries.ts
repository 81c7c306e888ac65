import type { Keys } from '../database/keys.ts';
import type { Records } from '../database/records.ts';
import type { OwnerId } from '../ids.ts';
import type { LedgerLog } from '../ledger/log.ts';
import type { GateParts, Remembered, Setback } from './setback.ts';

/** As many transactions as a process has connections. */
const saidAtOnceMax = 10;

type Stores = { readonly records: Remembered; readonly keys: Remembered };

/**
 * Entries of the ledger behind what a store has applied. Each must belong to something that is under way and will be
 * taken up again; otherwise the store lacks it, and went back.
 */
export async function missingEntries(parts: GateParts, stores: Stores): Promise<Setback[]> {
  const { log } = parts.ledger;
  const found: Setback[] = [];
  const first = Math.min(stores.records.applied_ledger, stores.keys.applied_ledger) + 1;
  for (let index = first; index < log.size; index += 1) {
    const { kind } = log.parsedLine(index);
    if (kind === 'fence') found.push(...(await fenceMissing(parts, index, stores)));
    if (kind === 'done') found.push(...(await doneMissing(parts, index, stores.records)));
    if (kind === 'root-destroyed')
      found.push(...(await destructionMissing(parts, index, stores.keys)));
  }
  return [
    ...found,
    ...(await fencedInKeysAlone(parts, stores.records)),
    ...(await stopsMissing(parts, stores.records)),
  ];
}

async function fenceMissing(
  { records, keys, ledger }: GateParts,
  index: number,
  stores: Stores,
): Promise<Setback[]> {
  const fence = await keys
    .selectFrom('keys.fence')
    .select('owner_id')
    .where('ledger_index', '=', index)
    .executeTakeFirst();
  const owner = (await ownerIn(ledger.log, index)) ?? fence?.owner_id ?? null;
  const row = owner === null ? undefined : await ownerRow(records, owner);
  const found: Setback[] = [];
  if (!fence && !isUnderWay(row))
    found.push({ store: 'keys', why: `it lacks the fence of ledger entry ${index}` });
  const isKnown = owner !== null && !isUntouched(row);
  if (index > stores.records.applied_ledger && !isKnown)
    found.push({ store: 'records', why: `it lacks the erasure of ledger entry ${index}` });
  return found;
}

/** A fence of the keys store that a ledger which went back as well cannot tell of. */
async function fencedInKeysAlone(
  { records, keys }: GateParts,
  { applied_ledger }: Remembered,
): Promise<Setback[]> {
  const fences = await keys
    .selectFrom('keys.fence')
    .select(['owner_id', 'ledger_index'])
    .where('ledger_index', '>', applied_ledger)
    .execute();
  for (const { owner_id, ledger_index } of fences) {
    if (isUntouched(await ownerRow(records, owner_id)))
      return [{ store: 'records', why: `it lacks the erasure of ledger entry ${ledger_index}` }];
  }
  return [];
}

async function doneMissing(
  { records }: GateParts,
  index: number,
  { applied_ledger }: Remembered,
): Promise<Setback[]> {
  if (index <= applied_ledger) return [];
  const waiting = await records
    .selectFrom('routines.erasure')
    .select('erasure_id')
    .where((row) => row.or([row('state', '=', 'verified'), row('done_index', '=', index)]))
    .executeTakeFirst();
  if (waiting) return [];
  return [{ store: 'records', why: `it lacks the completed erasure of ledger entry ${index}` }];
}

/** The root is destroyed after its partition is dropped: a store that still has keys there is older. */
async function destructionMissing(
  { keys, ledger }: GateParts,
  index: number,
  { applied_ledger }: Remembered,
): Promise<Setback[]> {
  if (index <= applied_ledger) return [];
  const payload = (await ledger.log.payload(index)) as { readonly epoch: number } | null;
  const epoch = await keys
    .selectFrom('keys.epoch')
    .select('dropped_at')
    .where('epoch', '=', payload?.epoch ?? 0)
    .executeTakeFirst();
  if (epoch && epoch.dropped_at !== null) return [];
  return [{ store: 'keys', why: `it is older than the destroyed root of ledger entry ${index}` }];
}

/**
 * What customers said last can lack its row after a crash, and is taken up at the start. When more of them are missing
 * than can have been said in one moment, no crash did that.
 */
async function stopsMissing(
  { records, ledger: { log } }: GateParts,
  { applied_ledger }: Remembered,
): Promise<Setback[]> {
  const missing = new Set<string>();
  let last = -1;
  for (let index = applied_ledger + 1; index < log.size; index += 1) {
    const { kind } = log.parsedLine(index);
    if (kind !== 'no' && kind !== 'lifted') continue;
    const owner = await ownerIn(log, index);
    // Who is gone has nothing that could be stopped.
    if (owner === null || !(await ownerRow(records, owner))) continue;
    missing.add(owner);
    last = index;
  }
  return missing.size > saidAtOnceMax
    ? [{ store: 'records', why: `it lacks what customers said up to ledger entry ${last}` }]
    : [];
}

type OwnerRow = { readonly kind: string; readonly fenced_at: Temporal.Instant | null } | undefined;

/** An owner with a row that nothing is erasing: the records do not know of the fence. */
function isUntouched(row: OwnerRow): boolean {
  // Days and cases are fenced in the transaction that removes them: a crash leaves their row, and it is taken up again.
  return row?.kind === 'account' && row.fenced_at === null;
}

function isUnderWay(row: OwnerRow): boolean {
  return row !== undefined && (row.kind !== 'account' || row.fenced_at !== null);
}

function ownerRow(records: Records | Keys, owner: OwnerId): Promise<OwnerRow> {
  return (records as Records)
    .selectFrom('vault.owner')
    .select(['kind', 'fenced_at'])
    .where('owner_id', '=', owner)
    .executeTakeFirst();
}

/** Whom an entry names, or null once its payload is pruned. */
async function ownerIn(log: LedgerLog, index: number): Promise<OwnerId | null> {
  const payload = (await log.payload(index)) as { readonly owner: OwnerId } | null;
  return payload?.owner ?? null;
}
