import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endAgreement, recipientByChannel, signAgreement } from '../recipients/register.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import {
  accepted,
  busy,
  customerWithEmptyOutbox,
  fakeSmtp,
  refused,
  sendAll,
  sendOne,
  silent,
  waiting,
  writeTo,
} from './outbox.fixture.ts';
import { countWaiting } from './outbox.ts';
import type { MailOutcome } from './smtp.ts';

const disclosuresOf = (system: TestSystem) =>
  system.db.selectFrom('recipients.disclosure').selectAll().execute();
const outcomesOf = async (system: TestSystem) =>
  (await system.db.selectFrom('recipients.outcome').select('outcome').execute()).map(
    ({ outcome }) => outcome,
  );
const departuresOf = (system: TestSystem) =>
  system.db.selectFrom('messages.departure').selectAll().execute();

async function withLetter(): Promise<TestSystem> {
  const system = await testSystem();
  await writeTo(system, await customerWithEmptyOutbox(system));
  return system;
}

test('a letter leaves with what was written, and is gone from the outbox', async () => {
  await using system = await withLetter();
  const [row] = await waiting(system);
  const smtp = fakeSmtp();
  assert.equal(await sendAll(system, smtp), 1);
  assert.deepEqual(smtp.sent, [
    {
      from: 'Exempel AB <kund@example.se>',
      to: 'maja@example.se',
      subject: 'Hej',
      text: 'Hej Maja',
      messageId: `<${row?.message_id}@example.se>`,
      language: 'sv',
    },
  ]);
  assert.deepEqual(await waiting(system), []);
  assert.equal(await sendOne(system, smtp), false);
});

test('every letter that left has a disclosure, an outcome and a departure', async () => {
  await using system = await testSystem();
  const owner = await customerWithEmptyOutbox(system);
  for (let n = 0; n < 3; n += 1) await writeTo(system, owner);
  await sendAll(system, fakeSmtp());
  const disclosures = await disclosuresOf(system);
  const departures = await departuresOf(system);
  assert.equal(disclosures.length, 4);
  assert.deepEqual(await outcomesOf(system), Array(4).fill('accepted'));
  assert.deepEqual(
    departures.map(({ disclosure_id }) => disclosure_id).toSorted(),
    disclosures.map(({ disclosure_id }) => disclosure_id).toSorted(),
  );
});

test('without an agreement a letter waits, unopened, and leaves when there is one again', async () => {
  await using system = await withLetter();
  const op = system.op('routine', 'employment');
  const { recipientId } = (await recipientByChannel(system.db, 'mail'))!;
  await endAgreement(op, recipientId);
  const before = (await disclosuresOf(system)).length;
  const smtp = fakeSmtp();
  for (let minutes = 0; minutes < 300; minutes += 60) {
    await sendAll(system, smtp);
    assert.deepEqual(await countWaiting(system.db), { waiting: 1, held: 1 });
    system.now = system.now.add({ minutes: 60 });
  }
  assert.equal(smtp.sent.length, 0);
  assert.equal((await disclosuresOf(system)).length, before);
  await signAgreement(system.op('routine', 'employment'), recipientId);
  assert.equal(await sendAll(system, smtp), 1);
  assert.equal(smtp.sent.length, 1);
  assert.deepEqual(await countWaiting(system.db), { waiting: 0, held: 0 });
});

test('a refusal for now is tried again after ever longer waits, six hours at most', async () => {
  await using system = await withLetter();
  const smtp = fakeSmtp(() => busy);
  const waits: number[] = [];
  for (let n = 0; n < 12; n += 1) {
    assert.equal(await sendOne(system, smtp), true);
    const [row] = await waiting(system);
    waits.push(row!.due_at.since(system.now).total('minutes'));
    assert.equal(await sendOne(system, smtp), false, 'not before it is due');
    system.now = row!.due_at;
  }
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]);
  assert.equal((await departuresOf(system)).length, 1, 'only the confirmation has left');
});

test('a refusal for good ends it, and nothing is said to have left', async () => {
  await using system = await withLetter();
  await sendAll(
    system,
    fakeSmtp(() => refused),
  );
  assert.deepEqual(await waiting(system), []);
  assert.deepEqual((await outcomesOf(system)).toSorted(), ['accepted', 'refused']);
  assert.equal((await departuresOf(system)).length, 1);
});

test('no answer counts as left, and is sent once more under the same Message-ID', async () => {
  await using system = await withLetter();
  const answers: MailOutcome[] = [silent, accepted];
  const smtp = fakeSmtp(() => answers.shift()!);
  await sendAll(system, smtp);
  assert.equal((await waiting(system)).length, 1);
  system.now = system.now.add({ minutes: 1 });
  await sendAll(system, smtp);
  assert.equal(smtp.sent.length, 2);
  assert.equal(smtp.sent[0]?.messageId, smtp.sent[1]?.messageId);
  assert.deepEqual((await outcomesOf(system)).toSorted(), ['accepted', 'accepted', 'unknown']);
  assert.equal((await departuresOf(system)).length, 3);
});

test('two workers never send the same letter, and together they send all', async () => {
  await using system = await testSystem();
  const owner = await customerWithEmptyOutbox(system);
  for (let n = 0; n < 12; n += 1) await writeTo(system, owner, `Brev ${n}`);
  const smtp = fakeSmtp(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return accepted;
  });
  const counts = await Promise.all([sendAll(system, smtp), sendAll(system, smtp)]);
  assert.equal(counts[0] + counts[1], 12);
  assert.equal(new Set(smtp.sent.map(({ subject }) => subject)).size, 12);
  assert.equal(smtp.sent.length, 12);
});

test('letters leave in the order in which they are due', async () => {
  await using system = await testSystem();
  const owner = await customerWithEmptyOutbox(system);
  for (const subject of ['första', 'andra', 'tredje']) {
    system.now = system.now.add({ seconds: 1 });
    await writeTo(system, owner, subject);
  }
  const smtp = fakeSmtp();
  await sendAll(system, smtp);
  assert.deepEqual(
    smtp.sent.map(({ subject }) => subject),
    ['första', 'andra', 'tredje'],
  );
});
