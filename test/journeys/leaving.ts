import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pause } from '../../src/database/processes.ts';
import { portalFrameText } from '../../src/text/portal-frame.ts';
import { portalText } from '../../src/text/portal.ts';
import { archiveText } from '../../src/text/privacy-file.ts';
import { keptText } from '../../src/text/leaving-kept.ts';
import { proofText } from '../../src/text/leaving-proof.ts';
import { verifyText } from '../../src/text/leaving-verify.ts';
import { privacyText } from '../../src/text/privacy.ts';
import { leavingText } from '../../src/text/privacy-leaving.ts';
import { rightsText } from '../../src/text/rights.ts';
import type { Visitor } from '../browser.ts';
import type { Letter, Live } from '../live.ts';
import { confirmIdentity } from './confirm.ts';
import { pointer } from './hands.ts';
import { assertShows, look, textOf, wanted } from './steps.ts';
import type { Walk } from './steps.ts';

const completionMs = 30_000;

/** What Art. 15(1) asks for, by the names in the file. */
const insightParts = [
  'about',
  'extracted_at',
  'controller',
  'notice_version',
  'categories',
  'recipients',
  'looked_at_by',
  'automated_decisions',
] as const;

/** The page with everything that is stored, and the file with the same and more. */
export async function takeMyData(walk: Walk): Promise<void> {
  const { hand, person } = walk;
  const words = privacyText[walk.language];
  await hand.menu(portalFrameText[walk.language].myData);
  await look(walk, words.myData.title);
  const { email, name, street } = person;
  await assertShows(walk, email, name, street, words.received.title, 'Exempelposten AB');
  await hand.follow(words.myData.download);
  await confirmIdentity(walk);
  const { download } = rightsText[walk.language];
  await look(walk, download.title);
  const { text, name: fileName } = await hand.download(download.jsonButton);
  const file = archiveText[walk.language].name;
  assert.match(fileName, new RegExp(`^${file}-\\d{4}-\\d\\d-\\d\\d\\.json$`));
  assertInsight(text, [email, name, street]);
}

function assertInsight(text: string, values: readonly string[]): void {
  const insight = JSON.parse(text) as Record<string, unknown>;
  for (const part of insightParts) assert.ok(part in insight, `the file has no ${part}`);
  for (const value of values) assert.ok(text.includes(value), 'the file lacks a value');
  const categories = insight['categories'] as {
    source: string;
    purposes: object[];
    data: object[];
  }[];
  for (const { source, purposes } of categories) {
    assert.ok(source.length > 0);
    assert.ok(purposes.every((purpose) => 'lawful_basis' in purpose));
  }
  const groups = categories.flatMap(({ data }) => data) as { kept: string; rows: object[] }[];
  assert.ok(groups.some(({ rows }) => rows.length > 0));
  assert.ok(groups.every(({ kept }) => kept.length > 0));
}

/** The preview, what to take along, and the end; ends on the receipt. Returns the last letter, once it has come. */
export async function closeAccount(walk: Walk): Promise<{ letter: Promise<Letter> }> {
  const { hand, visitor, live, language, person } = walk;
  const words = leavingText[language].close;
  const kept = keptText[language];
  await hand.menu(portalFrameText[language].settings);
  await hand.follow(portalText[language].settings.close);
  await look(walk, words.title);
  await assertShows(walk, words.goes, words.staysNothing, words.told, 'Exempelposten AB');
  const main = visitor.page.getByRole('main');
  await main.getByLabel(kept.proof.choice, { exact: true }).check();
  assert.ok(await main.getByLabel(kept.farewell.choice, { exact: true }).isChecked());
  // It stays with the supplier only until the supplier is told to erase it, some seconds later.
  const letter = live.mail(person.email, '/receipt#');
  letter.catch(() => undefined);
  assert.equal(await hand.press(words.submit), 200);
  assert.equal(new URL(visitor.page.url()).pathname, '/receipt');
  return { letter };
}

/** The last letter leads to the receipt, and to the proof of purchase, by codes in the fragment. */
export async function readFarewell(walk: Walk, letter: Letter): Promise<void> {
  const { visitor, live } = walk;
  const code = await visitor.page.locator('output.code__text').first().innerText();
  assert.ok(letter.text.includes(`${live.origin}/receipt#${code}`));
  assert.match(letter.text, /\/proof-of-purchase#[0-9A-Z-]{31}/);
}

/** The PDF from the receipt page is handed in at the page where anybody checks a receipt. */
export async function verifyOnPage(walk: Walk, elsewhere: Visitor): Promise<void> {
  const { live, language, visitor } = walk;
  const words = verifyText[language];
  const place = { visitor: elsewhere, language };
  const hand = pointer(elsewhere);
  const answer = await visitor.context.request.get(`${live.origin}/receipt/pdf`);
  assert.equal(answer.headers()['content-type'], 'application/pdf');
  const pdf = await answer.body();
  await elsewhere.page.goto(`${live.origin}/verify`);
  await look(place, words.title);
  assert.equal(await hand.press(words.submit), 422);
  await assertShows(place, words.errors.missing);
  await look(place, words.title);
  const file = { name: 'receipt.pdf', mimeType: 'application/pdf', buffer: pdf };
  await elsewhere.page.getByLabel(words.file, { exact: true }).setInputFiles(file);
  assert.equal(await hand.press(words.submit), 200);
  await look(place, words.sandbox);
  await assertShows(place, words.hashText, words.signatureText);
}

/** The code of the proof of purchase shows what was bought, and removes it. */
export async function useProofOfPurchase(walk: Walk, elsewhere: Visitor): Promise<void> {
  const { live, language, visitor, person } = walk;
  const words = proofText[language];
  const place = { visitor: elsewhere, language };
  const hand = pointer(elsewhere);
  const code = await visitor.page.locator('output.code__text').nth(1).innerText();
  await elsewhere.page.goto(`${live.origin}/proof-of-purchase`);
  await look(place, words.title);
  await hand.write(words.code, 'AAAAA');
  assert.equal(await hand.press(words.show), 422);
  await look(place, words.title);
  await hand.write(words.code, code.toLowerCase());
  assert.equal(await hand.press(words.show), 200);
  await look(place, words.title);
  await assertShows(place, wanted.name[language]);
  const text = await textOf(place);
  for (const word of [person.name, person.street, person.email]) assert.ok(!text.includes(word));
  assert.equal(await hand.press(words.remove), 200);
  await look(place, words.removedTitle);
}

/** Follows the steps to the end, by waiting where scripts run and by asking again where they do not. */
export async function followReceipt(walk: Walk): Promise<string> {
  const { hand, visitor } = walk;
  const { receipt: words } = leavingText[walk.language];
  await look(walk);
  const hasScripts = await visitor.page.evaluate(() => matchMedia('(scripting: enabled)').matches);
  if (hasScripts) {
    const file = visitor.page.getByRole('link', { name: words.download });
    await file.waitFor({ timeout: completionMs });
  } else {
    for (let waitedMs = 0; !(await textOf(walk)).includes(words.download); waitedMs += 500) {
      assert.ok(waitedMs < completionMs, 'the erasure does not complete');
      await pause(500);
      await hand.follow(words.reload);
    }
  }
  await look(walk);
  const kept = keptText[walk.language];
  await assertShows(walk, ...Object.values(words.steps), kept.proof.title, kept.farewell.title);
  const { text } = await hand.download(words.download);
  return text;
}

/** The code alone leads to the receipt on another device: in a link where scripts run, else typed. */
export async function openReceiptElsewhere(walk: Walk, elsewhere: Visitor): Promise<void> {
  const { live, language, visitor } = walk;
  const { receipt: words } = leavingText[language];
  const place = { visitor: elsewhere, language };
  const hand = pointer(elsewhere);
  const code = await visitor.page.locator('output.code__text').first().innerText();
  await elsewhere.page.goto(`${live.origin}/receipt`);
  await hand.write(words.code, 'AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-A');
  assert.equal(await hand.press(words.lookUp), 422);
  await assertShows(place, words.codeWrong);
  await look(place, words.lookUpTitle);
  await hand.write(words.code, code.toLowerCase());
  assert.equal(await hand.press(words.lookUp), 200);
  await look(place, words.titles.complete);
  await hand.press(words.forget);
  await look(place, words.lookUpTitle);
  await elsewhere.page.goto('about:blank');
  await elsewhere.page.goto(`${live.origin}/receipt#${code}`);
  await elsewhere.page.getByRole('heading', { level: 1, name: words.titles.complete }).waitFor();
  assert.ok(!elsewhere.page.url().includes(code), 'the code stays in the address line');
  elsewhere.assertQuiet();
}

/** `receipt verify` says genuine, and not genuine when any one character of the text is another. */
export async function assertGenuine(live: Live, receipt: string): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'varsam-receipt-'));
  const file = path.join(folder, 'receipt.json');
  try {
    writeFileSync(file, receipt);
    const genuine = await live.varsam('receipt', 'verify', file);
    assert.equal(genuine.code, 0, genuine.notes);
    assert.match(genuine.out, /^The receipt is genuine\./);
    for (const changed of tamperings(receipt)) {
      writeFileSync(file, changed);
      const verdict = await live.varsam('receipt', 'verify', file);
      assert.equal(verdict.code, 1);
      assert.match(verdict.notes, /^Not genuine: /);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One character changed: in the time of a step, and in the signature of the log. */
function tamperings(receipt: string): string[] {
  const at = (index: number, other: string) =>
    `${receipt.slice(0, index)}${other}${receipt.slice(index + 1)}`;
  const second = receipt.search(/(?<="at": "[^"]*)\d(?=Z")/);
  const digit = receipt[second] === '7' ? '8' : '7';
  const signature = receipt.search(/(?<=— \S+ [\w+/]{20})[\w+/]/);
  assert.ok(second > 0 && signature > 0, 'the receipt has no such places');
  return [at(second, digit), at(signature, receipt[signature] === 'A' ? 'B' : 'A')];
}
