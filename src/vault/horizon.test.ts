import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OwnerId } from '../ids.ts';
import { advanceEpochs } from '../routines/epochs.ts';
import { erasedIsGone } from '../routines/proof/erased.ts';
import { prunePayloads } from '../routines/prune-ledger.ts';
import { newOwnerId } from '../ids.ts';
import { restart } from '../../test/crashes.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import type { Epoch, EpochPlan } from './epochs.ts';
import { epochAt, erasureHorizon, horizonDays, plannedHorizon } from './horizon.ts';

const day = 24;
const routine = (system: TestSystem) => system.op('routine', 'retention');

/** The plan of a company with backups, without waiting for rehearsals. */
const plan: EpochPlan = {
  days: 7,
  keysBackups: 'none',
  keysBackupDays: 7,
  recordsBackupDays: 30,
};

async function systemWith(given: EpochPlan): Promise<TestSystem> {
  const system = await testSystem();
  Object.assign(system.vault.epochs, { plan: given });
  return system;
}

async function fenced(system: TestSystem): Promise<{ owner: OwnerId; index: number }> {
  const owner = newOwnerId();
  const op = system.op('nobody', 'sign-up');
  await op.vault.createKey(op, owner);
  return { owner, index: (await op.vault.fence(op as never, owner)).ledgerIndex };
}

function hoursAfter(start: Temporal.Instant, days: number): Temporal.Instant {
  return start.add({ hours: days * day });
}

test('the horizon is planned from the epoch and the backups, whichever end later', async () => {
  await using system = await systemWith(plan);
  const start = system.now;
  system.now = hoursAfter(start, 3);
  const { index } = await fenced(system);
  const at = system.now;
  const planned = await plannedHorizon(routine(system), at, index);
  assert.equal(planned.toString(), hoursAfter(at, 30).toString());
  assert.deepEqual(await erasureHorizon(routine(system), at, index), {
    state: 'planned',
    at: planned,
  });
  Object.assign(system.vault.epochs, { plan: { ...plan, recordsBackupDays: 1 } });
  const byRoot = await plannedHorizon(routine(system), at, index);
  // A week from the epoch's beginning, a week of copies, two days for what lies between.
  assert.equal(byRoot.toString(), hoursAfter(start, 7 + 7 + 2).toString());
  assert.equal(horizonDays(plan), 30);
  assert.equal(horizonDays({ ...plan, recordsBackupDays: 1 }), 16);
});

test('it is reached when the root is destroyed and the backups are gone, not before, and late when the root is not', async () => {
  await using system = await systemWith(plan);
  const { index } = await fenced(system);
  const at = system.now;
  const stateOn = async (days: number) => {
    system.now = hoursAfter(at, days);
    return (await erasureHorizon(routine(system), at, index)).state;
  };
  assert.equal(await stateOn(29), 'planned');
  assert.equal(await stateOn(31), 'late');
  system.now = hoursAfter(at, 7);
  await advanceEpochs(routine(system));
  assert.equal(await stateOn(29.5), 'planned');
  assert.equal(await stateOn(30), 'reached');
  assert.equal(
    (await plannedHorizon(routine(system), at, index)).toString(),
    hoursAfter(at, 30).toString(),
  );
});

test('a key that was destroyed while it was wrapped in both epochs waits for the newer root', async () => {
  await using system = await systemWith({ ...plan, recordsBackupDays: 0 });
  const owner = newOwnerId();
  const op = system.op('nobody', 'sign-up');
  await op.vault.createKey(op, owner);
  system.now = hoursAfter(system.now, 7);
  const stop = (point: string) => {
    if (point === 'keys are wrapped anew') throw new Error('stopped');
  };
  await assert.rejects(advanceEpochs(routine(system), stop), /stopped/);
  const { ledgerIndex } = await op.vault.fence(op as never, owner);
  await advanceEpochs(routine(system));
  assert.equal((await erasureHorizon(routine(system), system.now, ledgerIndex)).state, 'planned');
  const at = system.now;
  system.now = hoursAfter(system.now, 7);
  await advanceEpochs(routine(system));
  assert.equal((await erasureHorizon(routine(system), at, ledgerIndex)).state, 'reached');
});

test('by time alone the epoch is the one that had begun, and in doubt a later one', () => {
  const now = Temporal.Instant.from('2026-11-22T12:00:00Z');
  const epochs = (...days: number[]): Epoch[] =>
    days.map((ago, index) => ({
      epoch: index + 1,
      beganAt: hoursAfter(now, -ago),
      rewrappedAt: null,
      droppedAt: null,
      destroyedAt: null,
    }));
  const found = (list: Epoch[], ago: number) => epochAt(list, hoursAfter(now, -ago), now);
  const honest = epochs(21, 14, 7);
  assert.deepEqual(
    [22, 21, 15, 14, 8, 7, 0].map((ago) => found(honest, ago)),
    [1, 1, 1, 2, 2, 3, 3],
  );
  // The third was dated a year ahead by a wrong clock: it may have begun at any time since the second.
  const ahead = epochs(21, 14, -365);
  assert.deepEqual(
    [20, 13].map((ago) => found(ahead, ago)),
    [3, 3],
  );
  // The third was dated a year back: the second is then no better known.
  const back = epochs(21, 14, 365);
  assert.deepEqual(
    [20, 13].map((ago) => found(back, ago)),
    [3, 3],
  );
});

test('behind the horizon the ledger forgets whom it names, and everything else about it still holds', async () => {
  await using system = await systemWith({ ...plan, recordsBackupDays: 0 });
  const { owner, index } = await fenced(system);
  const { log } = system.ledger;
  const at = system.now;
  const no = {
    kind: 'no',
    payload: { owner, purpose: 'newsletter', ground: 'objection', at: at.toString() },
  } as const;
  const noIndex = await system.ledger.append(no, at);
  const living = await system.newCustomer();
  const kept = await system.ledger.append({ ...no, payload: { ...no.payload, owner: living } }, at);
  system.now = hoursAfter(at, 7);
  await advanceEpochs(routine(system));
  // A week of grace after the root's death.
  system.now = hoursAfter(at, 14).subtract({ milliseconds: 1 });
  assert.equal(await prunePayloads(routine(system)), 0);
  assert.ok(log.hasPayload(index));
  system.now = hoursAfter(at, 14);
  assert.equal(await prunePayloads(routine(system)), 2);
  assert.equal(await prunePayloads(routine(system)), 0);
  assert.equal(await log.payload(index), null);
  assert.equal(await log.payload(noIndex), null);
  assert.ok(await log.payload(kept));
  assert.equal(log.parsedLine(index).kind, 'fence');
  assert.ok((await system.ledger.prove(index)).checkpoint);
  assert.ok(await system.vault.isFenceInLedger({ owner, ledgerIndex: index }));
  const seen = await erasedIsGone(system.op('routine', 'proof'), {
    logFolder: system.around.logFolder,
  } as never);
  assert.deepEqual(seen.found, []);
  // The gate lets in, and a fence that is stated again stands where it stood.
  const restarted = await restart(system);
  const again = await restarted.vault.fence(system.op('nobody', 'sign-up') as never, owner);
  assert.equal(again.ledgerIndex, index);
  assert.equal(restarted.ledger.log.size, log.size);
});
