import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { openLog, placeOf, sqlStateOf, type LogEvent } from './log.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'varsam-test-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const request: LogEvent = {
  event: 'request',
  id: 'a1',
  method: 'GET',
  route: '/orders/:order',
  status: 200,
  ms: 1.234,
};

function linesOf(day: string): unknown[] {
  const file = path.join(folder, 'log', `varsam-${day}.log`);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as unknown);
}

test('each event is a line of JSON in the file of its day, for the server alone', () => {
  let now = Temporal.Instant.from('2026-11-22T23:59:59.999Z');
  const log = openLog({ folder, clock: () => now });
  log.write(request);
  now = now.add({ milliseconds: 1 });
  log.write({ event: 'stopped', ms: 3 });
  log.close();
  assert.deepEqual(linesOf('2026-11-22'), [
    { at: '2026-11-22T23:59:59.999Z', ...request, ms: 1.2 },
  ]);
  assert.deepEqual(linesOf('2026-11-23'), [
    { at: '2026-11-23T00:00:00.000Z', event: 'stopped', ms: 3 },
  ]);
  assert.equal(statSync(path.join(folder, 'log', 'varsam-2026-11-22.log')).mode & 0o777, 0o600);
});

test('a field that the event does not declare is not written', () => {
  const log = openLog({ folder, clock: () => Temporal.Instant.from('2026-11-22T12:00:00Z') });
  log.write({ ...request, email: 'astrid@example.se' } as LogEvent);
  log.close();
  assert.equal(JSON.stringify(linesOf('2026-11-22')).includes('astrid'), false);
});

test('the thirty-first day back is removed', () => {
  const log = openLog({ folder, clock: () => Temporal.Instant.from('2026-11-22T12:00:00Z') });
  for (let day = 1; day <= 31; day++) {
    const name = `varsam-2026-10-${String(day).padStart(2, '0')}.log`;
    writeFileSync(path.join(folder, 'log', name), '');
  }
  log.write(request);
  log.close();
  const left = readdirSync(path.join(folder, 'log'));
  assert.equal(left.includes('varsam-2026-10-01.log'), false);
  assert.equal(left.includes('varsam-2026-10-02.log'), true);
});

test('an unexpected error is logged by its place, never by its message', () => {
  const place = placeOf(new TypeError('astrid@example.se is not a function'));
  assert.match(place, /^TypeError log\.test\.[jt]s:\d+/);
  assert.equal(place.includes('astrid'), false);
  assert.deepEqual(sqlStateOf({ code: '23505' }), { sqlState: '23505' });
  assert.deepEqual(sqlStateOf(new Error('x')), {});
});
