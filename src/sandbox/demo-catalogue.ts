import type { RecordsTransaction } from '../database/records.ts';
import { addClosedDays, holidaysOf } from '../history/calendar/change-hours.ts';
import { addItem } from '../history/catalogue/add-item.ts';
import { newRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import { dayAt } from '../text/format.ts';
import { demoItems, newItem } from './demo-items.ts';
import { demoResources, demoSkills } from './demo-resources.ts';
import type { DemoSkill } from './demo-resources.ts';
import { demoBookings, demoServices } from './demo-offers.ts';

/** Everything that the demo company offers, products first. */
export const demoOffers = [...demoItems, ...demoServices, ...demoBookings];

/** Puts the demo company's catalogue, resources and closed days into an empty store. */
export async function addDemoCatalogue(
  db: RecordsTransaction,
  now: Temporal.Instant,
): Promise<void> {
  const skills = await addSkills(db, now);
  await addResources(db, skills, now);
  const { year } = dayAt(now);
  await addClosedDays({ db }, [...holidaysOf(year), ...holidaysOf(year + 1)]);
  for (const [position, item] of demoOffers.entries()) {
    const needs = (item.needs ?? []).map((skill) => skills[skill]);
    await addItem(db, { ...newItem(item, now), needs }, position);
  }
}

type Skills = Readonly<Record<DemoSkill, RowId>>;

async function addSkills(db: RecordsTransaction, now: Temporal.Instant): Promise<Skills> {
  const rows = Object.values(demoSkills).map((name) => ({ skill_id: newRowId(now), name }));
  await db.insertInto('history.skill').values(rows).execute();
  const ids = Object.keys(demoSkills).map((skill, index) => [skill, rows[index]!.skill_id]);
  return Object.fromEntries(ids) as Skills;
}

async function addResources(
  db: RecordsTransaction,
  skills: Skills,
  now: Temporal.Instant,
): Promise<void> {
  const resources = demoResources.map((resource) => ({ ...resource, resource_id: newRowId(now) }));
  const rows = resources.map(({ resource_id, kind, label }, position) => ({
    resource_id,
    kind,
    label,
    position,
  }));
  await db.insertInto('history.resource').values(rows).execute();
  const able = resources.flatMap(({ resource_id, skills: own }) =>
    own.map((skill) => ({ resource_id, skill_id: skills[skill] })),
  );
  await db.insertInto('history.resource_skill').values(able).execute();
  const openings = resources.flatMap(({ resource_id, week }) =>
    week.flatMap((day, index) =>
      day.map(({ opensMinute, closesMinute }) => ({
        resource_id,
        opening_id: newRowId(now),
        weekday: index + 1,
        opens_minute: opensMinute,
        closes_minute: closesMinute,
        valid_from: null,
        valid_until: null,
      })),
    ),
  );
  await db.insertInto('history.opening').values(openings).execute();
}
