// The process is killed (SIGKILL) while it writes before a closing, while it closes accounts whose time is up, and while it
// sweeps many owners at once.
import { noBanks } from '../src/history/payments/banks.ts';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { newOwnerId } from '../src/ids.ts';
import type { OwnerId } from '../src/ids.ts';
import { inTransaction } from '../src/operation.ts';
import { advanceErasure, erasuresDue } from '../src/routines/erasure.ts';
import { choose, origin, routine, turn } from '../src/routines/retention-accounts.fixture.ts';
import {
  accountsDue,
  closeAccounts,
  tellBeforeClosing,
} from '../src/routines/retention-accounts.ts';
import { daysDue, endDays } from '../src/routines/retention.ts';
import { addOwner } from '../src/vault/vault.ts';
import { crash, restart } from './crashes.ts';
import { testSystem } from './system.ts';
import type { TestSystem } from './system.ts';

let system: TestSystem;
let made = 0;

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

const day = (days: number) => ({ hours: days * 24 });

/** An account that is closed twelve days from now, at the beginning of a day. */
async function leavingAccount(): Promise<OwnerId> {
  made += 1;
  const owner = await system.newCustomer({ email: `kund-${made}@example.se` });
  const date = system.now.toZonedDateTimeISO('Europe/Stockholm').toPlainDate().add({ days: 12 });
  await choose(system, owner, { choice: 'until-date', date });
  return owner;
}

async function lettersTo(at: TestSystem, owner: OwnerId): Promise<number> {
  const rows = await at.db
    .selectFrom('messages.outbox')
    .select('message_id')
    .where('owner_id', '=', owner)
    .execute();
  return rows.length;
}

/** Kills the routine at many points, each time for somebody new, and lets `check` look after the next start. */
async function killAnywhere(
  name: 'end-days' | 'close-accounts' | 'tell-before-closing',
  make: () => Promise<OwnerId>,
  check: (at: TestSystem, owner: OwnerId) => Promise<void>,
): Promise<void> {
  const journey = { kind: 'routine', routine: name } as const;
  const first = await make();
  const { length } = await crash(system, journey, { points: 'every', dieAt: 0 });
  await check(await restart(system), first);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: length }), async (dieAt) => {
      const owner = await make();
      await crash(system, journey, { points: 'every', dieAt });
      await check(await restart(system), owner);
    }),
    { numRuns: 5, endOnFailure: true },
  );
}

test('a letter before a closing is written once, wherever the routine was killed', async () => {
  await killAnywhere('tell-before-closing', leavingAccount, async (at, owner) => {
    await tellBeforeClosing(routine(at));
    assert.equal(await lettersTo(at, owner), 1);
    assert.equal(await tellBeforeClosing(routine(at)), 0);
    await choose(system, owner, { choice: 'until-closed' });
  });
});

test('an account whose time is up is closed once, wherever the routine was killed', async () => {
  const make = async () => {
    const owner = await leavingAccount();
    await turn(system, system.now);
    await turn(system, system.now.add(day(4)));
    system.now = system.now.add(day(8));
    assert.deepEqual(await accountsDue(routine(system)), [owner]);
    return owner;
  };
  await killAnywhere('close-accounts', make, async (at, owner) => {
    await closeAccounts(routine(at), { origin, banks: noBanks });
    assert.deepEqual(await accountsDue(routine(at)), []);
    const due = await erasuresDue(at.op('routine', 'leaving'));
    assert.equal(due.length, 1, 'one erasure of one account');
    for (const erasureId of due) {
      const op = at.op('routine', 'leaving');
      assert.equal(await advanceErasure(op, erasureId, system.around), 'complete');
    }
    const { found } = await at.vault.scanKeys({ ids: [owner], strings: [] });
    assert.deepEqual(found, []);
  });
});

test('many owners that are swept at once are gone, each with one fence, wherever the sweep was killed', async () => {
  let batch: OwnerId[] = [];
  const make = async () => {
    batch = Array.from({ length: 5 }, () => newOwnerId());
    const op = system.op('nobody', 'sign-up');
    for (const owner of batch) await op.vault.createKey(op, owner);
    await inTransaction(op, async (write) => {
      for (const owner of batch) await addOwner(write, owner, 'day');
    });
    system.now = system.now.add(day(4));
    return batch[0] as OwnerId;
  };
  await killAnywhere('end-days', make, async (at) => {
    const op = at.op('routine', 'retention');
    await endDays(op);
    assert.deepEqual(await daysDue(op), []);
    const { found } = await at.vault.scanKeys({ ids: batch, strings: [] });
    assert.deepEqual(found, []);
    const fences = await at.vault.fences(at.now.subtract({ hours: 24 }));
    const ours = fences.filter(({ owner }) => batch.includes(owner));
    assert.equal(ours.length, batch.length);
    assert.equal(new Set(ours.map(({ ledgerIndex }) => ledgerIndex)).size, batch.length);
    for (const fence of ours) assert.ok(await at.vault.isFenceInLedger(fence));
  });
});
