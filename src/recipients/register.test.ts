import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isProblem } from '../problem.ts';
import { newRowId } from '../ids.ts';
import { testSystem } from '../../test/system.ts';
import {
  agreementOn,
  endAgreement,
  obstacleTo,
  recipientByChannel,
  signAgreement,
  today,
} from './register.ts';
import type { Recipient } from './register.ts';

const now = Temporal.Instant.from('2026-11-22T12:00:00Z');
const day = (text: string) => Temporal.PlainDate.from(text);
const agreed = (validFrom: string, endedOn: string | null = null) => ({
  agreementId: newRowId(now),
  signedOn: day(validFrom),
  validFrom: day(validFrom),
  endedOn: endedOn === null ? null : day(endedOn),
});

const supplier: Recipient = {
  recipientId: newRowId(now),
  category: 'supplier',
  name: 'Exempelposten AB',
  country: 'SE',
  role: 'processor',
  channel: 'mail',
  transferTool: null,
  transferValidUntil: null,
  noticeUrl: null,
  erasureUrl: null,
  agreements: [agreed('2026-11-01')],
};
const obstacle = (change: Partial<Recipient>) =>
  obstacleTo({ ...supplier, ...change }, day('2026-11-22'));

test('an agreement holds from its first day up to, and not on, the day it ended', () => {
  const holds = (...agreements: Recipient['agreements']) =>
    agreementOn({ ...supplier, agreements }, day('2026-11-22')) !== null;
  assert.ok(holds(agreed('2026-11-22')));
  assert.ok(holds(agreed('2026-11-01', '2026-11-23')));
  assert.ok(!holds(agreed('2026-11-23')));
  assert.ok(!holds(agreed('2026-11-01', '2026-11-22')));
  assert.ok(!holds(agreed('2026-11-22', '2026-11-22')));
  assert.ok(!holds());
  assert.ok(holds(agreed('2026-01-01', '2026-06-01'), agreed('2026-11-20')));
});

test('what stands in the way of a recipient is named', () => {
  const sccs = { transferTool: 'standard contractual clauses' };
  assert.equal(obstacleTo(null, day('2026-11-22')), 'no-recipient');
  assert.equal(obstacle({}), null);
  assert.equal(obstacle({ agreements: [] }), 'no-agreement');
  assert.equal(obstacle({ category: 'advertiser' }), 'category-not-in-notice');
  assert.equal(obstacle({ category: 'constructor' }), 'category-not-in-notice');
  assert.equal(obstacle({ role: 'controller', agreements: [] }), 'no-notice');
  assert.equal(obstacle({ country: 'NO' }), null);
  for (const country of ['US', 'GB', 'CH', 'se'])
    assert.equal(obstacle({ country }), 'no-transfer-tool', country);
  assert.equal(obstacle({ country: 'US', ...sccs }), null);
  const until = (text: string) =>
    obstacle({ country: 'US', ...sccs, transferValidUntil: day(text) });
  assert.equal(until('2026-11-21'), 'no-transfer-tool');
  assert.equal(until('2026-11-22'), null);
});

test('a day begins at midnight where the company is', () => {
  for (const [instant, expected] of [
    ['2026-11-22T22:59:59Z', '2026-11-22'],
    ['2026-11-22T23:00:00Z', '2026-11-23'],
    ['2026-06-30T21:59:59Z', '2026-06-30'],
    ['2026-06-30T22:00:00Z', '2026-07-01'],
  ] as const) {
    assert.equal(today(Temporal.Instant.from(instant)).toString(), expected);
  }
});

test('an agreement that is signed twice, also at once, is one', async () => {
  await using system = await testSystem();
  const op = system.op('routine', 'employment');
  const { recipientId } = (await recipientByChannel(system.db, 'mail')) as Recipient;
  await endAgreement(op, recipientId);
  const count = async () => (await recipientByChannel(system.db, 'mail'))?.agreements.length;
  const before = await count();
  assert.equal(
    obstacleTo(await recipientByChannel(system.db, 'mail'), today(op.now)),
    'no-agreement',
  );
  await Promise.all(Array.from({ length: 4 }, () => signAgreement(op, recipientId)));
  await signAgreement(op, recipientId);
  assert.equal(await count(), (before ?? 0) + 1);
  assert.equal(obstacleTo(await recipientByChannel(system.db, 'mail'), today(op.now)), null);
  await assert.rejects(signAgreement(op, newRowId(now)), (error) => isProblem(error, 'not-found'));
});
