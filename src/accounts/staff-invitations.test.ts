import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OwnerId } from '../ids.ts';
import { outbox } from '../messages/outbox.ts';
import { isProblem } from '../problem.ts';
import { tellOfLetters } from '../routines/day-letters.ts';
import { endStaff, invitationsDue } from '../routines/staff-retention.ts';
import { sendAll } from '../../test/used-company.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { codeAt, newOneTimeSecret } from './one-time-codes.ts';
import { findSession } from './sessions.ts';
import { administrators } from './staff-administrators.ts';
import {
  findInvitation,
  invitationHours,
  inviteStaff,
  listInvitations,
  sendInvitationAgain,
  withdrawInvitation,
} from './staff-invitations.ts';
import type { StaffLetter } from './staff-invitations.ts';
import { joinWithPassword } from './staff-joining.ts';
import { signInStaff } from './staff.ts';

const siv = { email: 'siv.ek@example.se', name: 'Siv Ek Testsson', role: 'support' } as const;
const password = 'fyra ord och ett till';
const letter: StaffLetter = { language: 'sv', linkOf: (token) => `http://localhost/i/${token}` };

const administering = (system: TestSystem) => system.op('routine', 'staff-administration');
const joining = (system: TestSystem) => system.op('nobody', 'employment');

async function join(system: TestSystem, token: string, secret = newOneTimeSecret()) {
  const op = joining(system);
  const found = await findInvitation(op, token);
  if (found === null) return null;
  const code = codeAt(secret, system.now);
  return joinWithPassword(op, found, { password, secret, code }, 'Firefox, Linux');
}

async function ownerOf(system: TestSystem): Promise<OwnerId> {
  const owner = await system.vault.ownerOf({ kind: 'staff-email', value: siv.email });
  assert.ok(owner);
  return owner;
}

test('somebody who is invited chooses password and codes, and signs in with them later', async () => {
  await using system = await testSystem();
  const token = await inviteStaff(administering(system), siv, null);
  const secret = newOneTimeSecret();
  const session = await join(system, token, secret);
  const signedIn = await findSession(system, session ?? '', 'staff', system.now);
  assert.equal(signedIn?.role, 'support');
  system.now = system.now.add({ seconds: 30 });
  const attempt = { email: siv.email, password, device: '?' };
  const code = codeAt(secret, system.now);
  assert.ok(await signInStaff(joining(system), { ...attempt, code }));
});

test('the code with which somebody joined does not sign in again', async () => {
  await using system = await testSystem();
  const token = await inviteStaff(administering(system), siv, null);
  const secret = newOneTimeSecret();
  await join(system, token, secret);
  const attempt = { email: siv.email, password, device: '?', code: codeAt(secret, system.now) };
  assert.equal(await signInStaff(joining(system), attempt), null);
});

test('before the link is used nobody works here, and a wrong code leaves the link as it was', async () => {
  await using system = await testSystem();
  const person = { ...siv, role: 'administrator' } as const;
  const token = await inviteStaff(administering(system), person, null);
  assert.deepEqual(await administrators(administering(system)), []);
  const found = await findInvitation(joining(system), token);
  assert.ok(found);
  const secret = newOneTimeSecret();
  const wrong = { password, secret, code: codeAt(newOneTimeSecret(), system.now) };
  assert.equal(await joinWithPassword(joining(system), found, wrong, '?'), null);
  assert.ok(await join(system, token, secret));
  assert.equal((await administrators(administering(system))).length, 1);
});

test('a link works up to its last moment, and not after', async () => {
  await using system = await testSystem();
  const token = await inviteStaff(administering(system), siv, null);
  const sent = system.now;
  system.now = sent.add({ hours: invitationHours }).subtract({ milliseconds: 1 });
  assert.ok(await findInvitation(joining(system), token));
  system.now = sent.add({ hours: invitationHours });
  assert.equal(await findInvitation(joining(system), token), null);
  const [listed] = await listInvitations(administering(system), 'staff');
  assert.equal(listed?.isOver, true);
});

test('a link works once, and of several who use it at once one gets in', async () => {
  await using system = await testSystem();
  const token = await inviteStaff(administering(system), siv, null);
  const tries = await Promise.allSettled(Array.from({ length: 4 }, () => join(system, token)));
  assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const one of tries) {
    if (one.status === 'rejected') assert.ok(isProblem(one.reason, 'conflict'), String(one.reason));
  }
  assert.equal(await findInvitation(joining(system), token), null);
  const rows = await system.db.selectFrom('accounts.credential').select('kind').execute();
  assert.equal(rows.length, 2);
});

test('a new link ends the old one, and a withdrawn one is nobody’s', async () => {
  await using system = await testSystem();
  const op = administering(system);
  const first = await inviteStaff(op, siv, letter);
  const owner = await ownerOf(system);
  const second = await sendInvitationAgain(op, owner, letter);
  assert.equal(await findInvitation(joining(system), first), null);
  const found = await findInvitation(joining(system), second);
  assert.ok(found);
  await withdrawInvitation(op, owner);
  assert.equal(await findInvitation(joining(system), second), null);
  const chosen = { password, secret: newOneTimeSecret(), code: '' };
  const late = { ...chosen, code: codeAt(chosen.secret, system.now) };
  await assert.rejects(joinWithPassword(joining(system), found, late, '?'), (error) =>
    isProblem(error, 'conflict'),
  );
  await assert.rejects(sendInvitationAgain(op, owner, letter), (error) =>
    isProblem(error, 'not-found'),
  );
  await assert.rejects(withdrawInvitation(op, owner), (error) => isProblem(error, 'conflict'));
});

test('an address has one invitation, and is free again when it is withdrawn', async () => {
  await using system = await testSystem();
  const op = administering(system);
  await inviteStaff(op, siv, null);
  const again = { ...siv, email: ' SIV.EK@example.se' };
  await assert.rejects(inviteStaff(op, again, null), (error) => isProblem(error, 'conflict'));
  await withdrawInvitation(op, await ownerOf(system));
  assert.ok(await join(system, await inviteStaff(op, again, null)));
  await assert.rejects(inviteStaff(op, siv, null), (error) => isProblem(error, 'conflict'));
});

test('an invitation that was cut off after its key was made is taken up by the next', async () => {
  await using system = await testSystem();
  const op = administering(system);
  const cutOff = '5f1e6c1e-6f0e-4a52-9d6f-3f3b7a0a9c11' as OwnerId;
  await system.vault.createKey(op, cutOff, [{ kind: 'staff-email', value: siv.email }]);
  assert.ok(await join(system, await inviteStaff(op, siv, null)));
  assert.equal(await ownerOf(system), cutOff);
});

test('a changed row raises nobody: the role is the sealed one', async () => {
  await using system = await testSystem();
  const op = administering(system);
  const token = await inviteStaff(op, siv, null);
  await inviteStaff(op, { ...siv, email: 'bo@example.se', role: 'administrator' }, null);
  const owner = await ownerOf(system);
  const rows = await system.db.selectFrom('accounts.invitation').selectAll().execute();
  const theirs = rows.find(({ owner_id }) => owner_id !== owner);
  assert.ok(theirs);
  // Whoever writes to the records puts the administrator's sealed part into the row of the other.
  await system.db
    .updateTable('accounts.invitation')
    .set({ sealed: theirs.sealed })
    .where('owner_id', '=', owner)
    .execute();
  await assert.rejects(findInvitation(joining(system), token), (error) =>
    isProblem(error, 'sealed-damaged'),
  );
});

test('the letter has the link, and the store has neither link nor address in clear', async () => {
  await using system = await testSystem();
  const token = await inviteStaff(administering(system), siv, letter);
  const [row] = await system.db.selectFrom('messages.outbox').selectAll().execute();
  assert.ok(row);
  const sending = system.op({ party: 'routine', routine: 'send-mail' }, 'service-message');
  const opener = await system.vault.openForGate(sending, row.owner_id, 'messages');
  const mail = opener.open(outbox, row.message_id, row.sealed);
  assert.equal(mail.email, siv.email);
  assert.ok(mail.text.includes(letter.linkOf(token)));
  const { rows } = await system.fresh.records.pool.query(
    'select i::text || o::text as text from accounts.invitation i, messages.outbox o',
  );
  for (const text of [siv.email, siv.name, token]) {
    assert.ok(!JSON.stringify(rows).includes(text));
  }
});

test('an unanswered invitation goes after a week, its letter is told of, and then all of it is gone', async () => {
  await using system = await testSystem();
  await inviteStaff(administering(system), siv, letter);
  const owner = await ownerOf(system);
  await sendAll(system);
  const sent = system.now;
  const ending = () => endStaff(system.op('routine', 'retention'));
  system.now = sent.add({ hours: 7 * 24 });
  assert.equal(await ending(), 0);
  assert.deepEqual(await invitationsDue(administering(system)), []);
  system.now = sent.add({ hours: 7 * 24, milliseconds: 1 });
  assert.equal(await ending(), 1);
  assert.equal(await system.vault.ownerOf({ kind: 'staff-email', value: siv.email }), null);
  const told: (readonly string[])[] = [];
  await tellOfLetters(system.op('routine', 'leaving'), (_recipient, { references }) => {
    told.push(references);
    return Promise.resolve('confirmed');
  });
  assert.equal(told.length, 1);
  assert.equal(await ending(), 1);
  const left = await system.db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('owner_id', '=', owner)
    .execute();
  assert.deepEqual(left, []);
  assert.ok((await system.vault.fences(sent)).some((fence) => fence.owner === owner));
});

test('a mail supplier that does not answer is asked for two weeks, and then the list goes all the same', async () => {
  await using system = await testSystem();
  await inviteStaff(administering(system), siv, letter);
  await sendAll(system);
  await withdrawInvitation(administering(system), await ownerOf(system));
  const sent = system.now;
  const ending = () => endStaff(system.op('routine', 'retention'));
  system.now = sent.add({ hours: 14 * 24 }).subtract({ milliseconds: 1 });
  assert.equal(await ending(), 0);
  system.now = sent.add({ hours: 14 * 24 });
  assert.equal(await ending(), 1);
});
