import type { ProblemCode } from '../problem.ts';

/** The status of an answer (RFC 9110 section 15) by what went wrong. What nobody foresaw is ours: 500. */
export const problemStatus: Readonly<Record<ProblemCode | 'unexpected', number>> = {
  'not-found': 404,
  'not-allowed': 403,
  fenced: 410,
  'key-missing': 500,
  'sealed-damaged': 500,
  'store-went-back': 503,
  keyring: 503,
  'no-agreement': 503,
  restricted: 403,
  protected: 403,
  conflict: 409,
  'too-many': 429,
  'too-large': 413,
  'bad-input': 400,
  unavailable: 503,
  'sign-in-needed': 401,
  'confirmation-needed': 401,
  'cross-site': 403,
  unexpected: 500,
};
