import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newRowId } from '../ids.ts';
import type { RowId } from '../ids.ts';
import { inTransaction } from '../operation.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { writeTogether } from './together.ts';
import type { Write } from './together.ts';

let system: TestSystem;
before(async () => (system = await testSystem()));
after(() => system[Symbol.asyncDispose]());

type NewSkill = { readonly resource: RowId; readonly skill: RowId };

/** A skill, a resource, and that the one has the other: the last refers to both. */
function together({ resource, skill }: NewSkill, known: NewSkill) {
  const words = { sv: 'Prov', en: 'Test' };
  return inTransaction(system.op('routine', 'order'), ({ db }) => {
    const has: Write = db
      .insertInto('history.resource_skill')
      .values({ resource_id: known.resource, skill_id: known.skill });
    const skillWrite = db.insertInto('history.skill').values({ skill_id: skill, name: words });
    const resourceWrite = db
      .insertInto('history.resource')
      .values({ resource_id: resource, kind: 'person', position: 0, label: words });
    return writeTogether(db, [has, skillWrite, resourceWrite]);
  });
}

async function isThere({ skill }: NewSkill): Promise<boolean> {
  const rows = await system.db
    .selectFrom('history.skill')
    .select('skill_id')
    .where('skill_id', '=', skill)
    .execute();
  return rows.length > 0;
}

const fresh = (): NewSkill => ({ resource: newRowId(system.now), skill: newRowId(system.now) });

test('rows that refer to each other are written in one statement, in whatever order', async () => {
  const one = fresh();
  await together(one, one);
  assert.ok(await isThere(one));
});

test('when one of them cannot be written, none is', async () => {
  const one = fresh();
  await assert.rejects(together(one, fresh()), /foreign key/);
  assert.equal(await isThere(one), false);
});

test('an update goes along, and a value is never taken for a statement', async () => {
  const one = fresh();
  await together(one, one);
  const label = { sv: `'); drop table history.skill; --`, en: '' };
  await inTransaction(system.op('routine', 'order'), ({ db }) =>
    writeTogether(db, [
      db.updateTable('history.skill').set({ name: label }).where('skill_id', '=', one.skill),
      db.updateTable('history.resource').set({ label }).where('resource_id', '=', one.resource),
    ]),
  );
  const { name } = await system.db
    .selectFrom('history.skill')
    .select('name')
    .where('skill_id', '=', one.skill)
    .executeTakeFirstOrThrow();
  assert.deepEqual(name, label);
});
