import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { holdings } from '../holdings.ts';
import type { OwnerId } from '../ids.ts';
import { verifyReceipt } from '../ledger/verify-receipt.ts';
import { notice } from '../policy/notice.ts';
import { promises } from '../policy/promises.ts';
import { keepFinding } from '../routines/proof/results.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import { storedText } from '../text/privacy-stored.ts';
import type { PersonalTable } from '../text/stored-words.ts';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { openVisitor, signedInVisitor } from './privacy-visitor.fixture.ts';
import type { Visitor } from './privacy-visitor.fixture.ts';

let system: TestSystem;

before(async () => {
  system = await testSystem();
});
after(() => system[Symbol.asyncDispose]());

type Customer = { readonly owner: OwnerId; readonly email: string; readonly browser: Visitor };

async function newCustomer(language: 'sv' | 'en' = 'en'): Promise<Customer> {
  const email = `${randomBytes(5).toString('hex')}@example.se`;
  const owner = await system.newCustomer({ email });
  await system.placeOrderFor(owner);
  return { owner, email, browser: await signedInVisitor(system, email, language) };
}

function codeIn(source: string): string {
  return /name="code" value="([^"]+)"/.exec(source)?.[1] ?? '';
}

test('my data shows each value in words and never the name of a table or a column', async () => {
  const { email, browser } = await newCustomer();
  const { status, text } = await browser.get('/my-data');
  assert.equal(status, 200);
  for (const shown of [email, person.name, person.street, 'Ordered', 'Signed-in devices']) {
    assert.ok(text.includes(shown), shown);
  }
  for (const { table, clear } of holdings) {
    assert.ok(!text.includes(table), table);
    for (const column of Object.keys(clear).filter((name) => name.includes('_'))) {
      assert.ok(!text.includes(column), column);
    }
  }
  assert.doesNotMatch(text, /argon2|\d{4}-\d\d-\d\dT/);
});

test('money is shown as money, VAT as per cent and times as times, in both languages', async () => {
  const swedish = await newCustomer('sv');
  assert.match((await swedish.browser.get('/my-data')).text, /\d kr .*25 % /);
  assert.match((await swedish.browser.get('/my-data')).text, /22 november 2026, kl\. 13\.00/);
  const english = await newCustomer('en');
  assert.match((await english.browser.get('/my-data')).text, /SEK \d.*25% /);
  assert.match((await english.browser.get('/my-data')).text, /22 November 2026, 13:00/);
});

test('every column that is not a random number or a hash has words in both languages', () => {
  for (const { table, clear } of holdings) {
    const worded = Object.entries(clear)
      .filter(([, kind]) => kind === 'time' || kind === 'amount' || kind === 'state')
      .map(([column]) => column);
    for (const language of ['sv', 'en'] as const) {
      const words = storedText[language][table as PersonalTable];
      assert.deepEqual(Object.keys(words.columns).sort(), worded.sort(), table);
    }
  }
});

test('a look by staff stands on my data with role, purpose and categories, once for what was opened together', async () => {
  const { owner, browser } = await newCustomer();
  assert.match((await browser.get('/my-data')).text, /No member of staff has looked/);
  const staff = await system.newCustomer({ email: `${randomBytes(5).toString('hex')}@example.se` });
  const op = system.op({ party: 'support', owner: staff }, 'support');
  await op.vault.openFor(op, owner, ['credentials', 'history']);
  const { text } = await browser.get('/my-data');
  assert.match(text, /A member of staff has looked once/);
  assert.match(text, /Customer service answer your question.* Credentials and History/);
  assert.ok(!text.includes(staff), 'the id of the member of staff');
});

test('the download holds every row exactly, says what the columns are, and no secret', async () => {
  const { email, browser } = await newCustomer();
  await browser.post('/confirm-identity', { return: '/my-data', password: person.password });
  const { headers, source } = await browser.get('/my-data/download/json');
  assert.equal(
    headers.get('content-disposition'),
    'attachment; filename="my-data-2026-11-22.json"',
  );
  const file = JSON.parse(source) as {
    complete: boolean;
    categories: { data: { table: string; columns: object; rows: Record<string, unknown>[] }[] }[];
  };
  assert.equal(file.complete, true);
  const tables = file.categories.flatMap(({ data }) => data);
  const rowOf = (table: string) => tables.find((one) => one.table === table)?.rows[0];
  assert.equal(rowOf('accounts.account')?.['email'], email);
  assert.equal(rowOf('accounts.account')?.['created_at'], system.now.toString());
  assert.equal(typeof rowOf('history.order')?.['total_ore'], 'number');
  assert.deepEqual(Object.keys(tables[0]?.columns ?? {}).slice(0, 2), ['email', 'name']);
  assert.doesNotMatch(source, /argon2/);
});

/** The code of the closing page, once its customer has shown anew who it is. */
async function closingCode(browser: Visitor): Promise<string> {
  const { password } = person;
  const { location } = await browser.post('/confirm-identity', { password, return: '/close' });
  assert.equal(location, '/close');
  return codeIn((await browser.get('/close')).source);
}

test('nothing happens to an account until its customer has shown anew who it is', async () => {
  const { email, browser } = await newCustomer();
  const asked = await browser.get('/close');
  assert.equal(asked.location, '/confirm-identity?return=%2Fclose');
  const unconfirmed = await browser.post('/close', { code: newReceiptCode() });
  assert.equal(unconfirmed.location, '/confirm-identity?return=%2Fclose');
  const wrong = { password: 'not the right one', return: '/close' };
  assert.equal((await browser.post('/confirm-identity', wrong)).status, 422);
  assert.equal((await browser.get('/close')).status, 303);
  await closingCode(browser);
  const page = await browser.get('/close');
  assert.match(page.text, /one order/);
  assert.match(page.text, new RegExp(`closing the account of ${email}`));
  assert.doesNotMatch(page.source, /type="password"/);
  assert.equal((await browser.get('/my-data')).status, 200);
});

test('a confirmation of half an hour ago closes nothing any more', async () => {
  const { browser } = await newCustomer();
  const code = await closingCode(browser);
  const begun = system.now;
  system.now = begun.add({ minutes: 30 });
  const late = await browser.post('/close', { code });
  assert.equal(late.location, '/confirm-identity?return=%2Fclose');
  system.now = begun.add({ minutes: 30 }).subtract({ seconds: 1 });
  assert.equal((await browser.post('/close', { code })).location, '/receipt');
  system.now = begun;
});

test('a closed account leads to its receipt, again and again, and the receipt checks out', async () => {
  const { email, browser } = await newCustomer();
  const code = await closingCode(browser);
  const fields = { code };
  const first = await browser.post('/close', fields);
  assert.deepEqual([first.status, first.location], [303, '/receipt']);
  assert.equal(browser.cookies.has('__Host-session'), false);
  const second = await browser.post('/close', fields);
  assert.deepEqual([second.status, second.location], [303, '/receipt']);
  const { text } = await browser.get('/receipt');
  assert.match(text, /Everything is erased/);
  assert.ok(text.includes(code));
  assert.ok(!text.includes(email));
  const file = await browser.get('/receipt/file');
  assert.equal(verifyReceipt(file.source).genuine, true);
  assert.ok(!file.source.includes(email));
  const pdf = await browser.get('/receipt/pdf');
  assert.equal(pdf.headers.get('content-type'), 'application/pdf');
});

test('two clicks at once close one account once, and both see its receipt', async () => {
  const { browser } = await newCustomer();
  const fields = { code: await closingCode(browser) };
  const seen = await Promise.all([1, 2, 3].map(() => browser.post('/close', fields)));
  for (const { status, location } of seen) assert.deepEqual([status, location], [303, '/receipt']);
});

test('a closing that fails after it was asked for still leads to a receipt that says how far it is', async () => {
  const { browser } = await newCustomer();
  const fields = { code: await closingCode(browser) };
  const { passed } = system.around;
  const fail = (): never => {
    throw new Error('the machine stops here');
  };
  Object.assign(system.around, { passed: fail });
  const { location } = await browser.post('/close', fields);
  Object.assign(system.around, { passed });
  assert.equal(location, '/receipt');
  const { text, source } = await browser.get('/receipt');
  assert.match(text, /We are closing your account/);
  assert.match(source, /data-refresh="2"/);
  assert.equal((await browser.get('/receipt/file')).location, '/receipt');
});

test('somebody without session or known code is asked to sign in and closes nothing', async () => {
  const { browser } = await newCustomer();
  const code = await closingCode(browser);
  const stranger = openVisitor(system);
  const seen = await stranger.post('/close', { code });
  assert.equal(seen.status, 303);
  assert.match(seen.location ?? '', /^\/sign-in/);
  assert.equal((await stranger.post('/close', {})).status, 400);
  assert.equal((await browser.get('/my-data')).status, 200);
});

test('a receipt code is found however it is written, and forgotten on request', async () => {
  const { browser } = await newCustomer();
  const code = await closingCode(browser);
  await browser.post('/close', { code });
  const visitor = openVisitor(system);
  const spoken = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('1', 'l')} `;
  assert.equal((await visitor.post('/receipt', { code: spoken })).status, 303);
  assert.match((await visitor.get('/receipt')).text, /Everything is erased/);
  await visitor.post('/receipt/forget');
  assert.match((await visitor.get('/receipt')).text, /With the code you see/);
});

test('an unknown receipt code is kept in its field and told apart from none at all', async () => {
  const visitor = openVisitor(system);
  const wrong = await visitor.post('/receipt', { code: '<b>K7QF3' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /not one of our codes/);
  assert.match(wrong.source, /value="&lt;b&gt;K7QF3"/);
  assert.match((await visitor.post('/receipt', {})).text, /Enter the code/);
  assert.equal((await visitor.get('/receipt/file')).location, '/receipt');
});

test('the notice has every heading, purpose, field, cookie, recipient and promise, in both languages', async () => {
  for (const language of ['sv', 'en'] as const) {
    const { status, source } = await openVisitor(system, language).get('/notice');
    assert.equal(status, 200);
    const wanted = [
      ...[...notice.what, ...notice.more.sections].map(({ heading }) => heading[language]),
      ...Object.values(notice.categories).map(({ heading }) => heading[language]),
      ...Object.values(notice.categories).flatMap(({ fields }) =>
        Object.values<{ sv: string; en: string }>(fields).map((words) => words[language]),
      ),
      ...Object.values(notice.purposes).map(({ words }) => words[language]),
      ...Object.values(notice.recipients).map(({ words }) => words[language]),
      ...Object.keys(notice.cookies),
      ...Object.values(promises).map((words) => words[language]),
      notice.controller.organisation_number,
    ];
    const escaped = source.replaceAll('&#39;', "'").replaceAll('&quot;', '"');
    assert.deepEqual(
      wanted.filter((words) => !escaped.includes(words)),
      [],
    );
  }
});

test('the notice says when each promise was proven, that one is broken, and what is not tested', async () => {
  const op = system.op('routine', 'proof');
  await keepFinding(op, { id: 'P03', status: 'kept', looked_at: 1204, found: [] });
  await keepFinding(op, { id: 'P16', status: 'broken', looked_at: 3, found: ['a secret place'] });
  const { text } = await openVisitor(system).get('/notice');
  assert.match(text, /Not everything is true at present/);
  assert.match(text, /1 of 21 promises are kept. One is not kept at present/);
  assert.match(text, /Kept 22 November 2026, 13:00 1,204/);
  assert.ok(!text.includes('a secret place'), 'finds are for staff');
  assert.match(text, /Not yet tested/);
});
