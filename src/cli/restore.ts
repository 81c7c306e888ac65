import { createInterface } from 'node:readline/promises';
import { restore as restoreInstallation } from '../backup/restore.ts';
import { readConfig } from '../config.ts';
import { projectFolder } from '../project.ts';
import { placeName } from './backup.ts';
import { UsageError } from './arguments.ts';
import { parseOptions } from './options.ts';
import type { Terminal } from './terminal.ts';

const confirmation = 'replace';

/** Puts an installation back from its archives into an empty data folder. */
export async function restore(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = parseOptions(args, {
    words: 0,
    flags: ['--replace'],
    options: ['--from', '--identity'],
  });
  const sources = options.values('--from').map((from) => placeName(from, terminal));
  const identityFiles = options.values('--identity').map((file) => terminal.resolve(file));
  if (sources.length === 0) throw new UsageError('From where? Give --from PLACE.');
  if (identityFiles.length === 0) throw new UsageError('Give --identity FILE for each archive.');
  const config = readConfig(terminal.environment, projectFolder);
  const restored = await restoreInstallation({
    config,
    sources,
    identityFiles,
    now: terminal.now(),
    progress: (words) => terminal.note(words),
    replace: () =>
      options.flags.has('--replace') ? isConfirmed(config.dataFolder) : Promise.resolve(false),
  });
  terminal.out(`Restored ${restored.rows} rows into ${config.dataFolder}.`);
  for (const name of Object.values(restored.archives)) terminal.out(`from ${name}`);
  if (restored.movedTo) terminal.out(`What was there before lies in ${restored.movedTo}.`);
  terminal.out(
    'It does not serve yet: run "varsam restore confirm", which replays erasures from the ledger and asks.',
  );
  return 0;
}

/** Asked on the terminal, typed by a person; a pipe that says the word will do for a drill. */
async function isConfirmed(dataFolder: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await lines.question(
      `The installation in ${dataFolder} will be moved aside. Type "${confirmation}" to go on: `,
    );
    return answer.trim() === confirmation;
  } finally {
    lines.close();
  }
}
