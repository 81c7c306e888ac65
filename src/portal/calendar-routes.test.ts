import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { pngPicture } from '../history/catalogue/pictures/pictures.fixture.ts';
import { addPicture, picturesOf } from '../history/catalogue/pictures/pictures.ts';
import { listItems } from '../history/catalogue/items.ts';
import { feedToken } from '../history/calendar/resource-feed.ts';
import { listResources } from '../history/calendar/resources.ts';
import { buildApp } from '../http/app.ts';
import { newRowId } from '../ids.ts';
import { calendarRoutes } from './calendar-routes.ts';
import { problemPage } from './problem.tsx';

const origin = 'http://localhost:8080';
let system: TestSystem;

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

async function ask(path: string): Promise<Response> {
  const app = buildApp({
    db: system.db,
    vault: system.vault,
    site: { origin, sender: { from: 'kund@example.se', domain: 'example.se' }, sandbox: null },
    routes: calendarRoutes,
    clock: () => system.now,
    asset: () => null,
    problemPage,
    note: () => undefined,
  });
  return app.request(`${origin}${path}`);
}

test('a picture is served as what it is, may be kept for ever, and is never guessed at', async () => {
  const [item] = await listItems(system.db);
  const op = system.op('routine', 'employment');
  const alternative = { sv: 'En filt', en: 'A blanket' };
  await addPicture(op, item!.itemId, { bytes: pngPicture, alternative });
  const [picture] = (await picturesOf(system.db, [item!.itemId])).get(item!.itemId) ?? [];
  const answer = await ask(`/pictures/${picture!.pictureId}`);
  assert.equal(answer.status, 200);
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()), pngPicture);
  assert.equal(answer.headers.get('content-type'), 'image/png');
  assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  for (const id of [newRowId(system.now), item!.itemId, 'x', '%00', `${picture!.pictureId}.png`]) {
    assert.equal((await ask(`/pictures/${id}`)).status, 404, id);
  }
});

test('a feed is there for who has its address, and for nobody else', async () => {
  const [resource] = await listResources(system.db);
  const token = feedToken(system.vault, resource!);
  const answer = await ask(`/calendar/${token}.ics`);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'text/calendar; charset=utf-8');
  assert.match(await answer.text(), /^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r\n$/);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  for (const name of [token, `${token}.ICS.ics`, `x.ics`, '.ics', `${'A'.repeat(64)}.ics`]) {
    assert.equal((await ask(`/calendar/${name}`)).status, 404, name);
  }
});
