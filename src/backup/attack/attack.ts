import type { Open } from '../age.ts';
import { ColumnLook } from './column-look.ts';
import type { ColumnReport } from './column-look.ts';
import type { Row } from './cells.ts';
import { Guesses } from './guesses.ts';
import { Links } from './links.ts';
import { lookForPersonal } from './personal.ts';
import type { Personal } from './personal.ts';
import { readSource } from './sources.ts';

export type AttackOptions = {
  readonly sources: readonly string[];
  /** Opens our own archives, as somebody could who has stolen an identity as well; null leaves them closed. */
  readonly open: Open | null;
  /** Names that are looked for in every form. */
  readonly names: readonly string[];
  /** Addresses that are tried against every hash. */
  readonly emails: readonly string[];
};

export type AttackReport = {
  readonly columns: readonly ColumnReport[];
  /** Files whose inside is no table. */
  readonly files: readonly ColumnReport[];
  readonly links: readonly string[];
  /** True when there was more to try than was tried. */
  readonly isCut: boolean;
  /** Was anything learned about any person? */
  readonly personal: boolean;
};

/** Learns from a backup what anybody could who had it: by column, in counts, without repeating a value. */
export async function attack(options: AttackOptions): Promise<AttackReport> {
  const attempt = new Attempt(options);
  for (const source of options.sources) {
    for await (const seen of readSource(source, options.open)) {
      if (seen.kind === 'begin') attempt.begin();
      else if (seen.kind === 'row') attempt.takeRow(seen.row);
      else attempt.takeBytes(seen.place, seen.bytes);
    }
  }
  return attempt.report();
}

class Attempt {
  readonly #personal: Personal;
  readonly #guesses: Guesses;
  readonly #links = new Links();
  readonly #columns = new Map<string, ColumnLook>();
  readonly #files = new Map<string, { size: number; found: Map<string, number> }>();

  constructor({ names, emails }: AttackOptions) {
    this.#personal = lookForPersonal([...names, ...emails]);
    this.#guesses = new Guesses(emails);
  }

  begin(): void {
    for (const column of this.#columns.values()) column.begin();
  }

  takeRow(row: Row): void {
    this.#links.take(row);
    this.#guesses.take(row);
    for (const [index, cell] of row.cells.entries()) {
      this.#columnOf(`${row.table}.${row.columns[index] ?? index}`).add(cell);
    }
  }

  takeBytes(place: string, bytes: Buffer): void {
    const file = this.#files.get(place) ?? { size: 0, found: new Map<string, number>() };
    file.size += bytes.length;
    for (const [what, count] of this.#personal.lookAt(bytes)) {
      file.found.set(what, (file.found.get(what) ?? 0) + count);
    }
    this.#files.set(place, file);
  }

  report(): AttackReport {
    const { guessed, isCut } = this.#guesses.finish();
    const columns = [...this.#columns.values()].map((column) => {
      const report = column.report();
      const hits = guessed.filter(({ place }) => place === report.place);
      const recognised = hits.map(({ how, count }) => `addresses recognised by ${how}: ${count}`);
      return { ...report, learned: [...report.learned, ...recognised] };
    });
    const files = [...this.#files].map(([place, { size, found }]) => ({
      place,
      rows: 0,
      says: `${size} bytes`,
      learned: [...found].map(([what, count]) => `${what}: ${count}`),
    }));
    const personal = [...columns, ...files].some(({ learned }) => learned.length > 0);
    return { columns, files, links: this.#links.report(), isCut, personal };
  }

  #columnOf(place: string): ColumnLook {
    const known = this.#columns.get(place);
    if (known) return known;
    const fresh = new ColumnLook(place, this.#personal);
    this.#columns.set(place, fresh);
    return fresh;
  }
}
