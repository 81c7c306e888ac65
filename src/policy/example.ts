import { notice } from './notice.ts';

/** The company that stands in the notice as it is delivered. */
const exampleOrganisationNumber = '559468-7062';

/** Does the notice still name the company of the example, and not the one that runs this? */
export function isExampleController(): boolean {
  const named: string = notice.controller.organisation_number;
  return named === exampleOrganisationNumber;
}
