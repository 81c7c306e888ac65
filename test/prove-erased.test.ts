// P04 and P06 broken on purpose: people who come back, keys that come back, erasures that were never finished.
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { newOwnerId, newRowId } from '../src/ids.ts';
import { askErasure } from '../src/routines/erasure-ask.ts';
import { newReceiptCode } from '../src/routines/receipt-code.ts';
import { assertSeen, erase, usedCompany } from './used-company.ts';
import type { Sabotage, UsedCompany } from './used-company.ts';

let used: UsedCompany;

before(async () => {
  used = await usedCompany();
});
after(() => used[Symbol.asyncDispose]());

const values = (used: UsedCompany, seconds: number) => {
  const asked = used.system.now.subtract({ hours: 25, seconds });
  return `insert into routines.erasure (erasure_id, kind, state, asked_at, code_hash, fence_index)
    values ('${newRowId(used.system.now)}', 'account', 'told', '${asked.toString()}', sha256('x'), 1)`;
};

const erased: readonly Sabotage[] = [
  {
    how: 'an erased owner who is back',
    tables: ['vault.owner'],
    sql: ({ gone }) => `insert into vault.owner values ('${gone}', 'account', now(), null)`,
    says: /^vault\.owner\.owner_id: 1$/m,
  },
  {
    how: 'an order of an erased owner that is back',
    tables: ['history."order"'],
    sql: ({ gone }) => `update history."order" set owner_id = '${gone}'`,
    says: /^history\.order\.owner_id: \d+$/m,
  },
  {
    how: 'a sign-up that leads to an erased owner',
    tables: ['accounts.signup'],
    sql: ({ gone }) => `update accounts.signup set account_id = '${gone}'`,
    says: /^accounts\.signup\.account_id: \d+$/m,
  },
  {
    how: 'evidence that names an erased owner',
    tables: ['routines.erasure_step'],
    sql: ({ gone }) =>
      `update routines.erasure_step set evidence = '{"of": "${gone}"}' where step = 'asked'`,
    says: /^routines\.erasure_step\.evidence: 1$/m,
  },
  {
    how: 'a finished erasure that still knows whom it erased',
    tables: ['routines.erasure_subject'],
    sql: ({ gone, goneErasure }) =>
      `insert into routines.erasure_subject values ('${goneErasure}', '${gone}')`,
    says: /^routines\.erasure_subject [0-9a-f-]+: its erasure is complete$/m,
  },
  {
    how: 'an owner who is back and called an erasure that still runs',
    tables: ['routines.erasure_subject', 'vault.owner'],
    sql: ({ gone, goneErasure }) =>
      `insert into routines.erasure_subject values ('${goneErasure}', '${gone}');
       insert into vault.owner values ('${gone}', 'account', now(), null)`,
    says: /^vault\.owner\.owner_id: 1$/m,
  },
  {
    how: 'a key that is back',
    store: 'keys',
    tables: ['keys.owner_key', 'keys.owner'],
    sql: ({ gone }) =>
      `insert into keys.owner values ('${gone}', now());
       insert into keys.owner_key select '${gone}', epoch, wrapped, fingerprint from keys.owner_key limit 1`,
    says: /^keys\.owner_key\.owner_id: 1$/m,
  },
  {
    how: 'an address that leads to an erased owner again',
    store: 'keys',
    tables: ['keys.blind_index'],
    sql: ({ gone }) =>
      `insert into keys.blind_index values (sha256('x'), 'account-email', '${gone}')`,
    says: /^keys\.blind_index\.owner_id: 1$/m,
  },
  ...[
    ['was never put into the ledger', '100000'],
    ['names an entry of another kind', '0'],
    ['names the entry of somebody else', '(select max(ledger_index) from keys.fence)'],
  ].map(([how, index]) => ({
    how: `a fence that ${how}`,
    store: 'keys' as const,
    tables: ['keys.fence'],
    sql: ({ system }: UsedCompany) =>
      `insert into keys.fence values ('${newOwnerId()}', '${system.now.toString()}', null, ${index})`,
    says: /^keys\.fence [0-9a-f-]+: not in the ledger$/m,
  })),
  {
    how: 'a fence that was torn down',
    store: 'keys',
    tables: ['keys.fence'],
    sql: ({ gone }) => `delete from keys.fence where owner_id = '${gone}'`,
    says: /^routines\.erasure [0-9a-f-]+: its fence is gone$/m,
  },
  {
    how: 'an erasure that was told complete without a last look',
    tables: ['routines.erasure_step'],
    sql: `delete from routines.erasure_step where step = 'verified'`,
    says: /^routines\.erasure [0-9a-f-]+: complete without proof$/m,
  },
  ...[
    ['a receipt that was altered', `receipt = jsonb_set(receipt, '{kept}', '[1]')`],
    ['a receipt that was emptied', `receipt = '{}'`],
    ['a receipt that names another entry of the ledger', 'done_index = fence_index'],
    ['a receipt that names an entry that is not there', 'done_index = 100000'],
  ].map(([how = '', change]) => ({
    how,
    tables: ['routines.erasure'],
    sql: `update routines.erasure set ${change}`,
    says: /^routines\.erasure [0-9a-f-]+: complete without proof$/m,
  })),
  {
    how: 'an erasure that has been on its way for more than a day and an hour',
    tables: ['routines.erasure'],
    sql: (at) => values(at, 1),
    says: /^routines\.erasure [0-9a-f-]+: still told$/m,
  },
];

for (const sabotage of erased) {
  test(`P04 is broken by ${sabotage.how}`, () => assertSeen(used, 'P04', sabotage));
}

test('P04 is kept while an erasure waits no longer than a recipient may be silent', () =>
  assertSeen(used, 'P04', {
    how: '',
    tables: ['routines.erasure'],
    sql: (at) => values(at, 0),
    says: null,
  }));

const forgotten: readonly Sabotage[] = [
  {
    how: 'an order whose account is gone',
    tables: ['vault.owner'],
    sql: ({ erik }) => `delete from vault.owner where owner_id = '${erik}'`,
    says: /^history\.order [0-9a-f-]+: its account is gone$/m,
  },
  {
    how: 'a line whose order is gone',
    tables: ['history."order"'],
    sql: ({ erik }) => `delete from history."order" where owner_id = '${erik}'`,
    says: /^history\.order_line [0-9a-f-]+: its order is gone$/m,
  },
  {
    how: 'an order that points to an erased account',
    tables: ['history."order"'],
    sql: ({ gone, erik }) =>
      `update history."order" set owner_id = '${gone}' where owner_id = '${erik}'`,
    says: /^history\.order\.owner_id: 1$/m,
  },
];

for (const sabotage of forgotten) {
  test(`P06 is broken by ${sabotage.how}`, () => assertSeen(used, 'P06', sabotage));
}

for (const id of ['P04', 'P06'] as const) {
  test(`${id} is broken by a line in a log that names an erased account`, async () => {
    const file = path.join(used.system.around.logFolder, 'other.log');
    // Far enough into the file that the id lies across two pieces of it.
    writeFileSync(file, `${'-'.repeat(65_520)}${used.gone}\n`);
    const finding = await used.prove(id);
    rmSync(file);
    assert.equal(finding.status, 'broken');
    assert.deepEqual(finding.found, ['log other.log']);
    assert.equal((await used.prove(id)).status, 'kept');
  });
}

test('P04 and P06 are kept while an erasure runs, and after it', async () => {
  const { system } = used;
  const owner = await system.newCustomer({ email: 'sven.ny@example.se' });
  await system.placeOrderFor(owner);
  const op = system.op({ party: 'customer', owner }, 'leaving');
  await askErasure(op, owner, newReceiptCode());
  for (const id of ['P04', 'P06'] as const) assert.deepEqual((await used.prove(id)).found, []);
  const other = await system.newCustomer({ email: 'eva.ny@example.se' });
  await erase(system, other);
  for (const id of ['P04', 'P06'] as const) assert.deepEqual((await used.prove(id)).found, []);
});
