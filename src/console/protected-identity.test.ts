import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setProtectedIdentity } from '../accounts/protected-identity.ts';
import { newRowId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import type { Actor } from '../operation.ts';
import { categoryNames, mayOpen, purposeNames } from '../policy/rules.ts';
import { isProblem } from '../problem.ts';
import { gatherInsight } from '../requests/insight.ts';
import { changeStops } from '../requests/stops.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { consoleRoutes } from './routes.ts';
import { signedIn } from './staff-browser.fixture.ts';

let system: TestSystem;
let maja: OwnerId;
let order: string;
const personal = [person.email, person.name, person.street, person.postal_code];

before(async () => {
  system = await testSystem();
  maja = await system.newCustomer();
  order = await system.placeOrderFor(maja);
  await protect(true);
});
after(() => system[Symbol.asyncDispose]());

const own = () => system.op({ party: 'customer', owner: maja }, 'account');
const protect = (isOn: boolean) => setProtectedIdentity(own(), maja, isOn);

async function looks(): Promise<string[]> {
  const op = system.op({ party: 'customer', owner: maja }, 'insight');
  return (await gatherInsight(op, maja)).looks.map(
    ({ party, purpose }) => `${party} ${purpose.en}`,
  );
}

/** Every staff route that a role may enter, pointed at the customer. */
function routesFor(role: 'support' | 'administrator' | 'bookkeeper') {
  return consoleRoutes({ erasureSecretOf: () => '', paymentsDue: () => undefined })
    .filter(({ access, path }) => Array.isArray(access) && access.includes(role) && path !== out)
    .map(({ method, path }) => ({
      method,
      path: path.replace(':owner', maja).replaceAll(/:[a-z]+/g, newRowId(system.now)),
    }));
}
const out = '/console/sign-out';

test('no staff route shows customer service, or a bookkeeper, who has a protected identity', async () => {
  for (const role of ['support', 'bookkeeper'] as const) {
    const browser = await signedIn(system, role);
    const routes = routesFor(role);
    assert.ok(routes.length > 10, role);
    const before = await looks();
    for (const { method, path } of routes) {
      const seen =
        method === 'GET'
          ? await browser.get(`${path}?order=${order}`)
          : await browser.post(path, { order, email: person.email });
      const shown = personal.filter((value) => seen.text.includes(value) && value !== person.email);
      assert.deepEqual(shown, [], `${role} ${method} ${path}`);
      // What a search was made for stands in its own field and comes from who typed it.
      const found = seen.text.replaceAll(`value="${person.email}"`, '');
      assert.ok(!found.includes(person.email), `${role} ${method} ${path}`);
    }
    assert.deepEqual(await looks(), before, 'nothing was opened');
  }
});

test('customer service is told kindly that few may open the customer, and no more', async () => {
  const browser = await signedIn(system, 'support');
  for (const purpose of ['support', 'order-handling']) {
    const { status, text } = await browser.post(`/console/customers/${maja}/${purpose}`);
    assert.equal(status, 403);
    assert.match(text, /Only a few may open this customer/);
    assert.doesNotMatch(text, /protected|identity/i);
  }
});

test('an administrator opens the customer for an order or a question, and the customer sees it', async () => {
  const browser = await signedIn(system, 'administrator');
  for (const purpose of ['support', 'order-handling']) {
    const { status, text } = await browser.post(`/console/customers/${maja}/${purpose}`);
    assert.equal(status, 200);
    assert.ok(text.includes(person.name));
  }
  const seen = (await looks()).filter((look) => look.startsWith('administrator'));
  assert.deepEqual(seen.sort(), [
    'administrator answer your question to customer service',
    'administrator carry out your order',
  ]);
});

test('for every party, purpose and category the vault opens the customer to those few alone', async () => {
  const clerk = await system.newCustomer({ email: 'annan@example.se' });
  const actors: Actor[] = (['support', 'administrator', 'bookkeeper'] as const).map((party) => ({
    party,
    owner: clerk,
  }));
  for (const actor of actors) {
    for (const purpose of purposeNames()) {
      for (const category of categoryNames().filter((one) => mayOpen(actor.party, purpose, one))) {
        const op = system.op(actor, purpose);
        const isFew =
          actor.party === 'administrator' && ['support', 'order-handling'].includes(purpose);
        const opening = op.vault.openFor(op, maja, [category]);
        if (isFew) await opening;
        else
          await assert.rejects(
            opening,
            (error) => isProblem(error, 'protected', 'not-found'),
            `${actor.party} ${purpose} ${category}`,
          );
      }
    }
  }
  const routine = system.op('routine', 'proof');
  await routine.vault.openFor(routine, maja, ['credentials']);
});

test('the protection ends when the customer ends it, and lasts through a change of something else', async () => {
  const browser = await signedIn(system, 'support');
  const path = `/console/customers/${maja}/support`;
  await Promise.all([protect(true), protect(true)]);
  assert.equal((await browser.post(path)).status, 403);
  await protect(false);
  assert.equal((await browser.post(path)).status, 200);
  await protect(true);
  assert.equal((await browser.post(path)).status, 403);
});

test('a restriction is told to staff as a wish of the customer, and nothing of them is shown', async () => {
  const nils = await system.newCustomer({ email: 'nils@example.se', name: 'Nils Provsson' });
  const op = system.op({ party: 'customer', owner: nils }, 'account');
  await changeStops(op, nils, { ground: 'restriction', purposes: ['support'], stops: true });
  const browser = await signedIn(system, 'support');
  const masked = await browser.get(`/console/customers/${nils}`);
  assert.equal(masked.status, 200);
  assert.doesNotMatch(masked.text, /Open to answer a question/);
  const { status, text } = await browser.post(`/console/customers/${nils}/support`);
  assert.equal(status, 403);
  assert.match(text, /The customer has said stop/);
  assert.ok(!text.includes('Nils'));
});
