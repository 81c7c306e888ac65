/** For tests: things of every kind, a place that can be booked, banks, and the way through the checkout. */
import assert from 'node:assert/strict';
import { addItem } from '../history/catalogue/add-item.ts';
import type { NewItem } from '../history/catalogue/add-item.ts';
import type { BookingRules, Item, Variant } from '../history/catalogue/items.ts';
import { newRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import { addRecipient } from '../recipients/register.ts';
import type { TestSystem } from '../../test/system.ts';
import type { Seen, Visitor } from './privacy-visitor.fixture.ts';

const minutesOfHour = 60;
let position = 100;

/** An item that is offered, as a product of one kind unless the change says something else. */
export async function offer(system: TestSystem, change: Partial<NewItem> = {}): Promise<Item> {
  const item: NewItem = {
    itemId: newRowId(system.now),
    kind: 'product',
    name: { sv: 'Provvara', en: 'Trial product' },
    description: { sv: 'Att prova med.', en: 'To try with.' },
    priceOre: 10_000,
    vatPercent: 25,
    isSensitive: false,
    fulfilment: 'shipped',
    withdrawal: 'right',
    paysOnSite: true,
    variants: [variantOf(system)],
    questions: [],
    booking: null,
    ...change,
  };
  position += 1;
  await system.db.transaction().execute((db) => addItem(db, item, position));
  return item;
}

export function variantOf(system: TestSystem, change: Partial<Variant> = {}): Variant {
  const name = { sv: '', en: '' };
  return { variantId: newRowId(system.now), name, extraOre: 0, stock: null, ...change };
}

export const bookingRules: BookingRules = {
  durationMinutes: 60,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  stepMinutes: 60,
  leadMinutes: 0,
  horizonDays: 60,
  capacity: 1,
  freeCancelHours: 24,
  lateFeePercent: 50,
};

/** A time to book, on a resource of its own that is open on weekdays from ten to noon and from five to seven. */
export async function offerTimes(
  system: TestSystem,
  rules: Partial<BookingRules> = {},
  change: Partial<NewItem> = {},
): Promise<Item> {
  const skill = newRowId(system.now);
  const resource = newRowId(system.now);
  const name = { sv: 'Provrum', en: 'Trial room' };
  const { db } = system;
  await db.insertInto('history.skill').values({ skill_id: skill, name }).execute();
  await db
    .insertInto('history.resource')
    .values({ resource_id: resource, kind: 'room', position: 1, label: name })
    .execute();
  await db
    .insertInto('history.resource_skill')
    .values({ resource_id: resource, skill_id: skill })
    .execute();
  for (const weekday of [1, 2, 3, 4, 5]) await open(system, resource, weekday);
  return offer(system, {
    kind: 'booking',
    name: { sv: 'Provtid', en: 'Trial time' },
    fulfilment: 'on-site',
    variants: [],
    booking: { ...bookingRules, ...rules },
    needs: [skill],
    ...change,
  });
}

async function open({ db, now }: TestSystem, resource_id: RowId, weekday: number): Promise<void> {
  for (const [opens, closes] of [
    [10, 12],
    [17, 19],
  ] as const) {
    await db
      .insertInto('history.opening')
      .values({
        resource_id,
        opening_id: newRowId(now),
        weekday,
        opens_minute: opens * minutesOfHour,
        closes_minute: closes * minutesOfHour,
        valid_from: null,
        valid_until: null,
      })
      .execute();
  }
}

/** A bank for Swish or cards, in the register with its own notice. */
export function addBank(system: TestSystem, channel: 'swish' | 'card'): Promise<RowId> {
  return addRecipient(system.op('routine', 'employment'), {
    category: 'bank',
    name: channel === 'swish' ? 'Provbanken AB' : 'Kortprovet AB',
    country: 'SE',
    role: 'controller',
    channel,
    transferTool: null,
    transferValidUntil: null,
    noticeUrl: `https://${channel}.example.com/privacy`,
    erasureUrl: null,
  });
}

/** No bank serves a channel any more. */
export async function removeBanks({ db }: TestSystem): Promise<void> {
  await db
    .updateTable('recipients.recipient')
    .set({ channel: null })
    .where('category', '=', 'bank')
    .execute();
}

export type Fields = Readonly<Record<string, string>>;

export const guest: Fields = {
  email: 'gast@example.se',
  recipient_name: 'Greta Gäst Testsson',
  phone: '070-123 45 67',
  street: 'Gästgatan 4',
  postal_code: '50630',
  town: 'Borås',
  pay_way: 'on-site',
};

/** The hidden fields of a page, as they were before they were escaped. */
export function hiddenIn({ source }: Pick<Seen, 'source'>): Record<string, string> {
  const found = source.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g);
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, plain(value)]));
}

function plain(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

/** Puts something into the basket. */
export async function put(visitor: Visitor, item: Item, fields: Fields = {}): Promise<void> {
  const wished = { item: item.itemId, quantity: '1', ...fields };
  const answer = await visitor.post('/basket/add', wished);
  assert.equal(answer.location, '/basket?added=1', answer.text);
}

/** Fills in the checkout; what the review then shows. */
export async function review(visitor: Visitor, fields: Fields = {}): Promise<Seen> {
  const form = await visitor.get('/checkout');
  return visitor.post('/checkout/review', { ...hiddenIn(form), ...guest, ...fields });
}

/** Orders what is in the basket, and agrees to what has to be agreed to. */
export async function order(visitor: Visitor, fields: Fields = {}): Promise<Seen> {
  const reviewed = await review(visitor, fields);
  assert.equal(reviewed.status, 200, reviewed.text);
  return visitor.post('/orders', { ...hiddenIn(reviewed), ...consents });
}

export const consents: Fields = {
  'consent-digital': 'yes',
  'consent-performed-service': 'yes',
  'consent-early': 'yes',
};

export function ordersOf({ db }: TestSystem, orderId: string) {
  return db
    .selectFrom('history.order')
    .selectAll()
    .where('order_id', '=', orderId as RowId)
    .execute();
}
