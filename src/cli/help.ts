import { commands, type Command } from './commands.ts';
import type { Terminal } from './terminal.ts';

const call = 'npm run -s varsam --';

/** `help` lists the commands, `help COMMAND` explains one. Exit code 2 for a command that does not exist. */
export function help(args: readonly string[], terminal: Terminal): number {
  const name = args.join(' ');
  if (name === '') {
    terminal.out(overview());
    return 0;
  }
  const command = commands.find((one) => one.name === name);
  if (!command) {
    terminal.note(unknown(name));
    return 2;
  }
  terminal.out(explain(command));
  return 0;
}

export function unknown(name: string): string {
  return `There is no command "${name}". See: ${call} help`;
}

export function explain(command: Command): string {
  const usage = `Usage: ${`${call} ${command.name} ${command.usage}`.trimEnd()}`;
  return [command.summary, '', usage, ...(command.details ? ['', command.details] : [])].join('\n');
}

function overview(): string {
  const rows = commands.map((one) => ({ left: `${one.name} ${one.usage}`.trimEnd(), ...one }));
  const width = Math.max(...rows.map(({ left }) => left.length));
  return [
    'Varsam, a customer-account server whose privacy notice is a program.',
    '',
    `Usage: ${call} COMMAND [ARGUMENTS]`,
    '',
    ...rows.map(({ left, summary }) => `  ${left.padEnd(width)}  ${summary}`),
    '',
    `More about one: ${call} help COMMAND`,
    '',
    'Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 something is wrong, 2 not',
    'understood. Commands that need the stores use those of the running server; if none runs they start',
    'the stores for themselves. Settings: VARSAM_DATA (data folder), VARSAM_CONFIG (configuration file).',
  ].join('\n');
}
