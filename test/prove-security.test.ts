// P11 kept, and broken on purpose.
import { noCallbacks } from '../src/api/callback-routes.ts';
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { siteApp } from '../src/app.ts';
import { noBanks } from '../src/history/payments/banks.ts';
import { noteReady } from '../src/availability/minutes.ts';
import { noteSecurityEvent, settleSecurityEvent } from '../src/availability/security-events.ts';
import { newRowId } from '../src/ids.ts';
import { limits } from '../src/policy/limits.ts';
import { prove } from '../src/routines/proof/prove.ts';
import type { ProofParts } from '../src/routines/proof/prove.ts';
import { proofParts } from './proof-parts.ts';
import { testSystem } from './system.ts';
import type { TestSystem } from './system.ts';

const origin = 'http://localhost:8080';
let system: TestSystem;
let fetchPage: ProofParts['fetchPage'];

before(async () => {
  system = await testSystem();
  const app = siteApp({
    db: system.db,
    vault: system.vault,
    site: { origin, sender: { from: '', domain: '' }, sandbox: null },
    clock: () => system.now,
    note: () => undefined,
    ...noCallbacks,
    closing: () => Promise.resolve(),
    banks: noBanks,
    erasureSecretOf: () => '',
  });
  fetchPage = async (page, request) => app.request(`${origin}${page}`, request);
});
after(() => system[Symbol.asyncDispose]());

const proveSecurity = (change: Partial<ProofParts> = {}) =>
  prove(system.op('routine', 'proof'), { ...proofParts(system, fetchPage), ...change }, 'P11');

test('P11 is kept by the system as it is', async () => {
  const finding = await proveSecurity();
  assert.deepEqual([finding.status, finding.found], ['kept', []]);
});

for (const name of ['content-security-policy', 'x-content-type-options', 'referrer-policy']) {
  test(`P11 is broken by a page without ${name}`, async () => {
    const finding = await proveSecurity({
      fetchPage: async (page, request) => {
        const answer = await fetchPage(page, request);
        answer.headers.delete(name);
        return answer;
      },
    });
    assert.ok(finding.found.includes(`/sign-in: ${name} is not strict`), finding.found.join('\n'));
  });
}

test('P11 is broken by a key that others can read, and names it', async () => {
  const file = path.join(system.folder, 'keyring', 'epochs', '000009.key');
  writeFileSync(file, '', { mode: 0o600 });
  assert.equal((await proveSecurity()).status, 'kept');
  chmodSync(file, 0o640);
  assert.deepEqual((await proveSecurity()).found, ['epochs/000009.key can be read by others']);
  chmodSync(file, 0o600);
});

test('P11 is broken by an event that nobody looked at in time, and kept once somebody has', async () => {
  const noted = system.now;
  await noteSecurityEvent(system.db, 'passkey-counter', noted);
  await noteSecurityEvent(system.db, 'passkey-counter', noted);
  system.now = noted.add({ hours: limits.security_event_hours });
  assert.equal((await proveSecurity()).status, 'kept');
  system.now = system.now.add({ milliseconds: 1 });
  const finding = await proveSecurity();
  assert.equal(finding.found.length, 1, 'one of a kind in an hour');
  const event = await system.db
    .selectFrom('routines.security_event')
    .select('event_id')
    .executeTakeFirstOrThrow();
  await settleSecurityEvent(system.db, event.event_id, system.now);
  assert.equal((await proveSecurity()).status, 'kept');
});

test('P11 is broken by too many minutes away, in production alone', async () => {
  await system.db.deleteFrom('routines.ready_day').execute();
  const from = system.now;
  for (let minute = 0; minute < 99; minute += 1)
    await noteReady(system.db, from.add({ minutes: minute }));
  system.now = from.add({ minutes: 100 });
  assert.equal((await proveSecurity({ sandbox: false })).status, 'kept');
  system.now = from.add({ minutes: 101 });
  const finding = await proveSecurity({ sandbox: false });
  assert.deepEqual(finding.found, ['ready in 98.02 per cent of the time']);
  assert.equal((await proveSecurity({ sandbox: true })).status, 'kept');
});

test('P11 is broken when no restore was rehearsed in time, on both sides of the day', async () => {
  await system.newCustomer();
  system.now = system.now.add({ hours: limits.rehearsal_days * 24 });
  assert.equal((await proveSecurity()).status, 'kept', 'a young installation has time');
  system.now = system.now.add({ hours: 1 });
  assert.equal((await proveSecurity()).status, 'broken');
  const rehearse = (outcome: 'clean' | 'found', ran_at: Temporal.Instant) =>
    system.db
      .insertInto('routines.rehearsal')
      .values({
        rehearsal_id: newRowId(ran_at),
        ran_at,
        epoch: 1,
        outcome,
        looked_at: 1,
        found: JSON.stringify([]),
        records_taken_at: null,
        keys_taken_at: null,
      } as never)
      .execute();
  await rehearse('found', system.now);
  assert.equal((await proveSecurity()).status, 'broken', 'one that found something is none');
  await rehearse('clean', system.now);
  assert.equal((await proveSecurity()).status, 'kept');
  system.now = system.now.add({ hours: limits.rehearsal_days * 24 });
  assert.equal((await proveSecurity()).status, 'kept');
});

test('P11 is broken by an origin whose certificate cannot be seen', async () => {
  const finding = await proveSecurity({ origin: 'https://localhost:9' });
  assert.ok(finding.found.includes('the certificate does not hold'));
  assert.ok(finding.found.includes('/: strict-transport-security is not a year'));
});
