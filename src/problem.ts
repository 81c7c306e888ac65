/** Every error that the product itself raises. Only `portal/problem.tsx` and `console/problem-page.tsx` turn them into words for people. */
export const problemCodes = [
  'not-found',
  'not-allowed',
  'fenced',
  'key-missing',
  'sealed-damaged',
  'store-went-back',
  'keyring',
  'no-agreement',
  'restricted',
  'protected',
  'conflict',
  'too-many',
  'too-large',
  'bad-input',
  'unavailable',
  'sign-in-needed',
  'confirmation-needed',
  'cross-site',
] as const;

export type ProblemCode = (typeof problemCodes)[number];

/**
 * An error of the product. `detail` is for operators: a constant written by us, or one with names of files and
 * settings in it, never anything that a customer typed or that came out of a sealed value.
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly detail: string;

  constructor(code: ProblemCode, detail = '', options?: ErrorOptions) {
    super(detail === '' ? code : `${code}: ${detail}`, options);
    this.name = 'Problem';
    this.code = code;
    this.detail = detail;
  }
}

/** True for a `Problem`, with one of the codes if some are given. */
export function isProblem(error: unknown, ...codes: readonly ProblemCode[]): error is Problem {
  return error instanceof Problem && (codes.length === 0 || codes.includes(error.code));
}
