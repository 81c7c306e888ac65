import { isProblem } from './problem.ts';
import type { ProblemCode } from './problem.ts';

/**
 * Does the same for each, one after another. What fails for one does not keep the others waiting: the first fault is
 * thrown when all have had their turn.
 * @param unless what is no fault: of such an item there is nothing to do, for example because its owner is leaving
 * @returns for how many it was done
 */
export async function oneByOne<T>(
  items: Iterable<T>,
  work: (item: T) => Promise<boolean>,
  unless: readonly ProblemCode[] = [],
): Promise<number> {
  let done = 0;
  let fault: unknown = null;
  for (const item of items) {
    try {
      if (await work(item)) done += 1;
    } catch (error) {
      if (unless.length === 0 || !isProblem(error, ...unless)) fault ??= error;
    }
  }
  if (fault !== null) throw fault;
  return done;
}
