// What a customer sees of those who perform services, what becomes of it when the account is closed, and what the
// promises about recipients say of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addPerformer, addProvider } from '../src/accounts/provider.fixture.ts';
import type { TestProvider } from '../src/accounts/provider.fixture.ts';
import { addBookable, addCalendar, book } from '../src/history/bookings.fixture.ts';
import type { Booked } from '../src/history/bookings.fixture.ts';
import type { Item } from '../src/history/catalogue/items.ts';
import { discloseBooking } from '../src/history/disclose-booking.ts';
import { readProviderBooking } from '../src/history/provider-bookings.ts';
import type { OwnerId, RowId } from '../src/ids.ts';
import type { PromiseId } from '../src/policy/promises.ts';
import { signedInVisitor } from '../src/portal/privacy-visitor.fixture.ts';
import { exportInsight } from '../src/requests/insight-file.ts';
import { advanceErasure } from '../src/routines/erasure.ts';
import { askErasure } from '../src/routines/erasure-ask.ts';
import { previewErasure } from '../src/routines/erasure-preview.ts';
import { readReceipt } from '../src/routines/erasure-receipt.ts';
import { tellingHours } from '../src/routines/erasure-steps.ts';
import { newReceiptCode } from '../src/routines/receipt-code.ts';
import type { Language } from '../src/text/bilingual.ts';
import { person } from './system.ts';
import { assertSeen, usedCompany } from './used-company.ts';
import type { Sabotage, UsedCompany } from './used-company.ts';

let used: UsedCompany;
let performer: RowId;
let provider: TestProvider;
let calendar: RowId;
let item: Item;
let hours = 2;

before(async () => {
  used = await usedCompany();
  const { system } = used;
  calendar = await addCalendar(system, 'Vävare 1');
  performer = await addPerformer(system, 'Vävstugan Exempel AB');
  provider = await addProvider(system, performer, [calendar]);
  const questions = ['access', 'animal'] as const;
  const wanted = { name: 'Montering', fulfilment: 'at-customer', questions } as const;
  item = await addBookable(system, wanted);
  const noticeUrl = 'https://example.com/integritet';
  await addPerformer(system, 'Egen Vävare', { role: 'controller', noticeUrl });
  await perform(used.maja);
});
after(() => used[Symbol.asyncDispose]());

/** Books for a customer and lets the provider open it, twice. */
async function perform(owner: OwnerId): Promise<Booked> {
  const { system } = used;
  const startsAt = system.now.add({ hours: (hours += 2) }).toString();
  const booked = await book(system, owner, { item, on: [calendar], startsAt });
  const op = system.op({ party: 'provider', owner: provider.owner }, 'performing');
  for (const _time of [1, 2]) {
    const found = await readProviderBooking(op, provider.owner, booked.bookingId);
    assert.equal((await discloseBooking(op, provider.owner, found)).kind, 'disclosed');
  }
  return booked;
}

test('the customer reads who was told what and why, in both languages', async () => {
  const read: Readonly<Record<Language, readonly string[]>> = {
    sv: [
      'Vävstugan Exempel AB, Sverige',
      'Har fått veta mottagarens namn, gatuadress, postnummer, ort, det du beställde, ditt meddelande till oss, telefonnummer, hur vi kommer in och djur, för att låta den som utför tjänsten veta det som behövs för den.',
      'Arbetar åt oss, med avtal om att bara göra det vi har bestämt.',
      'Togs emot',
    ],
    en: [
      'Vävstugan Exempel AB, Sweden',
      'Has been told recipient&#39;s name, street address, postal code, town, what you ordered, your message to us, phone number, how we get in and animal, in order to let those who perform the service know what is needed for it.',
      'Works for us, under a contract to do only what we have decided.',
      'Received',
    ],
  };
  for (const language of ['sv', 'en'] as const) {
    const visitor = await signedInVisitor(used.system, person.email, language);
    const { text } = await visitor.get('/my-data');
    for (const words of read[language]) assert.ok(text.includes(words), words);
  }
});

test('the file has each disclosure to the performer, with its fields', async () => {
  const op = used.system.op({ party: 'customer', owner: used.maja }, 'insight');
  let text = '';
  for await (const piece of exportInsight(op, used.maja, 'sv')) text += piece;
  const { recipients } = JSON.parse(text) as {
    recipients: { recipient: string; purpose: string; fields: string[]; outcome: string }[];
  };
  const given = recipients.filter(({ recipient }) => recipient === 'Vävstugan Exempel AB');
  assert.equal(given.length, 4);
  for (const { purpose, outcome } of given) {
    assert.equal(purpose, 'låta den som utför tjänsten veta det som behövs för den');
    assert.equal(outcome, 'accepted');
  }
  assert.ok(given.some(({ fields }) => fields.includes('Gatuadress')));
});

test('whoever closes the account is told that the performer will be asked to erase', async () => {
  const op = used.system.op({ party: 'customer', owner: used.maja }, 'leaving');
  const { told } = await previewErasure(op, used.maja);
  assert.deepEqual(told, ['Exempelposten AB', 'Vävstugan Exempel AB']);
  const untouched = used.system.op({ party: 'customer', owner: used.erik }, 'leaving');
  assert.deepEqual((await previewErasure(untouched, used.erik)).told, ['Exempelposten AB']);
});

async function leave(owner: OwnerId): Promise<RowId> {
  const op = used.system.op({ party: 'customer', owner }, 'leaving');
  return askErasure(op, owner, newReceiptCode());
}

const advance = (erasureId: RowId, around: Partial<UsedCompany['system']['around']> = {}) =>
  advanceErasure(used.system.op('routine', 'leaving'), erasureId, {
    ...used.system.around,
    ...around,
  });

async function recipientsOn(erasureId: RowId): Promise<(readonly [string, string])[]> {
  const receipt = await readReceipt(used.system.op('routine', 'leaving'), erasureId);
  return (receipt?.body.recipients ?? []).map(({ name, state }) => [name, state] as const);
}

test('a performer that takes no requests is waited for a day, and the receipt says that it is silent', async () => {
  const { system } = used;
  const owner = await system.newCustomer({ email: 'nora.vik@example.se' });
  await perform(owner);
  const asked = system.now;
  const erasureId = await leave(owner);
  assert.equal(await advance(erasureId), 'removed');
  system.now = asked.add({ hours: tellingHours + 1 });
  assert.equal(await advance(erasureId), 'complete');
  assert.deepEqual(await recipientsOn(erasureId), [
    ['Exempelposten AB', 'confirmed'],
    ['Vävstugan Exempel AB', 'silent'],
  ]);
});

test('a performer that takes requests is told the ids of its bookings, each once, and nothing else', async () => {
  const { system } = used;
  const owner = await system.newCustomer({ email: 'olle.vik@example.se' });
  const bookings = [await perform(owner), await perform(owner)];
  const change = (erasure_url: string | null) =>
    system.db
      .updateTable('recipients.recipient')
      .set({ erasure_url })
      .where('recipient_id', '=', performer)
      .execute();
  await change('https://erase.example.com/requests');
  const asked: string[][] = [];
  const erasureId = await leave(owner);
  const state = await advance(erasureId, {
    tell: ({ recipientId }, { references }) => {
      if (recipientId === performer) asked.push([...references]);
      return Promise.resolve('confirmed');
    },
  });
  await change(null);
  assert.equal(state, 'complete');
  const ids = bookings.map(({ bookingId }) => bookingId);
  assert.deepEqual(
    asked.map((references) => references.toSorted()),
    [ids.toSorted()],
  );
});

test('the promises about recipients are kept where services are performed', async () => {
  for (const id of ['P03', 'P15', 'P16', 'P17'] as const)
    assert.equal((await used.prove(id)).status, 'kept', id);
});

const tables = ['recipients.disclosure', 'recipients.agreement', 'recipients.recipient'] as const;
const broken: readonly (readonly [PromiseId, string, string, RegExp])[] = [
  [
    'P03',
    'a performer was given what the notice does not give it',
    `update recipients.disclosure set fields = '{number}' where purpose = 'performing'`,
    /^recipients\.disclosure [0-9a-f-]+: not in the notice$/m,
  ],
  [
    'P15',
    'a performer is in a category that the notice does not have',
    `update recipients.recipient set category = 'weaver' where category = 'performer'`,
    /^recipients\.recipient [0-9a-f-]+: category-not-in-notice$/m,
  ],
  [
    'P16',
    'a performer was given something before its agreement',
    `update recipients.agreement set signed_on = '2030-01-01', valid_from = '2030-01-01'
     where recipient_id in (select recipient_id from recipients.recipient where category = 'performer')`,
    /^recipients\.disclosure [0-9a-f-]+: no agreement that day$/m,
  ],
  [
    'P17',
    'a performer that is a controller of its own has no notice to show',
    `alter table recipients.recipient drop constraint if exists controller_has_a_notice;
     update recipients.recipient set role = 'controller' where category = 'performer'`,
    /^recipients\.recipient [0-9a-f-]+: no notice$/m,
  ],
];

for (const [id, how, sql, says] of broken) {
  test(`${id} is broken when ${how}`, async () => {
    const sabotage: Sabotage = { how, tables, sql, says };
    await assertSeen(used, id, sabotage);
  });
}

test('what was answered for one line of an order is shown, though another line has no such answer', async () => {
  const { system } = used;
  const email = 'vide.vik@example.se';
  const owner = await system.newCustomer({ email });
  const wish = { item, on: [calendar] };
  const at = (more: number) => system.now.add({ hours: hours + more }).toString();
  const { orderId } = await book(system, owner, { ...wish, startsAt: at(2) });
  const answers = { animal: 'Katten Findus' };
  await book(system, owner, { ...wish, startsAt: at(4), orderId, answers });
  hours += 4;
  const { text } = await (await signedInVisitor(system, email, 'sv')).get('/my-data');
  assert.ok(text.includes('Katten Findus'));
});
