import type {
  PublishedCategory,
  PublishedNotice,
  PublishedPurpose,
  PublishedRecipient,
  PublishedSection,
} from './published.ts';
import type { Words } from './shape.ts';

type Turn = 'new' | 'gone';

/** One thing that differs between two notices, ready to be said in a sentence. */
export type Change =
  | { readonly kind: 'category'; readonly turn: Turn; readonly category: Words }
  | {
      readonly kind: 'field';
      readonly turn: Turn;
      readonly category: Words;
      readonly field: Words;
    }
  | { readonly kind: 'purpose'; readonly turn: Turn; readonly purpose: Words }
  | {
      readonly kind: 'basis';
      readonly purpose: Words;
      readonly before: string;
      readonly after: string;
    }
  | {
      readonly kind: 'sight';
      readonly turn: Turn;
      readonly party: string;
      readonly category: Words;
      readonly purpose: Words;
    }
  | {
      readonly kind: 'stop';
      readonly turn: Turn;
      readonly right: string;
      readonly purpose: Words;
    }
  | {
      readonly kind: 'kept';
      readonly category: Words;
      readonly before: readonly Words[];
      readonly after: readonly Words[];
    }
  | { readonly kind: 'recipient'; readonly turn: Turn; readonly recipient: Words }
  | {
      readonly kind: 'receives';
      readonly turn: Turn;
      readonly recipient: Words;
      readonly purpose: Words;
      readonly fields: readonly Words[];
    }
  | {
      readonly kind: 'cookie';
      readonly turn: Turn | 'life';
      readonly name: string;
      readonly words: Words;
    }
  | { readonly kind: 'controller'; readonly before: string; readonly after: string }
  | {
      readonly kind: 'wording';
      readonly heading: Words;
      readonly before: Words | null;
      readonly after: Words | null;
    };

/**
 * What differs between two notices, what matters most to a person first: what is stored, why, who sees it, how long,
 * who gets it, cookies, the company, and last the wording. Equal notices have no changes, and no difference is left out.
 */
export function changesBetween(older: PublishedNotice, newer: PublishedNotice): Change[] {
  const both = { older, newer };
  return [
    ...pairs(older.categories, newer.categories).flatMap(categoryChanges),
    ...pairs(older.purposes, newer.purposes).flatMap((pair) => purposeChanges(pair, both)),
    ...pairs(older.recipients, newer.recipients).flatMap((pair) => recipientChanges(pair, both)),
    ...pairs(older.cookies, newer.cookies).flatMap(cookieChanges),
    ...controllerChanges(both),
    ...wordingChanges(both),
  ];
}

type Both = { readonly older: PublishedNotice; readonly newer: PublishedNotice };
type Pair<V> = { readonly name: string; readonly before: V | null; readonly after: V | null };

function categoryChanges({ before, after }: Pair<PublishedCategory>): Change[] {
  if (before === null || after === null) return turned('category', before, after);
  const category = after.heading;
  const fields = pairs(before.fields, after.fields).flatMap((pair): Change[] => {
    if (pair.before === null && pair.after !== null)
      return [{ kind: 'field', turn: 'new', category, field: pair.after }];
    if (pair.after === null && pair.before !== null)
      return [{ kind: 'field', turn: 'gone', category, field: pair.before }];
    return reworded(category, pair.before, pair.after);
  });
  const kept: Change[] = same(before.kept, after.kept)
    ? []
    : [{ kind: 'kept', category, before: before.kept, after: after.kept }];
  return [
    ...fields,
    ...kept,
    ...reworded(category, before.source, after.source),
    ...reworded(category, before.heading, after.heading),
  ];
}

function turned(
  kind: 'category',
  before: PublishedCategory | null,
  after: PublishedCategory | null,
): Change[] {
  const gone: Change[] = before ? [{ kind, turn: 'gone', category: before.heading }] : [];
  return after ? [{ kind, turn: 'new', category: after.heading }] : gone;
}

function purposeChanges({ before, after }: Pair<PublishedPurpose>, both: Both): Change[] {
  if (after === null)
    return before ? [{ kind: 'purpose', turn: 'gone', purpose: before.words }] : [];
  const purpose = after.words;
  if (before === null) {
    return [{ kind: 'purpose', turn: 'new', purpose }, ...sightChanges({}, after, both)];
  }
  const basis: Change[] =
    before.basis === after.basis
      ? []
      : [{ kind: 'basis', purpose, before: before.basis, after: after.basis }];
  return [
    ...basis,
    ...sightChanges(before.opens, after, both),
    ...stopChanges(before, after),
    ...reworded(purpose, before.words, after.words),
    ...reworded(purpose, before.interest, after.interest),
  ];
}

/** Who may see what: told for people alone, since the system's own routines show nothing to anybody. */
function sightChanges(
  before: PublishedPurpose['opens'],
  { opens: after, words: purpose }: PublishedPurpose,
  both: Both,
): Change[] {
  return pairs(flattened(before), flattened(after)).flatMap((pair): Change[] => {
    if (pair.before !== null && pair.after !== null) return [];
    const [party = '', category = ''] = pair.name.split(' ');
    const turn = pair.before === null ? 'new' : 'gone';
    return [{ kind: 'sight', turn, party, category: headingOf(both, category), purpose }];
  });
}

function flattened(opens: PublishedPurpose['opens']): Record<string, true> {
  return Object.fromEntries(
    Object.entries(opens).flatMap(([party, categories]) =>
      categories.map((category) => [`${party} ${category}`, true] as const),
    ),
  );
}

function stopChanges(before: PublishedPurpose, after: PublishedPurpose): Change[] {
  const purpose = after.words;
  const lost = before.stopped_by.filter((right) => !after.stopped_by.includes(right));
  const won = after.stopped_by.filter((right) => !before.stopped_by.includes(right));
  return [
    ...lost.map((right): Change => ({ kind: 'stop', turn: 'gone', right, purpose })),
    ...won.map((right): Change => ({ kind: 'stop', turn: 'new', right, purpose })),
  ];
}

function recipientChanges({ before, after }: Pair<PublishedRecipient>, both: Both): Change[] {
  if (after === null)
    return before ? [{ kind: 'recipient', turn: 'gone', recipient: before.words }] : [];
  const appeared: Change[] =
    before === null ? [{ kind: 'recipient', turn: 'new', recipient: after.words }] : [];
  const reworks = before === null ? [] : reworded(after.words, before.words, after.words);
  const role: Change[] =
    before === null || before.role === after.role
      ? []
      : [
          {
            kind: 'wording',
            heading: after.words,
            before: plain(before.role),
            after: plain(after.role),
          },
        ];
  return [...appeared, ...receiptsOf(before, after, both), ...role, ...reworks];
}

function receiptsOf(
  before: PublishedRecipient | null,
  after: PublishedRecipient,
  both: Both,
): Change[] {
  const kinds = pairs(fieldsGiven(before), fieldsGiven(after));
  return kinds.flatMap(({ name, before: had, after: has }) => {
    const [purposeName = '', category = ''] = name.split(' ');
    const purpose = (both.newer.purposes[purposeName] ?? both.older.purposes[purposeName])?.words;
    const about = {
      kind: 'receives',
      recipient: after.words,
      purpose: purpose ?? plain(purposeName),
    } as const;
    const fieldWords = (fields: readonly string[]) =>
      fields.map((field) => fieldOf(both, category, field));
    const won = (has ?? []).filter((field) => !(had ?? []).includes(field));
    const lost = (had ?? []).filter((field) => !(has ?? []).includes(field));
    return [
      ...(won.length > 0 ? [{ ...about, turn: 'new' as const, fields: fieldWords(won) }] : []),
      ...(lost.length > 0 ? [{ ...about, turn: 'gone' as const, fields: fieldWords(lost) }] : []),
    ];
  });
}

function fieldsGiven(recipient: PublishedRecipient | null): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(recipient?.receives ?? {}).flatMap(([purpose, categories]) =>
      Object.entries(categories ?? {}).map(
        ([category, fields]) => [`${purpose} ${category}`, fields ?? []] as const,
      ),
    ),
  );
}

function cookieChanges({
  name,
  before,
  after,
}: Pair<PublishedNotice['cookies'][string]>): Change[] {
  if (before === null)
    return after ? [{ kind: 'cookie', turn: 'new', name, words: after.words }] : [];
  if (after === null) return [{ kind: 'cookie', turn: 'gone', name, words: before.words }];
  const life: Change[] =
    before.max_age_seconds === after.max_age_seconds
      ? []
      : [{ kind: 'cookie', turn: 'life', name, words: after.words }];
  return [...life, ...reworded(plain(name), before.words, after.words)];
}

function controllerChanges({ older, newer }: Both): Change[] {
  return pairs(older.controller, newer.controller)
    .filter(({ before, after }) => before !== after)
    .map(({ before, after }) => ({
      kind: 'controller',
      before: before ?? '',
      after: after ?? '',
    }));
}

function wordingChanges({ older, newer }: Both): Change[] {
  const clear = (of: PublishedNotice): PublishedSection => ({
    heading: newer.introduction.heading,
    paragraphs: of.clear,
  });
  return [
    ...sectionChanges(older.introduction, newer.introduction),
    ...sectionChanges(clear(older), clear(newer)),
    ...pairs(older.sections, newer.sections).flatMap(({ before, after }) =>
      sectionChanges(before, after),
    ),
  ];
}

/** Paragraphs that are there in one version only. Where some went and some came, they are told side by side. */
function sectionChanges(before: PublishedSection | null, after: PublishedSection | null): Change[] {
  const heading = (after ?? before)?.heading;
  if (heading === undefined) return [];
  const had = before?.paragraphs ?? [];
  const has = after?.paragraphs ?? [];
  const lost = had.filter((words) => !has.some((other) => same(words, other)));
  const won = has.filter((words) => !had.some((other) => same(words, other)));
  const rows = Array.from({ length: Math.max(lost.length, won.length) }, (_, row): Change => ({
    kind: 'wording',
    heading,
    before: lost[row] ?? null,
    after: won[row] ?? null,
  }));
  const isMoved = rows.length === 0 && !same(had, has);
  const moved: Change[] = isMoved
    ? [{ kind: 'wording', heading, before: had[0] ?? null, after: has[0] ?? null }]
    : [];
  return [...reworded(heading, before?.heading ?? null, after?.heading ?? null), ...rows, ...moved];
}

function reworded(heading: Words, before: Words | null, after: Words | null): Change[] {
  return same(before, after) ? [] : [{ kind: 'wording', heading, before, after }];
}

function headingOf({ older, newer }: Both, category: string): Words {
  return (newer.categories[category] ?? older.categories[category])?.heading ?? plain(category);
}

function fieldOf({ older, newer }: Both, category: string, field: string): Words {
  return (
    newer.categories[category]?.fields[field] ??
    older.categories[category]?.fields[field] ??
    plain(field)
  );
}

function plain(text: string): Words {
  return { sv: text, en: text };
}

function pairs<V>(
  before: Readonly<Record<string, V>>,
  after: Readonly<Record<string, V>>,
): Pair<V>[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.map((name) => ({ name, before: before[name] ?? null, after: after[name] ?? null }));
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** Databases keep the names of an object in an order of their own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
