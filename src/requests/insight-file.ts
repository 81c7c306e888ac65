import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import type { CategoryName } from '../policy/categories.ts';
import { notice } from '../policy/notice.ts';
import type { Words } from '../policy/shape.ts';
import type { Language } from '../text/bilingual.ts';
import { privacyText } from '../text/privacy.ts';
import type { PersonalTable } from '../text/stored-words.ts';
import { partyText } from '../text/privacy-states.ts';
import { storedText } from '../text/privacy-stored.ts';
import type { Holding } from '../vault/holding.ts';
import type { Opener } from '../vault/vault.ts';
import {
  customerPurposes,
  eachRow,
  labelOf,
  openShown,
  shownCategories,
  shownHoldings,
} from './insight.ts';
import type { ClearValue, InsightRow } from './insight.ts';
import { assertStillThere } from './still-there.ts';
import { listLooks, listReceived } from './traces.ts';
import type { Look, Received } from './traces.ts';

/**
 * The download as JSON: all rows with their exact values, and the explanations of Art. 15 in the reader's language, so
 * that a person can read it and a machine can take it over (Art. 20). It comes in pieces, so that the whole is never
 * in memory.
 * @throws Problem `fenced` when the customer was erased while it was written
 */
export async function* exportInsight(
  op: Operation,
  owner: OwnerId,
  language: Language,
): AsyncGenerator<string> {
  const openers = await openShown(op, owner);
  const owners = openers.map((opener) => opener.owner);
  const head = {
    about: privacyText[language].rights.file,
    extracted_at: op.now.toString(),
    controller: notice.controller,
    notice_version: notice.version,
    complete: true,
  };
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "categories": `;
  yield* inList(writeCategories(op, openers, language), 2);
  yield ',\n  "recipients": ';
  const received = await listReceived(op, owners);
  yield* inList(
    each(received, (one) => describeReceived(one, language)),
    2,
  );
  yield ',\n  "looked_at_by": ';
  const looks = await listLooks(op, owners);
  yield* inList(
    each(looks, (look) => describeLook(look, language)),
    2,
  );
  await assertStillThere(op, owner);
  yield ',\n  "automated_decisions": []\n}\n';
}

/** One category at a time; what it holds comes in pieces. */
async function* writeCategories(
  op: Operation,
  openers: readonly Opener[],
  language: Language,
): AsyncGenerator<string | AsyncGenerator<string>> {
  for (const category of shownCategories()) yield writeCategory(op, openers, category, language);
}

async function* writeCategory(
  op: Operation,
  openers: readonly Opener[],
  category: CategoryName,
  language: Language,
): AsyncGenerator<string> {
  const { heading, source } = notice.categories[category];
  const head = {
    category: heading[language],
    source: source[language],
    purposes: customerPurposes(category).map(({ words, basis, interest }) => ({
      purpose: words[language],
      lawful_basis: basis,
      ...(interest && { interest: interest[language] }),
    })),
  };
  yield `${indented(head, 4).slice(0, -6)},\n      "data": `;
  yield* inList(writeGroups(op, openers, category, language), 6);
  yield '\n    }';
}

async function* writeGroups(
  op: Operation,
  openers: readonly Opener[],
  category: CategoryName,
  language: Language,
): AsyncGenerator<string | AsyncGenerator<string>> {
  for (const holding of shownHoldings().filter((one) => one.category === category)) {
    const batches = eachRow(op, openers, holding);
    const first = await batches.next();
    if (first.done !== true) yield writeGroup({ holding, first: first.value, batches }, language);
  }
}

type Group = {
  readonly holding: Holding;
  readonly first: InsightRow[];
  readonly batches: AsyncGenerator<InsightRow[]>;
};

async function* writeGroup(
  { holding, first, batches }: Group,
  language: Language,
): AsyncGenerator<string> {
  const { heading, columns } = storedText[language][holding.table as PersonalTable];
  const sealed = Object.keys(holding.sealed ?? {}).map((field): [string, string] => [
    field,
    labelOf(holding, field)[language],
  ]);
  const head = {
    table: holding.table,
    heading,
    kept: notice.keeping[holding.keep].words[language],
    columns: { ...Object.fromEntries(sealed), ...withUnits(columns) },
  };
  yield `${indented(head, 8).slice(0, -10)},\n          "rows": `;
  yield* inList(writeRows(first, batches), 10);
  yield '\n        }';
}

async function* writeRows(
  first: InsightRow[],
  batches: AsyncGenerator<InsightRow[]>,
): AsyncGenerator<string> {
  yield* each(first, describeRow, 12);
  for await (const rows of batches) yield* each(rows, describeRow, 12);
}

/** Characters that are handed on at once: each hand-over costs more than what it carries. */
const pieceLength = 16 * 1024;

/** A JSON list of what comes, each on lines of its own. */
async function* inList(
  items: AsyncIterable<string | AsyncGenerator<string>>,
  indent: number,
): AsyncGenerator<string> {
  const margin = ' '.repeat(indent);
  let isEmpty = true;
  let piece = '';
  for await (const item of items) {
    piece += isEmpty ? `[\n${margin}  ` : `,\n${margin}  `;
    isEmpty = false;
    if (typeof item === 'string') piece += item;
    if (typeof item === 'string' && piece.length < pieceLength) continue;
    yield piece;
    piece = '';
    if (typeof item !== 'string') yield* item;
  }
  yield piece + (isEmpty ? '[]' : `\n${margin}]`);
}

async function* each<T>(
  rows: readonly T[],
  describe: (row: T) => object,
  indent = 4,
): AsyncGenerator<string> {
  for (const row of rows) yield indented(describe(row), indent);
}

function indented(value: object, indent: number): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${' '.repeat(indent)}`);
}

function describeRow({ personal, clear }: InsightRow): Record<string, unknown> {
  return {
    ...Object.fromEntries(personal.map(({ field, value }) => [field, value])),
    ...Object.fromEntries(Object.entries(clear).map(([name, value]) => [name, plain(value)])),
  };
}

/** Amounts of money stand in the file as they are stored, so that their unit must be said. */
export function withUnits(columns: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, words]) => [
      name,
      name.endsWith('_ore') ? `${words} (öre)` : words,
    ]),
  );
}

function describeReceived(one: Received, language: Language) {
  return {
    at: one.at.toString(),
    recipient: one.recipient,
    country: one.country,
    role: one.role,
    purpose: one.purpose[language],
    fields: one.fields.map((words: Words) => words[language]),
    outcome: one.outcome,
  };
}

function describeLook(look: Look, language: Language) {
  return {
    at: look.at.toString(),
    role: look.party,
    who: partyText[language][look.party],
    purpose: look.purpose[language],
    categories: look.categories.map(({ heading }) => heading[language]),
  };
}

/** A value as a machine reads it. */
export function plain(value: ClearValue): string | number | boolean | readonly string[] | null {
  return value instanceof Temporal.Instant ? value.toString() : value;
}
