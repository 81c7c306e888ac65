import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { accepted, fakeSmtp, refused, sendAll } from '../messages/outbox.fixture.ts';
import { prove } from './proof/prove.ts';
import { advanceErasure, erasureByCode } from './erasure.ts';
import { askErasure } from './erasure-ask.ts';
import { endFarewells } from './erasure-farewell.ts';
import { readReceipt } from './erasure-receipt.ts';
import { erasureNumber } from './erasure-reference.ts';
import type { Surroundings } from './erasure-steps.ts';
import { endCases, sweep } from './retention.ts';
import { newReceiptCode } from './receipt-code.ts';

let system: TestSystem;
let people = 0;

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

type Left = {
  readonly owner: OwnerId;
  readonly erasureId: RowId;
  readonly code: string;
  readonly email: string;
};

const op = () => system.op('routine', 'leaving');
const end = (around: Partial<Surroundings> = {}) =>
  endFarewells(op(), { ...system.around, ...around });
const silent = { tell: () => Promise.resolve('silent' as const) };

/** Somebody whose erasure is complete, and whose last letter waits. */
async function leave(wantsLetter = true): Promise<Left> {
  people += 1;
  system.now = system.now.add({ minutes: 20 });
  const email = `person${people}@example.se`;
  const owner = await system.newCustomer({ email });
  const code = newReceiptCode();
  const links = {
    receiptLink: `http://localhost/receipt#${code}`,
    proofLink: 'http://localhost/proof-of-purchase#X',
  };
  const wish = { farewell: wantsLetter ? links : null, proof: null };
  const customer = system.op({ party: 'customer', owner }, 'leaving');
  const erasureId = await askErasure(customer, owner, code, wish);
  assert.equal(await advanceErasure(op(), erasureId, system.around), 'complete');
  return { owner, erasureId, code, email };
}

const stateOf = async ({ code }: Left) => (await erasureByCode(op(), code))?.farewell;

async function casesLeft(): Promise<number> {
  const owners = await system.db
    .selectFrom('vault.owner')
    .select('owner_id')
    .where('kind', '=', 'erasure_case')
    .execute();
  return owners.length;
}

test('the last letter says that it is done, and links to the receipt by a code in the fragment', async () => {
  const left = await leave();
  assert.equal(await stateOf(left), 'waiting');
  const smtp = fakeSmtp();
  assert.equal(await sendAll(system, smtp), 1);
  const [letter] = smtp.sent;
  assert.equal(letter?.to, left.email);
  assert.ok(letter?.text.includes(`/receipt#${left.code}`));
  assert.ok(letter?.text.includes(erasureNumber(left.erasureId)));
  assert.ok(!letter?.text.includes('/proof-of-purchase'), 'there is no proof of purchase');
  assert.equal(await end(), 1);
  assert.equal(await stateOf(left), 'erased');
  assert.equal(await casesLeft(), 0);
});

test('its carrier is told to erase the letter after it left, by the reference it knows', async () => {
  await leave();
  const told: string[] = [];
  const tell: Surroundings['tell'] = (_, { references }) => {
    told.push(...references);
    return Promise.resolve('confirmed');
  };
  assert.equal(await end({ tell }), 0, 'it has not left yet');
  assert.deepEqual(told, []);
  const smtp = fakeSmtp();
  await sendAll(system, smtp);
  assert.equal(await end({ tell }), 1);
  assert.deepEqual(told, [smtp.sent[0]?.messageId]);
});

test('the receipt says when the address is destroyed at the latest, and which key was destroyed', async () => {
  const left = await leave();
  const { body } = (await readReceipt(op(), left.erasureId)) ?? {};
  const asked = body?.steps.find(({ step }) => step === 'asked')?.at ?? '';
  assert.deepEqual(body?.farewell, {
    address_destroyed_by: Temporal.Instant.from(asked).add({ hours: 720 }).toString(),
  });
  const fenced = body?.steps.find(({ step }) => step === 'fenced')?.evidence as {
    key_fingerprint: string;
  };
  assert.match(fenced.key_fingerprint, /^[0-9a-f]{32}$/);
  assert.ok(Temporal.Instant.from(body?.horizon ?? ''));
  await sendAll(system, fakeSmtp());
  await end();
});

test('who wants no letter gets none, and the case dies with the erasure', async () => {
  const left = await leave(false);
  assert.equal(await stateOf(left), 'none');
  assert.equal(await casesLeft(), 0);
  assert.equal(await sendAll(system, fakeSmtp()), 0);
  const receipt = await readReceipt(op(), left.erasureId);
  assert.equal(receipt?.body.farewell, null);
});

test('a carrier that stays silent is asked for a day, then the address dies all the same', async () => {
  const left = await leave();
  await sendAll(system, fakeSmtp());
  const sent = system.now;
  assert.equal(await end(silent), 0);
  const looks = await countLooks();
  assert.equal(await end(silent), 0, 'not asked again at once');
  assert.equal(await countLooks(), looks, 'nothing is opened while it waits');
  system.now = sent.add({ hours: 24 }).subtract({ seconds: 1 });
  assert.equal(await end(silent), 0);
  system.now = sent.add({ hours: 25 });
  assert.equal(await end(silent), 1);
  assert.equal(await stateOf(left), 'kept');
  assert.equal(await casesLeft(), 0);
});

async function countLooks(): Promise<number> {
  return (await system.db.selectFrom('vault.look').select('look_id').execute()).length;
}

test('a letter that is refused for good is told of as unsent, and its carrier is asked to erase it', async () => {
  const left = await leave();
  await sendAll(
    system,
    fakeSmtp(() => refused),
  );
  let told = 0;
  const tell = () => {
    told += 1;
    return Promise.resolve('confirmed' as const);
  };
  assert.equal(await end({ tell }), 1);
  assert.equal(told, 1);
  assert.equal(await stateOf(left), 'unsent');
});

test('a letter that the gate holds is given up after a week, and the case with it', async () => {
  const left = await leave();
  const day = Temporal.PlainDate.from('2026-11-22');
  await system.db.updateTable('recipients.agreement').set({ ended_on: day }).execute();
  assert.equal(await sendAllHeld(), 0);
  assert.equal(await end(), 0);
  system.now = system.now.add({ hours: 7 * 24, seconds: 1 });
  await sweep(system.op('routine', 'retention'));
  assert.equal(await end(), 1);
  assert.equal(await stateOf(left), 'unsent');
  await system.db.updateTable('recipients.agreement').set({ ended_on: null }).execute();
});

async function sendAllHeld(): Promise<number> {
  const smtp = fakeSmtp(() => accepted);
  await sendAll(system, smtp);
  return smtp.sent.length;
}

test('a case is closed after a month whatever became of the letter, and the receipt page says so', async () => {
  const left = await leave();
  system.now = system.now.add({ hours: 30 * 24, seconds: 1 });
  assert.equal(await endCases(system.op('routine', 'retention')), 1);
  assert.equal(await stateOf(left), 'unsent');
  assert.equal(await end(), 0);
  assert.equal(await casesLeft(), 0);
});

test('two processes end a case once', async () => {
  await leave();
  await sendAll(system, fakeSmtp());
  const ended = await Promise.allSettled([end(), end()]);
  assert.ok(ended.some(({ status }) => status === 'fulfilled'));
  assert.equal(await casesLeft(), 0);
});

test('P04 is kept while the last letter waits, and after it', async () => {
  const parts = {
    origin: 'http://localhost',
    secretFolders: [],
    recordsCountry: null,
    sandbox: true,
    logFolder: system.around.logFolder,
    fetchPage: () => Promise.resolve(new Response('')),
  };
  await leave();
  for (const step of ['waiting', 'gone']) {
    const { found } = await prove(system.op('routine', 'proof'), parts, 'P04');
    // Time has been moved by weeks in this file, so that epochs are late; that is told elsewhere.
    assert.deepEqual(
      found.filter((place) => !place.includes('horizon')),
      [],
      step,
    );
    await sendAll(system, fakeSmtp());
    await end();
  }
});
