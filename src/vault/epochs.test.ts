import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { Keys, KeysTables } from '../database/keys.ts';
import { openKysely } from '../database/pool.ts';
import { newOwnerId, newRowId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { isProblem } from '../problem.ts';
import { advanceEpochs, isEpochRehearsed, isRootCopied } from '../routines/epochs.ts';
import { restart } from '../../test/crashes.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { dueEpoch, Epochs, planWithoutBackups } from './epochs.ts';
import type { Epoch, EpochPlan } from './epochs.ts';
import type { WriteFile } from './private-files.ts';

const never = { isRehearsed: () => Promise.resolve(false), isCopied: () => Promise.resolve(false) };
const rehearsed: EpochPlan = { ...planWithoutBackups, keysBackups: 'rehearsed' };

const keysOf = (system: TestSystem): Keys => openKysely<KeysTables>(system.fresh.keys.pool);
const rootFile = ({ folder }: TestSystem, epoch: number) =>
  join(folder, 'keyring', 'epochs', `00000${epoch}.key`);
const routine = (system: TestSystem) => system.op('routine', 'retention');

function later(system: TestSystem, days: number): void {
  system.now = system.now.add({ hours: days * 24 });
}

async function newOwner(system: TestSystem): Promise<OwnerId> {
  const owner = newOwnerId();
  await system.vault.createKey(system.op('nobody', 'sign-up'), owner);
  return owner;
}

function newOwners(system: TestSystem, count: number): Promise<OwnerId[]> {
  return Promise.all(Array.from({ length: count }, () => newOwner(system)));
}

/** What an owner's key makes of a word: the same for as long as it is the same key. */
async function mark(system: TestSystem, owner: OwnerId): Promise<string> {
  return Buffer.from(await system.vault.mac(owner, 'test', 'word')).toString('hex');
}

function marks(system: TestSystem, owners: readonly OwnerId[]): Promise<string[]> {
  return Promise.all(owners.map((owner) => mark(system, owner)));
}

async function epochsOfKeys(system: TestSystem, owner: OwnerId): Promise<number[]> {
  const rows = await keysOf(system)
    .selectFrom('keys.owner_key')
    .select('epoch')
    .where('owner_id', '=', owner)
    .orderBy('epoch')
    .execute();
  return rows.map(({ epoch }) => epoch);
}

async function partitions(system: TestSystem): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'keys.owner_key'::regclass order by 1`.execute(keysOf(system));
  return rows.map(({ name }) => name);
}

function epochsWith(system: TestSystem, plan: EpochPlan, write?: WriteFile): Epochs {
  const { ledger, keyring } = system;
  return new Epochs({
    keys: keysOf(system),
    roots: keyring.roots,
    ledger,
    plan,
    ...(write && { write }),
  });
}

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

test('the new partition is swept as early as the old one, and the application makes no tables itself', async () => {
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

test('a clock that jumps makes no second epoch beside one that is under way, and destroys nothing early', async () => {
  await using system = await testSystem();
  const owner = await newOwner(system);
  const before = await mark(system, owner);
  const start = system.now;
  const epochs = epochsWith(system, rehearsed);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(-365, -7, -1, 0, 1, 7, 365), { minLength: 1, maxLength: 6 }),
      async (jumps) => {
        for (const days of jumps) {
          system.now = start.add({ hours: days * 24 });
          await epochs.advance(routine(system), never);
          const list = await epochs.list();
          assert.ok(list.filter(({ droppedAt }) => droppedAt === null).length === 1);
          assert.ok(list.every(({ destroyedAt }) => destroyedAt === null));
          assert.equal(await mark(system, owner), before);
        }
      },
    ),
    { numRuns: 10 },
  );
});

test('an epoch that a wrong clock dated far ahead does not last until then', () => {
  const now = Temporal.Instant.from('2026-11-22T12:00:00Z');
  const dated = (days: number) => {
    const beganAt = now.add({ hours: days * 24 });
    const newest = { epoch: 4, beganAt, rewrappedAt: null, droppedAt: null, destroyedAt: null };
    return dueEpoch([newest], now, planWithoutBackups);
  };
  assert.deepEqual([-8, -7, -6, 0, 1, 6, 7, 365].map(dated), [5, 5, null, null, null, null, 5, 5]);
});

test('a disk without room for the next root key begins nothing, and the next try does', async () => {
  await using system = await testSystem();
  const owner = await newOwner(system);
  later(system, 7);
  const half: WriteFile = (path, text) => {
    writeFileSync(path, text.slice(0, 20), { mode: 0o600 });
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  };
  const full = epochsWith(system, planWithoutBackups, half);
  await assert.rejects(full.advance(routine(system), never), (error) => {
    assert.ok(isProblem(error, 'keyring') && error.detail.includes('ENOSPC'));
    return true;
  });
  assert.deepEqual(system.keyring.roots.epochs(), [1]);
  assert.equal((await full.list()).length, 1);
  await advanceEpochs(routine(system));
  assert.deepEqual(await epochsOfKeys(system, owner), [2]);
});

test('a next root key that went missing is told by its name, and the old keys open until it is back', async () => {
  await using system = await testSystem();
  const owner = await newOwner(system);
  const before = await mark(system, owner);
  later(system, 7);
  const lose = (point: string) => {
    if (point === 'epoch has begun')
      renameSync(rootFile(system, 2), join(system.folder, 'lost.key'));
  };
  await assert.rejects(advanceEpochs(routine(system), lose), (error) => {
    assert.ok(isProblem(error, 'keyring') && error.detail.includes('000002.key is missing'));
    return true;
  });
  assert.equal(await mark(system, owner), before);
  await assert.rejects(newOwner(system), (error) => isProblem(error, 'keyring'));
  renameSync(join(system.folder, 'lost.key'), rootFile(system, 2));
  await advanceEpochs(routine(system));
  assert.equal(await mark(system, owner), before);
});

test('a key that does not open is told, the others move, and its epoch stays with its root', async () => {
  await using system = await testSystem();
  const [damaged, ...sound] = (await newOwners(system, 5)) as [OwnerId, ...OwnerId[]];
  await keysOf(system)
    .updateTable('keys.owner_key')
    .set({ wrapped: Buffer.alloc(60, 7) })
    .where('owner_id', '=', damaged)
    .execute();
  later(system, 7);
  await assert.rejects(advanceEpochs(routine(system)), (error) => {
    assert.ok(isProblem(error, 'sealed-damaged') && error.detail.startsWith('1 keys of epoch 1'));
    return true;
  });
  for (const owner of sound) assert.deepEqual(await epochsOfKeys(system, owner), [1, 2]);
  assert.ok(existsSync(rootFile(system, 1)));
  await marks(system, sound);
});

test('a destroyed root that a restored keyring brings back is destroyed again', async () => {
  await using system = await testSystem();
  const old = readFileSync(rootFile(system, 1));
  later(system, 7);
  await advanceEpochs(routine(system));
  writeFileSync(rootFile(system, 1), old);
  chmodSync(rootFile(system, 1), 0o600);
  await restart(system);
  assert.equal(await advanceEpochs(routine(system)), 1);
  assert.equal(existsSync(rootFile(system, 1)), false);
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
