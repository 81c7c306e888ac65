import type { Row } from './cells.ts';

const idsMax = 500_000;

/** What the ids, counts and times of a dump tell together, without anybody's words. */
export class Links {
  readonly #rowsById = new Map<string, number>();
  readonly #tablesById = new Map<string, Set<string>>();
  readonly #times = new Map<string, Set<string>>();
  readonly #rows = new Map<string, number>();

  take({ table, columns, cells }: Row): void {
    this.#rows.set(table, (this.#rows.get(table) ?? 0) + 1);
    for (const [index, cell] of cells.entries()) {
      if (cell.kind === 'id') this.#takeId(table, cell.bytes.toString('latin1'));
      if (cell.kind === 'time') this.#takeTime(`${table}.${columns[index]}`, cell.bytes);
    }
  }

  report(): string[] {
    if (this.#rows.size === 0) return [];
    const rows = [...this.#rows.values()].reduce((sum, count) => sum + count, 0);
    const linked = [...this.#tablesById.values()].filter((tables) => tables.size > 1).length;
    const most = [...this.#rowsById.values()].reduce((max, count) => Math.max(max, count), 0);
    const times = [...this.#times.values()].reduce((sum, set) => sum + set.size, 0);
    return [
      `${rows} rows in ${this.#rows.size} tables`,
      `${this.#rowsById.size} random ids, ${linked} of them in more than one table, one with ${most} rows: so much can be told apart, as pseudonyms`,
      `${times} different seconds in ${this.#times.size} columns: when something was done`,
    ];
  }

  #takeId(table: string, id: string): void {
    if (!this.#rowsById.has(id) && this.#rowsById.size >= idsMax) return;
    this.#rowsById.set(id, (this.#rowsById.get(id) ?? 0) + 1);
    const tables = this.#tablesById.get(id) ?? new Set<string>();
    tables.add(table);
    this.#tablesById.set(id, tables);
  }

  #takeTime(column: string, bytes: Buffer): void {
    const times = this.#times.get(column) ?? new Set<string>();
    if (times.size < idsMax) times.add(bytes.toString('latin1', 0, 19));
    this.#times.set(column, times);
  }
}
