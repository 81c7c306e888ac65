import path from 'node:path';

/** What a command sees of the world: passed in, so that tests can watch it. */
export type Terminal = {
  /** A line of the command's result, on stdout. */
  out(line: string): void;
  /** A line about the work: progress, warnings, errors. On stderr. */
  note(line: string): void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  now(): Temporal.Instant;
  /** A path as the person typed it, seen from the folder in which it was typed. */
  resolve(file: string): string;
};

export function processTerminal(): Terminal {
  return {
    out: (line) => process.stdout.write(`${line}\n`),
    note: (line) => process.stderr.write(`${line}\n`),
    environment: process.env,
    now: () => Temporal.Now.instant(),
    // npm changes into the project's folder and remembers where the command was typed.
    resolve: (file) => path.resolve(process.env.INIT_CWD ?? process.cwd(), file),
  };
}
