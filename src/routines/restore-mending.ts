import { noteSecurityEvent } from '../availability/security-events.ts';
import type { Keys } from '../database/keys.ts';
import { newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import {
  fenceAgain,
  fencedOwners,
  missingFences,
  ownersAfter,
  takeDestructions,
  takeWholeLedger,
  withKeys,
} from '../vault/mend-keys.ts';
import type { StatedFence } from '../vault/mend-keys.ts';
import { replayStops } from '../vault/replay-stops.ts';
import { countMending, findSetbacks } from '../vault/restore-gate.ts';
import type { Setback } from '../vault/setback.ts';
import { advanceErasure } from './erasure.ts';
import type { Surroundings } from './erasure-steps.ts';
import { noteApplied, removeOwner } from './erasure-steps.ts';
import { hashReceiptCode, newReceiptCode } from './receipt-code.ts';

/** What stores that went back would bring back, and what they have lost. */
export type MendingPlan = {
  readonly setbacks: readonly Setback[];
  /** Erasures that the keys store does not know of any more. */
  readonly fences: readonly StatedFence[];
  /** Erased owners whose rows are back. */
  readonly returned: readonly OwnerId[];
  /** Keys without records: their records came after the copy, and are lost. */
  readonly orphans: number;
  /** Records without a key: nobody can open them any more. */
  readonly keyless: number;
};

export type Mended = { readonly erasedAgain: number; readonly stopsAgain: number };

/** Everything but the ledger, which cannot be mended from inside. */
type Around = Pick<Surroundings, 'passed'>;

const pageSize = 5_000;

/** Looks, and changes nothing. */
export async function planMending(op: Operation, keys: Keys): Promise<MendingPlan> {
  const { ledger } = op.vault;
  const setbacks = await findSetbacks({ records: op.db, keys, ledger });
  const fences = await missingFences(keys, ledger.log);
  const erased = [...(await fencedOwners(keys)), ...fences.map(({ owner }) => owner)];
  return {
    setbacks,
    fences,
    returned: await withRows(op, erased),
    orphans: await countOrphans(op, keys, new Set(erased)),
    keyless: await countKeyless(op, keys, new Set(erased)),
  };
}

/**
 * Makes the stores agree with the ledger again: who was erased is erased once more, what customers stopped is stopped,
 * and every session, link and challenge is void (`voidTokens`). Each step can be repeated; only the last one, the count
 * of a start, lets servers in.
 */
export async function mend(
  op: Operation,
  keys: Keys,
  plan: MendingPlan,
  { voidTokens, passed }: Around & { readonly voidTokens: () => void },
): Promise<Mended> {
  const { log } = op.vault.ledger;
  await takeDestructions(keys, log);
  for (const fence of plan.fences) await fenceAgain(keys, fence);
  passed('keys are destroyed again');
  for (const owner of plan.returned) await eraseAgain(op, owner, passed);
  // From the first word on: what a mending that was cut off has applied already says nothing of what it has not.
  const stopsAgain = await replayStops(op.db, log, 0);
  passed('stops hold again');
  voidTokens();
  await op.db.deleteFrom('accounts.session').execute();
  passed('tokens are void');
  await takeWholeLedger(keys, log);
  await inTransaction(op, (write) => noteApplied(write, log.size - 1));
  const mended = { erasedAgain: plan.returned.length, stopsAgain };
  await noteMending(op, plan, mended);
  await countMending({ records: op.db, keys, ledger: op.vault.ledger });
  return mended;
}

async function withRows(op: Operation, owners: readonly OwnerId[]): Promise<OwnerId[]> {
  const found: OwnerId[] = [];
  for (let from = 0; from < owners.length; from += pageSize) {
    const rows = await op.db
      .selectFrom('vault.owner')
      .select('owner_id')
      .where('owner_id', 'in', owners.slice(from, from + pageSize))
      .execute();
    found.push(...rows.map(({ owner_id }) => owner_id));
  }
  return found;
}

async function countOrphans(
  op: Operation,
  keys: Keys,
  erased: ReadonlySet<OwnerId>,
): Promise<number> {
  let count = 0;
  let page = await ownersAfter(keys, null, pageSize);
  while (page.length > 0) {
    const known = new Set(await withRows(op, page));
    count += page.filter((owner) => !known.has(owner) && !erased.has(owner)).length;
    page = await ownersAfter(keys, page.at(-1) ?? null, pageSize);
  }
  return count;
}

async function countKeyless(
  op: Operation,
  keys: Keys,
  erased: ReadonlySet<OwnerId>,
): Promise<number> {
  let count = 0;
  let page = await ownersOfRecords(op, null);
  while (page.length > 0) {
    const known = await withKeys(keys, page);
    count += page.filter((owner) => !known.has(owner) && !erased.has(owner)).length;
    page = await ownersOfRecords(op, page.at(-1) ?? null);
  }
  return count;
}

async function ownersOfRecords(op: Operation, after: OwnerId | null): Promise<OwnerId[]> {
  const rows = await op.db
    .selectFrom('vault.owner')
    .select('owner_id')
    .$if(after !== null, (query) => query.where('owner_id', '>', after as OwnerId))
    .orderBy('owner_id')
    .limit(pageSize)
    .execute();
  return rows.map(({ owner_id }) => owner_id);
}

/**
 * The rows of somebody who was erased are back. An erasure that is still on its way takes them itself; otherwise an
 * account is erased anew, by the ordinary steps and with a receipt of its own, and whatever else goes at once.
 */
async function eraseAgain(
  op: Operation,
  owner: OwnerId,
  passed: Surroundings['passed'],
): Promise<void> {
  const erasureId = await inTransaction(op, async (write) => {
    const row = await write.db
      .selectFrom('vault.owner')
      .select('kind')
      .where('owner_id', '=', owner)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return null;
    if (row.kind === 'account') return (await erasureUnderWay(write, owner)) ?? begin(write, owner);
    // Vouchers go only when the key of their year is gone, and that is what the ledger says of it.
    await write.db
      .updateTable('vault.owner')
      .set({ fenced_at: write.now })
      .where('owner_id', '=', owner)
      .where('fenced_at', 'is', null)
      .execute();
    await removeOwner(write, owner);
    return null;
  });
  if (erasureId === null) return;
  const around = { ...nobodyAsked, clock: () => op.now, passed };
  await advanceErasure(op, erasureId, around, 'removed');
  passed('rows are removed again');
}

/** Until `removed` no recipient is asked and nothing is searched. */
const nobodyAsked = {
  tell: () => Promise.reject(new Error('no recipient is asked while a restore is mended')),
  logFolder: '',
  sandbox: false,
};

async function erasureUnderWay(write: WriteOperation, owner: OwnerId): Promise<RowId | null> {
  const found = await write.db
    .selectFrom('routines.erasure_subject')
    .select('erasure_id')
    .where('subject_id', '=', owner)
    .executeTakeFirst();
  return found?.erasure_id ?? null;
}

/** Nobody waits for its receipt, and nobody can be told again: the references died with the key. */
async function begin(write: WriteOperation, owner: OwnerId): Promise<RowId> {
  const erasure_id = newRowId(write.now);
  const fence = await write.vault.fence(write, owner);
  await write.db
    .insertInto('routines.erasure')
    .values({
      erasure_id,
      kind: 'account',
      state: 'fenced',
      asked_at: write.now,
      code_hash: hashReceiptCode(newReceiptCode()),
      fence_index: fence.ledgerIndex,
      done_index: null,
      receipt: null,
    })
    .execute();
  await write.db
    .insertInto('routines.erasure_subject')
    .values({ erasure_id, subject_id: owner })
    .execute();
  for (const step of ['asked', 'fencing', 'fenced'] as const) {
    const evidence = { again_after_restore: true };
    await write.db
      .insertInto('routines.erasure_step')
      .values({ erasure_id, step, at: write.now, evidence })
      .execute();
  }
  await write.db
    .updateTable('vault.owner')
    .set({ fenced_at: write.now })
    .where('owner_id', '=', owner)
    .execute();
  return erasure_id;
}

async function noteMending(op: Operation, plan: MendingPlan, mended: Mended): Promise<void> {
  await op.db
    .insertInto('system.mending')
    .values({
      mending_id: newRowId(op.now),
      confirmed_at: op.now,
      went_back: [...new Set(plan.setbacks.map(({ store }) => store))],
      erased_again: mended.erasedAgain,
      stops_again: mended.stopsAgain,
      orphans: plan.orphans,
    })
    .execute();
  if (plan.setbacks.length > 0) await noteSecurityEvent(op.db, 'store-went-back', op.now);
}
