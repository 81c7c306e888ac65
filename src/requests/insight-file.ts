import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { notice } from '../policy/notice.ts';
import type { Words } from '../policy/shape.ts';
import type { Language } from '../text/bilingual.ts';
import { privacyText } from '../text/privacy.ts';
import { partyText, storedText } from '../text/privacy-stored.ts';
import { gatherInsight } from './insight.ts';
import type { ClearValue, InsightCategory, InsightGroup } from './insight.ts';
import type { Look, Received } from './traces.ts';

const rowsMax = 100_000;

/**
 * The download: all rows with their exact values, and the explanations of Art. 15 in the reader's language, as JSON
 * that a person can read and a machine can take over (Art. 20).
 */
export async function exportInsight(
  op: Operation,
  owner: OwnerId,
  language: Language,
): Promise<string> {
  const { categories, received, looks } = await gatherInsight(op, owner, rowsMax);
  const { controller, version } = notice;
  const document = {
    about: privacyText[language].rights.file,
    extracted_at: op.now.toString(),
    controller,
    notice_version: version,
    complete: categories.every(({ groups }) => groups.every(({ isWhole }) => isWhole)),
    categories: categories.map((category) => describeCategory(category, language)),
    recipients: received.map((one) => describeReceived(one, language)),
    looked_at_by: looks.map((look) => describeLook(look, language)),
    automated_decisions: [],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function describeCategory(category: InsightCategory, language: Language) {
  return {
    category: category.heading[language],
    source: category.source[language],
    purposes: category.purposes.map(({ words, basis, interest }) => ({
      purpose: words[language],
      lawful_basis: basis,
      ...(interest && { interest: interest[language] }),
    })),
    data: category.groups.map((group) => describeGroup(group, language)),
  };
}

function describeGroup({ table, keptFor, rows }: InsightGroup, language: Language) {
  const { heading, columns } = storedText[language][table];
  const sealed = rows.flatMap(({ personal }) =>
    personal.map(({ field, label }): [string, string] => [field, label[language]]),
  );
  return {
    table,
    heading,
    kept: keptFor[language],
    columns: { ...Object.fromEntries(sealed), ...withUnits(columns) },
    rows: rows.map(({ personal, clear }) => ({
      ...Object.fromEntries(personal.map(({ field, value }) => [field, value])),
      ...Object.fromEntries(Object.entries(clear).map(([name, value]) => [name, plain(value)])),
    })),
  };
}

/** Amounts of money stand in the file as they are stored, so that their unit must be said. */
function withUnits(columns: Readonly<Record<string, string>>): Record<string, string> {
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

function plain(value: ClearValue): string | number | boolean | readonly string[] | null {
  return value instanceof Temporal.Instant ? value.toString() : value;
}
