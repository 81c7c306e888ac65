import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { fillEveryHolding } from '../../test/every-holding.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { sendAll } from '../../test/used-company.ts';
import { countAttempt } from '../accounts/attempts.ts';
import { openClient } from '../database/pool.ts';
import { holdings } from '../holdings.ts';
import type { OwnerId } from '../ids.ts';
import { keeping } from '../policy/keeping.ts';
import type { Keeping } from '../policy/shape.ts';
import { dayOwner } from '../vault/day.ts';
import type { Holding } from '../vault/holding.ts';
import { askErasure } from './erasure-ask.ts';
import { advanceErasure } from './erasure.ts';
import { newReceiptCode } from './receipt-code.ts';
import { countDue, dueBefore, endCases, endDays, settleDisclosures, sweep } from './retention.ts';

let system: TestSystem;

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

const op = () => system.op('routine', 'retention');

/** Somebody with one row in every holding, all of them of one age. */
async function filled(mark: string): Promise<OwnerId> {
  const owner = await system.newCustomer({ email: `${mark}@example.se` });
  await fillEveryHolding(system.op('nobody', 'account'), owner, mark);
  return owner;
}

/** As the superuser: some of these tables can only be added to and deleted from. */
async function makeAsOld(owner: OwnerId, { table, since }: Holding, moment: Temporal.Instant) {
  const client = await openClient(system.fresh.records.administrator);
  await client.query(`update ${table} set ${since} = $1 where owner_id = $2`, [moment, owner]);
  await client.end();
}

async function count(owner: OwnerId, { table }: Holding): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from ${sql.table(table)} where owner_id = ${owner}`.execute(
    system.db,
  );
  return rows[0]?.n ?? 0;
}

const timed = holdings.filter(({ keep }) => (keeping[keep] as Keeping).rule.kind === 'days');

test('every holding that is kept for days says from when they count', () => {
  assert.ok(timed.length > 5);
  for (const { table, since, clear } of timed) assert.equal(clear[since ?? ''], 'time', table);
});

for (const holding of timed) {
  test(`a row in ${holding.table} goes when its time is over, and not a moment before`, async () => {
    const owner = await filled(holding.table.replace('.', '-'));
    const limit = dueBefore(holding, system.now);
    assert.ok(limit);
    await makeAsOld(owner, holding, limit);
    await sweep(op());
    assert.notEqual(await count(owner, holding), 0);
    await makeAsOld(owner, holding, limit.subtract({ milliseconds: 1 }));
    assert.equal(await countDue(op(), holding, limit), await count(owner, holding));
    assert.ok((await sweep(op())) >= 1);
    assert.equal(await count(owner, holding), 0);
  });
}

test('what is kept for as long as the account stays, however old it is', async () => {
  const owner = await filled('gammal');
  const later = { ...op(), now: system.now.add({ hours: 24 * 365 * 20 }) };
  await sweep(later);
  for (const holding of holdings) {
    const stays = !timed.includes(holding);
    assert.equal((await count(owner, holding)) > 0, stays, holding.table);
  }
});

test('two sweeps at once remove every row once, in batches', async () => {
  const look = timed.find(({ table }) => table === 'vault.look') as Holding;
  const owner = await filled('manga');
  await sql`insert into vault.look (owner_id, look_id, looked_at, party, purpose, category)
            select ${owner}, gen_random_uuid(), ${system.now.subtract({ hours: 24 * 731 })},
                   'routine', 'proof', 'history' from generate_series(1, 2500)`.execute(system.db);
  const due = await countDue(op(), look, dueBefore(look, system.now) as Temporal.Instant);
  assert.equal(due, 2500);
  const removed = await Promise.all([sweep(op()), sweep(op())]);
  assert.equal((removed[0] ?? 0) + (removed[1] ?? 0), 2500);
});

test('the key of a day lives for three days and dies with everything that was kept under it', async () => {
  system.now = Temporal.Instant.from('2027-02-01T00:00:00Z');
  const day = await dayOwner(system.op('nobody', 'sign-in'));
  await countAttempt(system.op('nobody', 'sign-in'), 'someone@example.se');
  system.now = Temporal.Instant.from('2027-02-04T00:00:00Z');
  assert.ok(!(await endedBy(day)));
  system.now = system.now.add({ milliseconds: 1 });
  assert.ok(await endedBy(day));
  assert.deepEqual((await system.vault.scanKeys({ ids: [day], strings: [] })).found, []);
  assert.equal(await endDays(op()), 0);
});

async function endedBy(day: OwnerId): Promise<boolean> {
  await endDays(op());
  const fences = await system.vault.fences(system.now.subtract({ hours: 1 }));
  const attempts = await system.db
    .selectFrom('accounts.attempt')
    .select('bucket')
    .where('owner_id', '=', day)
    .execute();
  const isFenced = fences.some(({ owner }) => owner === day);
  assert.equal(attempts.length === 0, isFenced, 'rows and key go together');
  return isFenced;
}

test('two processes that end the same day at once end it once', async () => {
  const day = await dayOwner(system.op('nobody', 'sign-in'));
  system.now = system.now.add({ hours: 73 });
  await Promise.all([endDays(op()), endDays(op())]);
  const fences = await system.vault.fences(system.now.subtract({ hours: 1 }));
  assert.equal(fences.filter(({ owner }) => owner === day).length, 1);
});

test('a disclosure without an answer is settled as unknown after ten minutes, once', async () => {
  await system.newCustomer({ email: 'utan.svar@example.se' });
  await sendAll(system);
  const sentAt = system.now;
  await system.db.deleteFrom('recipients.outcome').execute();
  const outcomes = () => system.db.selectFrom('recipients.outcome').select('outcome').execute();
  const live = await system.db
    .selectFrom('recipients.disclosure')
    .select('disclosure_id')
    .where('disclosed_at', '<=', sentAt)
    .execute();
  system.now = sentAt.add({ minutes: 10 });
  const early = await settleDisclosures(op());
  system.now = system.now.add({ milliseconds: 1 });
  const late = await Promise.all([settleDisclosures(op()), settleDisclosures(op())]);
  assert.equal(early + (late[0] ?? 0) + (late[1] ?? 0), live.length);
  assert.ok((late[0] ?? 0) + (late[1] ?? 0) > 0, 'the newest waited for its ten minutes');
  assert.deepEqual([...new Set((await outcomes()).map(({ outcome }) => outcome))], ['unknown']);
  assert.equal(await settleDisclosures(op()), 0);
});

test('a case that is a month old is closed, and its erasure completes by ids alone', async () => {
  const owner = await system.newCustomer({ email: 'gammalt.arende@example.se' });
  const leaving = system.op({ party: 'customer', owner }, 'leaving');
  const erasureId = await askErasure(leaving, owner, newReceiptCode());
  const around = { ...system.around, tell: () => Promise.resolve('silent' as const) };
  const routine = () => system.op('routine', 'leaving');
  assert.equal(await advanceErasure(routine(), erasureId, around), 'removed');
  const asked = system.now;
  system.now = asked.add({ hours: 30 * 24 });
  assert.equal(await endCases(op()), 0);
  system.now = system.now.add({ milliseconds: 1 });
  assert.equal(await endCases(op()), 1);
  assert.equal(await advanceErasure(routine(), erasureId, around), 'complete');
});
