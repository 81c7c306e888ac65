import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { beginSession, findSession } from '../accounts/sessions.ts';
import { begin } from '../begin.ts';
import type { KeysTables } from '../database/keys.ts';
import { openKysely, openPool } from '../database/pool.ts';
import { scanDatabase } from '../database/scan.ts';
import { newOwnerId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { takeNewerLedger } from '../ledger/newer-ledger.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import type { Purpose } from '../policy/purposes.ts';
import { purposeNames, stoppedBy } from '../policy/rules.ts';
import { isProblem } from '../problem.ts';
import { changeStops, stopsOf } from '../requests/stops.ts';
import { Installation } from '../stores.fixture.ts';
import type { Part } from '../stores.fixture.ts';
import type { Stores } from '../stores.ts';
import { renewTokens } from '../vault/keyring.ts';
import { testSystem } from '../../test/system.ts';
import { advanceErasure, erasuresDue } from './erasure.ts';
import { askErasure } from './erasure-ask.ts';
import { advanceEpochs } from './epochs.ts';
import { newReceiptCode } from './receipt-code.ts';
import { mend, planMending } from './restore-mending.ts';
import type { Mended, MendingPlan } from './restore-mending.ts';
import { endOrphans } from './retention.ts';

const device = 'Firefox, Linux';
const parts = ['records', 'keys', 'ledger'] as const satisfies readonly Part[];

function opOf(stores: Stores, installation: Installation, owner?: OwnerId): Operation {
  const { db, vault } = stores;
  const actor = owner
    ? ({ party: 'customer', owner } as const)
    : ({ party: 'routine', routine: 'test' } as const);
  return begin({
    db,
    vault,
    actor,
    purpose: owner ? 'account' : 'leaving',
    now: installation.now,
  });
}

/** A purpose that customers can object to. */
function objectionable(): Purpose {
  const found = purposeNames().find((purpose) => stoppedBy(purpose).includes('objection'));
  assert.ok(found);
  return found;
}

async function signIn(op: Operation, owner: OwnerId): Promise<string> {
  return inTransaction(op, async (write) =>
    beginSession(write, await write.vault.sealFor(write, owner), device),
  );
}

function around(installation: Installation) {
  return {
    tell: () => Promise.resolve('confirmed' as const),
    logFolder: join(installation.folder, 'log'),
    sandbox: true,
    passed: () => undefined,
    clock: () => installation.now,
  };
}

/** What a day brought, after the copies of last night: one customer left, one said no, one ended a session. */
type Day = {
  readonly installation: Installation;
  readonly copies: Readonly<Record<Part, string>>;
  readonly leaver: OwnerId;
  readonly objector: OwnerId;
  readonly cookie: string;
  readonly endedCookie: string;
  readonly newcomer: OwnerId;
};

async function aDay(): Promise<Day> {
  const system = await testSystem();
  const leaver = await system.newCustomer({ email: 'anna@example.se', name: 'Anna Testlund Ek' });
  const objector = await system.newCustomer({ email: 'bo@example.se' });
  await system.placeOrderFor(leaver);
  const op = system.op({ party: 'customer', owner: objector }, 'account');
  const cookie = await signIn(op, objector);
  const endedCookie = await signIn(op, objector);
  const installation = new Installation(system.fresh);
  const copies = {
    records: await installation.copy('records'),
    keys: await installation.copy('keys'),
    ledger: await installation.copy('ledger'),
  };
  const stores = await installation.start();
  await leave(stores, installation, leaver);
  const wish = { ground: 'objection', purposes: [objectionable()], stops: true } as const;
  await changeStops(opOf(stores, installation, objector), objector, wish);
  await stores.db.deleteFrom('accounts.session').execute();
  const newcomer = newOwnerId();
  await stores.vault.createKey(opOf(stores, installation), newcomer);
  await stores.db
    .insertInto('vault.owner')
    .values({ owner_id: newcomer, kind: 'account', created_at: installation.now, fenced_at: null })
    .execute();
  return { installation, copies, leaver, objector, cookie, endedCookie, newcomer };
}

async function leave(stores: Stores, installation: Installation, owner: OwnerId): Promise<void> {
  const { db, vault } = stores;
  const actor = { party: 'customer', owner } as const;
  const op = begin({ db, vault, actor, purpose: 'leaving', now: installation.now });
  const erasureId = await askErasure(op, owner, newReceiptCode());
  await advanceErasure(opOf(stores, installation), erasureId, around(installation));
}

/** Opens the stores as the command does, and mends them. */
async function confirm(
  installation: Installation,
  passed: (point: string) => void = () => undefined,
): Promise<{ plan: MendingPlan; mended: Mended }> {
  const stores = await installation.start({ role: 'command' });
  const pool = openPool({ ...installation.fresh.keys.connection, max: 3 });
  try {
    const keys = openKysely<KeysTables>(pool);
    const op = opOf(stores, installation);
    const plan = await planMending(op, keys);
    const voidTokens = () => renewTokens(installation.keyring);
    return { plan, mended: await mend(op, keys, plan, { voidTokens, passed }) };
  } finally {
    await pool.end();
  }
}

function names(...wanted: readonly Part[]) {
  return (error: unknown) => {
    assert.ok(isProblem(error, 'store-went-back'), String(error));
    for (const part of parts) {
      const isNamed = error.detail.includes(`The ${part} store went back`);
      assert.equal(isNamed, wanted.includes(part), `${part}: ${error.detail}`);
    }
    return true;
  };
}

/** After the mend: the erased stay erased, the noes hold, and nobody is who an old cookie says. */
async function assertMended(day: Day): Promise<void> {
  const { installation, leaver, objector } = day;
  const stores = await installation.start();
  const op = opOf(stores, installation);
  for (const erasureId of await erasuresDue(op))
    assert.equal(await advanceErasure(op, erasureId, around(installation)), 'complete');
  const { found } = await scanDatabase(stores.db, {
    ids: [leaver],
    strings: ['Anna Testlund Ek', 'anna@example.se'],
  });
  assert.deepEqual(found, []);
  const inKeys = await stores.vault.scanKeys({ ids: [leaver], strings: [] });
  assert.deepEqual(inKeys.found, []);
  await assert.rejects(stores.vault.mac(leaver, 'test', 'word'), { code: 'fenced' });
  await assert.rejects(stores.vault.createKey(op, leaver), { code: 'fenced' });
  const stops = await stopsOf(op, objector);
  assert.equal(stops.get(objectionable()), 'objection');
  for (const cookie of [day.cookie, day.endedCookie])
    assert.equal(await findSession(stores, cookie, 'account', installation.now), null);
  const mendings = await stores.db.selectFrom('system.mending').selectAll().execute();
  assert.equal(mendings.length, 1);
  await installation.start();
}

for (const wanted of [['records'], ['keys'], ['records', 'keys']] as const) {
  test(`${wanted.join(' and ')} of last night: named, not served, and mended with everything that was promised since`, async () => {
    const day = await aDay();
    await using installation = day.installation;
    for (const part of wanted) await installation.putBack(part, day.copies[part]);
    await assert.rejects(installation.start(), names(...wanted));
    await assert.rejects(installation.start(), names(...wanted));
    const { plan, mended } = await confirm(installation);
    assert.deepEqual(plan.setbacks.map(({ store }) => store).sort(), [...wanted].sort());
    const recordsBack = (wanted as readonly Part[]).includes('records');
    const keysBack = (wanted as readonly Part[]).includes('keys');
    assert.equal(mended.erasedAgain > 0, recordsBack);
    assert.equal(mended.stopsAgain > 0, recordsBack);
    assert.equal(plan.fences.length > 0, keysBack);
    assert.equal(plan.orphans, recordsBack && !keysBack ? 1 : 0);
    assert.equal(plan.keyless, keysBack && !recordsBack ? 1 : 0);
    await assertMended(day);
  });
}

test('a ledger of yesterday, alone or with both stores, is named, and a newer copy of it is all that helps', async () => {
  for (const wanted of [['ledger'], ['records', 'keys', 'ledger']] as const) {
    const day = await aDay();
    await using installation = day.installation;
    const newest = await installation.copy('ledger');
    for (const part of wanted) await installation.putBack(part, day.copies[part]);
    const ledger = join(installation.folder, 'ledger');
    if (wanted.length === 1) {
      await assert.rejects(installation.start(), names('ledger'));
      await takeNewerLedger(ledger, newest);
      await installation.start();
      continue;
    }
    // All three agree with each other: only the newer ledger shows what they have forgotten.
    await takeNewerLedger(ledger, newest);
    await assert.rejects(installation.start(), names('records', 'keys'));
    await confirm(installation);
    await assertMended(day);
  }
});

test('an older ledger, or another one, is not taken for a newer copy, and beside newer keys it is named with the records', async () => {
  const day = await aDay();
  await using installation = day.installation;
  await using other = await Installation.prepare();
  await other.start();
  const ledger = join(installation.folder, 'ledger');
  const refused = (copy: string) =>
    assert.rejects(takeNewerLedger(ledger, copy), (error) => isProblem(error, 'store-went-back'));
  await refused(day.copies.ledger);
  await refused(join(other.folder, 'ledger'));
  await refused(join(installation.folder, 'nowhere'));
  await installation.start();
  for (const part of ['records', 'ledger'] as const)
    await installation.putBack(part, day.copies[part]);
  await assert.rejects(installation.start(), names('records', 'ledger'));
});

test('a mending that is cut off at any point is finished by the next one', async () => {
  const day = await aDay();
  await using installation = day.installation;
  for (const part of ['records', 'keys'] as const)
    await installation.putBack(part, day.copies[part]);
  for (const point of [
    'keys are destroyed again',
    'rows are removed again',
    'stops hold again',
    'tokens are void',
  ]) {
    const die = (reached: string) => {
      if (reached === point) throw new Error('killed');
    };
    await assert.rejects(confirm(installation, die), /killed/, point);
    await assert.rejects(installation.start(), (error) => isProblem(error, 'store-went-back'));
  }
  await confirm(installation);
  await assertMended(day);
});

test('a keys store from before its root was destroyed is named, and cannot be mended', async () => {
  const day = await aDay();
  await using installation = day.installation;
  const stores = await installation.start();
  const { db, vault } = stores;
  const actor = { party: 'routine', routine: 'epochs' } as const;
  const now = installation.now.add({ hours: 7 * 24 });
  await advanceEpochs(begin({ db, vault, actor, purpose: 'retention', now }));
  await installation.putBack('keys', day.copies.keys);
  for (const role of ['server', 'command'] as const) {
    await assert.rejects(installation.start({ role }), (error) => {
      assert.ok(isProblem(error, 'store-went-back'), String(error));
      assert.match(error.detail, /keys store .* epoch 1, whose root key was destroyed/);
      return true;
    });
  }
});

test('keys whose records a restore has lost are kept until it is confirmed, and swept afterwards', async () => {
  const day = await aDay();
  await using installation = day.installation;
  await installation.putBack('records', day.copies.records);
  const stores = await installation.start({ role: 'command' });
  const later = installation.now.add({ hours: 49 });
  const sweep = ({ db, vault }: Stores) => {
    const actor = { party: 'routine', routine: 'end-orphans' } as const;
    return endOrphans(begin({ db, vault, actor, purpose: 'retention', now: later }));
  };
  await assert.rejects(sweep(stores), { code: 'store-went-back' });
  await confirm(installation);
  const mended = await installation.start();
  assert.ok((await sweep(mended)) >= 1);
  await assert.rejects(mended.vault.mac(day.newcomer, 'test', 'word'), { code: 'fenced' });
});
