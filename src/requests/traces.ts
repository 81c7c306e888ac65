import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { notice } from '../policy/notice.ts';
import type { Party, Words } from '../policy/shape.ts';

/** One look at a customer's data by somebody else; what was opened together is one look. */
export type Look = {
  readonly at: Temporal.Instant;
  readonly party: Party;
  readonly purpose: Words;
  readonly categories: readonly { readonly name: string; readonly heading: Words }[];
};

/** Something that was handed to a recipient, and what became of it. */
export type Received = {
  readonly at: Temporal.Instant;
  readonly recipient: string;
  readonly country: string;
  readonly role: 'processor' | 'controller';
  /** Where a recipient that is a controller of its own says what it does with the data. */
  readonly noticeUrl: string | null;
  readonly purpose: Words;
  readonly category: string;
  readonly fields: readonly Words[];
  readonly outcome: 'accepted' | 'refused' | 'unknown' | null;
};

const tracesMax = 100_000;

/** Who has looked at the data of some owners, newest first. */
export async function listLooks(op: Operation, owners: readonly OwnerId[]): Promise<Look[]> {
  const rows = await op.db
    .selectFrom('vault.look')
    .select(['looked_at', 'party', 'purpose', 'category'])
    .where('owner_id', 'in', owners)
    .orderBy('looked_at', 'desc')
    .limit(tracesMax)
    .execute();
  const looks = new Map<string, Look>();
  for (const { looked_at, party, purpose, category } of rows) {
    const key = `${looked_at.epochNanoseconds} ${party} ${purpose}`;
    const known = (looks.get(key)?.categories ?? []).filter(({ name }) => name !== category);
    looks.set(key, {
      at: looked_at,
      party: party as Party,
      purpose: purposeWords(purpose),
      categories: [...known, { name: category, heading: headingOf(category) }],
    });
  }
  return [...looks.values()];
}

/** What has been handed out about some owners, to whom, newest first. */
export async function listReceived(op: Operation, owners: readonly OwnerId[]): Promise<Received[]> {
  const rows = await op.db
    .selectFrom('recipients.disclosure as d')
    .innerJoin('recipients.recipient as r', 'r.recipient_id', 'd.recipient_id')
    .leftJoin('recipients.outcome as o', (join) =>
      join.onRef('o.owner_id', '=', 'd.owner_id').onRef('o.disclosure_id', '=', 'd.disclosure_id'),
    )
    .select(['d.disclosed_at', 'd.purpose', 'd.category', 'd.fields', 'o.outcome'])
    .select(['r.name', 'r.country', 'r.role', 'r.notice_url'])
    .where('d.owner_id', 'in', owners)
    .orderBy('d.disclosed_at', 'desc')
    .limit(tracesMax)
    .execute();
  return rows.map((row) => ({
    at: row.disclosed_at,
    recipient: row.name,
    country: row.country,
    role: row.role,
    noticeUrl: row.notice_url,
    purpose: purposeWords(row.purpose),
    category: row.category,
    fields: row.fields.map((field) => fieldWords(row.category, field)),
    outcome: row.outcome,
  }));
}

/** A purpose in words; a name that the notice no longer has stays as it is. */
export function purposeWords(purpose: string): Words {
  const all: Readonly<Record<string, { words: Words }>> = notice.purposes;
  return all[purpose]?.words ?? { sv: purpose, en: purpose };
}

export function headingOf(category: string): Words {
  const all: Readonly<Record<string, { heading: Words }>> = notice.categories;
  return all[category]?.heading ?? { sv: category, en: category };
}

function fieldWords(category: string, field: string): Words {
  const all: Readonly<Record<string, { fields: Readonly<Record<string, Words>> }>> =
    notice.categories;
  return all[category]?.fields[field] ?? { sv: field, en: field };
}
