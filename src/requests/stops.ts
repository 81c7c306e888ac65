import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation, WriteOperation } from '../operation.ts';
import { isPurpose, stoppedBy } from '../policy/rules.ts';
import type { Purpose } from '../policy/purposes.ts';
import { Problem } from '../problem.ts';
import { noteApplied } from '../routines/erasure-steps.ts';
import { lockOwner } from '../vault/lock-owner.ts';
import type { Passed } from '../vault/owner-keys.ts';

/** Which of the customer's rights stops a purpose: a restriction (GDPR Art. 18) or an objection (Art. 21). */
export type StopGround = 'restriction' | 'objection';

export type Stop = {
  readonly purpose: Purpose;
  readonly ground: StopGround;
  readonly since: Temporal.Instant;
};

/** The purposes that a customer has stopped, and by which right. The vault keeps to them, whatever a page shows. */
export async function stopsOf(
  op: Operation,
  owner: OwnerId,
): Promise<ReadonlyMap<Purpose, StopGround>> {
  const stops = await listStops(op, owner);
  return new Map(stops.map(({ purpose, ground }) => [purpose, ground]));
}

/** All that a customer has stopped; a purpose that both rights stop is there twice. */
export async function listStops(op: Operation, owner: OwnerId): Promise<Stop[]> {
  const rows = await op.db
    .selectFrom('vault.stop')
    .select(['purpose', 'ground', 'since'])
    .where('owner_id', '=', owner)
    .orderBy('since')
    .orderBy('purpose')
    .execute();
  return rows.flatMap(({ purpose, ground, since }) =>
    isPurpose(purpose) ? [{ purpose, ground, since }] : [],
  );
}

export type Wish = {
  readonly ground: StopGround;
  readonly purposes: readonly Purpose[];
  /** True to stop them, false to allow them again. */
  readonly stops: boolean;
};

/**
 * Stops purposes for a customer, or lets them go on. Each statement is durable in the ledger before its row is
 * written, so that a "no" outlives every backup of the records. Whoever dies in between leaves a statement without its
 * row: said again, it is stated and done again, even where the row was right all along, so that the last word of the
 * ledger is always the customer's. Two at once follow each other, and an erasure waits or comes first.
 * @throws Problem `bad-input` for a purpose that this right does not stop, `fenced` when the customer is being erased
 */
export async function changeStops(
  op: Operation,
  owner: OwnerId,
  wish: Wish,
  passed: Passed = () => undefined,
): Promise<void> {
  for (const purpose of wish.purposes) {
    if (!stoppedBy(purpose).includes(wish.ground))
      throw new Problem('bad-input', `a ${wish.ground} does not stop ${purpose}`);
  }
  await inTransaction(op, async (write) => {
    if (!(await lockOwner(write.db, owner)))
      throw new Problem('fenced', 'The owner is erased or being erased.');
    for (const purpose of wish.purposes) {
      await changeOne(write, { owner, purpose, ground: wish.ground, stops: wish.stops }, passed);
    }
  });
}

type Change = {
  readonly owner: OwnerId;
  readonly purpose: Purpose;
  readonly ground: StopGround;
  readonly stops: boolean;
};

async function changeOne(write: WriteOperation, change: Change, passed: Passed): Promise<void> {
  const { owner, purpose, ground, stops } = change;
  const kind = stops ? 'no' : 'lifted';
  const index = await stateInLedger(write, kind, { owner, purpose, ground });
  passed(`ledger has the ${kind}`);
  await (stops ? insertStop(write, change) : deleteStop(write, change));
  await noteApplied(write, index);
}

/**
 * The ledger takes the same words at the same time for one statement. Where they were said and done before, such as
 * yes and no in the same moment, the new ones are a moment later.
 */
async function stateInLedger(
  write: WriteOperation,
  kind: 'no' | 'lifted',
  about: Pick<Change, 'owner' | 'purpose' | 'ground'>,
): Promise<number> {
  const { applied_ledger } = await write.db
    .selectFrom('system.store')
    .select('applied_ledger')
    .executeTakeFirstOrThrow();
  for (let at = write.now; ; at = at.add({ microseconds: 1 })) {
    const payload = { ...about, at: at.toString() };
    const index = await write.vault.ledger.append({ kind, payload }, write.now);
    if (index > applied_ledger) return index;
  }
}

async function insertStop(write: WriteOperation, change: Change): Promise<void> {
  const { owner, purpose, ground } = change;
  await write.db
    .insertInto('vault.stop')
    .values({ owner_id: owner, purpose, ground, since: write.now })
    .onConflict((conflict) => conflict.columns(['owner_id', 'purpose', 'ground']).doNothing())
    .execute();
  // What was not wanted is not sent later either; what is only restricted waits, as long as messages are kept.
  if (ground === 'objection') {
    await write.db
      .deleteFrom('messages.outbox')
      .where('owner_id', '=', owner)
      .where('purpose', '=', purpose)
      .execute();
  }
}

async function deleteStop(write: WriteOperation, change: Change): Promise<void> {
  await write.db
    .deleteFrom('vault.stop')
    .where('owner_id', '=', change.owner)
    .where('purpose', '=', change.purpose)
    .where('ground', '=', change.ground)
    .execute();
}
