import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { newRowId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { isProblem } from '../problem.ts';
import { advanceEpochs, isEpochRehearsed, isRootCopied } from '../routines/epochs.ts';
import { restart } from '../../test/crashes.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import type { Epoch } from './epochs.ts';
import {
  never,
  rehearsed,
  keysOf,
  rootFile,
  routine,
  later,
  newOwner,
  newOwners,
  mark,
  marks,
  epochsOfKeys,
  partitions,
  epochsWith,
} from './epochs.fixture.ts';
import { wrapBatch, writeBatch } from './rewrap.ts';

test('after a week every key stands in the next epoch, and of the old one nothing is left', async () => {
  await using system = await testSystem();
  const owners = await newOwners(system, 20);
  const before = await marks(system, owners);
  const print = await fingerprints(system);
  later(system, 7);
  assert.ok((await advanceEpochs(routine(system))) > 20);
  assert.deepEqual(await marks(system, owners), before);
  assert.deepEqual(await fingerprints(system), print);
  assert.deepEqual(await partitions(system), ['owner_key_epoch_2']);
  assert.equal(existsSync(rootFile(system, 1)), false);
  const [first, second] = await system.vault.epochs.list();
  const { rewrappedAt, droppedAt, destroyedAt } = first as Epoch;
  for (const at of [rewrappedAt, droppedAt, destroyedAt]) assert.ok(at?.equals(system.now));
  assert.ok(second?.beganAt.equals(system.now) && second.droppedAt === null);
  const { log } = system.ledger;
  assert.equal(log.parsedLine(log.size - 1).kind, 'root-destroyed');
  assert.equal(((await log.payload(log.size - 1)) as { epoch: number }).epoch, 1);
  assert.equal(await advanceEpochs(routine(system)), 0);
});

async function fingerprints(system: TestSystem): Promise<string[]> {
  const rows = await keysOf(system)
    .selectFrom('keys.owner_key')
    .select('fingerprint')
    .orderBy('owner_id')
    .execute();
  return rows.map(({ fingerprint }) => Buffer.from(fingerprint).toString('hex'));
}

test('an epoch lasts its days to the end, and one begins however long nobody looked', async () => {
  await using system = await testSystem();
  system.now = system.now.add({ hours: 7 * 24 }).subtract({ nanoseconds: 1_000_000 });
  assert.equal(await advanceEpochs(routine(system)), 0);
  system.now = system.now.add({ nanoseconds: 1_000_000 });
  await advanceEpochs(routine(system));
  assert.equal((await system.vault.epochs.list()).length, 2);
  later(system, 400);
  await advanceEpochs(routine(system));
  await advanceEpochs(routine(system));
  assert.equal((await system.vault.epochs.list()).length, 3);
});

test('the new partition is swept as early as the old one and keeps no samples of keys, and the application makes no tables itself', async () => {
  await using system = await testSystem();
  later(system, 7);
  await advanceEpochs(routine(system));
  const { rows } = await sql<{ options: string[] }>`
    select reloptions as options from pg_class where relname = 'owner_key_epoch_2'`.execute(
    keysOf(system),
  );
  assert.deepEqual(rows[0]?.options, [
    'autovacuum_vacuum_scale_factor=0',
    'autovacuum_vacuum_threshold=50',
  ]);
  const sampled = await sql`
    select attname from pg_attribute
    where attrelid = 'keys.owner_key_epoch_2'::regclass and atttypid = 'bytea'::regtype and attstattarget is distinct from 0`.execute(
    keysOf(system),
  );
  assert.deepEqual(sampled.rows, []);
  const byHand = [
    sql`create table keys.other ()`,
    sql`drop table keys.owner_key_epoch_2`,
    sql`select keys.begin_epoch(9, '\x00', now())`,
  ];
  for (const statement of byHand) await assert.rejects(statement.execute(keysOf(system)));
});

test('once an epoch has begun, every new key stands in it alone, in each process', async () => {
  await using system = await testSystem();
  const other = await restart(system);
  const old = await newOwner(other);
  later(system, 7);
  const made: OwnerId[] = [];
  const stop = (point: string) => {
    if (point === 'epoch has begun') throw new Error('stopped');
  };
  await assert.rejects(advanceEpochs(routine(system), stop), /stopped/);
  for (const process of [system, other]) made.push(await newOwner(process));
  for (const owner of made) assert.deepEqual(await epochsOfKeys(system, owner), [2]);
  assert.deepEqual(await epochsOfKeys(system, old), [1]);
  await advanceEpochs(routine(system));
  // The other process was there before the new root was made, and never asked for it.
  await marks(other, [old, ...made]);
});

test('a root key stays until a backup of the newer epoch was restored in rehearsal and its own copies are gone', async () => {
  await using system = await testSystem();
  const epochs = epochsWith(system, rehearsed);
  const op = routine(system);
  const advance = () =>
    epochs.advance(routine(system), {
      isRehearsed: (epoch) => isEpochRehearsed(op, epoch),
      isCopied: (epoch) => isRootCopied(op, epoch),
    });
  const rehearse = (epoch: number | null, outcome: 'clean' | 'found' | 'failed') =>
    system.db
      .insertInto('routines.rehearsal')
      .values({
        rehearsal_id: newRowId(system.now),
        ran_at: system.now,
        epoch,
        outcome,
        looked_at: 1,
        found: JSON.stringify([]) as never,
        records_taken_at: null,
        keys_taken_at: null,
      })
      .execute();
  later(system, 7);
  await advance();
  for (const [epoch, outcome] of [
    [1, 'clean'],
    [2, 'found'],
    [null, 'failed'],
  ] as const) {
    await rehearse(epoch, outcome);
    await advance();
    assert.ok(existsSync(rootFile(system, 1)), `${outcome} in epoch ${epoch}`);
  }
  await rehearse(2, 'clean');
  await copyOfKeyring(system);
  await advance();
  assert.ok(existsSync(rootFile(system, 1)));
  await system.db.updateTable('routines.backup').set({ removed_at: system.now }).execute();
  assert.equal(await advance(), 1);
  assert.equal(existsSync(rootFile(system, 1)), false);
});

async function copyOfKeyring(system: TestSystem): Promise<void> {
  await system.db
    .insertInto('routines.backup')
    .values({
      backup_id: newRowId(system.now),
      set_id: newRowId(system.now),
      store: 'keyring',
      taken_at: system.now,
      finished_at: system.now,
      place_kind: 'folder',
      place_hash: Buffer.alloc(32),
      bytes: 1,
      rows: 1,
      epoch: 1,
      expires_at: system.now,
      removed_at: null,
    })
    .execute();
}

test('epochs go on while nothing is rehearsed, one after the other, and the roots wait', async () => {
  await using system = await testSystem();
  const owner = await newOwner(system);
  const before = await mark(system, owner);
  const epochs = epochsWith(system, rehearsed);
  for (let round = 0; round < 3; round += 1) {
    later(system, 7);
    await epochs.advance(routine(system), never);
  }
  assert.deepEqual(await partitions(system), ['owner_key_epoch_4']);
  assert.deepEqual(system.keyring.roots.epochs(), [1, 2, 3, 4]);
  await epochs.advance(routine(system), { ...never, isRehearsed: () => Promise.resolve(true) });
  assert.deepEqual(system.keyring.roots.epochs(), [4]);
  assert.equal(await mark(system, owner), before);
  assert.equal((await restart(system)).ledger.log.size, system.ledger.log.size);
});

test('two processes at once make one epoch, and each key is wrapped once', async () => {
  await using system = await testSystem();
  const other = await restart(system);
  const owners = await newOwners(system, 30);
  const before = await marks(system, owners);
  later(system, 7);
  await Promise.all(
    [system, other, system].map(({ vault }) => vault.epochs.advance(routine(system), never)),
  );
  await system.vault.epochs.advance(routine(system), never);
  assert.equal((await system.vault.epochs.list()).length, 2);
  for (const owner of owners) assert.deepEqual(await epochsOfKeys(system, owner), [2]);
  assert.deepEqual(await marks(other, owners), before);
});

test('a batch that another process has written meanwhile is written once', async () => {
  await using system = await testSystem();
  const owners = await newOwners(system, 30);
  const before = await marks(system, owners);
  later(system, 7);
  const stop = () => {
    throw new Error('the epoch has begun');
  };
  const begun = system.vault.epochs.advance(routine(system), never, (point) =>
    point === 'epoch has begun' ? stop() : undefined,
  );
  await assert.rejects(begun, /has begun/);
  const keys = keysOf(system);
  const read = () => wrapBatch(keys, system.keyring.roots, 1, null);
  const written: number[] = [];
  for (const batch of [await read(), await read()])
    written.push(await keys.transaction().execute((tx) => writeBatch(tx, batch, 1)));
  assert.deepEqual(written, [owners.length, 0]);
  assert.deepEqual(await marks(system, owners), before);
});

test('sign-ups and erasures at any moment of a re-wrap: the living stay readable, the erased stay erased', async () => {
  await using system = await testSystem();
  const doings = fc.array(fc.constantFrom('create', 'fence', 'open'), {
    minLength: 5,
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(doings, async (names) => {
      later(system, 7);
      const op = system.op('nobody', 'sign-up');
      const living = new Map<OwnerId, string>();
      for (const owner of await newOwners(system, 25)) living.set(owner, await mark(system, owner));
      const [...old] = living.keys();
      const erased: OwnerId[] = [];
      const doing = names.map(async (name, index) => {
        const owner = old[index % old.length] as OwnerId;
        if (name === 'create') {
          const fresh = await newOwner(system);
          living.set(fresh, await mark(system, fresh));
        } else if (name === 'fence') {
          living.delete(owner);
          erased.push(owner);
          await system.vault.fence(op as never, owner);
        } else if (living.has(owner)) {
          await mark(system, owner).catch((error: unknown) =>
            assert.ok(isProblem(error, 'fenced')),
          );
        }
      });
      await Promise.all([advanceEpochs(routine(system)), ...doing]);
      await advanceEpochs(routine(system));
      assert.equal((await partitions(system)).length, 1);
      for (const [owner, was] of living) assert.equal(await mark(system, owner), was);
      for (const owner of erased) {
        assert.deepEqual(await epochsOfKeys(system, owner), []);
        await assert.rejects(mark(system, owner), (error) => isProblem(error, 'fenced'));
      }
    }),
    { numRuns: 8 },
  );
});

async function holdingRow(
  system: TestSystem,
  owner: OwnerId,
  work: () => Promise<void>,
): Promise<void> {
  await keysOf(system)
    .transaction()
    .execute(async (tx) => {
      await tx
        .selectFrom('keys.owner')
        .select('owner_id')
        .where('owner_id', '=', owner)
        .forUpdate()
        .execute();
      await work();
    });
}

test('while somebody holds an owner no epoch begins or ends, and what is held is wrapped afterwards', async () => {
  await using system = await testSystem();
  const [held, other] = (await newOwners(system, 2)) as [OwnerId, OwnerId];
  later(system, 7);
  await holdingRow(system, held, async () => {
    assert.equal(await advanceEpochs(routine(system)), 0);
  });
  const stop = (point: string) => {
    if (point === 'epoch has begun') throw new Error('stopped');
  };
  await assert.rejects(advanceEpochs(routine(system), stop), /stopped/);
  await holdingRow(system, held, async () => {
    assert.ok((await advanceEpochs(routine(system))) > 0);
    assert.deepEqual(await epochsOfKeys(system, held), [1]);
    assert.deepEqual(await epochsOfKeys(system, other), [1, 2]);
  });
  await advanceEpochs(routine(system));
  for (const owner of [held, other]) assert.deepEqual(await epochsOfKeys(system, owner), [2]);
});

test('an erasure during a re-wrap takes the key from both epochs, and its fence names the newer', async () => {
  await using system = await testSystem();
  const owner = await newOwner(system);
  later(system, 7);
  const stop = (point: string) => {
    if (point === 'keys are wrapped anew') throw new Error('stopped');
  };
  await assert.rejects(advanceEpochs(routine(system), stop), /stopped/);
  assert.deepEqual(await epochsOfKeys(system, owner), [1, 2]);
  const { ledgerIndex } = await system.vault.fence(system.op('nobody', 'sign-up') as never, owner);
  assert.deepEqual(await epochsOfKeys(system, owner), []);
  assert.equal(await system.vault.epochs.epochOfFence(ledgerIndex), 2);
  await advanceEpochs(routine(system));
});
