import { begin } from '../begin.ts';
import { backupPartsOf } from '../backup/parts.ts';
import { identityFilesOf } from '../backup/plan.ts';
import { rehearse as rehearseRestore } from '../backup/rehearse.ts';
import type { Rehearsal } from '../backup/rehearse.ts';
import { readConfig } from '../config.ts';
import { openInstallation } from '../installation.ts';
import { projectFolder } from '../project.ts';
import { UsageError } from './arguments.ts';
import { placeName } from './backup.ts';
import { assertInstalled } from './installed.ts';
import { parseOptions } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Restores the newest archives on scratch clusters, and says whether anybody erased comes back with them. */
export async function rehearse(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = parseOptions(args, {
    words: 0,
    flags: ['--json'],
    options: ['--from', '--identity'],
  });
  const config = readConfig(terminal.environment, projectFolder);
  assertInstalled(config);
  const given = options.values('--identity').map((file) => terminal.resolve(file));
  const identityFiles = given.length > 0 ? given : identityFilesOf(config);
  if (identityFiles.length === 0) throw new UsageError('Give --identity FILE for each archive.');
  const from = options.values('--from').map((place) => placeName(place, terminal));
  const installation = await openInstallation({ config, role: 'command', now: terminal.now() });
  try {
    const { db, vault } = installation;
    const actor = { party: 'routine', routine: 'rehearsal' } as const;
    const op = begin({ db, vault, actor, purpose: 'proof', now: terminal.now() });
    const parts = backupPartsOf(config, installation, {
      clock: () => terminal.now(),
      progress: (words) => terminal.note(words),
    });
    const sources = from.length > 0 ? from : null;
    const result = await rehearseRestore(op, parts, { sources, identityFiles });
    terminal.out(options.flags.has('--json') ? JSON.stringify(result) : words(result));
    return result.outcome === 'clean' ? 0 : 1;
  } finally {
    await installation.close();
  }
}

function words({ outcome, lookedAt, found, recordsTakenAt, keysTakenAt }: Rehearsal): string {
  const sentences = {
    clean: 'Nothing of anybody erased came back, and what is there opens.',
    found: 'Something is wrong:',
    failed: 'It could not be restored:',
  };
  return [
    `Records of ${recordsTakenAt?.toString() ?? '?'}, keys of ${keysTakenAt?.toString() ?? '?'}, ${lookedAt} looked at.`,
    sentences[outcome],
    ...found.map((place) => `  ${place}`),
  ].join('\n');
}
