// Who keeps the books at work in a real browser: opening a voucher for a reason, a file for the accountant, a new year, and
// the archive when the keys are lost.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { faultsOf, readSie } from '../../src/bookkeeping/sie.fixture.ts';
import { booksText } from '../../src/text/books.ts';
import { consoleText } from '../../src/text/console.ts';
import { booksFormsText } from '../../src/text/console-books-forms.ts';
import { consoleBooksText } from '../../src/text/console-books.ts';
import { registersText } from '../../src/text/console-registers.ts';
import { setupText } from '../../src/text/console-setup.ts';
import { portalSecurityText } from '../../src/text/portal-security.ts';
import { dayAt } from '../../src/text/format.ts';
import { openBrowser, openVisitor } from '../browser.ts';
import type { Looks } from '../browser.ts';
import { startLive } from '../live.ts';
import type { Live } from '../live.ts';
import { keepProbeAway, newCustomer } from './client.ts';
import { pointer } from './hands.ts';
import type { Hand } from './hands.ts';
import { sellInShop } from './sales.ts';
import { assertShows, look, somebody, textOf } from './steps.ts';
import type { Place } from './steps.ts';

const words = consoleText.sv;
const books = consoleBooksText.sv;
const forms = booksFormsText.sv;
const person = somebody('Slån');
const reason = 'Fråga från revisorn om köpet';
const thisYear = dayAt(Temporal.Now.instant()).year;
const name = String(thisYear);

let live: Live;
let browser: Browser;
let desk: Desk;

type Desk = Place & { readonly hand: Hand };

before(async () => {
  live = await startLive();
  await keepProbeAway(live);
  browser = await openBrowser();
  await newCustomer(live, person);
  await sellInShop(live, person, 3);
  desk = await openDesk();
  await signIn(desk, live.staff('bookkeeper').code());
});
after(async () => {
  await browser.close();
  await live.stop();
});

async function openDesk(looks: Looks = { language: 'sv' }): Promise<Desk> {
  const visitor = await openVisitor(browser, looks, () => [live.origin]);
  return { visitor, language: 'sv', hand: pointer(visitor) };
}

async function signIn({ visitor, hand }: Desk, code: string): Promise<void> {
  const { email, password } = live.staff('bookkeeper');
  await visitor.page.goto(`${live.origin}/console`);
  await hand.write(words.signIn.email, email);
  await hand.write(words.signIn.password, password);
  await hand.write(words.signIn.code, code);
  assert.equal(await hand.press(words.signIn.button), 200);
}

/** As if the code of the next half minute had come. */
async function confirm(): Promise<void> {
  await live.query('records', 'update accounts.session set confirmed_at = now()');
}

async function toYear({ hand }: Desk): Promise<void> {
  await hand.menu(words.books);
  await hand.follow(name);
}

test('who keeps the books sees years, numbers and amounts, and nobody’s name', async () => {
  await assertShows(desk, setupText.sv.checklist.storage);
  await desk.hand.menu(words.books);
  await look(desk, books.years.title);
  await assertShows(desk, `${thisYear + 7}`, books.years.unbroken, forms.storage.taskExampleText);
  await desk.hand.follow(name);
  await look(desk, books.year.heading(name));
  await assertShows(desk, books.year.recoveryYes, books.seriesNames.T);
  await desk.hand.follow(books.year.vouchers);
  await look(desk, books.vouchers.heading(name));
  await assertShows(desk, books.vouchers.found('3'));
  await desk.hand.follow(`T1-${name}`);
  await look(desk, books.voucher.heading(`T1-${name}`));
  assert.ok(!(await textOf(desk)).includes(person.name));
  desk.visitor.assertQuiet();
});

test('a voucher is opened for a reason, after showing anew who is there', async () => {
  await desk.hand.follow(books.voucher.open);
  await look(desk, portalSecurityText.sv.confirm.title);
  await confirm();
  await toYear(desk);
  await desk.hand.follow(books.year.vouchers);
  await desk.hand.follow(`T1-${name}`);
  await desk.hand.follow(books.voucher.open);
  await look(desk, forms.open.heading(`T1-${name}`));
  await desk.hand.write(books.reason, 'moms');
  assert.equal(await desk.hand.press(forms.open.show), 422);
  await look(desk, forms.open.heading(`T1-${name}`));
  await assertShows(desk, books.reasonFault);
  await desk.hand.write(books.reason, reason);
  assert.equal(await desk.hand.press(forms.open.show), 200);
  await look(desk, books.voucher.heading(`T1-${name}`));
  await assertShows(desk, person.name, forms.open.openedText(reason));
  assert.ok(!desk.visitor.page.url().includes('revisorn'));
  desk.visitor.assertQuiet();
});

test('who opened the archive stands written with the reason', async () => {
  await toYear(desk);
  await desk.hand.follow(books.year.openings);
  await look(desk, forms.openings.heading(name));
  await desk.hand.write(books.reason, 'Årlig genomgång av arkivet');
  await desk.hand.press(forms.openings.button);
  await look(desk, forms.openings.heading(name));
  await assertShows(desk, reason, 'Årlig genomgång av arkivet', books.you);
});

test('a correction is booked, and stands beside what it corrects', async () => {
  await toYear(desk);
  await desk.hand.follow(books.year.vouchers);
  await desk.hand.follow(`T2-${name}`);
  await desk.hand.follow(books.voucher.correct);
  await look(desk, forms.correct.heading(`T2-${name}`));
  await desk.hand.write(books.reason, 'Bokfört två gånger');
  await desk.hand.press(forms.correct.button);
  await look(desk, books.voucher.heading(`X1-${name}`));
  await assertShows(desk, books.voucher.done, `T2-${name}`);
  await desk.hand.follow(`T2-${name}`);
  await assertShows(desk, books.voucher.corrected, `X1-${name}`);
  await look(desk);
});

test('a SIE file is downloaded that a bookkeeping program can import', async () => {
  await toYear(desk);
  await desk.hand.follow(books.year.export);
  await look(desk, forms.export.heading(name));
  await desk.hand.write(forms.export.to, `${name}-12-31`);
  await desk.hand.write(forms.export.from, `${thisYear - 1}-12-31`);
  assert.equal(await desk.hand.press(forms.export.button), 422);
  await look(desk, forms.export.heading(name));
  await desk.hand.write(forms.export.from, `${name}-01-01`);
  const { page } = desk.visitor;
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: forms.export.button, exact: true }).click(),
  ]);
  assert.equal(download.suggestedFilename(), `varsam-${name}.SI`);
  const bytes = readFileSync(await download.path());
  assert.deepEqual(faultsOf(bytes), []);
  assert.equal(readSie(bytes).vouchers.length, 4);
  await toYear(desk);
  await assertShows(desk, books.year.exports);
  await look(desk);
  desk.visitor.assertQuiet();
});

test('journal and ledger are printed from the page', async () => {
  await toYear(desk);
  await desk.hand.follow(books.year.print);
  await look(desk, forms.print.heading(name));
  await assertShows(desk, `Kvitto T1-${name}`, `Rättelse av T2-${name}`, forms.print.ledger);
});

test('on a phone, in the dark and without scripts a year is added and held, and each room is accessible', async () => {
  const looks = { language: 'sv', size: 'phone', scheme: 'dark', scripts: false } as const;
  const phone = await openDesk(looks);
  await signIn(phone, live.staff('bookkeeper').code(1));
  await confirm();
  await phone.hand.menu(words.books);
  await look(phone, books.years.title);
  await phone.hand.follow(books.years.add);
  await look(phone, forms.add.title);
  await phone.hand.write(forms.add.last, `${thisYear + 1}-06-29`);
  assert.equal(await phone.hand.press(forms.add.button), 422);
  await look(phone, forms.add.title);
  await assertShows(phone, booksText.sv.fiscalYear['not-whole-months']);
  await phone.hand.write(forms.add.last, `${thisYear + 1}-06-30`);
  assert.equal(await phone.hand.press(forms.add.button), 200);
  await assertShows(phone, books.years.done.added, `${thisYear + 1}-01/${thisYear + 1}-06`);
  await look(phone, books.years.title);
  await toYear(phone);
  await look(phone);
  await phone.hand.follow(books.year.hold);
  await look(phone, forms.hold.heading(name));
  await phone.hand.write(forms.hold.until, `${thisYear + 9}-06-30`);
  await phone.hand.write(books.reason, 'Skatterevision pågår');
  await phone.hand.press(forms.hold.button);
  await assertShows(phone, books.year.done.held);
  await phone.hand.follow(books.year.vouchers);
  await look(phone, books.vouchers.heading(name));
  await phone.hand.menu(words.books);
  await phone.hand.follow(books.years.storage);
  await look(phone, forms.storage.title);
  await phone.hand.press(forms.storage.button);
  await assertShows(phone, books.years.done.reported);
  phone.visitor.assertQuiet();
});

test('the promise about the books is proven, and shown as kept', async () => {
  const { out } = await live.varsam('prove', '--json');
  const { promises } = JSON.parse(out) as {
    promises: { id: string; status: string; found: string[] }[];
  };
  const found = promises.find(({ id }) => id === 'P18');
  assert.deepEqual([found?.status, found?.found], ['kept', []]);
  await desk.hand.menu(words.promises);
  await look(desk, registersText.sv.promises.title);
});

test('when the keys are lost, the recovery identity opens the archive of the records that are left', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'varsam-test-recover-'));
  const identity = path.join(live.dataFolder, 'sandbox', 'books-recovery.txt');
  const to = path.join(folder, 'books');
  try {
    assert.equal((await live.varsam('backup')).code, 0);
    await live.end('SIGTERM');
    for (const lost of ['keys', 'keyring', 'ledger'])
      rmSync(path.join(live.dataFolder, lost), { recursive: true });
    const ran = await live.varsam('books', 'recover', '--identity', identity, '--to', to);
    assert.equal(ran.code, 0, ran.notes);
    assert.match(ran.out, new RegExp(`${name}: opened, 4 vouchers`));
    assert.deepEqual(readdirSync(path.join(to, name)).slice(0, 2), ['T1.json', 'T1.pdf']);
    const receipt = readFileSync(path.join(to, name, 'T1.json'), 'utf8');
    assert.ok(receipt.includes(person.name));
    const again = await live.varsam('books', 'recover', '--identity', identity, '--to', to);
    assert.equal(again.code, 1);
    assert.match(again.notes, /is not empty/);
    // The same from last night's archive of the records, when that store is lost as well.
    const sealed = path.join(live.dataFolder, 'sandbox', 'backup-identities', 'records.txt');
    const archived = path.join(folder, 'archived');
    const other = await live.varsam(
      'books',
      'recover',
      '--from',
      path.join(live.dataFolder, 'backups'),
      '--identity',
      identity,
      '--identity',
      sealed,
      '--to',
      archived,
      '--json',
    );
    assert.equal(other.code, 0, other.notes);
    assert.equal(readFileSync(path.join(archived, name, 'T1.json'), 'utf8'), receipt);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
