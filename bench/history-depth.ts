import { historyPageSize } from '../src/history/orders.ts';
import type { Route } from '../src/http/route.ts';
import { historyPage } from '../src/portal/buyer-history.tsx';
import type { Benchmark } from './benchmark.ts';
import { addOrders, newCustomer } from './customers.ts';
import { openBenchInstallation } from './installation.ts';
import type { BenchInstallation } from './installation.ts';
import { comparedRates, interleave } from './rounds.ts';
import { startRequests, startSite } from './site.ts';

const manyOrders = 20_000;
const rounds = 30;
const sliceMs = 300;
const connections = 10;

/** The first page of a long history over HTTP, against the only page of a short one: the same rows on both, in one installation. */
export const historyDepth: Benchmark = {
  name: 'history-depth',
  about: `the first page of a history of ${manyOrders} orders against one of ${historyPageSize}`,
  target: 0.8,
  async run(progress) {
    await using installation = await openBenchInstallation();
    const many = await customerWith(installation, manyOrders);
    const few = await customerWith(installation, historyPageSize);
    await installation.administrator.query('vacuum analyze');
    await using server = await startSite(installation, [route]);
    await using requests = startRequests();
    progress(`${connections} connections, ${sliceMs} ms at a time`);
    const ask = (token: string) =>
      requests.rate({
        port: server.port,
        path: route.path,
        cookie: `__Host-session=${token}`,
        sliceMs,
        connections,
      });
    const figures = await interleave(
      rounds,
      { ours: () => ask(many), baseline: () => ask(few) },
      progress,
    );
    return comparedRates(figures, 'pages a second');
  },
};

const route: Route = {
  method: 'GET',
  path: '/history',
  access: 'customer',
  purpose: 'history',
  page: historyPage,
};

async function customerWith(installation: BenchInstallation, orders: number): Promise<string> {
  const { token, owner } = await newCustomer(installation, 'not signed in by password');
  await addOrders(installation, owner, orders, 'with lines');
  return token;
}
