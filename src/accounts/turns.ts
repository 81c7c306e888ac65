import { Problem } from '../problem.ts';

/** Lets so many pieces of work run at once; the rest wait in order, and when too many wait the next is refused. */
export class Turns {
  readonly #atOnce: number;
  readonly #waitingMax: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(limits: { readonly atOnce: number; readonly waitingMax: number }) {
    this.#atOnce = limits.atOnce;
    this.#waitingMax = limits.waitingMax;
  }

  /** @throws Problem `unavailable` when too many wait, and whatever the work throws */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#atOnce) await this.#wait();
    else this.#running += 1;
    try {
      return await work();
    } finally {
      // Whoever waits first takes over the place; only where nobody waits it becomes free.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  #wait(): Promise<void> {
    if (this.#waiting.length >= this.#waitingMax)
      throw new Problem('unavailable', 'too many wait for their turn');
    return new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
