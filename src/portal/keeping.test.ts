import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { OwnerId } from '../ids.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { signedInVisitor } from './privacy-visitor.fixture.ts';
import type { Visitor } from './privacy-visitor.fixture.ts';

let system: TestSystem;
let owner: OwnerId;
let swedish: Visitor;
let english: Visitor;

before(async () => {
  system = await testSystem();
  owner = await system.newCustomer();
  swedish = await signedInVisitor(system, person.email, 'sv');
  english = await signedInVisitor(system, person.email, 'en');
  await confirmAll();
});
after(() => system[Symbol.asyncDispose]());

/** As if each of them had just shown anew who they are. */
async function confirmAll(): Promise<void> {
  await system.db.updateTable('accounts.session').set({ confirmed_at: system.now }).execute();
}

const stored = () =>
  system.db
    .selectFrom('settings.keeping')
    .select(['choice', 'unused_months', 'closes_at'])
    .where('owner_id', '=', owner)
    .executeTakeFirst();

test('who has chosen nothing is told what holds, with the date', async () => {
  const page = await swedish.get('/settings/keeping');
  assert.equal(page.status, 200);
  assert.match(page.text, /Om du inte loggar in stänger vi kontot den 22 november 2029/);
  assert.match(page.text, /gäller för den som inte har valt något/);
  assert.equal(await stored(), undefined);
});

test('twelve months: the page says the date, before it is chosen and after', async () => {
  assert.match(
    (await swedish.get('/settings/keeping')).text,
    /från och med nu: den 22 november 2027/,
  );
  const { status, location } = await swedish.post('/settings/keeping', { stay: 'months-12' });
  assert.deepEqual([status, location], [303, '/settings/keeping?saved=1']);
  const page = await swedish.get('/settings/keeping?saved=1');
  assert.match(page.text, /Sparat/);
  assert.match(page.text, /Om du inte loggar in stänger vi kontot den 22 november 2027/);
  assert.match(page.text, /Du valde det den 22 november 2026/);
  assert.match(page.source, /value="months-12" checked/);
  assert.equal((await stored())?.unused_months, 12);
  const settings = await english.get('/settings');
  assert.match(
    settings.text,
    /If you do not sign in we will close the account on 22 November 2027/,
  );
});

test('until I close it: the page promises no date', async () => {
  await english.post('/settings/keeping', { stay: 'until-closed' });
  const page = await english.get('/settings/keeping');
  assert.match(page.text, /The account stays until you close it/);
});

test('a date: from tomorrow to ten years ahead, and nothing else', async () => {
  const post = (date: string) => swedish.post('/settings/keeping', { stay: 'until-date', date });
  assert.equal((await post('2026-11-23')).status, 303);
  assert.match((await swedish.get('/settings/keeping')).text, /den 23 november 2026, också om/);
  assert.equal((await post('2036-11-22')).status, 303);
  for (const [date, words] of [
    ['2026-11-22', 'Datumet är för nära'],
    ['2020-01-01', 'Datumet är för nära'],
    ['2036-11-23', 'Datumet är för långt fram'],
    ['2027-02-29', 'Skriv datumet så här'],
    ['27/11/2027', 'Skriv datumet så här'],
    ['9999999-01-01', 'Skriv datumet så här'],
    ['', 'Skriv datumet då kontot'],
  ] as const) {
    const answer = await post(date);
    assert.equal(answer.status, 422, date);
    assert.match(answer.text, new RegExp(words), date);
    assert.match(answer.source, new RegExp(`value="${date}"`), 'what was typed is kept');
    assert.match(answer.source, /value="until-date" checked/);
  }
  assert.equal((await stored())?.closes_at?.toString(), '2036-11-21T23:00:00Z');
});

test('a choice that is not offered is refused, and changes nothing', async () => {
  const before = await stored();
  for (const stay of ['', 'months-1', 'months-36.5', 'forever', 'unused']) {
    const answer = await swedish.post('/settings/keeping', { stay });
    assert.equal(answer.status, 422, stay);
    assert.match(answer.text, /Välj hur länge kontot ska finnas/);
  }
  assert.deepEqual(await stored(), before);
});

test('it is asked for only by who has shown anew who they are', async () => {
  system.now = system.now.add({ minutes: 31 });
  for (const answer of [
    await swedish.get('/settings/keeping'),
    await swedish.post('/settings/keeping', { stay: 'until-closed' }),
  ]) {
    assert.notEqual(answer.status, 200);
    assert.ok(!answer.text.includes('Sparat'));
  }
  assert.equal((await stored())?.choice, 'until-date');
});
