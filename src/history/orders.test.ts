import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { newRowId } from '../ids.ts';
import type { OwnerId, RowId } from '../ids.ts';
import { outbox } from '../messages/outbox.ts';
import { isProblem } from '../problem.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { addItem } from './catalogue/add-item.ts';
import { listItems, vatWithin } from './catalogue/items.ts';
import type { Item } from './catalogue/items.ts';
import { isPlaced, placeOrder } from './place-order.ts';
import type { Confirm } from './place-order.ts';
import { plainLine } from './order-wish.ts';
import { listOrders, readOrder } from './orders.ts';
import type { OrderWish } from './order-wish.ts';
import type { Delivery } from './orders.ts';

let system: TestSystem;
let owner: OwnerId;
let items: Item[];

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
  items = await listItems(system.db);
});
after(() => system[Symbol.asyncDispose]());

const home: Delivery = {
  recipient_name: person.name,
  phone: null,
  street: person.street,
  postal_code: person.postal_code,
  town: person.town,
  message: null,
};

function wish(change: Partial<OrderWish> = {}): OrderWish {
  const item = items[0] as Item;
  const lines = [plainLine(item, 2, item.name.sv)];
  return {
    orderId: newRowId(system.now),
    lines,
    delivery: home,
    payWay: 'on-site',
    termsId: null,
    ...change,
  };
}

const place = (wished: OrderWish, whose = owner, confirm: Confirm = () => null) =>
  placeOrder(system.op({ party: 'customer', owner: whose }, 'order'), whose, wished, confirm);

async function read(orderId: RowId, whose = owner) {
  const op = system.op({ party: 'customer', owner: whose }, 'history');
  return readOrder(op, await op.vault.openFor(op, whose, ['history']), orderId);
}

const thanks: Confirm = ({ orderId }) => ({
  email: 'kund@example.se',
  subject: orderId,
  text: '',
  language: 'sv',
});

/** How many letters of `thanks` wait to be sent about an order. */
async function lettersOf(orderId: RowId): Promise<number> {
  const op = system.op({ party: 'routine', routine: 'send-mail' }, 'service-message');
  const opener = await op.vault.openFor(op, owner, ['messages']);
  const rows = await system.db.selectFrom('messages.outbox').selectAll().execute();
  const opened = rows.map((row) => opener.open(outbox, row.message_id, row.sealed));
  return opened.filter(({ subject }) => subject === orderId).length;
}

async function linesOf(orderId: RowId) {
  return system.db
    .selectFrom('history.order_line')
    .selectAll()
    .where('order_id', '=', orderId)
    .execute();
}

test('an order that is sent twice is placed and confirmed once', async () => {
  const wished = wish();
  await place(wished, owner, thanks);
  await place(wished, owner, thanks);
  assert.equal(await lettersOf(wished.orderId), 1);
  assert.equal((await linesOf(wished.orderId)).length, 1);
});

test('an order that is sent several times at once is placed and confirmed once', async () => {
  const wished = wish();
  const ids = await Promise.all(Array.from({ length: 5 }, () => place(wished, owner, thanks)));
  assert.deepEqual(new Set(ids), new Set([wished.orderId]));
  assert.equal(await lettersOf(wished.orderId), 1);
  assert.equal((await linesOf(wished.orderId)).length, 1);
});

test('an order without its confirmation is no order', async () => {
  const wished = wish();
  const failing = () => {
    throw new Error('no letter');
  };
  await assert.rejects(place(wished, owner, failing), /no letter/);
  assert.equal(await isPlaced(system.op('routine', 'order'), owner, wished.orderId), false);
  assert.equal((await linesOf(wished.orderId)).length, 0);
});

test('the lines add up to the total, and the tax is inside it to the öre', async () => {
  const line = fc.record({
    priceOre: fc.integer({ min: 0, max: 500_000 }),
    vatPercent: fc.constantFrom(0, 6, 12, 25),
    quantity: fc.integer({ min: 1, max: 99 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 6 }), async (lines) => {
      const wished = wish({
        lines: lines.map(({ quantity, ...price }) => {
          const prices = price as Pick<Item, 'priceOre' | 'vatPercent'>;
          return plainLine({ ...(items[0] as Item), ...prices }, quantity, 'Vara');
        }),
      });
      await place(wished);
      const { order, lines: found } = await read(wished.orderId);
      const sums = found.map((each) => each.unitPriceOre * each.quantity);
      assert.equal(
        order.totalOre,
        sums.reduce((sum, each) => sum + each, 0),
      );
      // As the receipt will say it: rounded once for each rate, not line by line.
      const ofRate = [25, 12, 6, 0].map((rate) =>
        found.reduce(
          (sum, each) => (each.vatPercent === rate ? sum + each.unitPriceOre * each.quantity : sum),
          0,
        ),
      );
      const [standard = 0, food = 0, books = 0] = ofRate;
      assert.equal(
        order.vatOre,
        Math.round(standard / 5) + Math.round((food * 12) / 112) + Math.round((books * 6) / 106),
      );
    }),
    { numRuns: 30 },
  );
});

test('tax inside a price is what the Swedish rates say', () => {
  assert.deepEqual(
    [25, 12, 6, 0].map((percent) => vatWithin(10_000, percent)),
    [2000, 1071, 566, 0],
  );
});

test('text in any script, long or malicious, comes back byte for byte', async () => {
  const texts = [
    'Ünïcödé Ångström 日本語 العربية עברית ไทย',
    '👩‍👩‍👧‍👦🏳️‍🌈',
    'e\u0301 \u00e9 \u212b',
    `'; drop table history.order; -- $1 \${x} {{x}}`,
    '<script>alert(1)</script><img src=x onerror=alert(1)>"\'&amp;',
    '\u202Etxet\u202C \u0000 \t \r\n \u2028 \uFEFF',
    '../../etc/passwd\\..\\',
    'x'.repeat(20_000),
    '',
  ];
  for (const text of texts) {
    const delivery = { ...home, recipient_name: text, street: text, message: text };
    const item = items[0] as Item;
    const wished = wish({ delivery, lines: [plainLine(item, 1, text)] });
    await place(wished);
    const { order, lines } = await read(wished.orderId);
    assert.deepEqual(order.delivery, delivery);
    assert.equal(lines[0]?.description, text);
  }
});

test('nothing of an order that names, places or describes stands in clear', async () => {
  const secret = 'HemligtNamn Testsson';
  const delivery = { ...home, recipient_name: secret, street: secret, message: secret };
  const item = items[0] as Item;
  const wished = wish({ delivery, lines: [plainLine(item, 1, secret)] });
  await place(wished);
  for (const table of ['history."order"', 'history.order_line']) {
    const { rows } = await system.fresh.records.pool.query(
      `select t::text, encode(sealed, 'escape') as sealed from ${table} t`,
    );
    assert.ok(rows.length > 0 && !JSON.stringify(rows).includes(secret));
  }
});

test('what is sensitive is not even referred to in clear', async () => {
  const plain = { ...(items[0] as Item), itemId: newRowId(system.now), isSensitive: false };
  const sensitive = { ...plain, itemId: newRowId(system.now), isSensitive: true };
  await system.db.transaction().execute(async (db) => {
    await addItem(db, plain, 91);
    await addItem(db, sensitive, 92);
  });
  const lines = [plain, sensitive].map((item) => plainLine(item, 1, item.name.sv));
  const wished = wish({ lines });
  await place(wished);
  const references = (await linesOf(wished.orderId)).map(({ item_id }) => item_id);
  assert.deepEqual(new Set(references), new Set([plain.itemId, null]));
  assert.equal((await read(wished.orderId)).lines.length, 2);
});

test("somebody else's order is not there, not even to be sent again", async () => {
  const nils = await system.newCustomer({ email: 'nils@example.se' });
  const wished = wish();
  await place(wished);
  await assert.rejects(read(wished.orderId, nils), (error) => isProblem(error, 'not-found'));
  assert.equal(await isPlaced(system.op('routine', 'order'), nils, wished.orderId), false);
  await place({ ...wished, delivery: { ...home, street: 'Annan gata 1' } }, nils);
  assert.equal((await read(wished.orderId)).order.delivery.street, home.street);
  assert.equal((await read(wished.orderId, nils)).order.delivery.street, 'Annan gata 1');
});

test('the history is read page by page, newest first, and misses nothing', async () => {
  const reader = await system.newCustomer({ email: 'lasare@example.se' });
  const placed: RowId[] = [];
  for (let n = 0; n < 45; n += 1) {
    system.now = system.now.add({ seconds: 1 });
    placed.unshift(await place(wish(), reader));
  }
  const op = system.op({ party: 'customer', owner: reader }, 'history');
  const opener = await op.vault.openFor(op, reader, ['history']);
  const seen: RowId[] = [];
  for (let before: Temporal.Instant | null = null; ;) {
    const page = await listOrders(op, opener, before);
    seen.push(...page.map(({ orderId }) => orderId));
    before = page.at(-1)?.placedAt ?? null;
    if (before === null) break;
  }
  assert.deepEqual(seen, placed);
});
