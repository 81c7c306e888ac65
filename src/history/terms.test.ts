import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newRowId } from '../ids.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { terms } from '../policy/terms.ts';
import { currentTerms, findTerms, listTerms, publishTerms } from './terms.ts';

let system: TestSystem;

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

test('conditions of sale are kept once however often the server starts, several at once too', async () => {
  await Promise.all([1, 2, 3].map(() => publishTerms(system.db, system.now)));
  await publishTerms(system.db, system.now.add({ hours: 24 }));
  const kept = await listTerms(system.db);
  assert.equal(kept.length, 1);
  assert.deepEqual(kept[0]?.sections, terms.sections);
  assert.deepEqual(await currentTerms(system.db), kept[0]);
  assert.equal(kept[0]?.isCurrent, true);
});

test('an earlier wording is kept as it was, and is not the one that holds', async () => {
  const paragraph = { sv: 'Äldre villkor.', en: 'Older conditions.' };
  const content = {
    version: '2020-01-01',
    sections: [{ heading: paragraph, paragraphs: [paragraph] }],
  };
  const terms_id = newRowId(system.now);
  await system.db
    .insertInto('history.terms')
    .values({
      terms_id,
      version: content.version,
      content_hash: Buffer.alloc(32, 1),
      content,
      published_at: system.now.subtract({ hours: 1 }),
    })
    .execute();
  const found = await findTerms(system.db, terms_id);
  assert.deepEqual(found?.sections, content.sections);
  assert.equal(found?.isCurrent, false);
  assert.notEqual((await currentTerms(system.db)).termsId, terms_id);
  assert.equal((await listTerms(system.db)).at(-1)?.termsId, terms_id);
  assert.equal(await findTerms(system.db, newRowId(system.now)), null);
});
