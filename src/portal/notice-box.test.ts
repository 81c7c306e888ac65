import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newRowId } from '../ids.ts';
import type { PublishedNotice } from '../policy/published.ts';
import { currentMark, currentNotice, publishCurrent } from '../settings/notices.ts';
import { markOf, sha256Of } from './notice-version.fixture.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { openVisitor } from './privacy-visitor.fixture.ts';

const hasBox = (source: string) => source.includes('data-notice-box');

/** A wording that was in force a year before the one of the program. */
async function earlierVersion(system: TestSystem): Promise<PublishedNotice> {
  const older = structuredClone(currentNotice);
  delete (older.cookies as Record<string, unknown>)['__Host-notice'];
  const then = system.now.subtract({ hours: 365 * 24 });
  await system.db
    .insertInto('settings.notice')
    .values({
      notice_id: newRowId(then),
      content_hash: sha256Of(older),
      published_at: then,
      content: older,
    })
    .execute();
  await publishCurrent(system.db, system.now);
  return older;
}

test('the box is there until somebody says that they have read, and then on no page', async () => {
  await using system = await testSystem();
  await publishCurrent(system.db, system.now);
  const visitor = openVisitor(system, 'sv');
  assert.ok(hasBox((await visitor.get('/')).source));
  assert.ok(!visitor.cookies.has('__Host-notice'), 'looking sets no cookie');
  const answer = await visitor.post('/notice/read', { return: '/sign-in' });
  assert.deepEqual([answer.status, answer.location], [303, '/sign-in']);
  assert.equal(visitor.cookies.get('__Host-notice'), currentMark);
  for (const page of ['/', '/sign-in', '/notice', '/accessibility'])
    assert.ok(!hasBox((await visitor.get(page)).source), page);
});

test('who has read an earlier wording is told once what is new, in words', async () => {
  await using system = await testSystem();
  const older = await earlierVersion(system);
  const visitor = openVisitor(system, 'sv');
  visitor.cookies.set('__Host-notice', markOf(older));
  const box = await visitor.get('/');
  assert.match(box.source, /data-notice-box="changed"/);
  assert.match(box.text, /En ny kaka, __Host-notice\./);
  const changes = await visitor.get(`/notice/changes?since=${markOf(older)}`);
  assert.match(changes.text, /En ny kaka, __Host-notice\./);
  await visitor.post('/notice/read', { return: '/' });
  assert.ok(!hasBox((await visitor.get('/')).source));
});

test('earlier wordings stay readable, and say that they no longer hold', async () => {
  await using system = await testSystem();
  await earlierVersion(system);
  const visitor = openVisitor(system, 'en');
  const list = await visitor.get('/notice/versions');
  const address = /href="(\/notice\/versions\/[^"]+)"/.exec(list.source)?.[1] ?? '';
  const page = await visitor.get(address);
  assert.equal(page.status, 200);
  assert.match(page.text, /no longer in force/);
  assert.match(page.text, /Password/);
  for (const wrong of ['/notice/versions/x', `/notice/versions/${newRowId(system.now)}`])
    assert.equal((await visitor.get(wrong)).status, 404);
});

test('a cookie that names no wording is as good as none, and shows nothing strange', async () => {
  await using system = await testSystem();
  await publishCurrent(system.db, system.now);
  const visitor = openVisitor(system, 'en');
  for (const wrong of ['0000000000000000', 'x', '" onload="', 'ffffffffffffffffffff']) {
    visitor.cookies.set('__Host-notice', encodeURIComponent(wrong));
    assert.match((await visitor.get('/')).source, /data-notice-box="first"/);
    const changes = await visitor.get(`/notice/changes?since=${encodeURIComponent(wrong)}`);
    assert.deepEqual([changes.status, changes.location], [303, '/notice/versions']);
  }
});

test('a wording is kept once, however often the program starts with it', async () => {
  await using system = await testSystem();
  await Promise.all([1, 2, 3].map(() => publishCurrent(system.db, system.now)));
  await publishCurrent(system.db, system.now.add({ hours: 24 }));
  const rows = await system.db.selectFrom('settings.notice').select('published_at').execute();
  assert.equal(rows.length, 1);
});

test('the way back after reading stays on this site', async () => {
  await using system = await testSystem();
  const visitor = openVisitor(system, 'en');
  for (const away of ['https://example.com/', '//example.com', '/\\example.com'])
    assert.equal((await visitor.post('/notice/read', { return: away })).location, '/');
});
