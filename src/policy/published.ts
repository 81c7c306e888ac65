import type { Notice, Party, Words } from './shape.ts';

/**
 * A notice as it was published: all that it said to people, in a form of its own that later versions of the program
 * can still read. What the program alone needs is left out.
 */
export type PublishedNotice = {
  readonly format: 1;
  readonly valid_from: string;
  readonly controller: Readonly<Record<string, string>>;
  readonly introduction: PublishedSection;
  readonly sections: Readonly<Record<string, PublishedSection>>;
  readonly categories: Readonly<Record<string, PublishedCategory>>;
  readonly purposes: Readonly<Record<string, PublishedPurpose>>;
  readonly recipients: Readonly<Record<string, PublishedRecipient>>;
  readonly cookies: Readonly<
    Record<string, { readonly words: Words; readonly max_age_seconds: number | null }>
  >;
  readonly clear: readonly Words[];
};

export type PublishedSection = { readonly heading: Words; readonly paragraphs: readonly Words[] };

export type PublishedCategory = {
  readonly heading: Words;
  readonly source: Words;
  readonly fields: Readonly<Record<string, Words>>;
  /** How long its rows are kept, in the words of the notice. */
  readonly kept: readonly Words[];
};

export type PublishedPurpose = {
  readonly words: Words;
  readonly basis: string;
  readonly interest: Words | null;
  readonly opens: Readonly<Partial<Record<Party, readonly string[]>>>;
  readonly stopped_by: readonly string[];
};

export type PublishedRecipient = {
  readonly words: Words;
  readonly role: string;
  /** Fields by purpose and category. */
  readonly receives: Readonly<
    Record<string, Readonly<Partial<Record<string, readonly string[]>>> | undefined>
  >;
};

/** What this notice says, ready to be kept. `keptOf` tells how long the rows of a category stay. */
export function publish(
  notice: Notice,
  keptOf: (category: string) => readonly Words[],
): PublishedNotice {
  return {
    format: 1,
    valid_from: notice.version,
    controller: { ...notice.controller },
    introduction: notice.introduction,
    sections: Object.fromEntries(
      [...notice.what, ...notice.more.sections].map(({ id, heading, paragraphs }) => [
        id,
        { heading, paragraphs },
      ]),
    ),
    categories: mapValues(notice.categories, ({ heading, source, fields }, category) => ({
      heading,
      source,
      fields,
      kept: keptOf(category),
    })),
    purposes: mapValues(notice.purposes, ({ words, basis, interest, opens, stoppedBy }) => ({
      words,
      basis,
      interest: interest ?? null,
      opens,
      stopped_by: stoppedBy,
    })),
    recipients: mapValues(notice.recipients, ({ words, role, receives }) => ({
      words,
      role,
      receives,
    })),
    cookies: mapValues(notice.cookies, ({ words, max_age_seconds }) => ({
      words,
      max_age_seconds,
    })),
    clear: notice.clear,
  };
}

function mapValues<V, W>(
  record: Readonly<Record<string, V>>,
  change: (value: V, name: string) => W,
): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([name, v]) => [name, change(v, name)]));
}
