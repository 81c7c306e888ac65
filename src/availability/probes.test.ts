import assert from 'node:assert/strict';
import { test } from 'node:test';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import type { MetricsReader } from './probes.ts';
import { openWatch } from './watch.ts';
import type { Watch } from './watch.ts';

type Options = { readonly metricsFor?: MetricsReader; readonly obstacles?: readonly string[] };

function watchOver(
  system: TestSystem,
  { metricsFor = 'everybody', obstacles = [] }: Options = {},
): Watch {
  return openWatch({
    db: system.db,
    pools: { records: system.fresh.records.pool, keys: system.fresh.keys.pool },
    obstacles: () => obstacles,
    metricsFor,
    clock: () => system.now,
  });
}

const ask = (watch: Watch, path: string, init?: RequestInit) =>
  watch.answer(new Request(`http://localhost:8080${path}`, init));

test('the process says that it lives even when it cannot serve', async () => {
  await using system = await testSystem();
  const watch = watchOver(system, { obstacles: ['the records store went back'] });
  assert.equal((await ask(watch, '/healthz'))?.status, 200);
  const ready = await ask(watch, '/readyz');
  assert.equal(ready?.status, 503);
  assert.deepEqual(((await ready.json()) as { obstacles: string[] }).obstacles, [
    'the records store went back',
  ]);
});

test('a store that has gone away is named, and the service is not ready', async () => {
  await using system = await testSystem();
  const watch = watchOver(system);
  assert.equal((await ask(watch, '/readyz'))?.status, 200);
  await system.fresh.keys.pool.end();
  const ready = await ask(watch, '/readyz');
  assert.equal(ready?.status, 503);
  assert.match(await ready.text(), /the keys store does not answer/);
});

test('metrics count by route pattern and routine, and name nobody', async () => {
  await using system = await testSystem();
  const owner = await system.newCustomer();
  const watch = watchOver(system);
  watch.metrics.noteRequest({ route: '/history/:order', method: 'GET', status: 200, ms: 12 });
  watch.metrics.noteRoutine('erasures', 'failed', 5);
  const answer = await ask(watch, '/metrics');
  const text = (await answer?.text()) ?? '';
  assert.match(text, /varsam_http_request_seconds_count\{route="\/history\/:order".*\} 1/);
  assert.match(text, /varsam_routine_runs_total\{routine="erasures",outcome="failed"\} 1/);
  assert.match(text, /^varsam_messages_waiting \d+$/m);
  assert.doesNotMatch(text, /^varsam_backup_age_seconds \d/m, 'no backup has no age');
  for (const secret of [owner, person.email, person.name]) assert.ok(!text.includes(secret));
});

test('metrics are for who shows the token, and look as if they were not there to others', async () => {
  await using system = await testSystem();
  const token = 'ett hemligt ord för insamlaren';
  const withHeader = (authorization: string) => ({ headers: { authorization } });
  const encoded = encodeURIComponent(token);
  const watch = watchOver(system, { metricsFor: { token: encoded } });
  assert.equal(await ask(watch, '/metrics'), null);
  assert.equal(await ask(watch, '/metrics', withHeader('Bearer x')), null);
  assert.equal(await ask(watch, '/metrics', withHeader(`Basic ${encoded}`)), null);
  assert.equal((await ask(watch, '/metrics', withHeader(`Bearer ${encoded}`)))?.status, 200);
  assert.equal(await ask(watchOver(system, { metricsFor: 'nobody' }), '/metrics'), null);
});

test('every other address, and every other method, is none of its business', async () => {
  await using system = await testSystem();
  const watch = watchOver(system);
  for (const path of ['/', '/healthz/', '/metrics/x', '/readyz2'])
    assert.equal(await ask(watch, path), null);
  assert.equal(await ask(watch, '/healthz', { method: 'POST' }), null);
});

test('two who ask first, at once, are both told what was noted before, once', async () => {
  await using system = await testSystem();
  const watch = watchOver(system);
  watch.metrics.noteRoutine('erasures', 'done', 5);
  const answers = await Promise.all([ask(watch, '/metrics'), ask(watch, '/metrics')]);
  for (const answer of answers)
    assert.match(
      (await answer?.text()) ?? '',
      /varsam_routine_runs_total\{routine="erasures",outcome="done"\} 1\n/,
    );
});
