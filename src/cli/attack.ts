import { existsSync, readFileSync } from 'node:fs';
import { openWith, readIdentities } from '../backup/age.ts';
import { attack as attackBackup } from '../backup/attack/attack.ts';
import type { AttackReport } from '../backup/attack/attack.ts';
import { UsageError } from './arguments.ts';
import { parseOptions } from './options.ts';
import type { Terminal } from './terminal.ts';

const sourcesMax = 20;

/** Tries what somebody could learn who had a backup. Exit code 1 when it was anything about a person. */
export async function attack(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = parseOptions(args, {
    words: sourcesMax,
    flags: ['--json'],
    options: ['--identity', '--names', '--emails'],
  });
  const sources = options.words.map((word) => terminal.resolve(word));
  if (sources.length === 0) throw new UsageError('Which backup?');
  const missing = sources.find((source) => !existsSync(source));
  if (missing !== undefined) throw new UsageError(`${missing} is not there.`);
  const identityFiles = options.values('--identity').map((file) => terminal.resolve(file));
  const report = await attackBackup({
    sources,
    open: identityFiles.length > 0 ? openWith(readIdentities(identityFiles)) : null,
    names: linesOf(options.values('--names'), terminal),
    emails: linesOf(options.values('--emails'), terminal),
  });
  terminal.out(options.flags.has('--json') ? JSON.stringify(report) : words(report));
  return report.personal ? 1 : 0;
}

function linesOf(files: readonly string[], terminal: Terminal): string[] {
  return files.flatMap((file) => readFileSync(terminal.resolve(file), 'utf8').split(/\r?\n/));
}

function words({ columns, files, links, isCut, personal }: AttackReport): string {
  const told = [...columns, ...files.filter(({ learned }) => learned.length > 0)];
  const width = Math.max(0, ...told.map(({ place }) => place.length));
  return [
    ...told.map(({ place, says, learned }) =>
      [`${place.padEnd(width)}  ${says}`, ...learned.map((what) => `  !  ${what}`)].join('\n'),
    ),
    ...(files.length > 0 ? [`${files.length} files looked through as bytes`] : []),
    ...links,
    ...(isCut ? ['There was more to guess than was tried.'] : []),
    personal
      ? 'Learned about people: what is marked with "!".'
      : 'Nothing about any person was learned: counts, times, sizes and random ids.',
  ].join('\n');
}
