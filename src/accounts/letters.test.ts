import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confirmationToken, links, person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { accepted, fakeSmtp, sendAll } from '../messages/outbox.fixture.ts';
import { erasureReferences, openCaseOf } from '../routines/erasure-case.ts';
import { advanceErasure } from '../routines/erasure.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { tellOfLetters } from '../routines/day-letters.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import { confirmSignUp, findSignup, requestSignUp } from './sign-up.ts';

const ask = (system: TestSystem, email: string = person.email) =>
  requestSignUp(system.op('nobody', 'sign-up'), { email, language: 'sv' }, links);

async function confirm(system: TestSystem, token: string) {
  const op = system.op('nobody', 'sign-up');
  const found = await findSignup(op, token);
  assert.ok(found);
  await confirmSignUp(op, found, { name: person.name, password: person.password, device: '?' });
  return found.accountId;
}

const ownersOf = async (
  system: TestSystem,
  table: 'recipients.disclosure' | 'messages.departure',
) =>
  (await system.db.selectFrom(table).select('owner_id').execute()).map(({ owner_id }) => owner_id);

test('letters sent before there was an account belong to it afterwards, and its erasure tells of all of them', async () => {
  await using system = await testSystem();
  await ask(system);
  await ask(system, person.email.toUpperCase());
  const smtp = fakeSmtp(() => accepted);
  const token = await confirmationToken(system, person.email);
  await sendAll(system, smtp);
  const owner = await confirm(system, token);
  assert.deepEqual(await ownersOf(system, 'recipients.disclosure'), [owner, owner]);
  assert.deepEqual(await ownersOf(system, 'messages.departure'), [owner, owner]);
  await ask(system);
  await sendAll(system, smtp);
  assert.deepEqual(await ownersOf(system, 'recipients.disclosure'), [owner, owner, owner]);

  const leaving = system.op({ party: 'customer', owner }, 'leaving');
  const erasureId = await askErasure(leaving, owner, newReceiptCode());
  const routine = system.op('routine', 'leaving');
  await advanceErasure(routine, erasureId, system.around, 'removed');
  const pages = await system.db.selectFrom('routines.erasure_reference').selectAll().execute();
  const opened = await openCaseOf(routine, erasureId);
  const told = pages.flatMap(
    ({ page_id, sealed }) =>
      opened?.opener.open(erasureReferences, page_id, sealed).references ?? [],
  );
  assert.deepEqual(told.toSorted(), smtp.sent.map(({ messageId }) => messageId).toSorted());
});

test('a letter that still waits when its address is confirmed is not sent any more', async () => {
  await using system = await testSystem();
  await ask(system);
  await ask(system);
  await confirm(system, await confirmationToken(system, person.email));
  assert.equal(await sendAll(system, fakeSmtp()), 0);
});

test('letters to addresses that nobody confirmed are erased at the supplier before their day ends', async () => {
  await using system = await testSystem();
  await ask(system);
  await ask(system, 'nils@example.se');
  const smtp = fakeSmtp();
  await sendAll(system, smtp);
  const told: string[] = [];
  const tell =
    (answer: 'confirmed' | 'silent') =>
    (_to: unknown, request: { references: readonly string[] }) => {
      told.push(...request.references);
      return Promise.resolve(answer);
    };
  const op = () => system.op('routine', 'leaving');
  system.now = system.now.add({ hours: 48 });
  assert.equal(await tellOfLetters(op(), tell('confirmed')), 0, 'the links still work');
  system.now = system.now.add({ milliseconds: 1 });
  assert.equal(await tellOfLetters(op(), tell('silent')), 0);
  assert.equal(await tellOfLetters(op(), tell('confirmed')), 2);
  const sent = smtp.sent.map(({ messageId }) => messageId).toSorted();
  assert.deepEqual([...new Set(told)].toSorted(), sent);
  assert.equal(await tellOfLetters(op(), tell('confirmed')), 0, 'once');
});
