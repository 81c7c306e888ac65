import assert from 'node:assert/strict';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { person } from '../../../test/system.ts';
import { openWith } from '../age.ts';
import { backupSystem } from '../backup.fixture.ts';
import { attack } from './attack.ts';
import type { AttackReport } from './attack.ts';
import { needlesOf } from './encodings.ts';
import { countKinds, isPersonalNumber } from './patterns.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'varsam-test-attack-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function attacked(
  content: string | Uint8Array,
  lists: { names?: string[]; emails?: string[] } = {},
  name = 'dump.sql',
): Promise<AttackReport> {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return attack({
    sources: [file],
    open: null,
    names: lists.names ?? [],
    emails: lists.emails ?? [],
  });
}

/** A dump as pg_dump writes it, of one table with one column. */
function dumpOf(values: readonly (string | null)[]): string {
  const lines = values.map(
    (value) => value?.replaceAll('\\', '\\\\').replaceAll('\n', '\\n') ?? '\\N',
  );
  return `--\n-- PostgreSQL database dump\n--\n\nCOPY shop.customer (value) FROM stdin;\n${lines.join('\n')}\n\\.\n`;
}

function learned({ columns, files }: AttackReport): string {
  return [...columns, ...files].flatMap((one) => one.learned).join('; ');
}

// Numbers from Skatteverket's test data, PTS's numbers for fiction, and examples of the standards.
const leaks: readonly [string, string][] = [
  ['e-mail address', 'maja.lind@example.se'],
  ['phone number', '070-174 06 05'],
  ['phone number', '+46701740605'],
  ['phone number', '+442079460958'],
  ['personal identity number', '19121212-1212'],
  ['personal identity number', '191212121212'],
  ['card number', '4242 4242 4242 4242'],
  ['IBAN', 'SE45 5000 0000 0583 9825 7466'],
  ['password hash', '$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy'],
  ['password hash', '$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHQ$aGFzaA'],
  ['JSON web token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.c2lnbmF0dXJlc2ln'],
];

test('each kind of personal thing in a column is found and named', async () => {
  for (const [kind, value] of leaks) {
    const report = await attacked(dumpOf(['ordinary words', value]));
    assert.equal(report.personal, true, value);
    assert.match(learned(report), new RegExp(kind), value);
    assert.equal(report.columns[0]?.place, 'shop.customer.value');
  }
});

/** An address inside other words, in each of the encodings. */
function written(address: string): [string, Buffer][] {
  const inBase64 = (encoding: 'base64' | 'base64url') =>
    ['', 'a', 'ab'].map((beside): [string, Buffer] => [
      `${encoding}, ${beside.length} beside`,
      // The pilcrows make letters that the two alphabets write differently.
      Buffer.from(Buffer.from(`${beside} ${address} ¶¾¿¶¾¿`).toString(encoding)),
    ]);
  const plain = needlesOf(address).filter(({ encoding }) => !encoding.startsWith('base64'));
  return [
    ...plain.map(({ encoding, bytes }): [string, Buffer] => [encoding, bytes]),
    ...inBase64('base64'),
    ...inBase64('base64url'),
  ];
}

test('an address is found in a dump in each of the encodings, twice wrapped as well', async () => {
  for (const [encoding, bytes] of written('maja.lind+x@example.se')) {
    const around = Buffer.concat([Buffer.from('\x01\x02'), bytes, Buffer.from('\x03\x04')]);
    const column = await attacked(dumpOf([`\\x${around.toString('hex')}`]));
    assert.match(learned(column), /e-mail address/, `${encoding} in a column`);
    const raw = await attacked(around, {}, 'heap');
    assert.match(learned(raw), /e-mail address/, `${encoding} in a file`);
    const wrapped = Buffer.from(around.toString('base64'));
    assert.match(
      learned(await attacked(wrapped, {}, 'heap')),
      /e-mail address/,
      `${encoding} twice`,
    );
  }
});

test('a name from the list is found in all 17 forms, and others are not', async () => {
  const forms = needlesOf('Åsa Örnsköld Testsson');
  assert.equal(forms.length, 17);
  for (const { encoding, bytes } of forms) {
    const names = ['Åsa Örnsköld Testsson'];
    const report = await attacked(
      Buffer.concat([randomBytes(50), bytes, randomBytes(50)]),
      { names },
      'heap',
    );
    assert.match(learned(report), /name from the list/, encoding);
  }
  const nobody = await attacked(randomBytes(200), { names: ['Åsa Örnsköld Testsson'] }, 'heap');
  assert.equal(nobody.personal, false);
});

test('hashed addresses are recognised: plain, keyed by a value of the dump, salted by one', async () => {
  const email = 'maja.lind@example.se';
  const key = randomBytes(32);
  const hashes: Record<string, Buffer> = {
    md5: createHash('md5').update(email).digest(),
    sha256: createHash('sha256').update(email).digest(),
    HMAC: createHmac('sha256', key).update(email).digest(),
    'SHA-256 behind': createHash('sha256').update(key).update(email).digest(),
  };
  for (const [how, hash] of Object.entries(hashes)) {
    const emails = ['nobody@example.com', 'Maja.Lind@example.se'];
    const report = await attacked(dumpOf([`\\x${hash.toString('hex')}`, key.toString('hex')]), {
      emails,
    });
    assert.match(learned(report), new RegExp(`addresses recognised by ${how}`), how);
  }
  const foreign = createHmac('sha256', randomBytes(32)).update(email).digest('hex');
  const report = await attacked(dumpOf([foreign, key.toString('hex')]), { emails: [email] });
  assert.equal(report.personal, false);
});

test('ciphertext that comes again, a nonce used twice, and bytes that are no ciphertext are found', async () => {
  const sealed = () => Buffer.concat([Buffer.from([1, 1]), randomBytes(98)]);
  const hex = (all: readonly Buffer[]) => dumpOf(all.map((one) => `\\x${one.toString('hex')}`));
  const good = Array.from({ length: 100 }, sealed);
  assert.equal((await attacked(hex(good))).personal, false);
  const twice = await attacked(hex([...good, good[0] as Buffer]));
  assert.match(learned(twice), /equal ciphertexts: 1/);
  const nonce = Buffer.concat([(good[0] as Buffer).subarray(0, 14), randomBytes(40)]);
  assert.match(learned(await attacked(hex([...good, nonce]))), /a nonce used twice: 1/);
  const plain = good.map((_, index) =>
    Buffer.from(`Lämna paketet vid dörren, trappa ${index}`, 'utf16le'),
  );
  assert.match(learned(await attacked(hex(plain))), /not encrypted/);
  const words = [...good, Buffer.from('leave it by the door')];
  assert.match(learned(await attacked(hex(words))), /readable text among bytes: 1/);
});

test('numbers that are personal identity numbers in disguise are found, and ordinary numbers are not', async () => {
  const luhn = (first: string) => {
    const last = Array.from({ length: 10 }, (_, digit) => `${first}${digit}`);
    return last.find(isPersonalNumber) ?? '';
  };
  const disguised = Array.from({ length: 20 }, (_, day) =>
    luhn(`191212${String(day + 1).padStart(2, '0')}121`),
  );
  assert.match(
    learned(await attacked(dumpOf(disguised))),
    /personal identity number \(number\): 20/,
  );
  const ordinary = Array.from({ length: 500 }, (_, index) => String(1_000_000_007 + index * 7_919));
  assert.equal((await attacked(dumpOf(ordinary))).personal, false);
});

test('INSERTs, a compressed dump and a folder of files are read as well', async () => {
  const inserts = `-- MySQL dump 10\nINSERT INTO \`customer\` VALUES (1,'Maja','maja@example.se'),(2,'O''Hara',NULL);\n`;
  const report = await attacked(inserts);
  assert.match(learned(report), /e-mail address/);
  assert.deepEqual(
    report.columns.map(({ rows }) => rows),
    [2, 2, 2],
  );
  const packed = await attacked(gzipSync(dumpOf(['maja.lind@example.se'])), {}, 'dump.gz');
  assert.equal(packed.columns[0]?.place, 'shop.customer.value');
  assert.equal(packed.personal, true);
  const all = await attack({ sources: [folder], open: null, names: [], emails: [] });
  assert.equal(all.personal, true);
});

test('random bytes, ids, hashes and times give nobody away', async () => {
  assert.equal((await attacked(randomBytes(4_000_000), {}, 'noise')).personal, false);
  const ids = Array.from({ length: 2000 }, () => crypto.randomUUID());
  const hashes = ids.map((id) => createHash('sha256').update(id).digest('hex'));
  const times = ids.map(
    (_, index) => `2026-11-22 12:00:${String(index % 60).padStart(2, '0')}.123456+00`,
  );
  const report = await attacked(dumpOf([...ids, ...hashes, ...times]));
  assert.equal(learned(report), '');
  assert.deepEqual([...countKinds('organisation 556000-4615, 2026-11-22, 1 795,00 kr')], []);
});

test('from our own records and keys nothing is learned but counts, sizes and times', async () => {
  await using backups = await backupSystem();
  const { system } = backups;
  const people = ['maja', 'nils', 'olga'].map((name) => `${name}.lind@example.se`);
  for (const email of people) await system.placeOrderFor(await system.newCustomer({ email }));
  const taken = await backups.back();
  const { identities } = backups;
  for (const store of ['records', 'keys'] as const) {
    const report = await attack({
      sources: [path.join(backups.folder, 'place', taken[store].name)],
      open: openWith([identities[store]]),
      names: [person.name, person.street],
      emails: people,
    });
    assert.equal(learned(report), '');
    assert.ok(report.columns.some(({ rows, says }) => rows > 0 && says !== 'nothing'));
    assert.match(report.links.join('\n'), /random ids/);
  }
  const closed = await attack({
    sources: [path.join(backups.folder, 'place')],
    open: null,
    names: [person.name],
    emails: people,
  });
  assert.equal(closed.personal, false);
});
