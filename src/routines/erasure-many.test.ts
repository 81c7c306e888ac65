// What must hold when there is much of it: twenty thousand letters before the key goes, twenty closings at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { newRowId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import { disclosures } from '../recipients/disclosures.ts';
import { advanceErasure } from './erasure.ts';
import { askErasure } from './erasure-ask.ts';
import { referencesInPage } from './erasure-remove.ts';
import { newReceiptCode } from './receipt-code.ts';

const ask = (system: TestSystem, owner: OwnerId) =>
  askErasure(system.op({ party: 'customer', owner }, 'leaving'), owner, newReceiptCode());

/** Letters that a customer has had from us, as the gate wrote them down. */
async function addLetters(system: TestSystem, owner: OwnerId, count: number): Promise<string[]> {
  const op = system.op('routine', 'service-message');
  const { recipient_id } = await system.db
    .selectFrom('recipients.recipient')
    .select('recipient_id')
    .executeTakeFirstOrThrow();
  const references = Array.from({ length: count }, (_, index) => `<letter-${index}@example.se>`);
  await inTransaction(op, async (write) => {
    const sealer = await write.vault.sealFor(write, owner);
    const rows = references.map((reference) => {
      const disclosure_id = newRowId(write.now);
      return {
        owner_id: owner,
        disclosure_id,
        disclosed_at: write.now,
        recipient_id,
        agreement_id: null,
        row_id: disclosure_id,
        purpose: 'service-message',
        category: 'messages',
        fields: ['email'],
        sealed: sealer.seal(disclosures, disclosure_id, { reference }),
      };
    });
    await write.db.insertInto('recipients.disclosure').values(rows).execute();
  });
  return references;
}

/** Every statement that a stretch of work sends to the records store. */
async function countStatements(system: TestSystem, work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const { pool } = system.fresh.records;
  const count1 = (client: { query: unknown }) => {
    const query = client.query as (...values: unknown[]) => unknown;
    client.query = (...values: unknown[]) => {
      count += 1;
      return query.apply(client, values);
    };
  };
  pool.on('acquire', count1);
  await work();
  pool.off('acquire', count1);
  return count;
}

test('of many letters each reference reaches its recipient, in requests of a bounded size', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const letters = await addLetters(system, owner, 2 * referencesInPage + 7);
  const erasureId = await ask(system, owner);
  const told: (readonly string[])[] = [];
  const ids = new Set<string>();
  const around = {
    ...system.around,
    tell: (_: unknown, request: { requestId: string; references: readonly string[] }) => {
      told.push(request.references);
      ids.add(request.requestId);
      return Promise.resolve('confirmed' as const);
    },
  };
  const state = await advanceErasure(system.op('routine', 'leaving'), erasureId, around);
  assert.equal(state, 'complete');
  assert.equal(told.length, 3);
  assert.equal(ids.size, 3, 'each request has an id of its own');
  assert.ok(told.every(({ length }) => length <= referencesInPage));
  const all = told.flat();
  // The letter of the sign-up is one of them.
  assert.equal(all.length, letters.length + 1);
  for (const letter of letters) assert.ok(all.includes(letter), letter);
});

test('a recipient that falls silent halfway is asked for the rest, and not again for what it confirmed', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  await addLetters(system, owner, 2 * referencesInPage);
  const erasureId = await ask(system, owner);
  const told: string[] = [];
  let answers = 0;
  const around = {
    ...system.around,
    tell: (_: unknown, request: { references: readonly string[] }) => {
      answers += 1;
      if (answers === 2) return Promise.resolve('silent' as const);
      told.push(...request.references);
      return Promise.resolve('confirmed' as const);
    },
  };
  const op = () => system.op('routine', 'leaving');
  assert.equal(await advanceErasure(op(), erasureId, around), 'removed');
  system.now = system.now.add({ minutes: 5 });
  assert.equal(await advanceErasure(op(), erasureId, around), 'complete');
  assert.equal(told.length, new Set(told).size);
  assert.equal(told.length, 2 * referencesInPage + 1);
});

test('what is done before the key goes does not grow with the letters', async () => {
  await using system = await testSystem();
  const counts: number[] = [];
  for (const [index, letters] of [1, 3 * referencesInPage].entries()) {
    const owner = await system.newCustomer({ email: `person${index}@example.se` });
    await addLetters(system, owner, letters);
    counts.push(
      await countStatements(system, async () => {
        const erasureId = await ask(system, owner);
        await advanceErasure(system.op('routine', 'leaving'), erasureId, system.around, 'fenced');
      }),
    );
  }
  assert.equal(counts[0], counts[1]);
});

test('twenty closings at once, on pools of five connections, wait for nobody but each other', async () => {
  await using system = await testSystem();
  const owners: OwnerId[] = [];
  for (let index = 0; index < 20; index += 1) {
    system.now = system.now.add({ minutes: 20 });
    owners.push(await system.newCustomer({ email: `person${index}@example.se` }));
  }
  const states = await Promise.all(
    owners.map(async (owner) => {
      const erasureId = await ask(system, owner);
      return advanceErasure(system.op('routine', 'leaving'), erasureId, system.around, 'fenced');
    }),
  );
  assert.deepEqual([...new Set(states)], ['fenced']);
  const fences = await system.vault.fences(system.now.subtract({ hours: 1 }));
  assert.equal(fences.length, 20);
  assert.equal(new Set(fences.map(({ ledgerIndex }) => ledgerIndex)).size, 20);
});
