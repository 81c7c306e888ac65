import { emptyProofs } from '../history/proof-of-purchase.ts';
import type { Operation } from '../operation.ts';
import { holdsDue } from './holds.ts';
import { endOwners } from './retention.ts';

/** Destroys the keys of holds that are over and of proofs of purchase that are empty. Returns how many. */
export async function endKept(op: Operation): Promise<number> {
  return (await endOwners(op, holdsDue)) + (await endOwners(op, emptyProofs));
}
