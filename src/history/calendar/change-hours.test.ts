import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testSystem } from '../../../test/system.ts';
import type { TestSystem } from '../../../test/system.ts';
import { newRowId } from '../../ids.ts';
import type { Operation } from '../../operation.ts';
import { addResource, addSkill as addSkillRow } from './calendar-rows.fixture.ts';
import {
  addClosedDays,
  holidaysOf,
  listClosedDays,
  ownDaysOf,
  removeClosedDay,
  removeOwnDay,
  schedulesOf,
  writeOwnDay,
  writeSchedule,
} from './change-hours.ts';
import type { Schedule } from './change-hours.ts';
import {
  addSkill,
  changeResource,
  listResources,
  listSkills,
  offerResource,
  readResource,
  renameSkill,
} from './resources.ts';

let system: TestSystem;
const day = (text: string) => Temporal.PlainDate.from(text);
const nine = { opensMinute: 540, closesMinute: 720 };
const one = { opensMinute: 780, closesMinute: 1020 };
const weekOf = (monday: readonly (typeof nine)[]): Schedule['week'] => [
  monday,
  ...Array.from({ length: 6 }, () => []),
];

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

function op(): Operation {
  return system.op('routine', 'employment');
}

test('weekly hours are written whole, a period at a time, and an emptied one is gone', async () => {
  const resource = await addResource(system, { skills: [], hours: [] });
  const always: Schedule = { validFrom: null, validUntil: null, week: weekOf([nine, one]) };
  const summer: Schedule = {
    validFrom: day('2027-06-01'),
    validUntil: day('2027-09-01'),
    week: weekOf([nine]),
  };
  await writeSchedule(op(), resource, { old: null, schedule: summer });
  await writeSchedule(op(), resource, { old: null, schedule: always });
  assert.deepEqual(await schedulesOf(system.db, resource), [always, summer]);
  const later = { ...summer, validFrom: day('2027-07-01') };
  await writeSchedule(op(), resource, { old: summer, schedule: later });
  await writeSchedule(op(), resource, { old: always, schedule: { ...always, week: weekOf([]) } });
  assert.deepEqual(await schedulesOf(system.db, resource), [later]);
});

test('a day has hours of its own, is closed, or has those of the week again', async () => {
  const resource = await addResource(system, { skills: [] });
  const christmas = day('2026-12-23');
  await writeOwnDay(op(), resource, { day: christmas, hours: [nine, one] });
  await writeOwnDay(op(), resource, { day: day('2026-11-01'), hours: [nine] });
  const upcoming = () => ownDaysOf(system.db, resource, day('2026-11-22'));
  assert.deepEqual(await upcoming(), [{ day: christmas, hours: [nine, one] }]);
  await writeOwnDay(op(), resource, { day: christmas, hours: [] });
  assert.deepEqual(await upcoming(), [{ day: christmas, hours: [] }]);
  await removeOwnDay(op(), resource, christmas);
  assert.deepEqual(await upcoming(), []);
});

test('the holidays of a year are added once, and a day keeps the name it had', async () => {
  await system.db.deleteFrom('history.closed_day').execute();
  const holidays = holidaysOf(2028);
  assert.equal(holidays.length, 16);
  const own = { day: day('2028-12-24'), name: { sv: 'Ledigt', en: 'Off' } };
  assert.equal(await addClosedDays(op(), [own]), 1);
  assert.equal(await addClosedDays(op(), holidays), 15);
  assert.equal(await addClosedDays(op(), holidays), 0);
  const listed = await listClosedDays(system.db, day('2028-12-24'));
  assert.deepEqual(
    listed.map(({ name }) => name.sv),
    ['Ledigt', 'juldagen', 'annandag jul', 'nyårsafton'],
  );
  await removeClosedDay(op(), own.day);
  assert.equal((await listClosedDays(system.db, own.day)).length, 3);
  // Ascension Day fell on the first of May.
  assert.equal(
    holidaysOf(2008).filter((one) => one.day.month === 5 && one.day.day === 1).length,
    1,
  );
});

test('a resource has the skills that it is given, and can be taken out of booking', async () => {
  const [weaving, dyeing] = [
    await addSkillRow(system),
    await addSkill(op(), { sv: 'Färgning', en: 'Dyeing' }),
  ];
  const resourceId = await addResource(system, { skills: [weaving] });
  const label = { sv: 'Färgeri', en: 'Dye works' };
  await changeResource(op(), resourceId, { kind: 'room', label, skills: [dyeing] });
  await offerResource(op(), { resourceId, isOffered: false });
  const changed = await readResource(system.db, resourceId);
  assert.deepEqual(
    [changed.kind, changed.label, changed.skills, changed.isOffered],
    ['room', label, [dyeing], false],
  );
  await renameSkill(op(), dyeing, { sv: 'Växtfärgning', en: 'Plant dyeing' });
  assert.ok((await listSkills(system.db)).some(({ name }) => name.sv === 'Växtfärgning'));
  assert.ok((await listResources(system.db)).some((one) => one.resourceId === resourceId));
  const nothing = newRowId(system.now);
  await assert.rejects(readResource(system.db, nothing), { code: 'not-found' });
  await assert.rejects(renameSkill(op(), nothing, label), { code: 'not-found' });
  await assert.rejects(changeResource(op(), nothing, { kind: 'room', label, skills: [] }), {
    code: 'not-found',
  });
});
