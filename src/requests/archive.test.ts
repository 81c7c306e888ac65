import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { strFromU8, unzipSync } from 'fflate';
import { placeOrder } from '../history/place-order.ts';
import { plainLine } from '../history/order-wish.ts';
import { noAnswers } from '../history/answers.ts';
import { order, orderLine } from '../history/holdings.ts';
import { newRowId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import { readPdf } from '../pdf/read-pdf.fixture.ts';
import { isProblem } from '../problem.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import { languages } from '../text/bilingual.ts';
import type { Language } from '../text/bilingual.ts';
import { storedText } from '../text/privacy-stored.ts';
import { listItems } from '../history/catalogue/items.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { archiveMemoryBytes, writeArchive } from './archive.ts';
import { exportInsight } from './insight-file.ts';
import { tableFiles } from './insight-tables.ts';
import { openShown, shownHoldings } from './insight.ts';

let system: TestSystem;
let count = 0;

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

const newCustomer = (name: string = person.name) =>
  system.newCustomer({ email: `arkiv${(count += 1)}@example.se`, name });
const own = (owner: OwnerId) => system.op({ party: 'customer', owner }, 'insight');

async function unpacked(owner: OwnerId, language: Language = 'sv') {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeArchive(own(owner), owner, language)) pieces.push(piece);
  return unzipSync(Buffer.concat(pieces));
}

const textIn = (files: Record<string, Uint8Array>, name: string) => strFromU8(files[name]!);

/** An order with a message that a spreadsheet program would run. */
async function orderWith(owner: OwnerId, message: string) {
  const [item] = await listItems(system.db);
  const { street, postal_code, town, name } = person;
  const delivery = { recipient_name: name, phone: null, street, postal_code, town, message };
  const wish = {
    orderId: newRowId(system.now),
    lines: [plainLine(item!, 1, item!.name.sv)],
    payWay: 'on-site' as const,
    termsId: null,
    delivery,
  };
  const op = system.op({ party: 'customer', owner }, 'order');
  return placeOrder(op, owner, wish, () => null);
}

test('the archive holds a text that explains it, a PDF, JSON and a table of each kind of row', async () => {
  const owner = await newCustomer();
  await system.placeOrderFor(owner);
  const files = await unpacked(owner);
  const names = Object.keys(files);
  assert.deepEqual(names.slice(0, 3), ['LÄS MIG.txt', 'mina-uppgifter.pdf', 'mina-uppgifter.json']);
  assert.ok(names.includes('tabeller/ditt-konto.csv'));
  assert.ok(names.includes('tabeller/bestallningar.csv'));
  for (const name of names.slice(1)) assert.ok(textIn(files, 'LÄS MIG.txt').includes(name), name);
  const pdf = readPdf(files['mina-uppgifter.pdf']!);
  for (const shown of [person.name, person.street, 'Ditt konto', 'Vem har tittat', 'Hur länge'])
    assert.ok(pdf.text.includes(shown), shown);
  const english = Object.keys(await unpacked(owner, 'en'));
  assert.deepEqual(english.slice(0, 3), ['READ ME.txt', 'my-data.pdf', 'my-data.json']);
  assert.ok(english.includes('tables/orders.csv'));
});

test('the JSON is whole and pretty, whatever a customer has', async () => {
  const owner = await newCustomer();
  for (const orders of [0, 1]) {
    if (orders > 0) await system.placeOrderFor(owner);
    let text = '';
    for await (const piece of exportInsight(own(owner), owner, 'sv')) text += piece;
    const parsed: unknown = JSON.parse(text);
    assert.equal(text, `${JSON.stringify(parsed, null, 2)}\n`);
  }
});

test('the same moment gives the same archive', async () => {
  const owner = await newCustomer();
  const [one, other] = [await unpacked(owner), await unpacked(owner)];
  assert.deepEqual(one, other);
});

test('names in every script come through, exact in JSON and tables, said exactly in the PDF', async () => {
  const name = '张伟 محمد 👩‍👩‍👧 Zoë "Citat", Ängström';
  const owner = await newCustomer(name);
  const files = await unpacked(owner);
  const json = textIn(files, 'mina-uppgifter.json');
  assert.ok(json.includes(JSON.stringify(name)));
  assert.ok(textIn(files, 'tabeller/ditt-konto.csv').includes(name.replaceAll('"', '""')));
  assert.ok(readPdf(files['mina-uppgifter.pdf']!).actual.includes(name));
});

test('tables are CSV that no spreadsheet program runs, with CRLF and a byte order mark', async () => {
  const owner = await newCustomer();
  for (const message of ['=HYPERLINK("http://example.com")', '+1', '@SUM(A1)', 'två\nrader, komma'])
    await orderWith(owner, message);
  const files = await unpacked(owner);
  const csv = Buffer.from(files['tabeller/bestallningar.csv']!).toString('utf8');
  assert.ok(csv.startsWith('\ufeffMottagarens') || csv.startsWith('\ufeffBeställningsnummer'));
  assert.ok(csv.includes(`"'=HYPERLINK(""http://example.com"")"`));
  assert.ok(csv.includes(",'+1,") && csv.includes(",'@SUM(A1),"));
  assert.ok(csv.includes('"två\nrader, komma"'));
  assert.ok(csv.endsWith('\r\n'));
  assert.ok(textIn(files, 'mina-uppgifter.json').includes('"message": "=HYPERLINK('));
});

test('whoever looked is told by role, never by the id of the member of staff', async () => {
  const owner = await newCustomer();
  const clerk = await newCustomer();
  const op = system.op({ party: 'support', owner: clerk }, 'support');
  await op.vault.openFor(op, owner, ['history']);
  const files = await unpacked(owner);
  for (const [name, bytes] of Object.entries(files)) {
    assert.ok(!Buffer.from(bytes).includes(clerk), name);
    if (name.endsWith('.pdf')) assert.ok(!readPdf(bytes).text.includes(clerk));
  }
  assert.ok(textIn(files, 'mina-uppgifter.json').includes('"looked_by": "support"'));
});

test('each table has a file name of its own in both languages', () => {
  for (const language of languages) {
    const headings = shownHoldings().map(
      ({ table }) => storedText[language][table as 'vault.look'],
    );
    assert.equal(new Set(headings.map(({ heading }) => heading)).size, headings.length);
  }
});

test('who is erased while the archive is written gets one that breaks off, not one that looks whole', async () => {
  const owner = await newCustomer();
  const pieces = writeArchive(own(owner), owner, 'sv');
  await pieces.next();
  await askErasure(system.op({ party: 'customer', owner }, 'leaving'), owner, newReceiptCode());
  await assert.rejects(
    async () => {
      for await (const _ of pieces);
    },
    (error) => isProblem(error, 'fenced'),
  );
});

test('20 000 orders are all in it, and memory stays within what is stated', async () => {
  const owner = await newCustomer();
  const orders = 20_000;
  await insertOrders(owner, orders);
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const used = () => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = used();
  let most = 0;
  let index = 0;
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of writeArchive(own(owner), owner, 'sv')) {
    pieces.push(piece);
    size += piece.length;
    if ((index += 1) % 100 === 0) most = Math.max(most, used() - before - size);
  }
  assert.ok(index > 200, `measured ${index} pieces`);
  assert.ok(most < archiveMemoryBytes, `${Math.round(most / 2 ** 20)} MiB`);
  const files = unzipSync(Buffer.concat(pieces));
  const json = JSON.parse(textIn(files, 'mina-uppgifter.json')) as {
    categories: { data: { table: string; rows: { number: string }[] }[] }[];
  };
  const rows = json.categories.flatMap(({ data }) => data);
  const numbers = rows.find(({ table }) => table === 'history.order')?.rows ?? [];
  assert.equal(new Set(numbers.map(({ number }) => number)).size, orders);
  const csv = textIn(files, 'tabeller/bestallningar.csv');
  assert.equal(csv.split('\r\n').length, orders + 2);
  const pdf = readPdf(files['mina-uppgifter.pdf']!);
  assert.ok(pdf.text.replaceAll('\u00a0', ' ').includes('100 senaste av 20 000'));
  assert.ok(pdf.pages.length < 60, String(pdf.pages.length));
});

async function insertOrders(owner: OwnerId, orders: number): Promise<void> {
  const op = system.op({ party: 'customer', owner }, 'order');
  const { name, street, postal_code, town } = person;
  for (let from = 0; from < orders; from += 1000) {
    await inTransaction(op, async (write) => {
      const sealer = await write.vault.sealFor(write, owner);
      const rows = Array.from({ length: 1000 }, (_, index) => {
        const order_id = newRowId(system.now.add({ milliseconds: from + index }));
        const placed_at = system.now.subtract({ minutes: from + index });
        const number = `N-${from + index}`;
        const delivery = {
          recipient_name: name,
          phone: null,
          street,
          postal_code,
          town,
          message: null,
        };
        const sealed = sealer.seal(order, order_id, { number, ...delivery });
        const state = 'performed' as const;
        const amounts = { total_ore: 12_500, vat_ore: 2_500 };
        return { owner_id: owner, order_id, placed_at, state, ...amounts, sealed };
      });
      await write.db.insertInto('history.order').values(rows).execute();
      const lines = rows.map(({ order_id }) => {
        const line_id = newRowId(system.now);
        const sealed = sealer.seal(orderLine, line_id, {
          description: 'Lampa',
          item_reference: null,
          ...noAnswers,
        });
        const numbers = { quantity: 1, unit_price_ore: 12_500, vat_percent: 25 };
        const kinds = { kind: 'product', withdrawal: 'right' } as const;
        return { owner_id: owner, order_id, line_id, item_id: null, ...kinds, ...numbers, sealed };
      });
      await write.db.insertInto('history.order_line').values(lines).execute();
    });
  }
}

test('the tables of a customer are those that have rows', async () => {
  const owner = await newCustomer();
  const openers = await openShown(own(owner), owner);
  const names = (await tableFiles(own(owner), openers, 'en')).map(({ name }) => name);
  assert.ok(names.includes('your-account.csv') && !names.includes('orders.csv'));
});
