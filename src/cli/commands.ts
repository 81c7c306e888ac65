import type { Terminal } from './terminal.ts';

export type Command = {
  /** One or two words: `prove`, `receipt verify`. */
  readonly name: string;
  /** What comes behind the name: `FILE [--json]`. */
  readonly usage: string;
  /** One sentence for the list. */
  readonly summary: string;
  /** More, for `help COMMAND`: what it reads, what it changes, what the exit codes mean. */
  readonly details?: string;
  /** @returns the exit code. Loads what it needs itself, so that a command touches nothing it does not use. */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
};

/** Every command. Alphabetical. */
export const commands: readonly Command[] = [
  {
    name: 'help',
    usage: '[COMMAND]',
    summary: 'Says what there is, or how one command is used.',
    run: async (args, terminal) => (await import('./help.ts')).help(args, terminal),
  },
  {
    name: 'prove',
    usage: '[--json]',
    summary: 'Checks every promise of the notice against the running system.',
    details: `Looks at the stores and the pages of a running server, or starts the stores for itself when none runs.
Results are kept and shown on the notice page. With --json one line is printed:
{ "promises": [ { "id", "status": "kept" | "broken" | "not yet checked", "looked_at", "found" } ] }
Exit code 1 when a promise is broken. Finds are named by table and row, never by what stands there.`,
    run: async (args, terminal) => (await import('./prove.ts')).prove(args, terminal),
  },
  {
    name: 'receipt verify',
    usage: 'FILE [--key FILE]',
    summary: 'Checks an erasure receipt, offline.',
    details: `Needs nothing but the file: no server, no database, no network. Checks that the text is the one that was
signed for, that the key was destroyed before, and that both stand in the signed log.
With --key the signer must be the one in that file, as the company publishes it.
Exit code 1 when the receipt is not genuine.`,
    run: async (args, terminal) => (await import('./receipt.ts')).verify(args, terminal),
  },
  {
    name: 'schema',
    usage: '[records | keys] [--write]',
    summary: 'Shows the database schema that the migrations make.',
    details: `Applies all migrations to two temporary databases and prints what comes out as SQL.
With --write it goes to migrations/records/schema.sql and migrations/keys/schema.sql instead.
No store of an installation is read or changed.`,
    run: async (args, terminal) => (await import('./schema.ts')).schema(args, terminal),
  },
  {
    name: 'version',
    usage: '',
    summary: 'Prints the version of Varsam.',
    run: async (_args, terminal) => {
      terminal.out((await import('../project.ts')).version());
      return 0;
    },
  },
];
