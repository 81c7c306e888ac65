import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { begin } from '../begin.ts';
import type { KeysTables } from '../database/keys.ts';
import { openKysely } from '../database/pool.ts';
import type { RecordsTables } from '../database/records.ts';
import { newOwnerId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { isProblem } from '../problem.ts';
import { advanceErasure } from '../routines/erasure.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import { Installation } from '../stores.fixture.ts';
import type { Part } from '../stores.fixture.ts';
import type { Stores } from '../stores.ts';
import { testSystem } from '../../test/system.ts';
import { addOwner } from './vault.ts';

const parts: readonly Part[] = ['records', 'keys', 'ledger'];

function wentBack(part: Part) {
  return (error: unknown) => {
    assert.ok(isProblem(error, 'store-went-back'), String(error));
    assert.match(error.detail, new RegExp(`^The ${part} store went back`));
    assert.match(error.detail, new RegExp(`Put back the newest copy of the ${part} store`));
    return true;
  };
}

function opOf(
  stores: Stores,
  actor: Operation['actor'],
  { now }: Installation,
  purpose: Operation['purpose'],
): Operation {
  return begin({ db: stores.db, vault: stores.vault, actor, purpose, now });
}

async function newOwner(stores: Stores, installation: Installation): Promise<OwnerId> {
  const op = opOf(stores, { party: 'routine', routine: 'test' }, installation, 'leaving');
  const owner = newOwnerId();
  await op.vault.createKey(op, owner);
  await inTransaction(op, (write) => addOwner(write, owner, 'account'));
  return owner;
}

/** Erases as far as it is asked for. */
async function erase(
  stores: Stores,
  installation: Installation,
  owner: OwnerId,
  until?: Parameters<typeof advanceErasure>[3],
): Promise<void> {
  const customer = { party: 'customer', owner } as const;
  const op = opOf(stores, customer, installation, 'leaving');
  const erasureId = await askErasure(op, owner, newReceiptCode());
  const routine = { party: 'routine', routine: 'test' } as const;
  const around = {
    tell: () => Promise.resolve('confirmed' as const),
    logFolder: join(installation.folder, 'log'),
    sandbox: true,
    passed: () => undefined,
    clock: () => installation.now,
  };
  await advanceErasure(opOf(stores, routine, installation, 'leaving'), erasureId, around, until);
}

for (const part of parts) {
  test(`the ${part} store from before an erasure is refused, even without a start in between`, async () => {
    await using installation = await Installation.prepare();
    const owner = await newOwner(await installation.start(), installation);
    const older = await installation.copy(part);
    // A command works on the stores without counting a start.
    await erase(await installation.start({ role: 'command' }), installation, owner);
    await installation.putBack(part, older);
    await assert.rejects(installation.start(), wentBack(part));
  });

  test(`the ${part} store from before the last start is refused`, async () => {
    await using installation = await Installation.prepare();
    await installation.start();
    const older = await installation.copy(part);
    await installation.start();
    await installation.putBack(part, older);
    await assert.rejects(installation.start(), wentBack(part));
    await assert.rejects(installation.start(), wentBack(part));
  });

  test(`the ${part} store from before its owner came and went is refused`, async () => {
    await using installation = await Installation.prepare();
    await installation.start();
    const older = await installation.copy(part);
    const stores = await installation.start({ role: 'command' });
    await erase(stores, installation, await newOwner(stores, installation));
    await installation.putBack(part, older);
    await assert.rejects(installation.start(), wentBack(part));
  });
}

test('a count of starts that cannot be read, or is gone, is told as a fault of the ledger', async () => {
  await using installation = await Installation.prepare();
  await installation.start();
  const file = join(installation.folder, 'ledger', 'starts');
  for (const damaged of ['', '{"counter":']) {
    writeFileSync(file, damaged);
    await assert.rejects(installation.start(), wentBack('ledger'));
  }
  rmSync(file);
  await assert.rejects(installation.start(), wentBack('ledger'));
});

test('all three from the same moment start again', async () => {
  await using installation = await Installation.prepare();
  const owner = await newOwner(await installation.start(), installation);
  const older = new Map<Part, string>();
  for (const part of parts) older.set(part, await installation.copy(part));
  await erase(await installation.start(), installation, owner);
  for (const part of parts) await installation.putBack(part, older.get(part) as string);
  await installation.start();
});

test('an erasure that was interrupted at any state does not look like a store that went back', async () => {
  await using installation = await Installation.prepare();
  for (const until of ['asked', 'fencing', 'fenced', 'removed', 'told', 'verified'] as const) {
    const stores = await installation.start();
    await erase(stores, installation, await newOwner(stores, installation), until);
    await installation.start();
  }
});

test('a crash at any point of a start, any number of times in a row, is not taken for a store that went back', async () => {
  await using system = await testSystem();
  const records = openKysely<RecordsTables>(system.fresh.records.pool);
  const keys = openKysely<KeysTables>(system.fresh.keys.pool);
  const { assertNothingWentBack, countStart } = await import('./restore-gate.ts');
  const dies = <T extends object>(db: T): T =>
    Object.create(db, {
      updateTable: {
        value: () => {
          throw new Error('killed');
        },
      },
    }) as T;
  const whole = { records, keys, ledger: system.ledger };
  const starts: Record<string, () => Promise<void>> = {
    'before keys': () => countStart({ ...whole, keys: dies(keys) }),
    'before records': () => countStart({ ...whole, records: dies(records) }),
    'before the end': async () => {
      await countStart(whole);
      const { start_counter: counter } = await records
        .selectFrom('system.store')
        .select('start_counter')
        .executeTakeFirstOrThrow();
      const unfinished = JSON.stringify({ counter, complete: false });
      writeFileSync(join(system.folder, 'ledger', 'starts'), unfinished);
      throw new Error('killed');
    },
    whole: () => countStart(whole),
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...Object.keys(starts)), { maxLength: 6 }),
      async (names) => {
        for (const name of names) {
          await assertNothingWentBack(whole);
          await starts[name]?.().catch(() => undefined);
        }
        await assertNothingWentBack(whole);
      },
    ),
    { numRuns: 25 },
  );
});
