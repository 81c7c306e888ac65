/** Tables whose texts are about the company and its offers. A customer may live where the company is, or be named like an item. */
export const ownTexts = [
  'history.item',
  'history.variant',
  'history.picture',
  'history.skill',
  'history.resource',
  'history.closed_day',
  'history.terms',
  'recipients.recipient',
  'routines.erasure',
  'routines.proof',
] as const;

const address = /^[^\s"\\{}]+@[^\s"\\{}]+$/;
const words = /^[\p{L}\p{M}\d.,'’-]+(?: [\p{L}\p{M}\d.,'’-]+)+$/u;

/**
 * Does finding this text somewhere tell of a person? Our own columns and logs are full of single words, dates and
 * punctuation, and anybody may give one of those as a name: then nobody could ever be seen to be erased.
 */
export function isTelling(text: string): boolean {
  return address.test(text) || (words.test(text) && /\p{L}.* .*\p{L}|\p{L}{3}.* \d/u.test(text));
}
