import assert from 'node:assert/strict';
import { test } from 'node:test';
import { person, testSystem } from '../../test/system.ts';
import { openVisitor } from './privacy-visitor.fixture.ts';

const credentials = { email: person.email, password: person.password, return: '/history' };

test('a browser without cookies is told so, instead of being asked to sign in again and again', async () => {
  await using system = await testSystem();
  await system.newCustomer();
  const visitor = openVisitor(system, 'sv');
  const answer = await visitor.post('/sign-in', credentials);
  assert.equal(answer.location, '/sign-in/check?return=%2Fhistory');
  visitor.cookies.clear();
  const page = await visitor.get(answer.location);
  assert.equal(page.status, 422);
  assert.match(page.text, /tar inte emot kakor/);
});

test('a browser that takes cookies passes by and arrives where it was going', async () => {
  await using system = await testSystem();
  await system.newCustomer();
  const visitor = openVisitor(system, 'sv');
  const first = await visitor.post('/sign-in', credentials);
  assert.equal((await visitor.get(first.location ?? '')).location, '/history');
  await visitor.post('/language', { language: 'en', return: '/' });
  await visitor.post('/sign-out');
  assert.equal((await visitor.post('/sign-in', credentials)).location, '/history');
});

test('the page that looks for cookies leads nowhere but here', async () => {
  await using system = await testSystem();
  const visitor = openVisitor(system, 'en');
  await visitor.post('/language', { language: 'en', return: '/' });
  for (const away of ['https://example.com/', '//example.com'])
    assert.equal(
      (await visitor.get(`/sign-in/check?return=${encodeURIComponent(away)}`)).location,
      '/',
    );
});
