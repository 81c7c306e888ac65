import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findRecipient, listRecipients, recipientByChannel } from '../recipients/register.ts';
import { testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { confirmEverybody, signedIn } from './staff-browser.fixture.ts';
import type { StaffBrowser } from './staff-browser.fixture.ts';

let system: TestSystem;
let browser: StaffBrowser;
const register = '/console/recipients';
const supplier = {
  name: 'Molnposten AB',
  category: 'supplier',
  country: 'se',
  role: 'processor',
  channel: 'none',
  transfer_tool: '',
  transfer_until: '',
  notice_url: '',
  erasure_url: 'https://erase.example.com/requests',
};

before(async () => {
  system = await testSystem();
  browser = await signedIn(system, 'administrator');
  await confirmEverybody(system);
});

after(() => system[Symbol.asyncDispose]());

async function idOf(name: string): Promise<string> {
  const found = (await listRecipients(system.db)).find((one) => one.name === name);
  assert.ok(found);
  return found.recipientId;
}

test('a recipient is added, given an agreement with its dates, and may receive from its first day', async () => {
  const added = await browser.post(`${register}/new`, supplier);
  assert.equal(added.location, `${register}?done=added`);
  const id = await idOf(supplier.name);
  const at = `${register}/${id}/agreements`;
  assert.match((await browser.get(register)).text, /no data processing agreement that holds/);
  const future = await browser.post(at, { signed_on: '2026-11-23', valid_from: '2026-11-23' });
  assert.equal(future.status, 422);
  const backwards = await browser.post(at, { signed_on: '2026-11-20', valid_from: '2026-11-19' });
  assert.equal(backwards.status, 422);
  assert.match(backwards.text, /value="2026-11-19"/);
  for (const wrong of ['', '2026-02-30', '20261120', '2026-11-20T00']) {
    const { status } = await browser.post(at, { signed_on: wrong, valid_from: '2026-11-22' });
    assert.equal(status, 422, wrong);
  }
  const dates = { signed_on: '2026-11-20', valid_from: '2026-11-22' };
  assert.equal((await browser.post(at, dates)).location, `${register}?done=signed`);
  assert.equal((await browser.post(at, dates)).location, `${register}?done=signed`);
  const overlapping = await browser.post(at, { ...dates, valid_from: '2026-11-25' });
  assert.equal(overlapping.status, 422);
  assert.match(overlapping.text, /Another agreement holds/);
  const found = await findRecipient(system.db, id as never);
  assert.equal(found?.agreements.length, 1);
  assert.equal(found.agreements[0]?.validFrom.toString(), '2026-11-22');
});

test('what is wrong with a recipient is said beside the field, and nothing is lost', async () => {
  const wrongs: [Partial<Record<keyof typeof supplier, string>>, RegExp][] = [
    [{ name: '' }, /Enter the recipient’s name/],
    [{ category: 'friend' }, /Choose a category/],
    [{ country: 'XQ' }, /country’s code in two letters/],
    [{ country: '<b' }, /country’s code in two letters/],
    [{ role: 'controller' }, /says something else about that category/],
    [{ role: 'controller', category: 'performer' }, /address of the recipient’s own notice/],
    [{ erasure_url: 'http://erase.example.com' }, /begins with https/],
    [{ erasure_url: 'javascript:alert(1)' }, /begins with https/],
    [{ transfer_until: 'soon' }, /Choose a day/],
    [{ channel: 'mail' }, /Another recipient handles mail already/],
  ];
  for (const [change, words] of wrongs) {
    const fields = { ...supplier, name: 'Nordhamn Åäö AB', ...change };
    const { status, text } = await browser.post(`${register}/new`, fields);
    assert.equal(status, 422, JSON.stringify(change));
    assert.match(text, words);
    if (change.name === undefined) assert.match(text, /value="Nordhamn Åäö AB"/);
  }
});

test('a recipient is changed, and keeps an address of its sandbox', async () => {
  const mail = await recipientByChannel(system.db, 'mail');
  assert.ok(mail);
  const at = `${register}/${mail.recipientId}/change`;
  const page = await browser.get(at);
  assert.match(page.text, /value="Exempelposten AB"/);
  const fields = { ...supplier, channel: 'mail', erasure_url: mail.erasureUrl ?? '' };
  const abroad = { country: 'US', transfer_tool: 'SCC 2021/914', transfer_until: '2027-01-31' };
  const changed = await browser.post(at, { ...fields, ...abroad, name: 'Exempelposten Inc' });
  assert.equal(changed.location, `${register}?done=changed`);
  const after = await recipientByChannel(system.db, 'mail');
  assert.equal(after?.name, 'Exempelposten Inc');
  assert.equal(after.transferValidUntil?.toString(), '2027-01-31');
  assert.equal(after.erasureUrl, mail.erasureUrl);
  assert.equal(after.agreements.length, 1);
});

test('the secret is shown to an administrator who has confirmed, and to nobody else', async () => {
  const at = `${register}/${await idOf('Molnposten AB')}/secret`;
  assert.match((await browser.get(at)).text, /whsec_/);
  const support = await signedIn(system, 'support');
  system.now = system.now.add({ minutes: 1 });
  const other = await signedIn(system, 'administrator');
  assert.match((await other.get(at)).location ?? '', /confirm-identity/);
  await confirmEverybody(system);
  for (const path of ['new', `${at.split('/')[3]}/secret`, `${at.split('/')[3]}/change`]) {
    assert.equal((await support.get(`${register}/${path}`)).status, 404);
  }
  for (const id of ['x', '%00', '0197f3f0-0000-7000-8000-000000000000']) {
    assert.equal((await browser.get(`${register}/${id}/secret`)).status, 404);
    assert.equal((await browser.post(`${register}/${id}/change`, supplier)).status, 404);
  }
});

test('the first page tells an administrator of a real company what is missing', async () => {
  const { text } = await browser.get('/console');
  assert.match(text, /This is missing before you can begin/);
  assert.match(text, /name and number of the example/);
  assert.match(text, /A passkey for you/);
  assert.doesNotMatch(text, /A recipient that handles mail/);
  const support = await signedIn(system, 'support');
  assert.doesNotMatch((await support.get('/console')).text, /This is missing/);
});
