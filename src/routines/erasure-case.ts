import type { OwnerId, RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { holding } from '../vault/holding.ts';

/**
 * What an erasure must still know after the key is gone: which strings to look for, and by which references the
 * recipients know the customer. Sealed under a key of its own, which dies at the end.
 */
export const erasureCase = holding({
  table: 'routines.erasure_case',
  category: 'erasure',
  owners: ['erasure_case'],
  row: 'owner_id',
  keep: 'case',
  clear: { owner_id: 'owner', erasure_id: 'reference', created_at: 'time' },
  sealed: { search_strings: 'list', references: 'list' },
  exported: false,
});

export type ErasureCase = {
  readonly caseOwner: OwnerId;
  readonly searchStrings: readonly string[];
  /** `recipient id` and the reference it gave, in one text with a space between. */
  readonly references: readonly string[];
};

/** @throws Problem `not-found` once the case is closed: with the erasure, or after a month at the latest */
export async function openCase(op: Operation, erasureId: RowId): Promise<ErasureCase> {
  const row = await op.db
    .selectFrom('routines.erasure_case')
    .select(['owner_id', 'sealed'])
    .where('erasure_id', '=', erasureId)
    .executeTakeFirst();
  if (!row) throw new Problem('not-found', 'the case of this erasure is closed');
  const opener = await op.vault.openFor(op, row.owner_id, ['erasure']);
  const opened = opener.open(erasureCase, row.owner_id, row.sealed);
  return {
    caseOwner: row.owner_id,
    searchStrings: opened.search_strings,
    references: opened.references,
  };
}

/** Who owns the case of an erasure, without opening it: its key may be gone already. Null once it is closed. */
export async function caseOwnerOf(op: Operation, erasureId: RowId): Promise<OwnerId | null> {
  const found = await op.db
    .selectFrom('routines.erasure_case')
    .select('owner_id')
    .where('erasure_id', '=', erasureId)
    .executeTakeFirst();
  return found?.owner_id ?? null;
}

export function referencesOf(found: ErasureCase, recipientId: RowId): string[] {
  return found.references
    .filter((reference) => reference.startsWith(`${recipientId} `))
    .map((reference) => reference.slice(recipientId.length + 1));
}
