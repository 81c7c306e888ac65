import { isProblem } from '../problem.ts';
import { placeOf } from '../log.ts';
import { UsageError } from './arguments.ts';
import { commands, type Command } from './commands.ts';
import { explain, help, unknown } from './help.ts';
import { processTerminal, type Terminal } from './terminal.ts';

/** Runs one command line. @returns the exit code: 0 done, 1 something is wrong, 2 not understood. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  const [first] = args;
  if (first === undefined || first === '--help' || first === '-h') return help([], terminal);
  if (first === '--version') return runCommandLine(['version'], terminal);
  const command = findCommand(args);
  if (!command) {
    terminal.note(unknown(first));
    return 2;
  }
  const rest = args.slice(command.name.split(' ').length);
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.out(explain(command));
    return 0;
  }
  return runSafely(command, rest, terminal);
}

/** The command whose words the line begins with; the longer name wins. */
function findCommand(args: readonly string[]): Command | undefined {
  const named = (command: Command) =>
    command.name.split(' ').every((word, index) => args[index] === word);
  return commands.filter(named).sort((a, b) => b.name.length - a.name.length)[0];
}

async function runSafely(
  command: Command,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  try {
    return await command.run(args, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.note(`${error.message}\n\n${explain(command)}`);
      return 2;
    }
    // What is not ours may quote a value in its message, so only the place is shown.
    terminal.note(isProblem(error) ? error.detail || error.code : `Failed: ${placeOf(error)}`);
    return 1;
  }
}

if (import.meta.main) {
  process.exitCode = await runCommandLine(process.argv.slice(2), processTerminal());
}
