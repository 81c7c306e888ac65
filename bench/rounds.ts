import type { Measured, Progress } from './benchmark.ts';

/** Measures one side once and returns the figure; `round` counts from 0. */
export type Side = (round: number) => Promise<number>;

const roundsToldEvery = 10;

/**
 * Measures both sides in turns, A B B A A B …, so that a neighbour who takes the machine for a while takes it from
 * both. The first round warms up and does not count. `before` prepares each round and is not measured.
 * @returns the figures of each side, in the order in which they were measured
 */
export async function interleave(
  rounds: number,
  sides: { readonly ours: Side; readonly baseline: Side; readonly before?: () => Promise<void> },
  progress: Progress,
): Promise<{ ours: number[]; baseline: number[] }> {
  const figures = { ours: [] as number[], baseline: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const order =
      round % 2 === 0 ? (['ours', 'baseline'] as const) : (['baseline', 'ours'] as const);
    await sides.before?.();
    for (const side of order) {
      const figure = await sides[side](round);
      if (round > 0) figures[side].push(figure);
    }
    if (round > 0 && round % roundsToldEvery === 0) progress(`round ${round} of ${rounds}`);
  }
  return figures;
}

/** For figures of which less is better. */
export function comparedTimes(
  figures: { readonly ours: readonly number[]; readonly baseline: readonly number[] },
  unit: string,
): Measured {
  const ours = median(figures.ours);
  const baseline = median(figures.baseline);
  return { ratio: baseline / ours, ours, baseline, unit };
}

/** For figures of which more is better. */
export function comparedRates(
  figures: { readonly ours: readonly number[]; readonly baseline: readonly number[] },
  unit: string,
): Measured {
  const ours = median(figures.ours);
  const baseline = median(figures.baseline);
  return { ratio: ours / baseline, ours, baseline, unit };
}

export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const below = sorted[Math.ceil(middle) - 1];
  const above = sorted[Math.floor(middle)];
  if (below === undefined || above === undefined) throw new RangeError('the median of nothing');
  return (below + above) / 2;
}

/** How long some work takes, in milliseconds. */
export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
