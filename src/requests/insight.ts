import { holdings } from '../holdings.ts';
import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import type { CategoryName } from '../policy/categories.ts';
import { notice } from '../policy/notice.ts';
import { categoryNames, purposesOf } from '../policy/rules.ts';
import type { LawfulBasis, PurposeDeclaration, Words } from '../policy/shape.ts';
import type { PersonalTable } from '../text/stored-words.ts';
import { heldBy } from '../vault/held.ts';
import type { Holding } from '../vault/holding.ts';
import type { Opener } from '../vault/vault.ts';
import { listLooks, listReceived } from './traces.ts';
import type { Look, Received } from './traces.ts';

/** A column that is not sealed, as the database has it. */
export type ClearValue = Temporal.Instant | number | boolean | string | readonly string[] | null;

export type PersonalValue = {
  readonly field: string;
  readonly label: Words;
  readonly value: string;
  /** True for what would let its finder sign in: named, and shown to nobody. */
  readonly isSecret: boolean;
};

/** One stored row as its owner may know it: sealed fields by the notice's names, clear columns by their own. */
export type InsightRow = {
  readonly id: string;
  readonly personal: readonly PersonalValue[];
  readonly clear: Readonly<Record<string, ClearValue>>;
};

export type InsightGroup = {
  readonly table: PersonalTable;
  readonly keptFor: Words;
  /** Newest first. */
  readonly rows: readonly InsightRow[];
  /** False when there are more rows than were asked for. */
  readonly isWhole: boolean;
};

export type InsightPurpose = {
  readonly words: Words;
  readonly basis: LawfulBasis;
  readonly interest: Words | null;
};

/** Everything about one category of the notice (GDPR Art. 15(1)). */
export type InsightCategory = {
  readonly category: CategoryName;
  readonly heading: Words;
  readonly source: Words;
  readonly purposes: readonly InsightPurpose[];
  readonly groups: readonly InsightGroup[];
};

export type Insight = {
  readonly categories: readonly InsightCategory[];
  readonly looks: readonly Look[];
  readonly received: readonly Received[];
};

/** Rows shown of one table; the download has them all. */
export const insightRowsMax = 100;

const shown: readonly CategoryName[] = [
  'credentials',
  'history',
  'settings',
  'newsletters',
  'traces',
  'messages',
];

/** The categories that a customer is shown, in the order of the notice. */
export function shownCategories(): CategoryName[] {
  return categoryNames().filter((name) => shown.includes(name));
}

/** Opens all that a customer is shown: what is the account's own, and then what it holds. */
export async function openShown(op: Operation, owner: OwnerId): Promise<Opener[]> {
  const openers: Opener[] = [];
  for (const one of await ownersShown(op, owner)) {
    openers.push(await op.vault.openFor(op, one, shown));
  }
  return openers;
}

async function ownersShown(op: Operation, owner: OwnerId): Promise<OwnerId[]> {
  return [owner, ...(await heldBy(op, owner))];
}

/** Everything that is stored about the customer who asks, category by category. */
export async function gatherInsight(
  op: Operation,
  owner: OwnerId,
  rowsMax: number = insightRowsMax,
): Promise<Insight> {
  const openers = await openShown(op, owner);
  const owners = openers.map((opener) => opener.owner);
  const categories: InsightCategory[] = [];
  for (const category of shownCategories()) {
    categories.push(await gatherCategory(op, openers, category, rowsMax));
  }
  return {
    categories,
    looks: await listLooks(op, owners),
    received: await listReceived(op, owners),
  };
}

export type StoredCount = {
  readonly table: PersonalTable;
  readonly category: CategoryName;
  readonly rows: number;
};

/** How much is stored about an owner, by table, without opening any of it. */
export async function countStored(op: Operation, owner: OwnerId): Promise<StoredCount[]> {
  const counts: StoredCount[] = [];
  const owners = await ownersShown(op, owner);
  for (const { table, category } of shownHoldings()) {
    const counted = await op.db
      .selectFrom(table)
      .select((column) => column.fn.countAll().as('count'))
      .where('owner_id' as never, 'in', owners as never)
      .executeTakeFirstOrThrow();
    const rows = Number(counted.count);
    if (rows > 0) counts.push({ table: table as PersonalTable, category, rows });
  }
  return counts;
}

/** Why a category is used for customers; what concerns staff alone is no business of theirs. */
export function customerPurposes(category: CategoryName): InsightPurpose[] {
  return purposesOf(category)
    .map((name): PurposeDeclaration => notice.purposes[name])
    .filter((declared) => declared.own !== true)
    .map(({ words, basis, interest }) => ({ words, basis, interest: interest ?? null }));
}

/** The list has its rows before what they refer to; people expect the order before its lines. */
export function shownHoldings(): Holding[] {
  return holdings.filter(({ exported }) => exported).toReversed();
}

async function gatherCategory(
  op: Operation,
  openers: readonly Opener[],
  category: CategoryName,
  rowsMax: number,
): Promise<InsightCategory> {
  const groups: InsightGroup[] = [];
  for (const holding of shownHoldings().filter((one) => one.category === category)) {
    const rows = await firstRows(op, openers, holding, rowsMax + 1);
    if (rows.length > 0) {
      groups.push({
        table: holding.table as PersonalTable,
        keptFor: notice.keeping[holding.keep].words,
        rows: rows.slice(0, rowsMax),
        isWhole: rows.length <= rowsMax,
      });
    }
  }
  const { heading, source } = notice.categories[category];
  return { category, heading, source, purposes: customerPurposes(category), groups };
}

async function firstRows(
  op: Operation,
  openers: readonly Opener[],
  holding: Holding,
  rowsMax: number,
): Promise<InsightRow[]> {
  const rows: InsightRow[] = [];
  for (const opener of openers) {
    if (rows.length >= rowsMax) break;
    rows.push(...(await readRows(op, opener, holding, rowsMax - rows.length)));
  }
  return rows;
}

/** Rows read at once of a table that is read to its end. */
const batchSize = 500;

/** All rows of one table, newest first, a few at a time: an owner with very many never fills the memory. */
export async function* eachRow(
  op: Operation,
  openers: readonly Opener[],
  holding: Holding,
): AsyncGenerator<InsightRow[]> {
  for (const opener of openers) yield* eachRowOf(op, opener, holding);
}

async function* eachRowOf(
  op: Operation,
  opener: Opener,
  holding: Holding,
): AsyncGenerator<InsightRow[]> {
  let after: string | null = null;
  for (;;) {
    const rows: InsightRow[] = await readRows(op, opener, holding, batchSize, after);
    if (rows.length > 0) yield rows;
    if (rows.length < batchSize) return;
    after = rows.at(-1)?.id ?? null;
  }
}

async function readRows(
  op: Operation,
  opener: Opener,
  holding: Holding,
  rowsMax: number,
  after: string | null = null,
): Promise<InsightRow[]> {
  const rows = (await op.db
    .selectFrom(holding.table)
    .selectAll()
    .where('owner_id' as never, '=', opener.owner as never)
    .$if(after !== null, (query) => query.where(holding.row as never, '<', after as never))
    .orderBy(holding.row as never, 'desc')
    .limit(rowsMax)
    .execute()) as unknown as Record<string, unknown>[];
  return rows.map((row) => ({
    id: String(row[holding.row]),
    personal: openFields(opener, holding, row),
    clear: Object.fromEntries(
      Object.entries(holding.clear)
        .filter(([, kind]) => kind !== 'owner' && kind !== 'hash')
        .map(([column]) => [column, row[column] as ClearValue]),
    ),
  }));
}

/** Secrets that would let whoever finds the file sign in are named, and not shown. */
const secrets: readonly string[] = ['password_hash', 'one_time_secret', 'recovery_code'];
const instead = '••••••••';

/** Who of the staff it was is the employer's to know (CJEU C-579/21); the customer is told the role. */
const toldByRole: readonly string[] = ['looked_by'];

function openFields(
  opener: Opener,
  holding: Holding,
  row: Record<string, unknown>,
): PersonalValue[] {
  if (holding.sealed === null || row['sealed'] === null) return [];
  const opened = opener.open(holding, row[holding.row] as never, row['sealed'] as Uint8Array);
  return Object.entries(opened as Record<string, string | readonly string[] | null>)
    .filter(([, value]) => (value?.length ?? 0) > 0)
    .map(([field, value]) => {
      const isSecret = secrets.includes(field);
      const told = toldByRole.includes(field) ? String(row['party']) : [value].flat().join(', ');
      return { field, label: labelOf(holding, field), isSecret, value: isSecret ? instead : told };
    });
}

/** A sealed field in the words of the notice. */
export function labelOf(holding: Holding, field: string): Words {
  const labels: Readonly<Record<string, Words>> = notice.categories[holding.category].fields;
  return labels[field] ?? { sv: field, en: field };
}
