/** What a benchmark has measured. `ratio` is ours over the baseline, so that more means better. */
export type Measured = {
  readonly ratio: number;
  readonly ours: number;
  readonly baseline: number;
  readonly unit: string;
  /** What was measured besides. */
  readonly more?: Readonly<Record<string, number>>;
};

export type Progress = (words: string) => void;

export type Benchmark = {
  readonly name: string;
  /** One line for the list: ours against what. */
  readonly about: string;
  /** The ratio that is asked for. */
  readonly target: number;
  run(progress: Progress): Promise<Measured>;
};
