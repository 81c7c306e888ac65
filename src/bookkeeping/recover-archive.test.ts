import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import {
  newBookkeeper,
  newestVoucher,
  payBackAll,
  sellBySwish,
  sellOnSite,
} from '../../test/books.ts';
import { addTestProduct } from '../../test/shop.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { newIdentity, openWith } from '../backup/age.ts';
import { begin } from '../begin.ts';
import type { Operation } from '../operation.ts';
import { isProblem } from '../problem.ts';
import { openStores } from '../stores.ts';
import { hashOfRecipient } from '../vault/wrap-for-recovery.ts';
import { openVoucher } from './archive.ts';
import { correctVoucher } from './correct.ts';
import { recoverArchive } from './recover-archive.ts';
import { wrapYears } from './recovery.ts';
import { openYear } from './years.ts';

let system: TestSystem;
let folder: string;
let keeper: Awaited<ReturnType<typeof newBookkeeper>>;
let folders = 0;

before(async () => {
  system = await testSystem();
  folder = mkdtempSync(path.join(os.tmpdir(), 'varsam-test-recovery-'));
  keeper = await newBookkeeper(system);
  const owner = await system.newCustomer();
  const item = await addTestProduct(system);
  await sellBySwish(system, owner, item, 2);
  await payBackAll(system, await sellOnSite(system, owner, item));
  const place = await newestVoucher(system, 'refund');
  await correctVoucher(keeper.op(), { ...place, reason: 'Prov av rättelse' });
});
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await system[Symbol.asyncDispose]();
});

/** An operation of a server whose configuration names this recipient. */
async function opWith(recoveryRecipient: string | null): Promise<Operation> {
  const { db, vault } = await openStores({
    records: system.fresh.records.pool,
    keys: system.fresh.keys.pool,
    folder: system.folder,
    sandbox: true,
    now: system.now,
    role: 'command',
    recoveryRecipient,
  });
  const actor = { party: 'routine', routine: 'recovery-keys' } as const;
  return begin({ db, vault, actor, purpose: 'bookkeeping', now: system.now });
}

function recover(identity: string, wanted: string | null = null) {
  folders += 1;
  const at = path.join(folder, String(folders));
  const unseal = openWith([identity]);
  return { at, years: recoverArchive(system.db, unseal, { folder: at, wanted }) };
}

async function forgetKeys(): Promise<void> {
  await system.db
    .updateTable('bookkeeping.fiscal_year')
    .set({ recovery_key: null, recovery_recipient: null })
    .execute();
}

test('with the recovery identity and the records alone the archive opens, byte for byte', async () => {
  const { identity, recipient } = await newIdentity();
  assert.equal(await wrapYears(await opWith(recipient)), 1);
  const { at, years } = recover(identity);
  assert.deepEqual(await years, [{ name: '2026', outcome: 'recovered', vouchers: 4 }]);
  assert.deepEqual(readdirSync(path.join(at, '2026')), [
    'R1.json',
    'R1.pdf',
    'S1.json',
    'S1.pdf',
    'T1.json',
    'T1.pdf',
    'vouchers.jsonl',
  ]);
  const row = await system.db
    .selectFrom('bookkeeping.voucher')
    .select(['owner_id', 'voucher_id'])
    .where('series', '=', 'S')
    .executeTakeFirstOrThrow();
  const place = { year: row.owner_id, voucherId: row.voucher_id };
  const opened = await openVoucher(keeper.op(), { ...place, reason: 'Jämförelse' });
  assert.deepEqual(
    readFileSync(path.join(at, '2026', 'S1.json')),
    Buffer.from(opened.receipt?.bytes ?? []),
  );
  const pdf = readFileSync(path.join(at, '2026', 'S1.pdf'));
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  const lines = readFileSync(path.join(at, '2026', 'vouchers.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const listed = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual(
    listed.map(({ series, voucher_number: number, receipt }) => [series, number, receipt]),
    [
      ['R', 1, 'R1.json'],
      ['S', 1, 'S1.json'],
      ['T', 1, 'T1.json'],
      ['X', 1, null],
    ],
  );
  assert.equal(listed[1]?.['counterparty'], person.name);
  assert.match(String(listed[3]?.['text']), /Prov av rättelse/);
  const entries = listed[0]?.['entries'] as { amount_ore: number }[];
  assert.equal(
    entries.reduce((sum, { amount_ore }) => sum + amount_ore, 0),
    0,
  );
});

test('a year that is opened when a recipient is named has its key from the beginning', async () => {
  const { identity, recipient } = await newIdentity();
  const op = await opWith(recipient);
  const startsOn = Temporal.PlainDate.from('2027-01-01');
  await openYear(op, { startsOn, endsOn: Temporal.PlainDate.from('2027-12-31') });
  const [year] = await recover(identity, '2027').years;
  assert.deepEqual(year, { name: '2027', outcome: 'recovered', vouchers: 0 });
});

test('years from before, or of another recipient, are wrapped at the next turn, and then never again', async () => {
  const [first, second] = [await newIdentity(), await newIdentity()];
  await forgetKeys();
  assert.equal(await wrapYears(await opWith(null)), 0);
  assert.deepEqual(
    (await recover(first.identity).years).map(({ outcome }) => outcome),
    ['no-key', 'no-key'],
  );
  assert.equal(await wrapYears(await opWith(first.recipient)), 2);
  assert.equal(await wrapYears(await opWith(first.recipient)), 0);
  assert.equal(await wrapYears(await opWith(second.recipient)), 2);
  assert.deepEqual(
    (await recover(first.identity).years).map(({ outcome }) => outcome),
    ['other-identity', 'other-identity'],
  );
  assert.deepEqual(
    (await recover(second.identity).years).map(({ outcome }) => outcome),
    ['recovered', 'recovered'],
  );
  // Who names none any more keeps what there is.
  assert.equal(await wrapYears(await opWith(null)), 0);
});

test('a key that was moved to another year opens nothing', async () => {
  const { identity, recipient } = await newIdentity();
  await wrapYears(await opWith(recipient));
  const [one, other] = await system.db
    .selectFrom('bookkeeping.fiscal_year')
    .select(['owner_id', 'recovery_key'])
    .orderBy('starts_on')
    .execute();
  assert.ok(one && other);
  await system.db
    .updateTable('bookkeeping.fiscal_year')
    .set({ recovery_key: other.recovery_key })
    .where('owner_id', '=', one.owner_id)
    .execute();
  await assert.rejects(recover(identity).years, (error) => isProblem(error, 'sealed-damaged'));
  await forgetKeys();
});

test('what is no age recipient is refused, and a folder that is not empty is left alone', async () => {
  const op = await opWith('age1nothing');
  await assert.rejects(wrapYears(op), (error) => isProblem(error, 'bad-input'));
  const { identity, recipient } = await newIdentity();
  await wrapYears(await opWith(recipient));
  const { at, years } = recover(identity);
  await years;
  const again = recoverArchive(system.db, openWith([identity]), { folder: at, wanted: null });
  await assert.rejects(again, (error) => isProblem(error, 'conflict'));
  await assert.rejects(recover(identity, '1999').years, (error) => isProblem(error, 'not-found'));
  assert.notDeepEqual(hashOfRecipient(recipient), hashOfRecipient('age1nothing'));
});
