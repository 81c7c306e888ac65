import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { KeysTables } from '../database/keys.ts';
import { openKysely } from '../database/pool.ts';
import { newOwnerId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { isProblem } from '../problem.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { OwnerKeys } from './owner-keys.ts';

let system: TestSystem;
let keys: OwnerKeys;
const db = () => openKysely<KeysTables>(system.fresh.keys.pool);
const address = (value: string) => ({ kind: 'account-email', value }) as const;
const fence = (owner: OwnerId) => keys.fence(owner, system.ledger, system.now, () => undefined);

before(async () => {
  system = await testSystem();
  keys = new OwnerKeys(db(), system.keyring);
});
after(() => system[Symbol.asyncDispose]());

async function rowsOf(owner: OwnerId): Promise<number> {
  const tables = ['keys.owner', 'keys.owner_key', 'keys.blind_index'] as const;
  const found = await Promise.all(
    tables.map((table) =>
      db().selectFrom(table).select('owner_id').where('owner_id', '=', owner).execute(),
    ),
  );
  return found.flat().length;
}

test('a key that is missing without a fence is told as lost data, never as erased', async () => {
  await assert.rejects(keys.unwrap(newOwnerId()), (error) => isProblem(error, 'key-missing'));
  const owner = newOwnerId();
  await keys.create(owner, [], system.now);
  await db().deleteFrom('keys.owner_key').where('owner_id', '=', owner).execute();
  await assert.rejects(keys.unwrap(owner), (error) => isProblem(error, 'key-missing'));
});

test('an erased owner has no key, no address, and never gets a key again', async () => {
  const owner = newOwnerId();
  await keys.create(owner, [address('karin@example.se')], system.now);
  await fence(owner);
  await assert.rejects(keys.unwrap(owner), (error) => isProblem(error, 'fenced'));
  assert.equal(await keys.ownerOf(address('karin@example.se')), null);
  await assert.rejects(keys.create(owner, [], system.now), (error) => isProblem(error, 'fenced'));
  assert.equal(await rowsOf(owner), 0);
});

test('a fence is put up once, whoever repeats it', async () => {
  const owner = newOwnerId();
  await keys.create(owner, [], system.now);
  const first = await fence(owner);
  assert.deepEqual(await fence(owner), first);
  const stands = await system.vault.isFenceInLedger({ owner, ...first });
  assert.ok(stands);
});

test('an owner without a key can be fenced too, so that none comes later', async () => {
  const owner = newOwnerId();
  await fence(owner);
  await assert.rejects(keys.create(owner, [], system.now), (error) => isProblem(error, 'fenced'));
});

test('a crash between the ledger and the key is taken up, with one entry in the ledger', async () => {
  const owner = newOwnerId();
  await keys.create(owner, [], system.now);
  const crash = (point: string) => {
    throw new Error(`killed: ${point}`);
  };
  await assert.rejects(keys.fence(owner, system.ledger, system.now, crash), /ledger has the fence/);
  const { size } = system.ledger.log;
  await keys.unwrap(owner);
  const { ledgerIndex } = await fence(owner);
  assert.equal(ledgerIndex, size - 1);
  assert.equal(system.ledger.log.size, size);
});

test('when creation and fence race, no key outlives the fence', async () => {
  for (let round = 0; round < 25; round += 1) {
    const owner = newOwnerId();
    const create = () => keys.create(owner, [address(`r${round}@example.se`)], system.now);
    const settled = await Promise.allSettled(
      round % 2 === 0 ? [create(), fence(owner)] : [fence(owner), create()],
    );
    const refused = settled.find(({ status }) => status === 'rejected');
    if (refused?.status === 'rejected')
      assert.ok(isProblem(refused.reason, 'fenced'), String(refused.reason));
    assert.equal(await rowsOf(owner), 0);
    assert.equal(await keys.ownerOf(address(`r${round}@example.se`)), null);
    await assert.rejects(create(), (error) => isProblem(error, 'fenced'));
  }
});

test('an address leads to one owner: the second who claims it is refused, also at once', async () => {
  const owners = Array.from({ length: 6 }, newOwnerId);
  const settled = await Promise.allSettled(
    owners.map((owner) => keys.create(owner, [address('twice@example.se')], system.now)),
  );
  const refused = settled.filter((each) => each.status === 'rejected');
  assert.equal(refused.length, 5);
  for (const { reason } of refused) assert.ok(isProblem(reason, 'conflict'), String(reason));
  const winner = await keys.ownerOf(address('twice@example.se'));
  assert.equal(winner, owners[settled.findIndex(({ status }) => status === 'fulfilled')]);
  for (const owner of owners.filter((each) => each !== winner))
    assert.equal(await rowsOf(owner), 0);
});

test('case and Unicode form of an address make no other owner', async () => {
  const owner = newOwnerId();
  await keys.create(owner, [address('Åsa.Öberg@Example.SE')], system.now);
  for (const same of [
    'åsa.öberg@example.se',
    'ÅSA.ÖBERG@EXAMPLE.SE',
    'Åsa.Öberg@Example.SE'.normalize('NFD'),
    '  åsa.öberg@example.se\t',
  ]) {
    assert.equal(await keys.ownerOf(address(same)), owner, same);
  }
  assert.equal(await keys.ownerOf(address('asa.oberg@example.se')), null);
  assert.equal(await keys.ownerOf({ kind: 'staff-email', value: 'åsa.öberg@example.se' }), null);
});

test('what is stored of an address cannot be computed from the address', async () => {
  const email = 'gissa.mig@example.se';
  await keys.create(newOwnerId(), [address(email)], system.now);
  const rows = await db().selectFrom('keys.blind_index').select('value').execute();
  const stored = new Set(rows.map(({ value }) => Buffer.from(value).toString('hex')));
  for (const guess of [email, `account-email\0${email}`, `account-email${email}`]) {
    for (const algorithm of ['sha256', 'sha512', 'sha1', 'md5', 'sha3-256']) {
      assert.ok(!stored.has(createHash(algorithm).update(guess).digest('hex')));
    }
  }
  await using other = await testSystem();
  const elsewhere = new OwnerKeys(openKysely(other.fresh.keys.pool), other.keyring);
  await elsewhere.create(newOwnerId(), [address(email)], other.now);
  const there = await openKysely<KeysTables>(other.fresh.keys.pool)
    .selectFrom('keys.blind_index')
    .select('value')
    .executeTakeFirstOrThrow();
  assert.ok(!stored.has(Buffer.from(there.value).toString('hex')));
});
