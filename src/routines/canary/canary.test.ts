import { noCallbacks } from '../../api/callback-routes.ts';
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { siteApp } from '../../app.ts';
import { noBanks } from '../../history/payments/banks.ts';
import { advanceErasure, erasuresDue, latestErasures } from '../erasure.ts';
import { prove } from '../proof/prove.ts';
import type { ProofParts } from '../proof/prove.ts';
import { testSystem } from '../../../test/system.ts';
import type { TestSystem } from '../../../test/system.ts';
import { countWaiting } from '../../messages/outbox.ts';
import { fakeSmtp, sendAll } from '../../messages/outbox.fixture.ts';
import { runCanary } from './canary.ts';
import { addressOf, listCanaries, nameOf } from './canary-rows.ts';

const origin = 'http://localhost';
let system: TestSystem;
let proof: ProofParts;
let broken: ((path: string) => Response | null) | null = null;

before(async () => {
  system = await testSystem();
  const app = siteApp({
    db: system.db,
    vault: system.vault,
    site: {
      origin,
      sender: { from: 'Exempel AB <kund@example.se>', domain: 'example.se' },
      sandbox: null,
    },
    clock: () => system.now,
    note: () => undefined,
    erasureSecretOf: () => '',
    ...noCallbacks,
    banks: noBanks,
    closing: async (erasureId) => {
      await advanceErasure(system.op('routine', 'leaving'), erasureId, system.around, 'fenced');
    },
  });
  proof = {
    origin,
    secretFolders: [],
    recordsCountry: null,
    sandbox: true,
    logFolder: system.around.logFolder,
    fetchPage: async (path, request) =>
      broken?.(path) ?? (await app.fetch(new Request(`${origin}${path}`, request))),
  };
});
after(() => system[Symbol.asyncDispose]());

const advanceAll = async () => {
  const op = system.op('routine', 'leaving');
  for (const erasureId of await erasuresDue(op)) await advanceErasure(op, erasureId, system.around);
};

const run = (pause = advanceAll) =>
  runCanary(system.op({ party: 'routine', routine: 'canary' }, 'proof'), {
    proof,
    clock: () => system.now,
    pause,
  });

const latest = async () => {
  const [first] = await listCanaries(system.op('routine', 'proof'), 1);
  assert.ok(first);
  return first;
};

const statusOf = async (id: 'P01' | 'P04' | 'P06') => {
  const { status, found } = await prove(system.op('routine', 'proof'), proof, id);
  return `${status} ${found.join()}`.trim();
};

test('without a probe nobody says that one can sign in', async () => {
  assert.equal(await statusOf('P01'), 'not yet checked');
});

test('a probe customer signs up, signs in both ways, looks around, leaves and is found nowhere', async () => {
  assert.equal(await run(), 1);
  const probe = await latest();
  assert.deepEqual([probe.state, probe.step], ['well', 'end']);
  assert.equal(await statusOf('P01'), 'kept');
  assert.equal(await statusOf('P04'), 'kept');
  assert.equal(await statusOf('P06'), 'kept');
  const accounts = await system.db.selectFrom('accounts.account').selectAll().execute();
  assert.deepEqual(accounts, []);
});

test('nothing left for the probe: its letters were never sent, and nobody counts or sees it', async () => {
  const smtp = fakeSmtp();
  await sendAll(system, smtp);
  assert.deepEqual(smtp.sent, []);
  assert.deepEqual(await countWaiting(system.db), { waiting: 0, held: 0 });
  assert.deepEqual(await latestErasures(system.op('routine', 'leaving')), []);
  const probe = await latest();
  assert.ok(!JSON.stringify(probe).includes(addressOf(probe)));
  assert.ok(!JSON.stringify(probe).includes(nameOf(probe)));
});

test('the next probe comes at night, a day later', async () => {
  const begun = system.now;
  system.now = begun.add({ hours: 10 });
  assert.equal(await run(), 0);
  // 2 o'clock in Stockholm, but only thirteen hours after the one before; the night after it is time.
  system.now = Temporal.Instant.from('2026-11-23T01:30:00Z');
  assert.equal(await run(), 0);
  system.now = Temporal.Instant.from('2026-11-24T01:30:00Z');
  assert.equal(await statusOf('P01'), `broken routines.canary: none ended well for 36 hours`);
  assert.equal(await run(), 1);
  assert.equal(await statusOf('P01'), 'kept');
});

test('P01 holds for a day and a half after a probe, and no longer', async () => {
  const ended = (await latest()).endedAt;
  assert.ok(ended);
  system.now = ended.add({ hours: 36 });
  assert.equal(await statusOf('P01'), 'kept');
  system.now = ended.add({ hours: 36, seconds: 1 });
  assert.match(await statusOf('P01'), /^broken/);
});

for (const [how, path, step] of [
  ['the password is refused', '/sign-in', 'sign-in'],
  ['the passkey is refused', '/sign-in/passkey', 'passkey-sign-in'],
] as const) {
  test(`P01 is broken when ${how}, and the probe is erased all the same`, async () => {
    system.now = system.now.add({ hours: 31 });
    broken = (asked) => (asked === path ? new Response('no', { status: 422 }) : null);
    await assert.rejects(run(), /answered 422|not asked|nothing is asked/);
    broken = null;
    const probe = await latest();
    assert.deepEqual([probe.state, probe.step], ['failed', step]);
    assert.match(await statusOf('P01'), new RegExp(`failed at ${step}`));
    await advanceAll();
    const accounts = await system.db.selectFrom('accounts.account').selectAll().execute();
    assert.deepEqual(accounts, []);
  });
}

test('P04 and P06 are broken when the probe cannot leave', async () => {
  system.now = system.now.add({ hours: 31 });
  broken = (asked) => (asked === '/close' ? new Response('no', { status: 500 }) : null);
  await assert.rejects(run());
  broken = null;
  assert.match(await statusOf('P04'), /failed at close/);
  assert.match(await statusOf('P06'), /failed at close/);
  await advanceAll();
});

test('a probe that was cut off is erased by the next run, and breaks no promise by itself', async () => {
  system.now = system.now.add({ hours: 31 });
  await run();
  system.now = system.now.add({ hours: 31 });
  broken = (asked) => {
    if (asked !== '/settings') return null;
    throw new TypeError('the process ends here');
  };
  await assert.rejects(run());
  broken = null;
  // As a kill leaves it: nobody noted that it failed, and nobody erased it.
  const { canaryId } = await latest();
  await system.db
    .updateTable('routines.canary')
    .set({ state: 'under-way', ended_at: null, erasure_id: null })
    .where('canary_id', '=', canaryId)
    .execute();
  system.now = system.now.add({ minutes: 31 });
  assert.equal(await run(), 1);
  assert.equal((await latest()).state, 'cut-off');
  await advanceAll();
  assert.equal(await statusOf('P01'), 'kept');
});

test('a probe whose erasure takes longer is taken up where it was', async () => {
  system.now = system.now.add({ hours: 31 });
  assert.equal(await run(() => Promise.resolve()), 0);
  assert.deepEqual([(await latest()).state, (await latest()).step], ['under-way', 'erasure']);
  await advanceAll();
  system.now = system.now.add({ minutes: 10 });
  assert.equal(await run(), 1);
  assert.equal((await latest()).state, 'well');
});
