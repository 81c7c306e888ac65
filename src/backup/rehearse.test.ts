import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { OwnerId } from '../ids.ts';
import { readConfig } from '../config.ts';
import { projectFolder } from '../project.ts';
import { advanceErasure } from '../routines/erasure.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import { backupSystem } from './backup.fixture.ts';
import type { BackupSystem } from './backup.fixture.ts';
import { rehearse } from './rehearse.ts';
import type { Rehearsal } from './rehearse.ts';

async function erase({ system }: BackupSystem, owner: OwnerId): Promise<void> {
  const customer = system.op({ party: 'customer', owner }, 'leaving');
  const erasureId = await askErasure(customer, owner, newReceiptCode());
  await advanceErasure(system.op('routine', 'leaving'), erasureId, system.around);
}

function rehearsed(backups: BackupSystem): Promise<Rehearsal> {
  const { system, parts, folder, identityFiles } = backups;
  const config = readConfig({ VARSAM_DATA: system.folder }, projectFolder);
  const op = system.op({ party: 'routine', routine: 'rehearsal' }, 'proof');
  const sources = [path.join(folder, 'place')];
  return rehearse(op, { ...parts, config }, { sources, identityFiles });
}

/** Scratch clusters that this process has started; other tests have theirs. */
function ownScratch(): string[] {
  const there = readdirSync(os.tmpdir()).filter((name) => name.startsWith('varsam-throw-away-'));
  return there.filter((name) => {
    const file = path.join(os.tmpdir(), name, 'owner.json');
    if (!existsSync(file)) return false;
    return (JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid === process.pid;
  });
}

test('after real use and erasures before, during and since the backup, nothing of the erased is found', async () => {
  await using backups = await backupSystem();
  const { system } = backups;
  const before = await system.newCustomer({ email: 'a@example.se' });
  const since = await system.newCustomer({ email: 'b@example.se' });
  const stays = await system.newCustomer({ email: 'c@example.se' });
  for (const owner of [before, since, stays]) await system.placeOrderFor(owner);
  await erase(backups, before);
  await backups.back();
  await erase(backups, since);
  const result = await rehearsed(backups);
  assert.deepEqual(result.found, []);
  assert.equal(result.outcome, 'clean');
  assert.equal(result.epoch, 1);
  assert.ok(result.lookedAt > 50);
  assert.deepEqual(ownScratch(), []);
  const row = await system.db
    .selectFrom('routines.rehearsal')
    .selectAll()
    .executeTakeFirstOrThrow();
  assert.equal(row.outcome, 'clean');
  assert.ok(row.keys_taken_at?.equals(system.now));
});

test('a backup whose rows do not open, and one that cannot be read, are told and written down', async () => {
  await using backups = await backupSystem();
  const { system, folder } = backups;
  await system.placeOrderFor(await system.newCustomer());
  await system.fresh.records.pool.query(
    `update history."order" set sealed = set_byte(sealed, 40, (get_byte(sealed, 40) + 1) % 256)`,
  );
  await backups.back();
  const damaged = await rehearsed(backups);
  assert.deepEqual(
    [damaged.outcome, damaged.found],
    ['found', ['history.order: 1 of 1 do not open']],
  );
  rmSync(path.join(folder, 'place'), { recursive: true });
  const none = await rehearsed(backups);
  assert.equal(none.outcome, 'failed');
  assert.match(none.found[0] ?? '', /no whole archive of the records/);
  const rows = await system.db.selectFrom('routines.rehearsal').select('outcome').execute();
  assert.deepEqual(rows.map(({ outcome }) => outcome).toSorted(), ['failed', 'found']);
});
