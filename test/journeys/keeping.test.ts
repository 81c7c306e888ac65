// A customer who decides how long the account stays, and staff who see what will go when.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { StaffRole } from '../../src/database/records.ts';
import type { Language } from '../../src/text/bilingual.ts';
import { consoleText } from '../../src/text/console.ts';
import { retentionText } from '../../src/text/console-retention.ts';
import { date } from '../../src/text/format.ts';
import { keepingText } from '../../src/text/keeping.ts';
import { portalSecurityText } from '../../src/text/portal-security.ts';
import { openBrowser, openVisitor } from '../browser.ts';
import type { Looks } from '../browser.ts';
import { startLive } from '../live.ts';
import type { Live } from '../live.ts';
import { newCustomer } from './client.ts';
import { pointer } from './hands.ts';
import { assertShows, look, signIn, somebody, textOf } from './steps.ts';
import type { Walk } from './steps.ts';

let live: Live;
let browser: Browser;

before(async () => {
  live = await startLive();
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await live.stop();
});

async function walkOf(word: string, looks: Looks): Promise<Walk> {
  const person = somebody(word);
  await newCustomer(live, person);
  const visitor = await openVisitor(browser, looks, () => [live.origin]);
  return { live, visitor, hand: pointer(visitor), language: looks.language, person };
}

/** From the settings to the choice, past the page that asks who it is. */
async function goToKeeping(walk: Walk): Promise<void> {
  const { hand, visitor, language, person } = walk;
  const words = portalSecurityText[language];
  await visitor.page.goto(`${live.origin}/settings`);
  assert.equal(await signIn(walk), 200);
  await hand.follow(`${words.settings.change} ${words.settings.keeping.toLowerCase()}`);
  await look(walk, words.confirm.title);
  await hand.write(words.confirm.password, person.password);
  await hand.press(words.confirm.submit);
  await look(walk, keepingText[language].title);
}

/** The day so many months from today, where the company is. */
function dayIn(months: number, language: Language): string {
  const today = Temporal.Now.zonedDateTimeISO('Europe/Stockholm');
  return date(today.add({ months }).toPlainDate(), language);
}

async function choose({ visitor }: Walk, label: string): Promise<void> {
  await visitor.page.getByLabel(label, { exact: true }).check();
}

const looks: readonly Looks[] = [
  { language: 'sv', size: 'phone', scripts: false },
  { language: 'en', scheme: 'dark' },
];

for (const [index, each] of looks.entries()) {
  const how = `${each.language}, ${each.size ?? 'desktop'}`;
  test(`twelve months, a date that is too near, and until I close it (${how})`, async () => {
    const walk = await walkOf(`Lingon${index}`, each);
    const { hand, language, visitor } = walk;
    const words = keepingText[language];
    await goToKeeping(walk);
    await assertShows(walk, words.outcome.unused(dayIn(36, language)), words.notChosen);

    await choose(walk, words.options.months(12));
    assert.equal(await hand.press(words.save), 200);
    await look(walk, words.title);
    await assertShows(walk, words.saved, words.outcome.unused(dayIn(12, language)));

    await choose(walk, words.options.untilDate);
    await hand.write(words.date, '2020-01-01');
    assert.equal(await hand.press(words.save), 422);
    await look(walk, words.title);
    await assertShows(walk, words.errorTitle, words.faults.date['too-early']);
    assert.equal(
      await visitor.page.getByLabel(words.date, { exact: true }).inputValue(),
      '2020-01-01',
    );

    await choose(walk, words.options.untilClosed);
    assert.equal(await hand.press(words.save), 200);
    await assertShows(walk, words.outcome.untilClosed);
    await hand.follow(words.back);
    await assertShows(walk, words.outcome.untilClosed);
    visitor.assertQuiet();
  });
}

async function openDesk(role: StaffRole, size: 'desktop' | 'phone') {
  const visitor = await openVisitor(browser, { language: 'sv', size }, () => [live.origin]);
  const desk = { visitor, language: 'sv' as const, hand: pointer(visitor) };
  const words = consoleText.sv.signIn;
  const { email, password, code } = live.staff(role);
  await visitor.page.goto(`${live.origin}/console`);
  await desk.hand.write(words.email, email);
  await desk.hand.write(words.password, password);
  await desk.hand.write(words.code, code());
  assert.equal(await desk.hand.press(words.button), 200);
  return desk;
}

test('an administrator sees what will go when, in pictures and in figures, and lets it run', async () => {
  const desk = await openDesk('administrator', 'desktop');
  const words = retentionText.sv.retention;
  await desk.hand.menu(consoleText.sv.retention);
  await look(desk, words.title);
  const charts = desk.visitor.page.getByRole('img', { name: words.accountsByMonth });
  assert.equal(await charts.count(), 1);
  assert.equal(await desk.hand.press(words.run), 200);
  await look(desk, words.title);
  assert.match(await textOf(desk), /Borttagna rader: \d+/);
  await desk.hand.menu(consoleText.sv.figures);
  await look(desk, retentionText.sv.figures.title);
  desk.visitor.assertQuiet();
});

test('customer service reads the same on a phone, without the button', async () => {
  const desk = await openDesk('support', 'phone');
  const words = retentionText.sv.retention;
  await desk.hand.menu(consoleText.sv.retention);
  await look(desk, words.title);
  assert.match(await textOf(desk), new RegExp(words.onlyAdministrators));
  assert.equal(await desk.visitor.page.getByRole('button', { name: words.run }).count(), 0);
  desk.visitor.assertQuiet();
});
