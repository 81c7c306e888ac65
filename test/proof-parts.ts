import path from 'node:path';
import type { ProofParts } from '../src/routines/proof/finding.ts';
import type { TestSystem } from './system.ts';

/** What the checks look at in a test: its own folders, and a site that answers nothing unless one is given. */
export function proofParts(
  system: TestSystem,
  fetchPage: ProofParts['fetchPage'] = () => Promise.resolve(new Response('')),
): ProofParts {
  return {
    logFolder: system.around.logFolder,
    origin: 'http://localhost:8080',
    secretFolders: [path.join(system.folder, 'keyring')],
    sandbox: true,
    recordsCountry: null,
    fetchPage,
  };
}
