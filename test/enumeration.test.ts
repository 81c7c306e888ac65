// What a thief has who takes a dump of the records, the server's logs and a staff password, but no key: seeded texts
// are looked for in every usual form, and guesses are tried against every column.
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { countAttempt } from '../src/accounts/attempts.ts';
import { listColumns } from '../src/database/scan.ts';
import { openClient, openKysely, openPool } from '../src/database/pool.ts';
import type { Connection } from '../src/database/pool.ts';
import { normalised } from '../src/vault/owner-keys.ts';
import { person } from './system.ts';
import { grep, needlesOf } from './traces.ts';
import { usedCompany } from './used-company.ts';
import type { UsedCompany } from './used-company.ts';

let used: UsedCompany;
let records: Buffer;
let keys: Buffer;

before(async () => {
  used = await usedCompany();
  records = await dump(used.system.fresh.records.administrator);
  keys = await dump(used.system.fresh.keys.administrator);
});
after(() => used[Symbol.asyncDispose]());

/** Every row of every table as text, and every byte column besides as the bytes it holds. */
async function dump(connection: Connection): Promise<Buffer> {
  const pool = openPool({ ...connection, max: 1 });
  try {
    const db = openKysely(pool);
    const columns = await listColumns(db);
    const parts: Buffer[] = [];
    for (const { schema, table, column, type } of columns) {
      const { rows } = await sql<{ text: string; bytes: Buffer }>`
        select ${sql.id(column)}::text as text,
               ${type === 'bytea' ? sql.id(column) : sql`''::bytea`} as bytes
        from ${sql.id(schema, table)}`.execute(db);
      parts.push(
        ...rows
          .flatMap(({ text, bytes }) => [Buffer.from(`${text}\n`), bytes ?? ''])
          .map((part) => Buffer.from(part)),
      );
    }
    return Buffer.concat(parts);
  } finally {
    await pool.end();
  }
}

const texts = [
  // All but the town, which the catalogue of wool blankets names as well.
  person.email,
  person.name,
  person.password,
  person.street,
  person.postal_code,
  'Safari, iPhone',
  'erik.berg@example.com',
  'Erik Berg Testsson',
  'Exempelvägen 4',
  'stina.ek@example.com',
  'Stina Ek Testsson',
  'nils.ny@example.com',
];

function formsIn(bytes: Buffer, text: string): string[] {
  return needlesOf(text)
    .filter((needle) => bytes.includes(needle.bytes))
    .map(({ form }) => form);
}

test('a dump of the records holds none of the seeded texts in any usual encoding', () => {
  assert.ok(records.length > 10_000, 'the dump is whole');
  for (const text of texts) assert.deepEqual(formsIn(records, text), [], 'a seeded text was found');
});

test('a dump of the keys store holds none of them either', () => {
  for (const text of texts) assert.deepEqual(formsIn(keys, text), [], 'a seeded text was found');
});

test('logs, ledger and every other file of the data folder hold none of them', () => {
  assert.deepEqual(grep(used.system.folder, texts.flatMap(needlesOf)), []);
});

test('the dump would show a text if one were there', async () => {
  const client = await openClient(used.system.fresh.records.administrator);
  await client.query('create table public.scratch (text text, bytes bytea)');
  await client.query(
    `insert into public.scratch values ('Åsa Prov', convert_to('Åsa Prov', 'UTF8'))`,
  );
  const seen = await dump(used.system.fresh.records.administrator);
  assert.ok(formsIn(seen, 'Åsa Prov').includes('UTF-8'));
  assert.ok(formsIn(seen, 'Åsa Prov').includes('hex'));
  await client.query('drop table public.scratch');
  await client.end();
});

/** Hashes that somebody without the keyring could compute of a guessed address. */
function guesses(address: string): Buffer[] {
  const forms = [
    address,
    normalised(address),
    address.toUpperCase(),
    ` ${address}`,
    `${address}\n`,
  ];
  const kinds = ['', 'account-email\0', 'account-email ', 'staff-email\0', 'sign-up ', 'attempt\0'];
  const inputs = forms.flatMap((form) => kinds.map((kind) => `${kind}${form}`));
  const secrets = ['', 'varsam', 'secret', person.password];
  return inputs.flatMap((input) => [
    ...['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3-256', 'blake2b512'].map(
      (name) => createHash(name).update(input).digest(),
    ),
    ...secrets.flatMap((secret) =>
      ['md5', 'sha1', 'sha256', 'sha512'].map((name) =>
        createHmac(name, secret).update(input).digest(),
      ),
    ),
  ]);
}

test('no hash of a known address that can be computed without keys stands in either database', () => {
  for (const address of [person.email, 'erik.berg@example.com', 'alva.holm@example.se']) {
    const found = guesses(address).filter((hash) => {
      const hex = hash.toString('hex');
      // The first half would be enough to recognise somebody by.
      const head = hash.subarray(0, 12);
      return [records, keys].some(
        (bytes) =>
          bytes.includes(head) ||
          bytes.includes(hex.slice(0, 24)) ||
          bytes.includes(head.toString('base64')),
      );
    });
    assert.equal(found.length, 0);
  }
});

test('hashes of the same address differ between accounts, attempts and staff, and from day to day', async () => {
  const { system } = used;
  const buckets = async () =>
    (await system.db.selectFrom('accounts.attempt').select('bucket').execute()).map(({ bucket }) =>
      Buffer.from(bucket).toString('hex'),
    );

  await countAttempt(system.op('nobody', 'sign-in'), 'the same');
  const before = await buckets();
  system.now = system.now.add({ hours: 24 });
  await countAttempt(system.op('nobody', 'sign-in'), 'the same');
  const fresh = (await buckets()).filter((bucket) => !before.includes(bucket));
  assert.equal(fresh.length, 1);
});

test('the records hold no index of addresses at all, so an old dump of them cannot be tried out', async () => {
  const client = await openClient(used.system.fresh.records.administrator);
  const { rows } = await client.query<{ place: string }>(`
    select n.nspname || '.' || c.relname || '.' || a.attname as place
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and a.atttypid = 'bytea'::regtype and a.attnum > 0 and a.attname <> 'sealed'
      and n.nspname not like 'pg_%' order by 1`);
  await client.end();
  assert.deepEqual(
    rows.map(({ place }) => place),
    [
      // Buckets, addresses and networks are under the key of their owner, mostly of the day, which dies. The rest are
      // hashes of random tokens.
      'accounts.address_change.token_hash',
      'accounts.address_change.undo_hash',
      'accounts.attempt.bucket',
      'accounts.failure.bucket',
      'accounts.invitation.token_hash',
      'accounts.known_network.network_hash',
      'accounts.recovery.address_mac',
      'accounts.recovery.token_hash',
      'accounts.session.token_hash',
      'accounts.signup.address_mac',
      'accounts.signup.token_hash',
      // Of a file; a wrapped key, and for whom; of a bank's own number, under a key of the keyring.
      'bookkeeping.export.sha256',
      'bookkeeping.fiscal_year.recovery_key',
      'bookkeeping.fiscal_year.recovery_recipient',
      'bookkeeping.voucher.reference_hash',
      'history.guest.token_hash',
      // Of a random number, under a key of the keyring; pictures and conditions that everybody may see.
      'history.order.number_hash',
      'history.picture.content',
      'history.picture.sha256',
      'history.proof_of_purchase.token_hash',
      'history.terms.content_hash',
      // Of the name of a place, of random tokens, and of a text that everybody may read.
      'routines.backup.place_hash',
      'routines.erasure.code_hash',
      'settings.notice.content_hash',
    ],
  );
});
