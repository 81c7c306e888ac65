import type { Records } from '../../database/records.ts';
import type { ResourceKind } from '../../database/records-history.ts';
import { newRowId } from '../../ids.ts';
import type { RowId } from '../../ids.ts';
import { inTransaction } from '../../operation.ts';
import type { Operation, WriteOperation } from '../../operation.ts';
import type { Words } from '../../policy/shape.ts';
import { Problem } from '../../problem.ts';
import { lockList } from '../lock-list.ts';

/** A person, a room or a thing as those see it who care for the calendar. The label is public and names nobody. */
export type KnownResource = {
  readonly resourceId: RowId;
  readonly kind: ResourceKind;
  readonly label: Words;
  readonly isOffered: boolean;
  readonly skills: readonly RowId[];
  /** Grows when the address of its calendar feed is renewed. */
  readonly feedVersion: number;
};

export type ResourceFacts = Pick<KnownResource, 'kind' | 'label' | 'skills'>;
export type Skill = { readonly skillId: RowId; readonly name: Words };

export const resourcesMax = 200;
export const skillsMax = 100;

/** Every resource, offered or not, in the company's order. */
export function listResources(db: Records): Promise<KnownResource[]> {
  return readResources(db, null);
}

/** @throws Problem `not-found` */
export async function readResource(db: Records, resourceId: RowId): Promise<KnownResource> {
  const [found] = await readResources(db, resourceId);
  if (found === undefined) throw new Problem('not-found');
  return found;
}

async function readResources(db: Records, only: RowId | null): Promise<KnownResource[]> {
  const rows = await db
    .selectFrom('history.resource')
    .select(['resource_id', 'kind', 'label', 'offered', 'feed_version'])
    .$if(only !== null, (query) => query.where('resource_id', '=', only!))
    .orderBy('position')
    .orderBy('resource_id')
    .limit(resourcesMax)
    .execute();
  const skills = await db
    .selectFrom('history.resource_skill')
    .select(['resource_id', 'skill_id'])
    .$if(only !== null, (query) => query.where('resource_id', '=', only!))
    .execute();
  const byResource = Map.groupBy(skills, ({ resource_id }) => resource_id);
  return rows.map((row) => ({
    resourceId: row.resource_id,
    kind: row.kind,
    label: row.label,
    isOffered: row.offered,
    skills: (byResource.get(row.resource_id) ?? []).map(({ skill_id }) => skill_id),
    feedVersion: row.feed_version,
  }));
}

/**
 * Puts a resource at the end of the list.
 * @throws Problem `too-many`
 */
export async function addResource(op: Operation, facts: ResourceFacts): Promise<RowId> {
  const resource_id = newRowId(op.now);
  await inTransaction(op, async (write) => {
    await lockList(write.db, 'resources');
    const { count, last } = await write.db
      .selectFrom('history.resource')
      .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('position').as('last')])
      .executeTakeFirstOrThrow();
    if (count >= resourcesMax) throw new Problem('too-many', 'resources');
    const position = ((last as number | null) ?? -1) + 1;
    const { kind, label } = facts;
    await write.db
      .insertInto('history.resource')
      .values({ resource_id, kind, position, label })
      .execute();
    await writeSkills(write, resource_id, facts.skills);
  });
  return resource_id;
}

/** @throws Problem `not-found` */
export async function changeResource(
  op: Operation,
  resourceId: RowId,
  { kind, label, skills }: ResourceFacts,
): Promise<void> {
  await inTransaction(op, async (write) => {
    const changed = await write.db
      .updateTable('history.resource')
      .set({ kind, label })
      .where('resource_id', '=', resourceId)
      .executeTakeFirst();
    if (changed.numUpdatedRows !== 1n) throw new Problem('not-found');
    await write.db
      .deleteFrom('history.resource_skill')
      .where('resource_id', '=', resourceId)
      .execute();
    await writeSkills(write, resourceId, skills);
  });
}

/** Lets a resource be booked, or not. What is booked of it stays. */
export async function offerResource(
  { db }: Operation,
  { resourceId, isOffered }: { readonly resourceId: RowId; readonly isOffered: boolean },
): Promise<void> {
  await db
    .updateTable('history.resource')
    .set({ offered: isOffered })
    .where('resource_id', '=', resourceId)
    .execute();
}

/** From now on the old address of its calendar feed leads nowhere. */
export async function renewFeed({ db }: Operation, resourceId: RowId): Promise<void> {
  await db
    .updateTable('history.resource')
    .set((row) => ({ feed_version: row('feed_version', '+', 1) }))
    .where('resource_id', '=', resourceId)
    .execute();
}

/** What resources can do, by name. */
export async function listSkills(db: Records): Promise<Skill[]> {
  const rows = await db
    .selectFrom('history.skill')
    .select(['skill_id', 'name'])
    .limit(skillsMax)
    .execute();
  return rows
    .map((row) => ({ skillId: row.skill_id, name: row.name }))
    .sort((one, other) => one.name.sv.localeCompare(other.name.sv, 'sv'));
}

/** @throws Problem `too-many` */
export async function addSkill(op: Operation, name: Words): Promise<RowId> {
  const skill_id = newRowId(op.now);
  await inTransaction(op, async ({ db }) => {
    await lockList(db, 'skills');
    if ((await listSkills(db)).length >= skillsMax) throw new Problem('too-many', 'skills');
    await db.insertInto('history.skill').values({ skill_id, name }).execute();
  });
  return skill_id;
}

/** @throws Problem `not-found` */
export async function renameSkill({ db }: Operation, skillId: RowId, name: Words): Promise<void> {
  const changed = await db
    .updateTable('history.skill')
    .set({ name })
    .where('skill_id', '=', skillId)
    .executeTakeFirst();
  if (changed.numUpdatedRows !== 1n) throw new Problem('not-found');
}

async function writeSkills(
  { db }: WriteOperation,
  resource_id: RowId,
  skills: readonly RowId[],
): Promise<void> {
  const rows = skills.map((skill_id) => ({ resource_id, skill_id }));
  if (rows.length > 0) await db.insertInto('history.resource_skill').values(rows).execute();
}
