import type { CategoryName } from '../../policy/categories.ts';
import { isPurpose, isRecipientCategory, mayReceive } from '../../policy/rules.ts';
import type { Operation } from '../../operation.ts';
import type { Seen } from './finding.ts';

const rowsMax = 100_000;

/** P03: what left has its row in the register, and each row names a recipient, a purpose and fields of the notice. */
export async function nothingLeavesUnwritten(op: Operation): Promise<Seen> {
  const unwritten = await op.db
    .selectFrom('messages.departure as m')
    .leftJoin('recipients.disclosure as d', (join) =>
      join.onRef('d.owner_id', '=', 'm.owner_id').onRef('d.disclosure_id', '=', 'm.disclosure_id'),
    )
    .select('m.departure_id')
    .where('d.disclosure_id', 'is', null)
    .limit(rowsMax)
    .execute();
  const written = await op.db
    .selectFrom('recipients.disclosure as d')
    .leftJoin('recipients.recipient as r', 'r.recipient_id', 'd.recipient_id')
    .select(['d.disclosure_id', 'd.purpose', 'd.category', 'd.fields', 'r.category as recipient'])
    .limit(rowsMax)
    .execute();
  const outside = written.filter((row) => !isInNotice(row));
  return {
    lookedAt: unwritten.length + written.length,
    found: [
      ...unwritten.map(
        (row) => `messages.departure ${row.departure_id}: left without a disclosure`,
      ),
      ...outside.map((row) => `recipients.disclosure ${row.disclosure_id}: not in the notice`),
    ],
  };
}

function isInNotice(row: {
  readonly purpose: string;
  readonly category: string;
  readonly fields: readonly string[];
  /** Its kind; null when it is not in the register. */
  readonly recipient: string | null;
}): boolean {
  const { recipient, purpose, category, fields } = row;
  if (recipient === null || !isPurpose(purpose) || !isRecipientCategory(recipient)) return false;
  const allowed = mayReceive(recipient, purpose, category as CategoryName);
  return fields.length > 0 && fields.every((field) => allowed.includes(field));
}
