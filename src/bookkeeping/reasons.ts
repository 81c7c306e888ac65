import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { Problem } from '../problem.ts';

const reasonLengthMin = 5;
export const reasonLengthMax = 300;

// Control characters have no place in a reason; U+202A to U+202E and U+2066 to U+2069 make text read in another order.
const unprintable = /[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * A reason as it is kept: on one line, 5 to 300 characters, so that somebody who reads it years later learns something.
 * @throws Problem `bad-input`
 */
export function readReason(text: string): string {
  const reason = text.toWellFormed().normalize('NFC').replaceAll(unprintable, ' ').trim();
  if (!isReason(reason)) throw new Problem('bad-input', 'no reason of 5 to 300 characters');
  return reason;
}

/** Is it a reason as it is kept? The nightly check asks the same. */
export function isReason(text: string): boolean {
  const length = [...text].length;
  return length >= reasonLengthMin && length <= reasonLengthMax;
}

/**
 * Who keeps the books, and nobody else: a routine may open the books for its own purposes, but reads no archive.
 * @throws Problem `not-allowed`
 */
export function bookkeeperOf({ actor, purpose }: Operation): OwnerId {
  if (actor.party === 'bookkeeper' && purpose === 'bookkeeping') return actor.owner;
  throw new Problem('not-allowed', 'only who keeps the books');
}
