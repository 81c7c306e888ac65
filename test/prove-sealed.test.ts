// P02 and P03 broken on purpose, in as many ways as they have parts.
import assert from 'node:assert/strict';
import { proofParts } from './proof-parts.ts';
import { after, before, test } from 'node:test';
import type { PromiseId } from '../src/policy/promises.ts';
import { proveAll } from '../src/routines/proof/prove.ts';
import { latestProofs } from '../src/routines/proof/results.ts';
import { assertSeen, usedCompany } from './used-company.ts';
import type { Sabotage, UsedCompany } from './used-company.ts';

let used: UsedCompany;

before(async () => {
  used = await usedCompany();
});
after(() => used[Symbol.asyncDispose]());

test('after real use every promise that can be looked at is kept, and something was looked at', async () => {
  for (const id of ['P02', 'P03', 'P04', 'P06', 'P12', 'P16', 'P19'] as const) {
    const finding = await used.prove(id);
    assert.deepEqual(
      { id, status: finding.status, found: finding.found },
      { id, status: 'kept', found: [] },
    );
    assert.ok(finding.looked_at > 0, `${id} looked at nothing`);
  }
});

test('what every check saw last is kept, and promises without a check say so', async () => {
  const op = used.system.op('routine', 'proof');
  const parts = proofParts(used.system);
  const findings = await proveAll(op, parts);
  assert.equal(findings.length, 21);
  const proofs = await latestProofs(op.db);
  assert.equal(proofs.get('P08')?.status, 'not yet checked');
  assert.equal(proofs.get('P19')?.status, 'broken');
  assert.equal(proofs.get('P04')?.status, 'kept');
  assert.deepEqual(proofs.get('P04')?.provenAt, op.now);
});

const plain = (text: string) => `'${text.padEnd(40, '.')}'::bytea`;
const sealed: readonly Sabotage[] = [
  {
    how: 'a text in clear in a sealed column',
    tables: ['accounts.account'],
    sql: ({ maja }) =>
      `update accounts.account set sealed = ${plain('Maja Lind Testsson')} where owner_id = '${maja}'`,
    says: /^accounts\.account\.sealed: 1 not sealed$/m,
  },
  {
    how: 'a short text in clear in a sealed column',
    tables: ['history.order_line'],
    sql: `update history.order_line set sealed = '\\x01'`,
    says: /^history\.order_line\.sealed: \d+ not sealed$/m,
  },
  {
    how: 'a text in clear that begins like a sealed value',
    tables: ['history.order'],
    sql: `update history.order set sealed = '\\x0101'::bytea || ${plain('Provgatan 17')}`,
    says: /^history\.order [0-9a-f-]+: does not open$/m,
  },
  {
    how: 'a sealed value copied to another row of the same owner',
    tables: ['accounts.session'],
    sql: ({ maja }) =>
      `update accounts.session set sealed = (select sealed from accounts.session
         where owner_id = '${maja}' order by session_id limit 1) where owner_id = '${maja}'`,
    says: /^accounts\.session [0-9a-f-]+: does not open$/m,
  },
  {
    how: 'a sealed value copied to another owner',
    tables: ['accounts.account'],
    sql: ({ maja, erik }) =>
      `update accounts.account set sealed = (select sealed from accounts.account
         where owner_id = '${maja}') where owner_id = '${erik}'`,
    says: /^accounts\.account [0-9a-f-]+: does not open$/m,
  },
  {
    how: 'a sealed value changed by one bit',
    tables: ['accounts.credential'],
    sql: 'update accounts.credential set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1)',
    says: /^accounts\.credential [0-9a-f-]+: does not open$/m,
  },
  {
    how: 'an e-mail address in a clear column',
    tables: ['messages.outbox'],
    sql: `update messages.outbox set purpose = 'till okand.person@example.org'`,
    says: /^messages\.outbox\.purpose: \d+ look personal$/m,
  },
  {
    how: 'a phone number in a clear column',
    tables: ['vault.look'],
    sql: `update vault.look set purpose = 'ring 070-174 06 05'`,
    says: /^vault\.look\.purpose: \d+ look personal$/m,
  },
  {
    how: 'a personal identity number in evidence',
    tables: ['routines.erasure_step'],
    sql: `update routines.erasure_step set evidence = '{"of": "19900101-2385"}' where step = 'asked'`,
    says: /^routines\.erasure_step\.evidence: 1 look personal$/m,
  },
  {
    how: 'the name of a customer in a clear column',
    tables: ['vault.stop'],
    sql: `update vault.stop set purpose = 'erik berg testsson' where ctid = (select min(ctid) from vault.stop)`,
    says: /^vault\.stop\.purpose: 1$/m,
  },
  {
    how: 'the name of a customer among the names of the recipients’ fields',
    tables: ['recipients.disclosure'],
    sql: `update recipients.disclosure set fields = array['email', 'Maja Lind Testsson']`,
    says: /^recipients\.disclosure\.fields: \d+$/m,
  },
];

for (const sabotage of sealed) {
  test(`P02 is broken by ${sabotage.how}`, () => assertSeen(used, 'P02', sabotage));
}

const lost: readonly Sabotage[] = [
  {
    how: 'a key that is missing without a fence, and calls it a loss',
    store: 'keys',
    tables: ['keys.owner_key'],
    sql: ({ erik }) => `delete from keys.owner_key where owner_id = '${erik}'`,
    says: /^accounts\.account [0-9a-f-]+: key missing: data lost$/m,
  },
];

for (const sabotage of lost) {
  test(`P02 is broken by ${sabotage.how}`, () => assertSeen(used, 'P02', sabotage));
}

const oneDisclosure = `disclosure_id = (select disclosure_id from recipients.disclosure where purpose = 'service-message' limit 1)`;
const register = ['recipients.disclosure'];
const disclosed: readonly Sabotage[] = [
  {
    how: 'a message that left without a disclosure',
    tables: ['messages.departure'],
    sql: 'update messages.departure set disclosure_id = departure_id',
    says: /^messages\.departure [0-9a-f-]+: left without a disclosure$/m,
  },
  {
    how: 'a disclosure that was taken out of the register',
    tables: register,
    sql: `delete from recipients.disclosure where purpose = 'service-message'`,
    says: /^messages\.departure [0-9a-f-]+: left without a disclosure$/m,
  },
  ...[
    ['a purpose that the notice does not name', `purpose = 'advertising'`],
    ['a purpose that does not give this', `purpose = 'support'`],
    ['a category that the notice does not name', `category = 'location'`],
    ['a category that is given to nobody', `category = 'credentials'`],
    ['a field too many', `fields = fields || array['name']`],
    ['fields that nobody wrote down', `fields = '{}'`],
    ['a recipient that is not in the register', `recipient_id = disclosure_id`],
  ].map(([how, change]) => ({
    how: `a disclosure with ${how}`,
    tables: register,
    sql: `update recipients.disclosure set ${change} where ${oneDisclosure}`,
    says: /^recipients\.disclosure [0-9a-f-]+: not in the notice$/m,
  })),
  {
    how: 'a recipient of a kind that the notice does not name',
    tables: ['recipients.recipient'],
    sql: `update recipients.recipient set category = 'broker'`,
    says: /^recipients\.disclosure [0-9a-f-]+: not in the notice$/m,
  },
  {
    how: 'a recipient of a kind that is given nothing',
    tables: ['recipients.recipient'],
    sql: `update recipients.recipient set category = 'bank'`,
    says: /^recipients\.disclosure [0-9a-f-]+: not in the notice$/m,
  },
];

for (const sabotage of disclosed) {
  test(`P03 is broken by ${sabotage.how}`, () =>
    assertSeen(used, 'P03' satisfies PromiseId, sabotage));
}
