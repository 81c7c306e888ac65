import { begin } from '../begin.ts';
import { backUp } from '../backup/nightly.ts';
import { backupPartsOf } from '../backup/parts.ts';
import { readConfig } from '../config.ts';
import { openInstallation } from '../installation.ts';
import { projectFolder } from '../project.ts';
import { assertInstalled } from './installed.ts';
import { parseOptions } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Writes one archive each of records, keys and keyring, while the server runs or not. */
export async function backup(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = parseOptions(args, { words: 0, flags: ['--json'], options: ['--to'] });
  const config = readConfig(terminal.environment, projectFolder);
  assertInstalled(config);
  const to = options.values('--to').at(-1);
  const installation = await openInstallation({ config, role: 'command', now: terminal.now() });
  try {
    const { db, vault } = installation;
    const actor = { party: 'routine', routine: 'backup' } as const;
    const op = begin({ db, vault, actor, purpose: 'security', now: terminal.now() });
    const parts = backupPartsOf(config, installation, {
      clock: () => terminal.now(),
      progress: (words) => terminal.note(words),
    });
    const { taken, removed } = await backUp(op, parts, to ? placeName(to, terminal) : null);
    if (options.flags.has('--json')) terminal.out(JSON.stringify({ taken, removed }));
    else {
      for (const { name, bytes } of taken) terminal.out(`${name}  ${bytes} bytes`);
      for (const name of removed) terminal.out(`${name}  removed: past its time`);
    }
    return 0;
  } finally {
    await installation.close();
  }
}

/** A folder as it was typed, or a bucket. */
export function placeName(place: string, terminal: Terminal): string {
  return place.startsWith('s3://') ? place : terminal.resolve(place);
}
