import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openKysely, openPool } from '../database/pool.ts';
import type { RecordsTables } from '../database/records.ts';
import { advanceErasure } from '../routines/erasure.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import { supplierInFolder } from '../sandbox/mail-supplier.fixture.ts';
import { requestSignUp } from '../accounts/sign-up.ts';
import { confirmationToken, links, person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import {
  accepted,
  customerWithEmptyOutbox,
  fakeSmtp,
  sendAll,
  sender,
  sendOne,
  waiting,
  writeTo,
} from './outbox.fixture.ts';
import { sendNext } from './outbox.ts';

const count = async (system: TestSystem, table: 'recipients.disclosure' | 'messages.outbox') =>
  (await system.db.selectFrom(table).select('owner_id').execute()).length;

test('a transport that fails leaves the disclosure, and the letter waits', async () => {
  await using system = await testSystem();
  await writeTo(system, await customerWithEmptyOutbox(system));
  const before = await count(system, 'recipients.disclosure');
  const broken = fakeSmtp(() => {
    throw new Error('no line');
  });
  await assert.rejects(sendOne(system, broken), /no line/);
  assert.equal(await count(system, 'recipients.disclosure'), before + 1);
  assert.equal((await waiting(system)).length, 1);
  system.now = system.now.add({ minutes: 1 });
  assert.equal(await sendAll(system, fakeSmtp()), 1);
});

test('a letter that cannot be opened or sent does not stop those behind it', async () => {
  await using system = await testSystem();
  const owner = await customerWithEmptyOutbox(system);
  await writeTo(system, owner, 'skadat');
  const [damaged] = await waiting(system);
  await system.db
    .updateTable('messages.outbox')
    .set({ sealed: Buffer.alloc(80, 1) as never })
    .where('message_id', '=', damaged!.message_id)
    .execute();
  system.now = system.now.add({ seconds: 1 });
  await writeTo(system, owner, 'helt');
  const smtp = fakeSmtp();
  await assert.rejects(sendOne(system, smtp), /sealed-damaged/);
  assert.equal(await sendOne(system, smtp), true);
  assert.deepEqual(
    smtp.sent.map(({ subject }) => subject),
    ['helt'],
  );
  assert.deepEqual(
    (await waiting(system)).map(({ message_id }) => message_id),
    [damaged!.message_id],
  );
});

test('a letter of a customer whose key is lost does not stop the others', async () => {
  await using system = await testSystem();
  const maja = await customerWithEmptyOutbox(system);
  const nils = await system.newCustomer({ email: 'nils@example.se' });
  await sendAll(system, fakeSmtp());
  await writeTo(system, maja);
  system.now = system.now.add({ seconds: 1 });
  await writeTo(system, nils, 'till Nils');
  await system.fresh.keys.pool.query('delete from keys.owner_key where owner_id = $1', [maja]);
  const smtp = fakeSmtp();
  await assert.rejects(sendOne(system, smtp), /key-missing/);
  assert.equal(await sendOne(system, smtp), true);
  assert.equal(smtp.sent[0]?.subject, 'till Nils');
});

test('a letter to somebody who asked to be erased is never sent', async () => {
  await using system = await testSystem();
  const owner = await customerWithEmptyOutbox(system);
  await writeTo(system, owner);
  const leaving = system.op({ party: 'customer', owner }, 'leaving');
  const erasureId = await askErasure(leaving, owner, newReceiptCode());
  const smtp = fakeSmtp();
  await sendAll(system, smtp);
  assert.equal(smtp.sent.length, 0);
  assert.deepEqual(await waiting(system), []);
  const routine = system.op('routine', 'leaving');
  assert.equal(await advanceErasure(routine, erasureId, system.around), 'complete');
});

test('an erasure that comes while a letter is under way lets it end, then removes its traces', async () => {
  await using system = await testSystem();
  const owner = await customerWithEmptyOutbox(system);
  await writeTo(system, owner);
  const underWay = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const smtp = fakeSmtp(async () => {
    underWay.resolve();
    await answer.promise;
    return accepted;
  });
  const sending = sendOne(system, smtp);
  await underWay.promise;
  const leaving = system.op({ party: 'customer', owner }, 'leaving');
  const erasureId = await askErasure(leaving, owner, newReceiptCode());
  const erasing = advanceErasure(system.op('routine', 'leaving'), erasureId, system.around);
  await somebodyWaits(system);
  answer.resolve();
  assert.equal(await sending, true);
  assert.equal(await erasing, 'complete');
  assert.equal(smtp.sent.length, 1);
});

test('a supplier that answers slowly gets a letter once', async () => {
  await using system = await testSystem();
  await writeTo(system, await customerWithEmptyOutbox(system));
  const pool = openPool({ ...system.fresh.records.connection, max: 3 });
  pool.on(
    'connect',
    (client) => void client.query('set idle_in_transaction_session_timeout = 150'),
  );
  const op = system.op({ party: 'routine', routine: 'send-mail' }, 'service-message');
  const smtp = fakeSmtp(async () => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return accepted;
  });
  try {
    await sendNext({ ...op, db: openKysely<RecordsTables>(pool) }, smtp, sender);
  } finally {
    await pool.end();
  }
  assert.deepEqual(await waiting(system), []);
});

test('the confirmation of a sign-up reaches a real mailbox, signed and through the gate', async () => {
  await using system = await testSystem();
  await using supplier = await supplierInFolder();
  await askForAccount(system);
  const token = await confirmationToken(system, person.email);
  assert.equal(await sendAll(system, supplier.smtp()), 1);
  const [mail] = supplier.supplier.messages();
  assert.deepEqual(mail?.recipients, [person.email]);
  assert.ok(mail.text.includes(token));
  assert.equal(mail.dkim.result, 'valid');
  assert.equal(await count(system, 'messages.outbox'), 0);
  assert.equal(await count(system, 'recipients.disclosure'), 1);
});

test('mail waits while the supplier is down, and goes when it is back', async () => {
  await using system = await testSystem();
  await askForAccount(system);
  await using supplier = await supplierInFolder();
  const down = supplier.smtp({ port: 1, connectionTimeoutMs: 500 });
  await sendAll(system, down);
  assert.equal(await count(system, 'messages.outbox'), 1);
  system.now = system.now.add({ minutes: 1 });
  assert.equal(await sendAll(system, supplier.smtp()), 1);
  assert.equal(supplier.supplier.messages().length, 1);
});

async function askForAccount(system: TestSystem): Promise<void> {
  const wish = { email: person.email, language: 'sv' } as const;
  await requestSignUp(system.op('nobody', 'sign-up'), wish, links);
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
