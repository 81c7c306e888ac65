import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import type { CategoryName } from '../policy/categories.ts';
import { notice } from '../policy/notice.ts';
import { categoryNames, mayOpen, purposesOf } from '../policy/rules.ts';
import type { PurposeDeclaration, Words } from '../policy/shape.ts';
import type { Language } from '../text/bilingual.ts';
import { ownText } from '../text/console-own.ts';
import { storedText } from '../text/privacy-stored.ts';
import type { PersonalTable } from '../text/stored-words.ts';
import { eachRow, shownHoldings } from './insight.ts';
import type { InsightRow } from './insight.ts';
import { listLooks, listReceived } from './traces.ts';
import type { Look, Received } from './traces.ts';

export type StaffTable = {
  readonly table: PersonalTable;
  readonly category: CategoryName;
  /** Null for as long as the person works here. */
  readonly kept: Words | null;
  readonly rows: readonly InsightRow[];
};

/** Everything that is stored about the member of staff who asks. */
export type StaffInsight = {
  readonly tables: readonly StaffTable[];
  readonly purposes: readonly { readonly words: Words; readonly basis: string }[];
  readonly looks: readonly Look[];
  readonly received: readonly Received[];
};

/** Opens all that is stored about a member of staff, for themselves (GDPR Art. 15). */
export async function gatherStaffInsight(op: Operation, owner: OwnerId): Promise<StaffInsight> {
  const categories = categoryNames().filter((name) => mayOpen(op.actor.party, op.purpose, name));
  const opener = await op.vault.openFor(op, owner, categories);
  const tables: StaffTable[] = [];
  for (const holding of shownHoldings().filter((one) => categories.includes(one.category))) {
    const rows: InsightRow[] = [];
    for await (const batch of eachRow(op, [opener], holding)) rows.push(...batch);
    const { table, category, keep } = holding;
    // What a customer decides by keeping the account, an employment decides here.
    const kept = keep === 'account' ? null : notice.keeping[keep].words;
    if (rows.length > 0) tables.push({ table: table as PersonalTable, category, kept, rows });
  }
  return {
    tables,
    purposes: staffPurposes(),
    looks: await listLooks(op, [owner]),
    received: await listReceived(op, [owner]),
  };
}

/** The same as a file that a person can read and a machine can take over. */
export async function exportStaffInsight(
  op: Operation,
  owner: OwnerId,
  language: Language,
): Promise<string> {
  const { tables, purposes, looks, received } = await gatherStaffInsight(op, owner);
  const document = {
    extracted_at: op.now.toString(),
    controller: notice.controller,
    notice_version: notice.version,
    purposes: purposes.map(({ words, basis }) => ({
      purpose: words[language],
      lawful_basis: basis,
    })),
    data: tables.map((table) => describeTable(table, language)),
    recipients: received.map((one) => ({
      at: one.at.toString(),
      recipient: one.recipient,
      country: one.country,
      purpose: one.purpose[language],
      fields: one.fields.map((words) => words[language]),
    })),
    looked_at_by: looks.map((look) => ({
      at: look.at.toString(),
      role: look.party,
      purpose: look.purpose[language],
    })),
    automated_decisions: [],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function describeTable({ table, category, kept, rows }: StaffTable, language: Language) {
  const { heading, columns } = storedText[language][table];
  return {
    table,
    heading,
    source: notice.categories[category].source[language],
    kept: kept?.[language] ?? ownText[language].stored.whileHere,
    columns,
    rows: rows.map(({ personal, clear }) => ({
      ...Object.fromEntries(personal.map(({ field, value }) => [field, value])),
      ...Object.fromEntries(
        Object.entries(clear).map(([name, value]) => [
          name,
          value instanceof Temporal.Instant ? value.toString() : value,
        ]),
      ),
    })),
  };
}

/** Why members of staff are stored at all. */
function staffPurposes() {
  return purposesOf('staff')
    .map((name): PurposeDeclaration => notice.purposes[name])
    .map(({ words, basis }) => ({ words, basis }));
}
