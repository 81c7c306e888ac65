/**
 * Does the same for each, one after another. What fails for one does not keep the others waiting: the first fault is
 * thrown when all have had their turn.
 * @returns for how many it was done
 */
export async function oneByOne<T>(
  items: Iterable<T>,
  work: (item: T) => Promise<boolean>,
): Promise<number> {
  let done = 0;
  let fault: unknown = null;
  for (const item of items) {
    try {
      if (await work(item)) done += 1;
    } catch (error) {
      fault ??= error;
    }
  }
  if (fault !== null) throw fault;
  return done;
}
