import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { account } from '../accounts/holdings.ts';
import { setProtectedIdentity } from '../accounts/protected-identity.ts';
import { openClient } from '../database/pool.ts';
import { newRowId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { outbox } from '../messages/outbox.ts';
import { inTransaction } from '../operation.ts';
import type { Operation } from '../operation.ts';
import type { Purpose } from '../policy/purposes.ts';
import { isProblem } from '../problem.ts';
import { changeStops } from '../requests/stops.ts';
import type { ProblemCode } from '../problem.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import type { Vault } from '../vault/vault.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { disclosures } from './disclosures.ts';
import { disclose, obstacleOn } from './gate.ts';

let system: TestSystem;
let owner: OwnerId;

before(async () => {
  system = await testSystem();
  await keepOnlyTheSupplier();
  owner = await system.newCustomer();
});
after(() => system[Symbol.asyncDispose]());

const letter = { email: 'maja@example.se', subject: 'Hej', text: 'Hej Maja', language: 'sv' };
const send = (purpose: Purpose = 'service-message') =>
  system.op({ party: 'routine', routine: 'send-mail' }, purpose);

async function wishFor(whose: OwnerId) {
  const row = newRowId(system.now);
  const sealed = await inTransaction(send(), async (write) =>
    (await write.vault.sealFor(write, whose)).seal(outbox, row, letter),
  );
  const shape = ({ text }: typeof letter) => ({ text });
  const reference = '<reference@example.se>';
  return {
    to: { channel: 'mail' },
    owner: whose,
    holding: outbox,
    row,
    sealed,
    reference,
    shape,
  } as const;
}

async function disclosed(whose = owner) {
  return system.db
    .selectFrom('recipients.disclosure')
    .selectAll()
    .where('owner_id', '=', whose)
    .orderBy('disclosure_id')
    .execute();
}

/** The same operation with a vault that tells what was opened, and what had been committed by then. */
function watched(op: Operation, onOpen: () => Promise<void>): Operation {
  const { vault } = op;
  const eyes = {
    sealFor: vault.sealFor.bind(vault),
    assertMayHandOut: vault.assertMayHandOut.bind(vault),
    assertNotProtected: vault.assertNotProtected.bind(vault),
    openForGate: async (...asked: Parameters<Vault['openForGate']>) => {
      await onOpen();
      return vault.openForGate(...asked);
    },
  };
  return { ...op, vault: eyes as unknown as Vault };
}

/** Changes the register, tries, and puts everything back. */
async function refusal(change: ReturnType<typeof sql>): Promise<ProblemCode> {
  const wish = await wishFor(owner);
  const before = (await disclosed()).length;
  await change.execute(system.db);
  let opened = 0;
  const watching = watched(send(), () => Promise.resolve(void (opened += 1)));
  try {
    await disclose(watching, wish);
    assert.fail('it was handed out');
  } catch (error) {
    if (!isProblem(error)) throw error;
    assert.equal(opened, 0, 'nothing is opened');
    assert.equal((await disclosed()).length, before, 'nothing is disclosed');
    return error.code;
  } finally {
    await restore();
  }
}

/** These tests turn the one recipient there is into others. */
async function keepOnlyTheSupplier(): Promise<void> {
  const client = await openClient(system.fresh.records.administrator);
  await client.query(`delete from recipients.recipient where category = 'bank'`);
  await client.end();
}

async function restore(): Promise<void> {
  await sql`update recipients.recipient set channel = 'mail', country = 'SE', category = 'supplier',
    role = 'processor', transfer_tool = null, transfer_valid_until = null`.execute(system.db);
  await sql`update recipients.agreement
    set signed_on = '2026-11-22', valid_from = '2026-11-22', ended_on = null`.execute(system.db);
}

test('to a recipient in the register with an agreement a disclosure opens the way', async () => {
  const { content, disclosureId } = await disclose(send(), await wishFor(owner));
  assert.deepEqual(content, { text: letter.text });
  const row = (await disclosed()).find(({ disclosure_id }) => disclosure_id === disclosureId);
  assert.deepEqual(
    [row?.purpose, row?.category, row?.fields.toSorted()],
    ['service-message', 'messages', ['email', 'language', 'subject', 'text']],
  );
  assert.ok(row?.agreement_id);
  const op = system.op({ party: 'customer', owner }, 'insight');
  const opener = await op.vault.openFor(op, owner, ['traces']);
  const { reference } = opener.open(disclosures, disclosureId, row.sealed);
  assert.equal(reference, '<reference@example.se>');
});

test('a disclosure is committed before anything is opened', async () => {
  const before = (await disclosed()).length;
  const seen: number[] = [];
  const op = watched(send(), async () => void seen.push((await disclosed()).length - before));
  await disclose(op, await wishFor(owner));
  assert.deepEqual(seen, [1]);
});

test('a disclosure stands even when what it was for does not open', async () => {
  const before = (await disclosed()).length;
  const wish = await wishFor(owner);
  const moved = disclose(send(), { ...wish, row: newRowId(system.now) });
  await assert.rejects(moved, (error) => isProblem(error, 'sealed-damaged'));
  assert.equal((await disclosed()).length, before + 1);
});

test('a disclosure cannot hide in a transaction that is rolled back', async () => {
  const wish = await wishFor(owner);
  await assert.rejects(
    inTransaction(send(), (write) => disclose(write, wish)),
    /committed by itself/,
  );
});

for (const [name, change] of [
  ['nobody serves the channel', sql`update recipients.recipient set channel = null`],
  ['the agreement ended today', sql`update recipients.agreement set ended_on = '2026-11-22'`],
  ['the agreement begins tomorrow', sql`update recipients.agreement set valid_from = '2026-11-23'`],
  ['the recipient is outside the EEA', sql`update recipients.recipient set country = 'US'`],
  [
    'its transfer tool expired yesterday',
    sql`update recipients.recipient
      set country = 'US', transfer_tool = 'clauses', transfer_valid_until = '2026-11-21'`,
  ],
  [
    'its category is not in the notice',
    sql`update recipients.recipient set category = 'advertiser'`,
  ],
] as const) {
  test(`nothing is opened or handed out when ${name}`, async () => {
    assert.equal(await refusal(change), 'no-agreement');
    assert.equal(await obstacleOn(send(), 'mail'), null);
  });
}

test('a kind of recipient gets what the notice gives it, and nothing else', async () => {
  assert.equal(
    await refusal(sql`update recipients.recipient set category = 'performer'`),
    'not-allowed',
  );
  const before = (await disclosed()).length;
  const { sealed } = await system.db
    .selectFrom('accounts.account')
    .select('sealed')
    .where('owner_id', '=', owner)
    .executeTakeFirstOrThrow();
  const wish = await wishFor(owner);
  const isNotAllowed = (error: unknown) => isProblem(error, 'not-allowed');
  const credentials = disclose(send(), {
    ...wish,
    holding: account,
    sealed,
    shape: ({ name }) => ({ name }),
  });
  await assert.rejects(credentials, isNotAllowed);
  for (const purpose of ['support', 'proof', 'insight'] as const)
    await assert.rejects(disclose(send(purpose), wish), isNotAllowed, purpose);
  assert.equal((await disclosed()).length, before);
});

test('a transfer tool is good on its last day', async () => {
  await sql`update recipients.recipient
    set country = 'US', transfer_tool = 'clauses', transfer_valid_until = '2026-11-22'`.execute(
    system.db,
  );
  await disclose(send(), await wishFor(owner));
  await restore();
});

test('of somebody who is leaving nothing is handed out', async () => {
  const nils = await system.newCustomer({ email: 'nils@example.se' });
  const wish = await wishFor(nils);
  const leaving = system.op({ party: 'customer', owner: nils }, 'leaving');
  const before = await disclosed(nils);
  await askErasure(leaving, nils, newReceiptCode());
  await assert.rejects(disclose(send(), wish), (error) => isProblem(error, 'fenced'));
  assert.deepEqual(await disclosed(nils), before);
});

test('what the customer has stopped is not handed out, and leaves no disclosure', async () => {
  const stopper = await system.newCustomer({ email: 'stopp@example.se' });
  const before = await disclosed(stopper);
  const wish = await wishFor(stopper);
  const own = system.op({ party: 'customer', owner: stopper }, 'account');
  for (const ground of ['restriction', 'objection'] as const) {
    const change = { ground, purposes: ['newsletter'] } as const;
    await changeStops(own, stopper, { ...change, stops: true });
    const sending = disclose(send('newsletter'), wish);
    await assert.rejects(sending, (error) => isProblem(error, 'restricted'), ground);
    await changeStops(own, stopper, { ...change, stops: false });
  }
  assert.deepEqual(await disclosed(stopper), before);
  await disclose(send(), wish);
});

test('who performs services is given nothing of somebody with a protected identity', async () => {
  const hidden = await system.newCustomer({ email: 'skyddad@example.se' });
  const wish = await wishFor(hidden);
  const own = system.op({ party: 'customer', owner: hidden }, 'account');
  await setProtectedIdentity(own, hidden, true);
  const before = await disclosed(hidden);
  await sql`update recipients.recipient set category = 'performer'`.execute(system.db);
  try {
    await assert.rejects(disclose(send(), wish), (error) => isProblem(error, 'protected'));
  } finally {
    await restore();
  }
  assert.deepEqual(await disclosed(hidden), before);
  await disclose(send(), wish);
});
