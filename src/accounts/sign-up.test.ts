import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outbox } from '../messages/outbox.ts';
import type { Mail } from '../messages/outbox.ts';
import { isProblem } from '../problem.ts';
import { advanceErasure } from '../routines/erasure.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import { confirmationToken, links, person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { signIn } from './sign-in.ts';
import { confirmSignUp, findSignup, requestSignUp } from './sign-up.ts';
import type { Signup } from './sign-up.ts';

const choice = { name: person.name, password: person.password, device: 'Firefox, Linux' };

function ask(system: TestSystem, email: string = person.email): Promise<void> {
  return requestSignUp(system.op('nobody', 'sign-up'), { email, language: 'sv' }, links);
}

async function letter(system: TestSystem): Promise<Signup> {
  const token = await confirmationToken(system, person.email);
  const signup = await findSignup(system.op('nobody', 'sign-up'), token);
  assert.ok(signup);
  return signup;
}

const confirm = (system: TestSystem, found: Signup, passed?: (point: string) => void) =>
  confirmSignUp(system.op('nobody', 'sign-up'), found, choice, passed);

const tables = [
  'accounts.account',
  'accounts.signup',
  'accounts.credential',
  'accounts.session',
  'messages.outbox',
  'vault.owner',
] as const;

async function rows(system: TestSystem): Promise<Record<string, number>> {
  const counts = tables.map(async (table) => {
    const found = await system.db.selectFrom(table).select('owner_id').execute();
    return [table, found.length] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

async function newestMail(system: TestSystem): Promise<Mail> {
  const row = await system.db
    .selectFrom('messages.outbox')
    .select(['owner_id', 'message_id', 'sealed'])
    .orderBy('written_at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const op = system.op('routine', 'service-message');
  const opener = await op.vault.openForGate(op, row.owner_id, 'messages');
  return opener.open(outbox, row.message_id, row.sealed) as Mail;
}

async function difference(system: TestSystem, work: () => Promise<void>) {
  const before = await rows(system);
  await work();
  const after = await rows(system);
  return tables.map((table) => (after[table] ?? 0) - (before[table] ?? 0));
}

test('asking for an account writes the same rows whether the address has one or not', async () => {
  await using system = await testSystem();
  await system.newCustomer();
  system.now = system.now.add({ seconds: 1 });
  const unknown = await difference(system, () => ask(system, 'okand@example.se'));
  const toNobody = await newestMail(system);
  system.now = system.now.add({ seconds: 1 });
  const known = await difference(system, () => ask(system, person.email));
  const toMaja = await newestMail(system);
  assert.deepEqual(known, unknown);
  assert.deepEqual([toNobody.email, toMaja.email], ['okand@example.se', person.email]);
  assert.match(toNobody.text, /\/confirm\//);
  assert.doesNotMatch(toMaja.text, /\/confirm\//);
  assert.ok(toMaja.text.includes(links.signIn));
});

test('an address in other case or Unicode form finds the account that it has', async () => {
  await using system = await testSystem();
  await system.newCustomer({ email: 'åsa@example.se' });
  for (const same of ['ÅSA@EXAMPLE.SE', 'åsa@example.se'.normalize('NFD')]) {
    system.now = system.now.add({ minutes: 16 });
    await ask(system, same);
    assert.ok((await newestMail(system)).text.includes(links.signIn));
  }
});

test('a link works for a day and not a moment longer', async () => {
  await using system = await testSystem();
  await ask(system);
  const token = await confirmationToken(system, person.email);
  const asked = system.now;
  const found = (after: Temporal.DurationLike) => {
    system.now = asked.add(after);
    return findSignup(system.op('nobody', 'sign-up'), token);
  };
  assert.ok(await found({ hours: 23, minutes: 59 }));
  assert.ok(await found({ hours: 23, minutes: 59, seconds: 59, milliseconds: 999 }));
  assert.equal(await found({ hours: 24 }), null);
  assert.equal(await found({ hours: 25 }), null);
});

test('a link that was used, changed or made up leads nowhere', async () => {
  await using system = await testSystem();
  await ask(system);
  const token = await confirmationToken(system, person.email);
  const find = (text: string) => findSignup(system.op('nobody', 'sign-up'), text);
  const middle = token[50] === 'A' ? 'B' : 'A';
  for (const wrong of ['', 'x', token.slice(0, 50) + middle + token.slice(51), `${token}A`])
    assert.equal(await find(wrong), null, wrong);
  await confirm(system, await letter(system));
  assert.equal(await find(token), null);
});

test('two clicks on the same link at once make exactly one account', async () => {
  await using system = await testSystem();
  await ask(system);
  const found = await letter(system);
  const settled = await Promise.allSettled(Array.from({ length: 4 }, () => confirm(system, found)));
  const refused = settled.filter((each) => each.status === 'rejected');
  assert.equal(refused.length, 3);
  for (const { reason } of refused) assert.ok(isProblem(reason, 'conflict'), String(reason));
  const counts = await rows(system);
  assert.deepEqual(
    [counts['accounts.account'], counts['accounts.credential'], counts['accounts.session']],
    [1, 1, 1],
  );
});

test('of two letters to the same address only one makes the account', async () => {
  await using system = await testSystem();
  await ask(system);
  const first = await letter(system);
  system.now = system.now.add({ minutes: 1 });
  await ask(system);
  const second = await letter(system);
  assert.notEqual(first.signupId, second.signupId);
  await confirm(system, second);
  await assert.rejects(confirm(system, first), (error) => isProblem(error, 'conflict'));
  assert.equal((await rows(system))['accounts.account'], 1);
});

for (const point of ['key is created', 'account is written']) {
  const crash = (passed: string) => {
    if (passed === point) throw new Error('killed');
  };

  test(`a crash when the ${point} is mended by the next click`, async () => {
    await using system = await testSystem();
    await ask(system);
    const found = await letter(system);
    await assert.rejects(confirm(system, found, crash), /killed/);
    assert.equal((await rows(system))['accounts.account'], 0);
    await confirm(system, await letter(system));
    assert.equal((await rows(system))['accounts.account'], 1);
    assert.ok(await signIn(system.op('nobody', 'sign-in'), { ...person, device: '?' }));
  });

  test(`a crash when the ${point} is mended by a new letter, also days later`, async () => {
    await using system = await testSystem();
    await ask(system);
    await assert.rejects(confirm(system, await letter(system), crash), /killed/);
    system.now = system.now.add({ hours: 50 });
    await ask(system);
    await confirm(system, await letter(system));
    assert.equal((await rows(system))['accounts.account'], 1);
  });
}

test('who is leaving can begin again with the same address, before and after all is gone', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const leaving = system.op({ party: 'customer', owner }, 'leaving');
  const erasureId = await askErasure(leaving, owner, newReceiptCode());
  system.now = system.now.add({ minutes: 1 });
  await ask(system);
  const early = await letter(system);
  assert.notEqual(early.accountId, owner);
  await assert.rejects(confirm(system, early), (error) => isProblem(error, 'conflict'));
  const routine = system.op('routine', 'leaving');
  assert.equal(await advanceErasure(routine, erasureId, system.around), 'complete');
  await confirm(system, early);
  assert.ok(await signIn(system.op('nobody', 'sign-in'), { ...person, device: '?' }));
});

test('one address is written to a few times in a quarter of an hour, then not more', async () => {
  await using system = await testSystem();
  for (let n = 0; n < 5; n += 1) await ask(system);
  await assert.rejects(ask(system), (error) => isProblem(error, 'too-many'));
  await assert.rejects(ask(system, person.email.toUpperCase()), (error) =>
    isProblem(error, 'too-many'),
  );
  assert.equal((await rows(system))['messages.outbox'], 5);
  await ask(system, 'annan@example.se');
  system.now = system.now.add({ minutes: 15 });
  await ask(system);
});
