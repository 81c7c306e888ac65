import type { StaffLetter } from '../accounts/staff-invitations.ts';
import type { Visit } from '../http/route.ts';

/** A letter in the language of whoever sends it, with links built from the configured origin. */
export function letterOf({ language, site }: Visit): StaffLetter {
  return { language, linkOf: (token) => `${site.origin}/console/invitation/${token}` };
}
