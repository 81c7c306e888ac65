import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { signIn } from '../src/accounts/sign-in.ts';
import { requestSignUp } from '../src/accounts/sign-up.ts';
import { newOneTimeSecret } from '../src/accounts/one-time-codes.ts';
import { addStaff } from '../src/accounts/staff.ts';
import { openClient } from '../src/database/pool.ts';
import type { OwnerId, RowId } from '../src/ids.ts';
import { sendNext } from '../src/messages/outbox.ts';
import { notice } from '../src/policy/notice.ts';
import type { PromiseId } from '../src/policy/promises.ts';
import { advanceErasure } from '../src/routines/erasure.ts';
import { askErasure } from '../src/routines/erasure-ask.ts';
import type { Finding, ProofParts } from '../src/routines/proof/finding.ts';
import { prove } from '../src/routines/proof/prove.ts';
import { newReceiptCode } from '../src/routines/receipt-code.ts';
import { proofParts } from './proof-parts.ts';
import { links, person, testSystem } from './system.ts';
import type { TestSystem } from './system.ts';

/** A company that has been used: customers, orders, mail, looks by staff, and one who left. */
export type UsedCompany = {
  readonly system: TestSystem;
  readonly maja: OwnerId;
  readonly erik: OwnerId;
  readonly gone: OwnerId;
  readonly goneErasure: RowId;
  /** What no finding may ever repeat. */
  readonly personal: readonly string[];
  prove(id: PromiseId, parts?: Partial<ProofParts>): Promise<Finding>;
  [Symbol.asyncDispose](): Promise<void>;
};

const people = {
  maja: person,
  erik: { email: 'erik.berg@example.com', name: 'Erik Berg Testsson', street: 'Exempelvägen 4' },
  gone: { email: 'alva.holm@example.se', name: 'Alva Holm Testsson', street: 'Provstigen 9' },
};

export async function usedCompany(): Promise<UsedCompany> {
  const system = await testSystem();
  const owners: OwnerId[] = [];
  for (const who of Object.values(people)) {
    system.now = system.now.add({ minutes: 1 });
    const owner = await system.newCustomer(who);
    await system.placeOrderFor(owner, who);
    await useMore(system, owner, who.email);
    owners.push(owner);
  }
  await sendAll(system);
  const [maja, erik, gone] = owners as [OwnerId, OwnerId, OwnerId];
  // One more letter, which waits.
  const op = system.op('nobody', 'sign-up');
  await requestSignUp(op, { email: 'nils.ny@example.com', language: 'en' }, links);
  await lookAsStaff(system, [maja, gone]);
  writeLog(system);
  const goneErasure = await erase(system, gone);
  const page = Object.values(notice.controller).join(' ');
  const parts = proofParts(system, () => Promise.resolve(new Response(page)));
  return {
    system,
    maja,
    erik,
    gone,
    goneErasure,
    personal: Object.values(people).flatMap(({ email, name, street }) => [email, name, street]),
    prove: (id, other) => prove(system.op('routine', 'proof'), { ...parts, ...other }, id),
    [Symbol.asyncDispose]: () => system[Symbol.asyncDispose](),
  };
}

/** A second device, and an objection. */
async function useMore(system: TestSystem, owner: OwnerId, email: string): Promise<void> {
  const op = system.op('nobody', 'sign-in');
  assert.ok(await signIn(op, { email, password: person.password, device: 'Safari, iPhone' }));
  await system.db
    .insertInto('vault.stop')
    .values({ owner_id: owner, purpose: 'newsletter', ground: 'objection', since: op.now })
    .execute();
}

export async function sendAll(system: TestSystem): Promise<void> {
  const smtp = {
    send: () => Promise.resolve({ outcome: 'accepted', reference: 'x' } as const),
    close: () => Promise.resolve(),
  };
  const sender = { from: 'Exempel AB <kund@example.se>', domain: 'example.se' };
  const op = system.op({ party: 'routine', routine: 'send-mail' }, 'service-message');
  while (await sendNext(op, smtp, sender));
}

async function lookAsStaff(system: TestSystem, owners: readonly OwnerId[]): Promise<void> {
  const op = system.op('routine', 'employment');
  const secret = newOneTimeSecret();
  const { password } = person;
  const email = 'stina.ek@example.com';
  await addStaff(op, { role: 'support', email, name: 'Stina Ek Testsson', password, secret });
  const staff = await op.vault.ownerOf({ kind: 'staff-email', value: email });
  assert.ok(staff);
  const support = system.op({ party: 'support', owner: staff }, 'support');
  for (const owner of owners)
    await support.vault.openFor(support, owner, ['credentials', 'history']);
}

function writeLog({ around }: TestSystem): void {
  const line = { event: 'request', method: 'GET', route: '/history/:order', status: 200, ms: 3 };
  writeFileSync(path.join(around.logFolder, 'varsam-2026-11-22.log'), `${JSON.stringify(line)}\n`);
}

export async function erase(system: TestSystem, owner: OwnerId): Promise<RowId> {
  const op = system.op({ party: 'customer', owner }, 'leaving');
  const erasureId = await askErasure(op, owner, newReceiptCode());
  const state = await advanceErasure(system.op('routine', 'leaving'), erasureId, system.around);
  assert.equal(state, 'complete');
  return erasureId;
}

/** One way to break a promise behind the product's back. */
export type Sabotage = {
  readonly how: string;
  readonly store?: 'records' | 'keys';
  /** Tables that are put back afterwards. */
  readonly tables: readonly string[];
  readonly sql: string | ((used: UsedCompany) => string);
  /** The place that the proof must name; null where the promise still holds. */
  readonly says: RegExp | null;
};

/**
 * Breaks the system as its superuser, with foreign keys off, lets the promise be proven, and puts everything back.
 */
export async function proveSabotaged(
  used: UsedCompany,
  id: PromiseId,
  { store = 'records', tables, sql }: Sabotage,
): Promise<Finding> {
  const client = await openClient(used.system.fresh[store].administrator);
  try {
    await client.query('set session_replication_role = replica');
    for (const [index, table] of tables.entries()) {
      await client.query(`create temp table before_${index} as table ${table}`);
    }
    await client.query(typeof sql === 'string' ? sql : sql(used));
    try {
      return await used.prove(id);
    } finally {
      for (const [index, table] of tables.entries()) {
        await client.query(`delete from ${table}; insert into ${table} table before_${index}`);
      }
    }
  } finally {
    await client.end();
  }
}

/** Holds one sabotage against what the proof should say of it, and that nothing personal is in what it says. */
export async function assertSeen(
  used: UsedCompany,
  id: PromiseId,
  sabotage: Sabotage,
): Promise<void> {
  const finding = await proveSabotaged(used, id, sabotage);
  const said = finding.found.join('\n');
  assert.equal(finding.status, sabotage.says === null ? 'kept' : 'broken', said);
  if (sabotage.says !== null) assert.match(said, sabotage.says);
  for (const text of used.personal) assert.ok(!said.includes(text), 'a finding repeats a text');
  const after = await used.prove(id);
  assert.notEqual(after.status, 'broken', `not put back: ${after.found.join()}`);
}
