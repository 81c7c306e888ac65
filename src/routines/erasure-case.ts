import type { OwnerId, RowId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { Language } from '../text/bilingual.ts';
import { holding } from '../vault/holding.ts';
import type { Opener } from '../vault/vault.ts';

/**
 * What an erasure must still know after the key is gone: which strings to look for, what opens the references by which
 * recipients know the customer, and where the last letter goes. Sealed under a key of its own, which dies at the end.
 */
export const erasureCase = holding({
  table: 'routines.erasure_case',
  category: 'erasure',
  owners: ['erasure_case'],
  row: 'owner_id',
  keep: 'case',
  clear: { owner_id: 'owner', erasure_id: 'reference', created_at: 'time' },
  sealed: {
    search_strings: 'list',
    reference_key: 'list',
    email: 'optional',
    language: 'optional',
    receipt_link: 'optional',
    proof_link: 'optional',
  },
  exported: false,
});

/** References by which one recipient knows the customer, moved here from what is removed. */
export const erasureReferences = holding({
  table: 'routines.erasure_reference',
  category: 'erasure',
  owners: ['erasure_case'],
  row: 'page_id',
  keep: 'case',
  clear: { owner_id: 'owner', page_id: 'id', recipient_id: 'reference', removed: 'amount' },
  sealed: { references: 'list' },
  exported: false,
});

/** Where the last letter goes, and what it links to. */
export type FarewellAddress = {
  readonly email: string;
  readonly language: Language;
  readonly receiptLink: string;
  readonly proofLink: string | null;
};

export type ErasureCase = {
  readonly caseOwner: OwnerId;
  readonly searchStrings: readonly string[];
  /** The keys to the references in the rows that are still there, by who they were of, as they were handed over. */
  readonly referenceKeys: ReadonlyMap<OwnerId, string>;
  readonly farewell: FarewellAddress | null;
};

/** @throws Problem `not-found` once the case is closed: with the last letter, or after a month at the latest */
export async function openCase(op: Operation, erasureId: RowId): Promise<ErasureCase> {
  const opened = await openCaseOf(op, erasureId);
  if (opened === null) throw new Problem('not-found', 'the case of this erasure is closed');
  const { caseOwner, opener, sealed } = opened;
  const { search_strings, reference_key, ...to } = opener.open(erasureCase, caseOwner, sealed);
  return {
    caseOwner,
    searchStrings: search_strings,
    referenceKeys: new Map(reference_key.map(readReferenceKey)),
    farewell:
      to.email === null || to.receipt_link === null
        ? null
        : {
            email: to.email,
            language: to.language === 'en' ? 'en' : 'sv',
            receiptLink: to.receipt_link,
            proofLink: to.proof_link,
          },
  };
}

/** A key to references, with whose they are. */
export function writeReferenceKey(of: OwnerId, handed: string): string {
  return `${of} ${handed}`;
}

function readReferenceKey(text: string): [OwnerId, string] {
  const [of = '', handed = ''] = text.split(' ');
  return [of as OwnerId, handed];
}

/** The case and what opens its rows; null once it is closed. */
export async function openCaseOf(
  op: Operation,
  erasureId: RowId,
): Promise<{ caseOwner: OwnerId; opener: Opener; sealed: Uint8Array } | null> {
  const row = await op.db
    .selectFrom('routines.erasure_case')
    .select(['owner_id', 'sealed'])
    .where('erasure_id', '=', erasureId)
    .executeTakeFirst();
  if (!row) return null;
  const opener = await op.vault.openFor(op, row.owner_id, ['erasure']);
  return { caseOwner: row.owner_id, opener, sealed: row.sealed };
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
