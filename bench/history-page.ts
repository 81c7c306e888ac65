import http from 'node:http';
import type { Kysely } from 'kysely';
import { noAnswers } from '../src/history/answers.ts';
import { wholeHistory } from '../src/history/browse-orders.ts';
import { historyPageSize } from '../src/history/orders.ts';
import type { Order, OrderLine } from '../src/history/orders.ts';
import type { OwnVisit, Route } from '../src/http/route.ts';
import type { OwnerId, RowId } from '../src/ids.ts';
import { serveAsset } from '../src/pages/assets.ts';
import { historyPage as sealedHistoryPage, showHistory } from '../src/portal/buyer-history.tsx';
import { startPage } from '../src/portal/start.tsx';
import { companyTimeZone } from '../src/text/format.ts';
import type { Benchmark } from './benchmark.ts';
import { addOrders, newCustomer } from './customers.ts';
import type { PastOrder, PersonalOrder } from './customers.ts';
import { openBenchInstallation } from './installation.ts';
import type { BenchInstallation } from './installation.ts';
import { comparedRates, interleave } from './rounds.ts';
import { startRequests, startSite } from './site.ts';

const rounds = 24;
const sliceMs = 300;
const connections = 10;
const description = 'Ullfilt, grå';

/**
 * The whole first page of the history over HTTP, from the cookie to the last byte, against the same page rendered from
 * rows in clear that nothing guards: same session, same rows, same words, same bytes but for the nonces of nothing.
 * Beside it: the bytes on the wire of a first visit, with all that its page asks for.
 */
export const historyPage: Benchmark = {
  name: 'history-page',
  about: 'the whole history page over HTTP against the same page from rows in clear, without gate',
  target: 0.6,
  async run(progress) {
    await using installation = await openBenchInstallation();
    const { token, owner } = await newCustomer(installation, 'not signed in by password');
    const orders = await addOrders(installation, owner, historyPageSize, 'with lines');
    await addClear(installation, owner, orders);
    await using server = await startSite(installation, routesOf(installation));
    await using requests = startRequests();
    progress(`${connections} connections, ${sliceMs} ms at a time`);
    const cookie = `__Host-session=${token}`;
    const ask = (path: string) =>
      requests.rate({ port: server.port, path, cookie, sliceMs, connections });
    const figures = await interleave(
      rounds,
      { ours: () => ask('/history'), baseline: () => ask('/history-in-clear') },
      progress,
    );
    const first_visit_bytes = await firstVisit(server.port);
    return { ...comparedRates(figures, 'pages a second'), more: { first_visit_bytes } };
  },
};

type ClearTables = {
  'bench.order_in_clear': {
    owner_id: OwnerId;
    order_id: RowId;
    placed_at: Temporal.Instant;
    total_ore: number;
    vat_ore: number;
    personal: PersonalOrder;
  };
  'bench.line_in_clear': {
    owner_id: OwnerId;
    order_id: RowId;
    line_id: RowId;
    quantity: number;
    unit_price_ore: number;
    vat_percent: number;
    personal: { description: string };
  };
};

const clearTables = `
  create schema bench;
  create table bench.order_in_clear (
    owner_id uuid not null, order_id uuid not null, placed_at timestamptz not null,
    total_ore integer not null, vat_ore integer not null, personal jsonb not null,
    primary key (owner_id, order_id)
  );
  create index order_in_clear_by_time on bench.order_in_clear (owner_id, placed_at desc);
  create table bench.line_in_clear (
    owner_id uuid not null, order_id uuid not null, line_id uuid not null, quantity integer not null,
    unit_price_ore integer not null, vat_percent integer not null, personal jsonb not null,
    primary key (owner_id, order_id, line_id)
  );
  grant usage on schema bench to varsam;
  grant select, insert on all tables in schema bench to varsam;`;

function routesOf({ db }: BenchInstallation): Route[] {
  const clear = db.withTables<ClearTables>();
  const access = 'customer';
  return [
    { method: 'GET', path: '/history', access, purpose: 'history', page: sealedHistoryPage },
    {
      method: 'GET',
      path: '/history-in-clear',
      access,
      purpose: 'history',
      page: (visit) => clearHistoryPage(visit, clear),
    },
    { method: 'GET', path: '/', access: 'anyone', purpose: 'order', page: startPage },
  ];
}

/** The baseline: what a shop without a vault does. */
async function clearHistoryPage(visit: OwnVisit, db: Kysely<ClearTables>): Promise<Response> {
  const rows = await db
    .selectFrom('bench.order_in_clear')
    .selectAll()
    .where('owner_id', '=', visit.owner)
    .orderBy('placed_at', 'desc')
    .limit(historyPageSize)
    .execute();
  const ids = rows.map(({ order_id }) => order_id);
  const lineRows = await db
    .selectFrom('bench.line_in_clear')
    .selectAll()
    .where('owner_id', '=', visit.owner)
    .where('order_id', 'in', ids)
    .execute();
  const lines = new Map<RowId, OrderLine[]>(
    lineRows.map((row) => [
      row.order_id,
      [
        {
          lineId: row.line_id,
          kind: 'product' as const,
          item: null,
          withdrawal: 'right' as const,
          answers: noAnswers,
          description: row.personal.description,
          quantity: row.quantity,
          unitPriceOre: row.unit_price_ore,
          vatPercent: row.vat_percent,
        },
      ],
    ]),
  );
  const orders = rows.map(orderOf);
  const [newest] = orders;
  const years = newest ? [newest.placedAt.toZonedDateTimeISO(companyTimeZone).year] : [];
  return showHistory(visit, {
    filter: wholeHistory,
    before: null,
    isMore: false,
    years,
    orders,
    lines,
  });
}

function orderOf(row: ClearTables['bench.order_in_clear']): Order {
  const { number, ...delivery } = row.personal;
  return {
    orderId: row.order_id,
    number,
    placedAt: row.placed_at,
    state: 'placed',
    totalOre: row.total_ore,
    vatOre: row.vat_ore,
    payWay: null,
    payBy: null,
    performedAt: null,
    termsId: null,
    delivery,
  };
}

async function addClear(
  { db, administrator }: BenchInstallation,
  owner_id: OwnerId,
  orders: readonly PastOrder[],
): Promise<void> {
  await administrator.query(clearTables);
  const clear = db.withTables<ClearTables>();
  const ids = orders.map(({ orderId }) => ({ owner_id, order_id: orderId }));
  const orderRows = orders.map(({ orderId, placedAt, personal }) => ({
    owner_id,
    order_id: orderId,
    placed_at: placedAt,
    total_ore: 24_900,
    vat_ore: 4_980,
    personal,
  }));
  await clear.insertInto('bench.order_in_clear').values(orderRows).execute();
  const lineRows = ids.map((one) => ({
    ...one,
    line_id: one.order_id,
    quantity: 1,
    unit_price_ore: 24_900,
    vat_percent: 25,
    personal: { description },
  }));
  await clear.insertInto('bench.line_in_clear').values(lineRows).execute();
  await administrator.query('vacuum analyze');
}

/** Bytes of a first visit to the start page, as they go over the wire: the page and every asset that it names. */
async function firstVisit(port: number): Promise<number> {
  const page = await wireBytes(port, '/');
  const styles = [...page.text.matchAll(/\/assets\/[\w.-]+/g)].map(([address]) => address);
  const assets = [...new Set(styles)].map((address) => {
    const asset = serveAsset(address, 'br, gzip');
    if (asset === null) throw new Error(`no asset ${address}`);
    return Buffer.byteLength(asset.body);
  });
  return assets.reduce((sum, bytes) => sum + bytes, page.bytes);
}

/** The page as browsers get it, and its size with compression, head and all. */
async function wireBytes(port: number, path: string): Promise<{ text: string; bytes: number }> {
  const ask = (headers: http.OutgoingHttpHeaders) =>
    new Promise<{ body: Buffer; head: number }>((resolve, reject) => {
      const sent = http.request({ host: '127.0.0.1', port, path, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({ body: Buffer.concat(parts), head: response.rawHeaders.join(': \r\n').length }),
        );
      });
      sent.on('error', reject);
      sent.end();
    });
  const plain = await ask({});
  const packed = await ask({ 'accept-encoding': 'br, gzip' });
  return { text: plain.body.toString('utf8'), bytes: packed.body.length + packed.head };
}
