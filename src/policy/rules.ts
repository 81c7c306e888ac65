import type { CategoryName } from './categories.ts';
import { notice } from './notice.ts';
import type { Purpose } from './purposes.ts';
import type { RecipientCategoryName } from './recipients.ts';
import type { Party, PurposeDeclaration, RecipientCategory } from './shape.ts';

/** May this party open this category for this purpose? What the notice does not say is no. */
export function mayOpen(party: Party, purpose: Purpose, category: CategoryName): boolean {
  const declared: PurposeDeclaration<CategoryName> = notice.purposes[purpose];
  return declared.opens[party]?.includes(category) ?? false;
}

/** May this party, for this purpose, open only what is his own? */
export function opensOnlyOwn(party: Party, purpose: Purpose): boolean {
  const declared: PurposeDeclaration<CategoryName> = notice.purposes[purpose];
  return party === 'customer' || declared.own === true;
}

/** Which of the customer's rights stop this purpose while they are exercised (GDPR Art. 18 and 21). */
export function stoppedBy(purpose: Purpose): readonly ('restriction' | 'objection')[] {
  return notice.purposes[purpose].stoppedBy;
}

/** The fields of a category that a kind of recipient may be given for a purpose; empty when none. */
export function mayReceive(
  recipient: RecipientCategoryName,
  purpose: Purpose,
  category: CategoryName,
): readonly string[] {
  const declared: RecipientCategory<CategoryName, Purpose> = notice.recipients[recipient];
  return declared.receives[purpose]?.[category] ?? [];
}

/** Looks by these parties are written down before anything is opened; the customer's own are not. */
export function leavesTrace(party: Party): boolean {
  return party !== 'customer' && party !== 'nobody';
}

/**
 * Somebody with a protected identity (skyddade personuppgifter, offentlighets- och sekretesslagen 22 kap.) is opened
 * for these purposes alone, by these members of staff alone. Their own pages and programs are no reader of this kind.
 */
export const protectedReaders = {
  administrator: ['order-handling', 'support'],
} as const satisfies Partial<Record<Party, readonly Purpose[]>>;

/** May this party, for this purpose, open somebody with a protected identity? */
export function mayOpenProtected(party: Party, purpose: Purpose): boolean {
  if (party === 'customer' || party === 'nobody' || party === 'routine') return true;
  const readers: Partial<Record<Party, readonly Purpose[]>> = protectedReaders;
  return readers[party]?.includes(purpose) ?? false;
}

/** The purposes that one of the customer's rights stops, in the order of the notice. */
export function purposesStoppedBy(ground: 'restriction' | 'objection'): Purpose[] {
  return purposeNames().filter((purpose) => stoppedBy(purpose).includes(ground));
}

/** The purposes for which a category is opened, in the order of the notice. */
export function purposesOf(category: CategoryName): Purpose[] {
  return purposeNames().filter((purpose) => {
    const declared: PurposeDeclaration<CategoryName> = notice.purposes[purpose];
    return Object.values(declared.opens).some((opened) => opened.includes(category));
  });
}

export function purposeNames(): Purpose[] {
  return Object.keys(notice.purposes) as Purpose[];
}

export function categoryNames(): CategoryName[] {
  return Object.keys(notice.categories) as CategoryName[];
}

export function isPurpose(word: string): word is Purpose {
  return Object.hasOwn(notice.purposes, word);
}

export function isRecipientCategory(word: string): word is RecipientCategoryName {
  return Object.hasOwn(notice.recipients, word);
}

/** The EU and the EEA: the 27 members, Iceland, Liechtenstein and Norway, as ISO 3166-1 codes. */
export const eeaCountries: readonly string[] =
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO'.split(
    ' ',
  );
