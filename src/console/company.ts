import type { Company } from '../pages/page-words.ts';
import { notice } from '../policy/notice.ts';

/** Whose pages these are, for the frame of everybody who works. */
export const company: Company = {
  name: notice.controller.name,
  organisationNumber: notice.controller.organisation_number,
  addressLines: [
    notice.controller.street,
    `${notice.controller.postal_code} ${notice.controller.town}`,
  ],
};
