/**
 * Gives each need an option of its own, or says that it cannot be done. A need takes the first of its options that is
 * usable and that nobody holds, in the order in which they are given; only when there is none does somebody else have
 * to move (augmenting paths; needs are few, so nothing quicker is worth its lines).
 * @returns the options in the order of the needs
 */
export function matchNeeds<T>(
  options: readonly (readonly T[])[],
  isUsable: (option: T) => boolean,
): T[] | null {
  const matching = { options, isUsable, holders: new Map<T, number>() };
  const isDone = options.every((_, need) => seat(need, matching, new Set()));
  if (!isDone) return null;
  return [...matching.holders].toSorted(([, a], [, b]) => a - b).map(([option]) => option);
}

type Matching<T> = {
  readonly options: readonly (readonly T[])[];
  readonly isUsable: (option: T) => boolean;
  /** Which need holds an option. */
  readonly holders: Map<T, number>;
};

/** `asked` are the holders' options that were asked for already on behalf of the same need. */
function seat<T>(need: number, matching: Matching<T>, asked: Set<T>): boolean {
  const { options, isUsable, holders } = matching;
  const wanted = options[need]!;
  const unheld = wanted.find((option) => !holders.has(option) && isUsable(option));
  if (unheld !== undefined) {
    holders.set(unheld, need);
    return true;
  }
  for (const option of wanted) {
    const holder = holders.get(option);
    if (holder === undefined || asked.has(option)) continue;
    asked.add(option);
    if (!seat(holder, matching, asked)) continue;
    holders.set(option, need);
    return true;
  }
  return false;
}
