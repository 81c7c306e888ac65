import type { Operation } from '../operation.ts';
import type { Epoch, EpochPlan } from './epochs.ts';

/** When nobody can unwrap any copy of a destroyed key. `late`: it should have happened by then, and has not. */
export type Horizon = {
  readonly state: 'planned' | 'late' | 'reached';
  readonly at: Temporal.Instant;
};

/** Between the end of an epoch and the destruction of its root: re-wrapping, a nightly backup, its rehearsal. */
const marginDays = 2;

/** How many days after an erasure its horizon lies at the latest, if all goes as planned. */
export function horizonDays(plan: EpochPlan): number {
  return Math.max(daysOfRoot(plan), plan.recordsBackupDays);
}

/**
 * The erasure horizon of a key that was destroyed at `fencedAt`: the later of the destruction of the root key that it
 * was wrapped under last, and the end of the last backup of records that was made before. `fenceIndex`, the fence's
 * number in the ledger, makes it exact; without it the epoch is found by time, in doubt a later one.
 */
export async function erasureHorizon(
  op: Operation,
  fencedAt: Temporal.Instant,
  fenceIndex?: number,
): Promise<Horizon> {
  const { plan } = op.vault.epochs;
  const epoch = await epochOf(op, fencedAt, fenceIndex);
  if (epoch.destroyedAt === null) {
    const at = planned(plan, epoch, fencedAt);
    return { state: isBefore(op.now, at) ? 'planned' : 'late', at };
  }
  const at = later(epoch.destroyedAt, backupsEnd(plan, fencedAt));
  return { state: isBefore(op.now, at) ? 'planned' : 'reached', at };
}

/** The horizon as it was planned when the key was destroyed: the same whenever it is asked, for what is signed. */
export async function plannedHorizon(
  op: Operation,
  fencedAt: Temporal.Instant,
  fenceIndex?: number,
): Promise<Temporal.Instant> {
  return planned(op.vault.epochs.plan, await epochOf(op, fencedAt, fenceIndex), fencedAt);
}

function planned(
  plan: EpochPlan,
  { beganAt }: Epoch,
  fencedAt: Temporal.Instant,
): Temporal.Instant {
  // An epoch that was dated by a wrong clock says nothing; it cannot have begun after the fence.
  const began = isBefore(fencedAt, beganAt) ? fencedAt : beganAt;
  return later(after(began, daysOfRoot(plan)), backupsEnd(plan, fencedAt));
}

function daysOfRoot({ days, keysBackupDays }: EpochPlan): number {
  return days + marginDays + keysBackupDays;
}

function backupsEnd(plan: EpochPlan, fencedAt: Temporal.Instant): Temporal.Instant {
  return after(fencedAt, plan.recordsBackupDays);
}

async function epochOf(
  op: Operation,
  fencedAt: Temporal.Instant,
  fenceIndex?: number,
): Promise<Epoch> {
  const { epochs } = op.vault;
  const list = await epochs.list();
  const known = fenceIndex === undefined ? null : await epochs.epochOfFence(fenceIndex);
  const found = list.find(({ epoch }) => epoch === (known ?? epochAt(list, fencedAt, op.now)));
  if (!found) throw new Error('the keys store has no epoch');
  return found;
}

/**
 * The newest epoch that can have begun by a moment. Epochs begin one after the other, so one that is dated after a later
 * one, or after now, was dated by a wrong clock: it may have begun at any time since the one before.
 */
export function epochAt(
  epochs: readonly Epoch[],
  moment: Temporal.Instant,
  now: Temporal.Instant,
): number {
  const credible = epochs.map(({ beganAt }, index) =>
    [now, ...epochs.slice(index + 1).map((one) => one.beganAt)].every(
      (bound) => !isBefore(bound, beganAt),
    ),
  );
  const candidates = epochs.filter(
    ({ beganAt }, index) => !credible[index] || !isBefore(moment, beganAt),
  );
  // In doubt a later one: its root dies later.
  return (candidates.at(-1) ?? epochs[0])?.epoch ?? 1;
}

function after(moment: Temporal.Instant, days: number): Temporal.Instant {
  return moment.add({ hours: days * 24 });
}

function later(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return isBefore(one, other) ? other : one;
}

function isBefore(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) < 0;
}
