// What happens when the mail supplier, the databases or the whole machine fail, and afterwards.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { isRunning, pause, signal, waitUntilGone } from '../../src/database/processes.ts';
import { clusterNames } from '../../src/database/throw-away.ts';
import { portalProblemsText } from '../../src/text/portal-problems.ts';
import { leavingText } from '../../src/text/privacy-leaving.ts';
import { portalText } from '../../src/text/portal.ts';
import { runServer, startLive } from '../live.ts';
import type { Live } from '../live.ts';
import {
  closing,
  keepProbeAway,
  newClient,
  newCustomer,
  order,
  plain,
  reviewedOrder,
} from './client.ts';
import type { Answer, Client, Fields } from './client.ts';
import { somebody, stringsOf } from './steps.ts';
import type { Person } from './steps.ts';

const patienceMs = 30_000;
const people: Person[] = [];
let live: Live;

before(async () => {
  live = await startLive();
  await keepProbeAway(live);
});
after(() => live.stop());

function newPerson(word: string): Person {
  const person = somebody(word);
  people.push(person);
  return person;
}

/** Looks again and again until something is so. */
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!(await isSo())) {
    assert.ok(performance.now() < end, `${what}: not within ${patienceMs} ms`);
    await pause(20);
  }
}

async function untilTried(): Promise<void> {
  await until('the message is tried', async () => {
    const rows = await live.query('records', 'select 1 from messages.outbox where attempts > 0');
    return rows.length > 0;
  });
}

test('mail that the supplier refuses for now waits and goes when it is well again', async () => {
  for (const weather of ['busy', 'silent'] as const) {
    const person = newPerson(weather === 'busy' ? 'Ripbär' : 'Mjölon');
    await live.setWeather({ smtp: weather });
    const client = newClient(live);
    assert.equal((await client.post('/sign-up', { email: person.email })).status, 303);
    await untilTried();
    const before = await live.letters(person.email);
    assert.ok(weather === 'silent' || before.length === 0);
    await live.setWeather({});
    await live.letMailBeDue();
    await until('the message comes', async () => {
      const letters = await live.letters(person.email, '/confirm/');
      return letters.length === before.length + 1;
    });
    await until('nothing waits', async () => (await waiting()) === 0);
  }
});

test('mail for an address that does not exist is given up, and the next one still goes', async () => {
  const nowhere = newPerson('Tuvull');
  await live.setWeather({ smtp: 'no such mailbox' });
  await newClient(live).post('/sign-up', { email: nowhere.email });
  await until('it is given up', async () => (await waiting()) === 0);
  await live.setWeather({});
  const next = newPerson('Odört');
  await newClient(live).post('/sign-up', { email: next.email });
  await live.mail(next.email, '/confirm/');
  assert.deepEqual(await live.letters(nowhere.email), []);
});

async function waiting(): Promise<number> {
  return (await live.query('records', 'select 1 from messages.outbox')).length;
}

for (const store of clusterNames) {
  test(`when the ${store} are killed in mid-request, requests fail with words and the next ones work`, async () => {
    const person = newPerson(store === 'records' ? 'Vitsippa' : 'Blåsippa');
    const client = await newCustomer(live, person);
    const placed = await order(client, person);
    const wish = await reviewedOrder(client, person);
    const cluster = live.postgres(store);
    // Stopped first, so that every request is under way in the database when it dies.
    for (const pid of cluster) signal(pid, 'SIGSTOP');
    const reads = Array.from({ length: 6 }, () => client.get(placed));
    const writes = Array.from({ length: 3 }, () => client.post('/orders', wish));
    await pause(300);
    for (const pid of cluster) signal(pid, 'SIGKILL');
    const answers = await Promise.all([...reads, ...writes]);
    for (const answer of answers) assertCleanly(answer, person);
    await until('it works again', async () => (await client.get(placed)).status === 200);
    assert.ok((await client.get(placed)).text.includes(person.street));
    await assertOrderedOnce(client, wish);
  });
}

/** Sending the same form again is always right: it is one order, whatever became of the first try. */
async function assertOrderedOnce(client: Client, wish: Fields): Promise<void> {
  const again = await client.post('/orders', wish);
  assert.equal(again.location, `/history/${wish['order_id']}?placed=1`);
  const rows = await live.query(
    'records',
    `select (select count(*)::int from history."order" where order_id = $1) as orders,
            (select count(*)::int from history.order_line where order_id = $1) as lines`,
    [wish['order_id']],
  );
  assert.deepEqual(rows, [{ orders: 1, lines: 1 }]);
}

/** Whole, or refused with words that are ours: never half a page, never a stack. */
function assertCleanly(answer: Answer, person: Person): void {
  if (answer.status !== 303) assert.match(answer.text, /<\/html>\s*$/);
  if ([200, 303].includes(answer.status)) return;
  assert.ok([500, 503].includes(answer.status), `answers ${answer.status}`);
  const { unexpected, unavailable } = portalProblemsText.en;
  const shown = plain(answer.text);
  assert.ok([unexpected, unavailable].some(({ title }) => shown.includes(title)));
  assert.ok(!/postgres|ECONN|\.js:\d/i.test(shown));
  for (const secret of stringsOf(person)) assert.ok(!shown.includes(secret));
}

test('a machine that dies right after the answer to closing completes the erasure when it is back', async () => {
  const { person, client, fields } = await newLeaver('Fjällviol');
  const answer = await client.post('/close', fields);
  await live.kill9();
  assert.deepEqual([answer.status, answer.location], [303, '/receipt']);
  await live.restart();
  await assertErased(person, client, fields);
});

test('a machine that dies before it answers to closing completes what it had taken on', async () => {
  const { person, client, fields } = await newLeaver('Skogsviol');
  const [before] = await live.query('records', 'select count(*)::int as n from routines.erasure');
  const answer = client.post('/close', fields).catch(() => null);
  await until('the erasure is asked', async () => {
    const [now] = await live.query('records', 'select count(*)::int as n from routines.erasure');
    return Number(now?.['n']) > Number(before?.['n']);
  });
  await live.kill9();
  await answer;
  await live.restart();
  await assertErased(person, client, fields);
});

test('a machine that dies before it has taken anything on has closed nothing', async () => {
  const { person, client, fields } = await newLeaver('Luktviol');
  await live.kill9();
  await assert.rejects(client.post('/close', fields));
  await live.restart();
  const mine = await client.get('/my-data');
  assert.equal(mine.status, 200);
  assert.ok(mine.text.includes(person.street));
  assert.equal((await client.post('/close', fields)).location, '/receipt');
  await assertErased(person, client, fields);
});

async function newLeaver(word: string) {
  const person = newPerson(word);
  const client = await newCustomer(live, person);
  await order(client, person);
  return { person, client, fields: await closing(client, person) };
}

/** The same form leads to the receipt, which becomes complete; the account is gone. */
async function assertErased(person: Person, client: Client, fields: Fields): Promise<void> {
  const again = await client.post('/close', fields);
  assert.deepEqual([again.status, again.location], [303, '/receipt']);
  const { titles } = leavingText.en.receipt;
  await until('the receipt is complete', async () =>
    (await client.get('/receipt')).text.includes(`<h1>${titles.complete}</h1>`),
  );
  assert.equal((await client.get('/receipt/file')).status, 200);
  assert.equal((await client.get('/overview')).status, 303);
  const { email, password } = person;
  const attempt = await newClient(live).post('/sign-in', { email, password });
  assert.equal(attempt.status, 422);
  assert.ok(attempt.text.includes(portalText.en.signIn.wrong));
}

test('a recipient that does not answer is waited for, and the receipt says so meanwhile', async () => {
  const { person, client, fields } = await newLeaver('Kärrviol');
  await live.mail(person.email, '/history/');
  await live.setWeather({ erasure: 'broken' });
  assert.equal((await client.post('/close', fields)).status, 303);
  const { recipientStates, titles } = leavingText.en.receipt;
  await until('the receipt says that it waits', async () => {
    const { text } = await client.get('/receipt');
    return text.includes(recipientStates.waiting) && text.includes(`<h1>${titles.closed}</h1>`);
  });
  await live.setWeather({});
  await live.query(
    'records',
    `update routines.erasure_telling set told_at = told_at - interval '2 hours' where state = 'waiting'`,
  );
  await assertErased(person, client, fields);
  assert.deepEqual(await live.letters(person.email, '/history/'), []);
});

test('a second server on the same data is refused with a sentence, and the first goes on', async () => {
  const refused = await runServer(live.dataFolder);
  assert.equal(refused.code, 1);
  assert.equal(refused.out, '');
  assert.match(refused.notes, /^[A-Z][^\n]+\.\n$/);
  assert.equal((await newClient(live).get('/')).status, 200);
});

test('SIGTERM and SIGINT end the server in order and leave no process behind', async () => {
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    const { pid } = live;
    const clusters = clusterNames.flatMap(live.postgres);
    assert.ok(clusters.length > 2);
    assert.equal(await live.end(name), 0);
    assert.ok(!isRunning(pid));
    assert.ok(await waitUntilGone(clusters, 1_000));
    assert.deepEqual(clusterNames.flatMap(live.postgres), []);
    for (const store of clusterNames) {
      assert.ok(!existsSync(path.join(live.dataFolder, store, 'postmaster.pid')));
    }
    await live.restart();
  }
});

test('after all that every promise that can be checked is kept, and no log names anybody', async () => {
  const { code, out } = await live.varsam('prove', '--json');
  assert.equal(code, 0, out);
  const logs = live.logs();
  for (const secret of people.flatMap(stringsOf)) assert.ok(!logs.includes(secret), 'a log tells');
});
