import type { OwnerId } from '../ids.ts';
import type { LedgerLog } from '../ledger/log.ts';
import type { Operation } from '../operation.ts';
import { erasureHorizon } from '../vault/horizon.ts';
import type { OldFence } from '../vault/owner-keys.ts';

/** Room for a clock that was wrong, and for an operator who finds an old copy late. */
const graceDays = 7;

/**
 * Removes the payloads of entries that name an erased owner (`fence`, `no`, `lifted`), some days after no copy of the
 * key can be unwrapped any more: until then they are what a store that is put back is mended by. The hashes stay.
 * Returns how many were removed.
 */
export async function prunePayloads(op: Operation): Promise<number> {
  const { log } = op.vault.ledger;
  await log.refresh();
  const over = await ownersOver(op);
  const said = await stopsOf(log, over);
  const due = [...over.values(), ...said].filter((index) => log.hasPayload(index));
  for (const index of due) await log.prune(index);
  return due.length;
}

/** Whoever is behind the horizon, with the number of the fence in the ledger. */
async function ownersOver(op: Operation): Promise<ReadonlyMap<OwnerId, number>> {
  const { log } = op.vault.ledger;
  const over = new Map<OwnerId, number>();
  for (const fence of await op.vault.fencesBefore(graceBefore(op))) {
    // What was pruned before was behind it then.
    const isOver = !log.hasPayload(fence.ledgerIndex) || (await isBehindHorizon(op, fence));
    if (isOver) over.set(fence.owner, fence.ledgerIndex);
  }
  return over;
}

async function isBehindHorizon(op: Operation, fence: OldFence): Promise<boolean> {
  const { state, at } = await erasureHorizon(op, fence.fencedAt, fence.ledgerIndex);
  return state === 'reached' && Temporal.Instant.compare(at, graceBefore(op)) <= 0;
}

function graceBefore(op: Operation): Temporal.Instant {
  return op.now.subtract({ hours: graceDays * 24 });
}

async function stopsOf(log: LedgerLog, over: ReadonlyMap<OwnerId, number>): Promise<number[]> {
  const found: number[] = [];
  for (let index = 0; index < log.size; index += 1) {
    const { kind } = log.parsedLine(index);
    if ((kind !== 'no' && kind !== 'lifted') || !log.hasPayload(index)) continue;
    const payload = (await log.payload(index)) as { owner: OwnerId } | null;
    if (payload && over.has(payload.owner)) found.push(index);
  }
  return found;
}
