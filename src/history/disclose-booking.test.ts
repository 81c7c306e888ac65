import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { endEngagement } from '../accounts/engagements.ts';
import { setProtectedIdentity } from '../accounts/protected-identity.ts';
import { addPerformer, addProvider } from '../accounts/provider.fixture.ts';
import type { TestProvider } from '../accounts/provider.fixture.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { disclosures } from '../recipients/disclosures.ts';
import { addAgreement, endAgreement, today } from '../recipients/register.ts';
import { changeStops } from '../requests/stops.ts';
import { listReceived } from '../requests/traces.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { addBookable, addCalendar, book, someone } from './bookings.fixture.ts';
import type { Booked, BookingWish } from './bookings.fixture.ts';
import type { Item } from './catalogue/items.ts';
import { discloseBooking, providerObstacle } from './disclose-booking.ts';
import type { BookingDisclosure } from './disclose-booking.ts';
import { readProviderBooking } from './provider-bookings.ts';

let system: TestSystem;
let customer: OwnerId;
let calendar: RowId;
let performer: RowId;
let provider: TestProvider;
let atCustomer: Item;
let count = 0;

before(async () => {
  system = await testSystem();
  customer = await system.newCustomer();
  calendar = await addCalendar(system, 'Vävare 1');
  performer = await addPerformer(system, 'Vävstugan AB');
  provider = await addProvider(system, performer, [calendar]);
  atCustomer = await addBookable(system, {
    name: 'Montering',
    fulfilment: 'at-customer',
    questions: ['access', 'measurements'],
  });
});
after(() => system[Symbol.asyncDispose]());

beforeEach(async () => {
  await system.db.deleteFrom('recipients.outcome').execute();
  await system.db.deleteFrom('recipients.disclosure').execute();
});

const answers = { access: 'Portkod 1234', measurements: '120 cm' };

/** A booking at a time of its own, tomorrow or later. */
function booked(wish: Partial<BookingWish> = {}, owner = customer): Promise<Booked> {
  count += 1;
  const startsAt = system.now.add({ hours: 24 + 2 * count }).toString();
  return book(system, owner, { item: atCustomer, on: [calendar], startsAt, answers, ...wish });
}

async function ask(
  { bookingId }: Booked,
  who: { readonly owner: OwnerId } = provider,
): Promise<BookingDisclosure> {
  const op = system.op({ party: 'provider', owner: who.owner }, 'performing');
  return discloseBooking(op, who.owner, await readProviderBooking(op, who.owner, bookingId));
}

/** What the customer is told of it, newest last, in English. */
async function told(owner = customer) {
  const op = system.op({ party: 'customer', owner }, 'insight');
  const received = (await listReceived(op, [owner])).filter(
    ({ category }) => category === 'history',
  );
  return received.map(({ recipient, fields, outcome }) => [
    recipient,
    fields.map(({ en }) => en),
    outcome,
  ]);
}

test('what is needed to come to the customer is handed over, and the customer sees what, to whom and why', async () => {
  const given = await ask(await booked());
  assert.deepEqual(given, {
    kind: 'disclosed',
    content: {
      recipientName: someone.recipient_name,
      phone: someone.phone,
      message: someone.message,
      address: {
        street: someone.street,
        postalCode: someone.postal_code,
        town: someone.town,
      },
      description: 'Montering',
      answers: [
        { field: 'access', answer: answers.access },
        { field: 'measurements', answer: answers.measurements },
      ],
    },
  });
  const seen = await told();
  assert.equal(seen.length, 2);
  for (const [recipient, , outcome] of seen)
    assert.deepEqual([recipient, outcome], ['Vävstugan AB', 'accepted']);
  assert.deepEqual(
    new Set(seen.flatMap(([, fields]) => fields as string[])),
    new Set([
      "Recipient's name",
      'Phone number',
      'Your message to us',
      'Street address',
      'Postal code',
      'Town',
      'What you ordered',
      'How we get in: door code, floor, where to park',
      'Measurements',
    ]),
  );
  const op = system.op({ party: 'customer', owner: customer }, 'insight');
  const purposes = (await listReceived(op, [customer])).map(({ purpose }) => purpose.en);
  assert.deepEqual(
    new Set(purposes.slice(0, 2)),
    new Set(['let those who perform the service know what is needed for it']),
  );
});

test('where the customer comes here no address is handed over, and no answer to what is not asked', async () => {
  const here = await addBookable(system, { name: 'Vävkurs', questions: ['wishes'] });
  const given = await ask(
    await booked({ item: here, answers: { ...answers, wishes: 'Tyst plats' } }),
  );
  assert.equal(given.kind, 'disclosed');
  if (given.kind !== 'disclosed') return;
  assert.equal(given.content.address, null);
  assert.deepEqual(given.content.answers, [{ field: 'wishes', answer: 'Tyst plats' }]);
  const fields = (await told()).flatMap(([, names]) => names as string[]);
  for (const other of ['Street address', 'Postal code', 'Town', 'Measurements'])
    assert.ok(!fields.includes(other), other);
});

test('a sensitive booking is performed with what is asked for sensitive ones, and nothing else', async () => {
  const sensitive = await addBookable(system, {
    name: 'Samtal',
    isSensitive: true,
    questions: ['wishes'],
  });
  const one = await booked({ item: sensitive, answers: { ...answers, wishes: 'Ring först' } });
  const given = await ask(one);
  assert.ok(given.kind === 'disclosed');
  assert.equal(given.content.address, null);
  assert.equal(given.content.description, 'Samtal');
  assert.deepEqual(given.content.answers, [{ field: 'wishes', answer: 'Ring först' }]);
  const home = { name: 'Hembesök', isSensitive: true, fulfilment: 'at-customer' } as const;
  await addBookable(system, home);
  const again = await ask(one);
  assert.ok(again.kind === 'disclosed');
  assert.equal(again.content.address?.street, someone.street);
});

test('the recipient knows what it was given by the id of the booking', async () => {
  const { bookingId } = await booked();
  await ask({ bookingId } as Booked);
  const op = system.op({ party: 'customer', owner: customer }, 'insight');
  const opener = await op.vault.openFor(op, customer, ['traces']);
  const rows = await system.db.selectFrom('recipients.disclosure').selectAll().execute();
  const known = rows.map((row) => [
    row.recipient_id,
    row.purpose,
    opener.open(disclosures, row.disclosure_id, row.sealed).reference,
  ]);
  assert.deepEqual(
    known,
    Array.from({ length: 2 }, () => [performer, 'performing', bookingId]),
  );
});

async function assertWithheld(
  one: Booked,
  because: string,
  who: { readonly owner: OwnerId } = provider,
): Promise<void> {
  const before = (await told(one.owner)).length;
  assert.deepEqual(await ask(one, who), { kind: 'withheld', because });
  assert.equal((await told(one.owner)).length, before, 'nothing is written of what did not leave');
}

test('from the second in which the agreement ends nothing leaves, and with a new one it does again', async () => {
  const one = await booked();
  assert.equal((await ask(one)).kind, 'disclosed');
  const op = system.op('routine', 'employment');
  await endAgreement(op, performer);
  await assertWithheld(one, 'no-agreement');
  const asking = system.op({ party: 'provider', owner: provider.owner }, 'employment');
  assert.equal(await providerObstacle(asking, provider.owner), 'no-agreement');
  system.now = system.now.add({ hours: 24 });
  const day = today(system.now);
  await addAgreement(system.op('routine', 'employment'), performer, {
    signedOn: day,
    validFrom: day,
  });
  assert.equal(await providerObstacle(asking, provider.owner), 'no-agreement');
  assert.equal((await ask(one)).kind, 'disclosed');
});

test('from the second in which the engagement ends nothing leaves', async () => {
  const theirs = await addCalendar(system, 'Vävare 9');
  const other = await addProvider(system, performer, [theirs]);
  const one = await booked({ on: [theirs] });
  assert.equal((await ask(one, other)).kind, 'disclosed');
  await endEngagement(system.op('routine', 'staff-administration'), other.owner);
  await assertWithheld(one, 'no-engagement', other);
});

test('a controller of its own needs no agreement, and who performs no services any more is given nothing', async () => {
  const theirs = await addCalendar(system, 'Vävare 8');
  const noticeUrl = 'https://example.com/integritet';
  const controller = await addPerformer(system, 'Egen Vävare', { role: 'controller', noticeUrl });
  const other = await addProvider(system, controller, [theirs]);
  const one = await booked({ on: [theirs] });
  assert.equal((await ask(one, other)).kind, 'disclosed');
  await system.db
    .updateTable('recipients.recipient')
    .set({ category: 'supplier' })
    .where('recipient_id', '=', controller)
    .execute();
  await assertWithheld(one, 'no-agreement', other);
});

test('a restriction and a protected identity are one and the same answer', async () => {
  const hidden = await system.newCustomer({ email: 'skyddad@example.se' });
  const own = system.op({ party: 'customer', owner: hidden }, 'account');
  const one = await booked({}, hidden);
  assert.equal((await ask(one)).kind, 'disclosed');
  const restriction = { ground: 'restriction', purposes: ['performing'] } as const;
  await changeStops(own, hidden, { ...restriction, stops: true });
  await assertWithheld(one, 'customer');
  await changeStops(own, hidden, { ...restriction, stops: false });
  assert.equal((await ask(one)).kind, 'disclosed');
  await setProtectedIdentity(own, hidden, true);
  await assertWithheld(one, 'customer');
});

test('what is needed is shown until the end of the day after the booking, and not a moment longer', async () => {
  const one = await booked();
  const startsAt = await startOf(one);
  const over = startsAt
    .add({ hours: 1 })
    .toZonedDateTimeISO('Europe/Stockholm')
    .startOfDay()
    .add({ days: 2 })
    .toInstant();
  const now = system.now;
  system.now = over.subtract({ milliseconds: 1 });
  assert.equal((await ask(one)).kind, 'disclosed');
  system.now = over;
  await assertWithheld(one, 'over');
  system.now = now;
});

async function startOf({ bookingId }: Booked): Promise<Temporal.Instant> {
  const { starts_at } = await system.db
    .selectFrom('history.booking')
    .select('starts_at')
    .where('booking_id', '=', bookingId)
    .executeTakeFirstOrThrow();
  return starts_at;
}

test('when the agreement ends between the two halves nothing is shown, and the first half was not received', async () => {
  const one = await booked();
  const op = system.op({ party: 'provider', owner: provider.owner }, 'performing');
  const found = await readProviderBooking(op, provider.owner, one.bookingId);
  const { vault } = op;
  let opened = 0;
  const ending = {
    openForGate: async (...asked: Parameters<typeof vault.openForGate>) => {
      opened += 1;
      if (opened === 1) await endAgreement(op, performer);
      return vault.openForGate(...asked);
    },
    assertNotProtected: vault.assertNotProtected.bind(vault),
    assertMayHandOut: vault.assertMayHandOut.bind(vault),
    sealFor: vault.sealFor.bind(vault),
  };
  const watched = { ...op, vault: ending as unknown as typeof vault };
  const given = await discloseBooking(watched, provider.owner, found);
  assert.deepEqual(given, { kind: 'withheld', because: 'no-agreement' });
  assert.deepEqual(
    (await told()).map(([, , outcome]) => outcome),
    ['refused'],
  );
});
