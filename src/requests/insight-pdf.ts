import type { PdfBlock } from '../pdf/document.ts';
import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { notice } from '../policy/notice.ts';
import type { Language } from '../text/bilingual.ts';
import { dateTime, list, number } from '../text/format.ts';
import { archiveText } from '../text/privacy-file.ts';
import { partyText } from '../text/privacy-states.ts';
import { storedText } from '../text/privacy-stored.ts';
import { privacyText } from '../text/privacy.ts';
import { countStored, gatherInsight, insightRowsMax } from './insight.ts';
import type { Insight, InsightCategory, InsightGroup, InsightRow, StoredCount } from './insight.ts';
import { wordedValues } from './value-words.ts';

/** A table stays readable up to this many columns; beyond it each row becomes a list. */
const tableColumnsMax = 4;

type Told = {
  readonly insight: Insight;
  readonly counts: readonly StoredCount[];
  readonly language: Language;
};

/**
 * Everything about a customer for people to read: values, why, ground, how long, who has received and who has looked.
 * Long tables show their latest rows and say so, because nobody reads twenty thousand, and memory has its limit.
 */
export async function insightPdf(
  op: Operation,
  owner: OwnerId,
  language: Language,
): Promise<Uint8Array> {
  const words = archiveText[language];
  const insight = await gatherInsight(op, owner);
  const told: Told = { insight, counts: await countStored(op, owner), language };
  const time = dateTime(op.now, language);
  const filled = insight.categories.filter(isShown);
  const blocks: PdfBlock[] = [
    { kind: 'paragraph', text: privacyText[language].rights.file },
    { kind: 'fine', text: words.noNewer },
    ...filled.flatMap((category) => categoryBlocks(told, category)),
    ...nothingBlocks(told),
    ...lookBlocks(told),
    ...receivedBlocks(told),
  ];
  // Loaded for who asks for one: drawing takes more memory than all pages together.
  const { writePdf } = await import('../pdf/document.ts');
  return writePdf({
    title: words.title,
    subtitle: words.taken(time, notice.controller.name),
    language,
    blocks,
    foot: words.foot(notice.controller.name, time),
    createdAt: op.now,
  });
}

/** Traces have tables of their own at the end. */
function isShown({ category, groups }: InsightCategory): boolean {
  return category !== 'traces' && groups.length > 0;
}

function categoryBlocks(told: Told, category: InsightCategory): PdfBlock[] {
  const { language } = told;
  const words = privacyText[language].myData;
  const lines = category.groups.find(({ table }) => table === 'history.order_line');
  const kept = category.groups.map(
    ({ table, keptFor }) => `${storedText[language][table].heading}: ${keptFor[language]}`,
  );
  return [
    { kind: 'heading', text: category.heading[language] },
    ...category.groups
      .filter((group) => group !== lines)
      .flatMap((group) => groupBlocks(told, group, lines)),
    { kind: 'subheading', text: words.about },
    {
      kind: 'facts',
      rows: [
        [words.keptFor, kept.join('\n')],
        [words.source, category.source[language]],
        [words.receivedRow, receivedBy(told, category)],
        [words.lookedRow, lookedBy(told, category)],
      ],
    },
    { kind: 'subheading', text: archiveText[language].purposes },
    purposesTable(category, language),
  ];
}

function groupBlocks(
  { counts, language }: Told,
  group: InsightGroup,
  lines: InsightGroup | undefined,
): PdfBlock[] {
  const { heading } = storedText[language][group.table];
  const all = counts.find(({ table }) => table === group.table)?.rows ?? group.rows.length;
  const cut = archiveText[language].showsLatest(
    number(group.rows.length, language),
    number(all, language),
  );
  return [
    { kind: 'subheading', text: heading },
    ...(group.isWhole ? [] : [{ kind: 'fine', text: cut } as const]),
    ...rowBlocks(group, language, group.table === 'history.order' ? lines : undefined),
  ];
}

function rowBlocks(
  group: InsightGroup,
  language: Language,
  lines: InsightGroup | undefined,
): PdfBlock[] {
  const rows = group.rows.map((row) => wordedValues(group.table, row, language));
  const labels = new Map(rows.flat().map(({ name, label }) => [name, label]));
  if (lines === undefined && rows.length > 1 && labels.size <= tableColumnsMax) {
    return [tableOf(group, group.rows, language)];
  }
  return group.rows.flatMap((row, index): PdfBlock[] => {
    const facts = (rows[index] ?? []).map(({ label, text }) => [label, text] as const);
    const own = linesOf(row, lines);
    return [
      { kind: 'facts', rows: facts },
      ...(lines === undefined || own.length === 0 ? [] : [tableOf(lines, own, language)]),
    ];
  });
}

function tableOf(
  { table }: InsightGroup,
  rows: readonly InsightRow[],
  language: Language,
): PdfBlock {
  const worded = rows.map((row) => wordedValues(table, row, language));
  const labels = new Map(worded.flat().map(({ name, label }) => [name, label]));
  return {
    kind: 'table',
    columns: [...labels.values()],
    rows: worded.map((values) =>
      [...labels.keys()].map((name) => values.find((one) => one.name === name)?.text ?? ''),
    ),
  };
}

/** Newest first in the database; here as they were ordered. */
function linesOf(order: InsightRow, lines: InsightGroup | undefined): InsightRow[] {
  return (lines?.rows ?? []).filter(({ clear }) => clear['order_id'] === order.id).toReversed();
}

function purposesTable({ purposes }: InsightCategory, language: Language): PdfBlock {
  const words = archiveText[language];
  const { bases } = privacyText[language];
  return {
    kind: 'table',
    columns: [words.why, words.ground],
    rows: purposes.map((purpose) => [
      purpose.words[language],
      purpose.interest === null
        ? bases[purpose.basis]
        : `${bases[purpose.basis]}: ${purpose.interest[language]}`,
    ]),
  };
}

function receivedBy({ insight, language }: Told, { category }: InsightCategory): string {
  const names = insight.received.filter((one) => one.category === category);
  const { nobody } = privacyText[language].myData;
  const all = [...new Set(names.map(({ recipient }) => recipient))];
  return all.length === 0 ? nobody : list(all, language);
}

function lookedBy({ insight, language }: Told, { category }: InsightCategory): string {
  const looks = insight.looks.filter(({ categories }) =>
    categories.some(({ name }) => name === category),
  );
  const who = [...new Set(looks.map(({ party }) => partyText[language][party]))];
  return who.length === 0 ? privacyText[language].myData.nobody : list(who, language);
}

function nothingBlocks({ insight, language }: Told): PdfBlock[] {
  const empty = insight.categories.filter(
    ({ category, groups }) => category !== 'traces' && groups.length === 0,
  );
  if (empty.length === 0) return [];
  const headings = list(
    empty.map(({ heading }) => heading[language]),
    language,
  );
  return [
    { kind: 'heading', text: archiveText[language].empty },
    { kind: 'paragraph', text: privacyText[language].myData.empty(headings) },
  ];
}

function lookBlocks({ insight, language }: Told): PdfBlock[] {
  const { looks: words } = privacyText[language];
  const title: PdfBlock = { kind: 'heading', text: words.title };
  if (insight.looks.length === 0)
    return [title, { kind: 'paragraph', text: archiveText[language].noLooks }];
  return [
    title,
    ...cutNote(insight.looks.length, language),
    {
      kind: 'table',
      columns: [words.when, words.who, words.why, words.what],
      rows: insight.looks.slice(0, insightRowsMax).map((look) => [
        dateTime(look.at, language),
        partyText[language][look.party],
        look.purpose[language],
        list(
          look.categories.map(({ heading }) => heading[language]),
          language,
        ),
      ]),
    },
  ];
}

function receivedBlocks({ insight, language }: Told): PdfBlock[] {
  const { received: words } = privacyText[language];
  const title: PdfBlock = { kind: 'heading', text: words.title };
  if (insight.received.length === 0)
    return [title, { kind: 'paragraph', text: archiveText[language].noReceived }];
  return [
    title,
    ...cutNote(insight.received.length, language),
    {
      kind: 'table',
      columns: [words.when, archiveText[language].recipient, words.what, words.why, words.outcome],
      rows: insight.received.slice(0, insightRowsMax).map((one) => [
        dateTime(one.at, language),
        one.recipient,
        list(
          one.fields.map((field) => field[language]),
          language,
        ),
        one.purpose[language],
        words.outcomes[one.outcome ?? 'none'],
      ]),
    },
  ];
}

function cutNote(all: number, language: Language): PdfBlock[] {
  if (all <= insightRowsMax) return [];
  const shown = number(insightRowsMax, language);
  return [{ kind: 'fine', text: archiveText[language].showsLatest(shown, number(all, language)) }];
}
