// The process is killed (SIGKILL) at every part of an erasure, and the next start has to finish what it left.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { signIn } from '../src/accounts/sign-in.ts';
import type { OwnerId, RowId } from '../src/ids.ts';
import { verifyReceipt } from '../src/ledger/verify-receipt.ts';
import { isProblem } from '../src/problem.ts';
import { advanceErasure, erasureByCode } from '../src/routines/erasure.ts';
import { askErasure } from '../src/routines/erasure-ask.ts';
import { readReceipt } from '../src/routines/erasure-receipt.ts';
import { lookEverywhere } from '../src/routines/erasure-verify.ts';
import { newReceiptCode } from '../src/routines/receipt-code.ts';
import { crash, restart } from './crashes.ts';
import { person, testSystem } from './system.ts';
import type { TestSystem } from './system.ts';

type Leaver = {
  readonly owner: OwnerId;
  readonly code: string;
  readonly email: string;
  readonly name: string;
};

let system: TestSystem;

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

async function newLeaver(): Promise<Leaver> {
  system.now = system.now.add({ minutes: 1 });
  const word = randomBytes(5).toString('hex');
  const who = { email: `${word}@example.se`, name: `Maja ${word} Testsson` };
  const owner = await system.newCustomer(who);
  await system.placeOrderFor(owner, who);
  return { owner, code: newReceiptCode(), ...who };
}

async function ask({ owner, code }: Leaver): Promise<RowId> {
  return askErasure(system.op({ party: 'customer', owner }, 'leaving'), owner, code);
}

/** What must hold whenever a process has died, before anything is mended. */
async function assertHonest(at: TestSystem, leaver: Leaver, asked: boolean): Promise<void> {
  const routine = at.op('routine', 'leaving');
  const known = await erasureByCode(routine, leaver.code);
  if (asked) assert.ok(known, 'an erasure that was asked for is not forgotten');
  if (!known) return;
  const attempt = { email: leaver.email, password: person.password, device: '?' };
  const session = await signIn(at.op('nobody', 'sign-in'), attempt).catch((error: unknown) => {
    assert.ok(isProblem(error, 'fenced'));
    return null;
  });
  assert.equal(session, null, 'nobody signs in to an account that is being erased');
  const fences = (await at.vault.fences(at.now.subtract({ hours: 1 }))).filter(
    ({ owner }) => owner === leaver.owner,
  );
  const isReadable = await opens(at, leaver.owner);
  if (fences.length > 0) assert.equal(isReadable, false, 'readable behind its fence');
  if (known.state !== 'complete') return;
  assert.deepEqual(await findLeft(at, leaver), [], 'told complete while something is left');
}

async function opens(at: TestSystem, owner: OwnerId): Promise<boolean> {
  try {
    const op = at.op({ party: 'customer', owner }, 'insight');
    await op.vault.openFor(op, owner, ['credentials']);
    return true;
  } catch (error) {
    assert.ok(isProblem(error, 'fenced'));
    return false;
  }
}

async function findLeft(
  at: TestSystem,
  { owner, email, name }: Leaver,
): Promise<readonly string[]> {
  const wanted = { ids: [owner], strings: [email, name] };
  return (await lookEverywhere(at.op('routine', 'leaving'), wanted, at.around.logFolder)).found;
}

/** Advances to the end and holds everything against what an erasure promises. */
async function assertCompletes(at: TestSystem, leaver: Leaver, erasureId: RowId): Promise<void> {
  const routine = at.op('routine', 'leaving');
  assert.equal(await advanceErasure(routine, erasureId, at.around), 'complete');
  assert.deepEqual(await findLeft(at, leaver), []);
  assert.equal(await opens(at, leaver.owner), false);
  const fences = (await at.vault.fences(at.now.subtract({ hours: 1 }))).filter(
    ({ owner }) => owner === leaver.owner,
  );
  assert.equal(fences.length, 1);
  const receipt = await readReceipt(routine, erasureId);
  const verdict = verifyReceipt(JSON.stringify(receipt));
  assert.equal(verdict.genuine, true, JSON.stringify(verdict));
  assert.deepEqual(await countEntries(at, leaver.owner), { fences: 1, bodies: 1 });
  assert.equal(receipt?.body.steps.length, 6);
}

/** Fence entries of this owner, and how often the newest `done` entry's payload stands in the ledger. */
async function countEntries(at: TestSystem, owner: OwnerId) {
  const { log } = at.vault.ledger;
  await log.refresh();
  let fences = 0;
  const done: string[] = [];
  for (let index = 0; index < log.size; index += 1) {
    const { kind, payload_sha256 } = log.parsedLine(index);
    if (kind === 'done') done.push(payload_sha256);
    if (kind !== 'fence') continue;
    if (((await log.payload(index)) as { owner: string }).owner === owner) fences += 1;
  }
  return { fences, bodies: done.filter((hash) => hash === done.at(-1)).length };
}

/** As many `done` entries as complete erasures: none was stated twice, none for an erasure that is not. */
async function assertNothingStatedTwice(at: TestSystem): Promise<void> {
  const { log } = at.vault.ledger;
  const lines = Array.from({ length: log.size }, (_, index) => log.parsedLine(index));
  const complete = await at.db
    .selectFrom('routines.erasure')
    .select('erasure_id')
    .where('state', '=', 'complete')
    .execute();
  assert.equal(lines.filter(({ kind }) => kind === 'done').length, complete.length);
}

test('an erasure that is killed between any two parts is completed by the next start', async () => {
  const rehearsal = await newLeaver();
  const journey = { kind: 'advance', erasureId: await ask(rehearsal) } as const;
  const points = await crash(system, journey, { points: 'named', dieAt: 0 });
  assert.deepEqual(points, [
    'left asked',
    'ledger has the fence',
    'key is destroyed',
    'left fencing',
    'references are moved',
    'left fenced',
    'left removed',
    'left told',
    'ledger has the receipt',
    'ledger has the fence',
    'key is destroyed',
    'left verified',
  ]);
  for (const [index, point] of points.entries()) {
    const leaver = await newLeaver();
    const erasureId = await ask(leaver);
    const how = { points: 'named', dieAt: index + 1 } as const;
    const reached = await crash(system, { kind: 'advance', erasureId }, how);
    assert.equal(reached.at(-1), point);
    const restarted = await restart(system);
    await assertHonest(restarted, leaver, true);
    await assertCompletes(restarted, leaver, erasureId);
  }
  await assertNothingStatedTwice(await restart(system));
});

test('two kills in a row, before any statement or fsync of an erasure, lose and resurrect nothing', async () => {
  const rehearsal = await newLeaver();
  const journey = { kind: 'advance', erasureId: await ask(rehearsal) } as const;
  const { length } = await crash(system, journey, { points: 'every', dieAt: 0 });
  assert.ok(length > 50, `only ${length} points were counted`);
  const dieAt = fc.integer({ min: 1, max: length });
  await fc.assert(
    fc.asyncProperty(dieAt, dieAt, async (first, second) => {
      const leaver = await newLeaver();
      const erasureId = await ask(leaver);
      for (const at of [first, second]) {
        await crash(system, { kind: 'advance', erasureId }, { points: 'every', dieAt: at });
        await assertHonest(await restart(system), leaver, true);
      }
      await assertCompletes(await restart(system), leaver, erasureId);
    }),
    { numRuns: 12, endOnFailure: true },
  );
  await assertNothingStatedTwice(await restart(system));
});

test('a request to erase that is killed anywhere is whole or did not happen, and can be repeated', async () => {
  const rehearsal = await newLeaver();
  const { owner, code } = rehearsal;
  const { length } = await crash(
    system,
    { kind: 'ask', owner, code },
    { points: 'every', dieAt: 0 },
  );
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: length }), async (dieAt) => {
      const leaver = await newLeaver();
      const journey = { kind: 'ask', owner: leaver.owner, code: leaver.code } as const;
      await crash(system, journey, { points: 'every', dieAt });
      const restarted = await restart(system);
      await assertHonest(restarted, leaver, false);
      const op = restarted.op({ party: 'customer', owner: leaver.owner }, 'leaving');
      await assertCompletes(restarted, leaver, await askErasure(op, leaver.owner, leaver.code));
    }),
    { numRuns: 6, endOnFailure: true },
  );
});

test('several processes that advance the same erasure at once complete it once', async () => {
  const several = [await restart(system), await restart(system), await restart(system)];
  for (let round = 0; round < 5; round += 1) {
    const leaver = await newLeaver();
    const erasureId = await ask(leaver);
    const states = await Promise.all(
      several.map((at) => advanceErasure(at.op('routine', 'leaving'), erasureId, at.around)),
    );
    assert.ok(states.includes('complete'), states.join());
    await assertCompletes(several[0] as TestSystem, leaver, erasureId);
  }
  await assertNothingStatedTwice(await restart(system));
});

test('an address whose account was erased in spite of crashes can sign up again', async () => {
  const leaver = await newLeaver();
  const erasureId = await ask(leaver);
  await crash(system, { kind: 'advance', erasureId }, { points: 'named', dieAt: 3 });
  const restarted = await restart(system);
  await assertCompletes(restarted, leaver, erasureId);
  system.now = system.now.add({ minutes: 1 });
  const again = await system.newCustomer(leaver);
  assert.notEqual(again, leaver.owner);
  assert.equal(await opens(system, again), true);
});
