import type { CategoryName } from '../policy/categories.ts';
import { notice } from '../policy/notice.ts';
import type { Purpose } from '../policy/purposes.ts';
import type { StaffRole } from '../database/records.ts';
import { isOwnerId } from '../ids.ts';
import type { OwnerId } from '../ids.ts';
import type { Visit } from '../http/route.ts';
import { Problem } from '../problem.ts';
import type { Language } from '../text/bilingual.ts';
import { consoleText } from '../text/console.ts';
import { customersText } from '../text/console-customers.ts';
import { list } from '../text/format.ts';

/** For what staff may open a customer. Each has a route of its own, whose purpose it is. */
export const lookPurposes = ['order-handling', 'support'] as const satisfies readonly Purpose[];
export type LookPurpose = (typeof lookPurposes)[number];

/** What either purpose opens; the customer is shown a look at each. */
export const openedCategories: readonly CategoryName[] = ['credentials', 'history'];

/** @throws Problem `not-found` for what is no customer's id */
export function customerOf({ params }: Visit): OwnerId {
  const id = params['owner'] ?? '';
  if (!isOwnerId(id)) throw new Problem('not-found');
  return id;
}

export function categoryWords(language: Language): string {
  const headings = openedCategories.map(
    (category) => notice.categories[category].heading[language],
  );
  return list(headings, language);
}

/** A purpose as staff says it; the notice says it to the customer. */
export function purposeWords(purpose: string, language: Language): string {
  const found = lookPurposes.find((known) => known === purpose);
  if (found) return customersText[language].purposes[found].toDo;
  const declared: Readonly<Record<string, { words: Record<Language, string> }>> = notice.purposes;
  return declared[purpose]?.words[language] ?? purpose;
}

export function partyWords(party: string, language: Language): string {
  const words = consoleText[language].partyRoles;
  const roles: Readonly<Record<StaffRole, string>> = words;
  return (roles as Readonly<Record<string, string>>)[party] ?? words.other;
}
