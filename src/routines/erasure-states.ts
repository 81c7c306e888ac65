import type { ErasureState } from '../database/records.ts';

/** The states in the order in which an erasure passes them. */
export const erasureStates: readonly ErasureState[] = [
  'asked',
  'fencing',
  'fenced',
  'removed',
  'told',
  'verified',
  'complete',
];

/** Sorts what carries the name of a state into the order of the states. */
export function byState(one: { readonly step: string }, other: { readonly step: string }): number {
  const place = (step: string) => erasureStates.indexOf(step as ErasureState);
  return place(one.step) - place(other.step);
}
