/** The error codes of Swish Commerce, and what each says of the money. */

/** Answered at once, with 422 (or 403 for `PA01`). Where the payer is not known yet, some of them come later. */
export const swishRequestCodes = {
  FF08: 'payment reference invalid',
  RP01: 'payee alias missing',
  RP02: 'message wrong',
  RP03: 'callback URL missing or not https',
  RP04: 'no payment request for the token or id',
  RP06: 'another active request for that payer',
  RP07: 'cannot be cancelled in this state',
  RP09: 'instructionUUID already used',
  BE18: 'payer alias invalid',
  PA01: 'parameter wrong',
  PA02: 'amount missing or not a number',
  AM02: 'amount too large',
  AM03: 'currency',
  AM06: 'amount below the minimum',
  ACMT01: 'counterpart not activated',
  ACMT03: 'payer not enrolled',
  ACMT07: 'payee not enrolled',
  ACMT17: 'not a valid Swish number',
  VR01: 'payer below the age limit',
  VR02: 'payer not enrolled with that personnummer',
} as const;

/** Found later, in what the bank tells of a payment whose status is ERROR. */
export const swishLaterCodes = {
  RF07: 'declined by the bank',
  BANKIDCL: 'payer cancelled the signing',
  BANKIDONGOING: 'BankID is busy',
  BANKIDUNKN: 'BankID could not authorise',
  FF10: 'bank processing error',
  TM01: 'timed out before the payment started',
  DS24: 'outcome unknown: timeout after the payment started',
} as const;

export const swishRefundCodes = {
  RF02: 'original payment not found or too old',
  RF03: 'payer alias is not the original payee',
  RF04: 'organisation number differs',
  RF06: 'the number has another owner now',
  RF08: 'amount exceeds what is left',
  RF09: 'refund already in progress',
} as const;

export type SwishCode =
  keyof typeof swishRequestCodes | keyof typeof swishLaterCodes | keyof typeof swishRefundCodes;

const known = { ...swishRequestCodes, ...swishLaterCodes, ...swishRefundCodes };

export function isSwishCode(code: string): code is SwishCode {
  return Object.hasOwn(known, code);
}

const codeCharactersMax = 20;

/** A code as the bank wrote it, known or not, without anything that no code of Swish has; undefined when nothing is left. */
export function cleanSwishCode(code: string): string | undefined {
  const clean = code.replaceAll(/[^A-Z0-9]/g, '').slice(0, codeCharactersMax);
  return clean === '' ? undefined : clean;
}

export type Failure = 'declined' | 'expired' | 'failed' | 'unsure';

/**
 * What status ERROR means for a payment. `DS24` says that the bank itself does not know, and of a code that nobody
 * has documented we do not know what it says: neither may lead to a second charge.
 */
export function failureOf(code: string | undefined): Failure {
  if (code === undefined || !isSwishCode(code) || code === 'DS24') return 'unsure';
  if (code === 'TM01') return 'expired';
  return code === 'RF07' || code === 'BANKIDCL' ? 'declined' : 'failed';
}
