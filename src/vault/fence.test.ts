import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { order } from '../history/holdings.ts';
import { newRowId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { isProblem } from '../problem.ts';
import { advanceErasure } from '../routines/erasure.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';

async function writeOrder(op: Operation, owner: OwnerId, pause: () => Promise<void>) {
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    await pause();
    const order_id = newRowId(op.now);
    const { name: recipient_name, street, postal_code, town } = person;
    const delivery = { recipient_name, phone: null, street, postal_code, town, message: null };
    await write.db
      .insertInto('history.order')
      .values({
        owner_id: owner,
        order_id,
        placed_at: op.now,
        state: 'placed',
        total_ore: 0,
        vat_ore: 0,
        sealed: sealer.seal(order, order_id, { number: 'K7QF-3M2P', ...delivery }),
      })
      .execute();
  });
}

/** Until some connection of this database waits for another one. */
async function somebodyWaits({ db }: TestSystem): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ waits: boolean }>`
      select exists (select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock') as waits`.execute(db);
    if (rows[0]?.waits) return;
  }
}

async function orders(system: TestSystem): Promise<number> {
  return (await system.db.selectFrom('history.order').select('order_id').execute()).length;
}

test('an erasure waits for who is writing, and removes what was written', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const op = system.op({ party: 'customer', owner }, 'order');
  const sealing = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const writing = writeOrder(op, owner, () => {
    sealing.resolve();
    return release.promise;
  });
  await sealing.promise;
  let asked = false;
  const leaving = system.op({ party: 'customer', owner }, 'leaving');
  const asking = askErasure(leaving, owner, newReceiptCode()).then((id) => {
    asked = true;
    return id;
  });
  await somebodyWaits(system);
  assert.equal(asked, false);
  release.resolve();
  await writing;
  const erasureId = await asking;
  assert.equal(await orders(system), 1);
  const routine = system.op('routine', 'leaving');
  assert.equal(await advanceErasure(routine, erasureId, system.around), 'complete');
  assert.equal(await orders(system), 0);
});

test('who comes to write after the erasure was asked for is refused', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const leaving = system.op({ party: 'customer', owner }, 'leaving');
  await askErasure(leaving, owner, newReceiptCode());
  const op = system.op({ party: 'customer', owner }, 'order');
  const late = writeOrder(op, owner, () => Promise.resolve());
  await assert.rejects(late, (error) => isProblem(error, 'fenced'));
  assert.equal(await orders(system), 0);
});

test('however writers and an erasure race, each is written and removed, or refused', async () => {
  await using system = await testSystem();
  for (let round = 0; round < 6; round += 1) {
    const owner = await system.newCustomer({ email: `r${round}@example.se` });
    const op = system.op({ party: 'customer', owner }, 'order');
    const write = () => writeOrder(op, owner, () => Promise.resolve());
    const leaving = system.op({ party: 'customer', owner }, 'leaving');
    const [erasureId, ...written] = await Promise.allSettled([
      askErasure(leaving, owner, newReceiptCode()),
      ...Array.from({ length: 4 }, write),
    ]);
    assert.equal(erasureId.status, 'fulfilled');
    for (const each of written) {
      if (each.status === 'rejected') assert.ok(isProblem(each.reason, 'fenced'));
    }
    const done = written.filter(({ status }) => status === 'fulfilled').length;
    assert.equal(await orders(system), done);
    const routine = system.op('routine', 'leaving');
    await advanceErasure(routine, erasureId.value, system.around);
    assert.equal(await orders(system), 0);
  }
});
