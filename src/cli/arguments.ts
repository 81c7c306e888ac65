/** The command line was not understood; the command's usage is shown with the reason. */
export class UsageError extends Error {}

export type Arguments = {
  readonly words: readonly string[];
  readonly flags: ReadonlySet<string>;
};

/**
 * Plain words and flags (`--json`) of a command.
 *
 * @throws UsageError for more words or other flags than the command has.
 */
export function parseArguments(
  args: readonly string[],
  known: { readonly words: number; readonly flags: readonly string[] },
): Arguments {
  const flags = args.filter((arg) => arg.startsWith('--'));
  const words = args.filter((arg) => !arg.startsWith('--'));
  const strange = flags.find((flag) => !known.flags.includes(flag));
  if (strange !== undefined) throw new UsageError(`${strange} is not known here.`);
  if (words.length > known.words) throw new UsageError(`"${words[known.words]}" is too much.`);
  return { words, flags: new Set(flags) };
}
