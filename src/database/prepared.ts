import pg from 'pg';

/** A statement is prepared at its third use: what runs once or twice is not worth a place. */
const usesBefore = 2;
/** Each connection keeps a plan for each of them, some ten kilobytes. */
const statementsMax = 200;
const seenMax = 2_000;
/** Longer texts are inserts of many rows, hardly two of them alike. */
const textLengthMax = 4_000;

/**
 * Names for statements that come again, so that PostgreSQL parses and plans them once for each connection. Shared by
 * all connections; holds the text of statements with their placeholders, never a value.
 */
class StatementNames {
  readonly #uses = new Map<string, number>();
  readonly #names = new Map<string, string>();
  #isOff = false;

  nameOf(text: string): string | null {
    const known = this.#names.get(text);
    if (known !== undefined || this.#isOff) return known ?? null;
    if (text.length > textLengthMax || this.#names.size >= statementsMax) return null;
    const uses = this.#uses.get(text) ?? 0;
    if (uses < usesBefore) {
      if (this.#uses.size >= seenMax) this.#uses.clear();
      this.#uses.set(text, uses + 1);
      return null;
    }
    this.#uses.delete(text);
    const name = `varsam_${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }

  /** From now on every statement is sent as it is. */
  switchOff(): void {
    this.#isOff = true;
    this.#names.clear();
  }
}

const statements = new StatementNames();

/**
 * What PostgreSQL says where prepared statements do not hold: a pool in between gives each transaction another
 * connection (duplicate or missing statement), or a migration has changed what a statement returns. The statement
 * fails once and nothing of it has happened; all later ones do without.
 */
const doesNotHold = new Set(['42P05', '26000', '0A000']);

type Values = unknown[] | undefined;

/** A connection that prepares the statements that come again. */
export class PreparingClient extends pg.Client {
  // The one form in which the query builder asks; every other goes through as it is.
  override query(...given: unknown[]): never {
    const [text, values] = given as [string, Values];
    const ask = super.query.bind(this) as (...given: unknown[]) => never;
    if (given.length !== 2 || typeof text !== 'string' || !Array.isArray(values))
      return ask(...given);
    const name = values.length === 0 ? null : statements.nameOf(text);
    if (name === null) return ask(text, values);
    return watched(ask({ name, text, values }));
  }
}

function watched(result: Promise<unknown>): never {
  result.catch((error: { code?: string }) => {
    if (doesNotHold.has(error.code ?? '')) statements.switchOff();
  });
  return result as never;
}
