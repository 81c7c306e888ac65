import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testSystem } from '../../test/system.ts';
import { noteReady, readAvailability } from './minutes.ts';

const at = (text: string) => Temporal.Instant.from(text);

test('a minute counts once, whoever says that the service was ready in it', async () => {
  await using system = await testSystem();
  const start = at('2026-11-22T12:00:05Z');
  await Promise.all([1, 2, 3, 4].map(() => noteReady(system.db, start)));
  await noteReady(system.db, at('2026-11-22T12:00:59.999Z'));
  await noteReady(system.db, at('2026-11-22T12:01:00Z'));
  // A process whose clock lags tells of a minute that has been counted.
  await noteReady(system.db, at('2026-11-22T12:00:30Z'));
  const rows = await system.db.selectFrom('routines.ready_day').select('minutes').execute();
  assert.deepEqual(rows, [{ minutes: 2 }]);
});

test('nothing is known before the first whole minute, and nothing is asked of the time before it', async () => {
  await using system = await testSystem();
  assert.equal((await readAvailability(system.db, at('2026-11-22T12:00:00Z'))).percent, null);
  await noteReady(system.db, at('2026-11-22T12:00:00Z'));
  assert.equal((await readAvailability(system.db, at('2026-11-22T12:00:30Z'))).percent, null);
  assert.equal((await readAvailability(system.db, at('2026-11-22T12:01:00Z'))).percent, 100);
  assert.equal((await readAvailability(system.db, at('2026-11-22T12:02:00Z'))).percent, 50);
});

test('a stop of a night is missing from both its days, over midnight and over a month', async () => {
  await using system = await testSystem();
  const whole = { minutes: 1440 };
  const day = (text: string, minutes: number) => ({
    day: Temporal.PlainDate.from(text),
    minutes,
    first_minute: at(`${text}T00:00:00Z`),
    last_minute: at(`${text}T23:59:00Z`),
  });
  await system.db
    .insertInto('routines.ready_day')
    .values([
      day('2026-10-01', whole.minutes),
      day('2026-10-31', 1440 - 120),
      day('2026-11-01', 1440 - 60),
    ])
    .execute();
  const { percent, days } = await readAvailability(system.db, at('2026-11-02T00:00:00Z'));
  assert.equal(days.length, 30);
  assert.equal(days[0]?.day.toString(), '2026-10-04');
  assert.equal(days.at(-2)?.percent, (1380 * 100) / 1440);
  const ready = 1320 + 1380;
  assert.equal(percent, (ready * 100) / (29 * 1440));
});

test('days that nobody asks for any more are dropped', async () => {
  await using system = await testSystem();
  await noteReady(system.db, at('2026-01-01T12:00:00Z'));
  await noteReady(system.db, at('2026-11-22T12:00:00Z'));
  const rows = await system.db.selectFrom('routines.ready_day').select('day').execute();
  assert.deepEqual(rows.map(String).length, 1);
});
