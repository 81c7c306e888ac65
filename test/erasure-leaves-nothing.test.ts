// Generated from the holdings: a row in each, an erasure, and then a look at everything there is, down to the bytes.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { newOneTimeSecret } from '../src/accounts/one-time-codes.ts';
import { addStaff } from '../src/accounts/staff.ts';
import { listColumns } from '../src/database/scan.ts';
import { openClient, openKysely, openPool } from '../src/database/pool.ts';
import type { Connection } from '../src/database/pool.ts';
import { clusterNames } from '../src/database/throw-away.ts';
import { holdings } from '../src/holdings.ts';
import type { OwnerId, RowId } from '../src/ids.ts';
import { sendNext } from '../src/messages/outbox.ts';
import { categoryNames } from '../src/policy/rules.ts';
import { advanceErasure } from '../src/routines/erasure.ts';
import { askErasure } from '../src/routines/erasure-ask.ts';
import { newReceiptCode } from '../src/routines/receipt-code.ts';
import { fillEveryHolding, personalFields, personalText } from './every-holding.ts';
import { testClusters } from './stores.ts';
import { person, testSystem } from './system.ts';
import type { TestSystem } from './system.ts';
import { grep, needlesOf } from './traces.ts';

type Customer = { readonly owner: OwnerId; readonly mark: string; readonly strings: string[] };

let system: TestSystem;
let leaver: Customer;
let control: Customer;

before(async () => {
  system = await testSystem();
  leaver = await newCustomer();
  control = await newCustomer();
});
after(() => system[Symbol.asyncDispose]());

/** Somebody who used everything there is, and has a row in every holding besides. */
async function newCustomer(): Promise<Customer> {
  const mark = randomBytes(6).toString('hex');
  const who = { email: `${mark}@example.se`, name: `Örjan ${mark}`, street: `Ågatan ${mark}` };
  const owner = await system.newCustomer(who);
  await system.placeOrderFor(owner, who);
  await fillEveryHolding(system.op('nobody', 'account'), owner, mark);
  const smtp = {
    send: () => Promise.resolve({ outcome: 'accepted', reference: mark } as const),
    close: () => Promise.resolve(),
  };
  const sender = { from: 'Exempel AB <kund@example.se>', domain: 'example.se' };
  const mail = system.op({ party: 'routine', routine: 'send-mail' }, 'service-message');
  while (await sendNext(mail, smtp, sender));
  const support = system.op({ party: 'support', owner: await newStaff() }, 'support');
  await support.vault.openFor(support, owner, ['credentials', 'history']);
  await fillEveryHolding(system.op('nobody', 'account'), owner, mark);
  return { owner, mark, strings: [who.email, who.name, who.street, personalText(mark, 'email')] };
}

async function newStaff(): Promise<OwnerId> {
  const email = `${randomBytes(6).toString('hex')}@example.com`;
  const secret = newOneTimeSecret();
  const { password, name } = person;
  const op = system.op('routine', 'employment');
  await addStaff(op, { role: 'support', email, name, password, secret });
  const owner = await op.vault.ownerOf({ kind: 'staff-email', value: email });
  assert.ok(owner);
  return owner;
}

async function countRows({ owner }: Customer): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { table } of holdings) {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from ${sql.table(table)} where owner_id = ${owner}`.execute(
      system.db,
    );
    counts[table] = rows[0]?.n ?? 0;
  }
  return counts;
}

/** Each table of a database in which a row, written out as text, holds one of the texts. */
async function tablesWith(connection: Connection, texts: readonly string[]): Promise<string[]> {
  const pool = openPool({ ...connection, max: 1 });
  try {
    const columns = await listColumns(openKysely(pool));
    const tables = new Set(columns.map(({ schema, table }) => `"${schema}"."${table}"`));
    const found: string[] = [];
    for (const table of tables) {
      const { rows } = await pool.query<{ n: number }>(
        `select count(*)::int as n from ${table} t
         where exists (select from unnest($1::text[]) s(text)
                       where position(lower(s.text) in lower(t::text)) > 0)`,
        [texts],
      );
      if ((rows[0]?.n ?? 0) > 0) found.push(`${table}: ${rows[0]?.n}`);
    }
    return found;
  } finally {
    await pool.end();
  }
}

/** The id with and without dashes, and each text plain and as the hex in which byte columns are written. */
function readable({ owner, strings }: Customer): string[] {
  const hex = strings.map((text) => Buffer.from(text).toString('hex'));
  return [owner, owner.replaceAll('-', ''), ...strings, ...hex];
}

test('every holding has a row of the one who leaves and of the one who stays', async () => {
  for (const customer of [leaver, control]) {
    const empty = Object.entries(await countRows(customer)).filter(([, count]) => count === 0);
    assert.deepEqual(empty, []);
  }
});

test('the look at the tables finds somebody who is there', async () => {
  const found = await tablesWith(system.fresh.records.administrator, readable(leaver));
  for (const { table } of holdings) {
    const quoted = table.split('.').map((part) => `"${part}"`);
    assert.ok(
      found.some((place) => place.startsWith(`${quoted.join('.')}:`)),
      table,
    );
  }
  const keys = await tablesWith(system.fresh.keys.administrator, readable(leaver));
  assert.deepEqual(keys, ['"keys"."blind_index": 1', '"keys"."owner": 1', '"keys"."owner_key": 1']);
});

test('after an erasure no row, no key and no text of the customer is left in either database', async () => {
  const op = system.op({ party: 'customer', owner: leaver.owner }, 'leaving');
  const erasureId: RowId = await askErasure(op, leaver.owner, newReceiptCode());
  const routine = system.op('routine', 'leaving');
  assert.equal(await advanceErasure(routine, erasureId, system.around), 'complete');
  const rows = Object.values(await countRows(leaver));
  assert.deepEqual([...new Set(rows)], [0]);
  assert.deepEqual(await tablesWith(system.fresh.records.administrator, readable(leaver)), []);
  const keys = await tablesWith(system.fresh.keys.administrator, readable(leaver));
  assert.deepEqual(keys, ['"keys"."fence": 1'], 'the fence, which holds a random id, and no more');
});

test('the one who stays is untouched, and every row of hers opens', async () => {
  const empty = Object.entries(await countRows(control)).filter(([, count]) => count === 0);
  assert.deepEqual(empty, []);
  const op = system.op({ party: 'customer', owner: control.owner }, 'insight');
  const readableTo = new Set(['credentials', 'history', 'settings', 'traces', 'messages']);
  const opener = await op.vault.openFor(
    op,
    control.owner,
    categoryNames().filter((name) => readableTo.has(name)),
  );
  let opened = 0;
  for (const holding of holdings) {
    if (holding.sealed === null || !readableTo.has(holding.category)) continue;
    const { rows } = await sql<{ row: RowId; sealed: Uint8Array }>`
      select ${sql.ref(holding.row)} as row, sealed from ${sql.table(holding.table)}
      where owner_id = ${control.owner} and sealed is not null`.execute(system.db);
    const texts = rows.map(({ row, sealed }) =>
      JSON.stringify(opener.open(holding, row, sealed as never)),
    );
    opened += texts.length;
    const filled = JSON.stringify(personalFields(holding, control.mark));
    // An account has one of each already, from signing up.
    const isReal = ['accounts.account', 'accounts.credential'].includes(holding.table);
    assert.ok(isReal || texts.includes(filled), holding.table);
  }
  assert.ok(opened > 10);
});

test('no file of either cluster, write-ahead log included, holds a text of hers in any usual encoding', async () => {
  const scratch = `Örjan ${randomBytes(6).toString('hex')} prov`;
  const client = await openClient(system.fresh.records.administrator);
  await client.query('create table public.scratch (text text)');
  await client.query('insert into public.scratch values ($1)', [scratch]);
  await client.query('checkpoint');
  await client.end();
  const keys = await openClient(system.fresh.keys.administrator);
  await keys.query('checkpoint');
  await keys.end();

  const needles = [leaver, control].flatMap(({ strings }) => strings.flatMap(needlesOf));
  const [records] = clusterNames;
  const clusters = testClusters();
  const plain = needlesOf(scratch).slice(0, 1);
  const seen = grep(clusters[records].folder, plain);
  assert.ok(
    seen.some((file) => file.startsWith('pg_wal/')),
    'the look reads the write-ahead log',
  );
  assert.ok(
    seen.some((file) => file.startsWith('base/')),
    'the look reads the tables',
  );
  for (const name of clusterNames) assert.deepEqual(grep(clusters[name].folder, needles), []);
});

test('no file of the data folder holds a text of hers, and only the ledger her random id', () => {
  const needles = leaver.strings.flatMap(needlesOf);
  assert.deepEqual(grep(system.folder, needles), []);
  const byId = grep(system.folder, [{ form: 'id', bytes: Buffer.from(leaver.owner) }]);
  assert.equal(byId.length, 1);
  assert.match(byId[0] ?? '', /^ledger\/payloads\//);
});

test('the needles find a text in every encoding and at every alignment', () => {
  const text = 'Åsa Öberg asa@example.se';
  const inside = (bytes: Buffer) =>
    needlesOf(text).filter((needle) => bytes.includes(needle.bytes));
  for (const before of ['', 'x', 'xx', 'xxx']) {
    const around = `${before}${text}yy`;
    const encodings = ['utf8', 'base64', 'base64url', 'hex', 'utf16le', 'latin1'] as const;
    for (const encoding of encodings) {
      const bytes = ['utf8', 'utf16le', 'latin1'].includes(encoding)
        ? Buffer.from(around, encoding)
        : Buffer.from(Buffer.from(around).toString(encoding));
      assert.ok(inside(bytes).length > 0, `${encoding} after ${before.length} bytes`);
    }
    assert.ok(inside(Buffer.from(encodeURIComponent(around))).length > 0);
    assert.ok(inside(Buffer.from(new URLSearchParams({ a: around }).toString())).length > 0);
  }
  assert.equal(inside(Buffer.from('=C3=85sa =C3=96berg asa@example.se')).length, 1);
});
