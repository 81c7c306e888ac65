import { UsageError } from './arguments.ts';

export type Options = {
  readonly words: readonly string[];
  readonly flags: ReadonlySet<string>;
  /** Everything that was given for an option, in order. */
  values(option: string): readonly string[];
};

/**
 * Words, flags (`--json`) and options with a value (`--from PLACE`), which can be given more than once.
 *
 * @throws UsageError for what the command does not know, and for an option without its value.
 */
export function parseOptions(
  args: readonly string[],
  known: {
    readonly words: number;
    readonly flags: readonly string[];
    readonly options: readonly string[];
  },
): Options {
  const words: string[] = [];
  const flags = new Set<string>();
  const values = new Map<string, string[]>();
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (known.flags.includes(arg)) flags.add(arg);
    else if (known.options.includes(arg)) {
      const value = rest.shift();
      if (value === undefined || value.startsWith('--')) throw new UsageError(`${arg} what?`);
      values.set(arg, [...(values.get(arg) ?? []), value]);
    } else if (arg.startsWith('--')) throw new UsageError(`${arg} is not known here.`);
    else words.push(arg);
  }
  if (words.length > known.words) throw new UsageError(`"${words[known.words]}" is too much.`);
  return { words, flags, values: (option) => values.get(option) ?? [] };
}
