import { statSync } from 'node:fs';
import { breachFilterIn, pageSize } from '../accounts/breach-filter.ts';
import { buildBreachFilter } from '../accounts/breach-filter-build.ts';
import { readConfig } from '../config.ts';
import { projectFolder } from '../project.ts';
import { UsageError } from './arguments.ts';
import { assertInstalled } from './installed.ts';
import type { Terminal } from './terminal.ts';

const rateDefault = 0.001;
const steps = { counting: 'Reading the list', writing: 'Writing the filter' } as const;

type Wish = { readonly source: string; readonly lines: 'sha1' | 'plain'; readonly rate: number };

/** Builds the filter of leaked passwords from a list that the operator has downloaded. */
export async function filter(args: readonly string[], terminal: Terminal): Promise<number> {
  const { source, lines, rate } = readWish(args, terminal);
  const config = readConfig(terminal.environment, projectFolder);
  assertInstalled(config);
  const target = breachFilterIn(config.dataFolder);
  let told = '';
  const header = await buildBreachFilter({
    source,
    lines,
    target,
    rate,
    progress: (step, done, total) => {
      const line = `${steps[step]}: ${Math.floor((done / Math.max(1, total)) * 10) * 10} %`;
      if (line !== told) terminal.note(line);
      told = line;
    },
  });
  const bytes = (header.pages + 1) * pageSize;
  terminal.out(`${header.entries} passwords in ${bytes} bytes: ${target}`);
  terminal.out(`One in ${Math.round(1 / rate)} other passwords is taken for a leaked one.`);
  return 0;
}

function readWish(args: readonly string[], terminal: Terminal): Wish {
  const [file, ...options] = args;
  if (file === undefined || file.startsWith('--')) throw new UsageError('Which file?');
  const source = terminal.resolve(file);
  if (!statSync(source, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`${source} is not a file.`);
  let [lines, rate]: [Wish['lines'], number] = ['sha1', rateDefault];
  for (let at = 0; at < options.length; at += 1) {
    const option = options[at];
    if (option === '--plain') lines = 'plain';
    else if (option === '--rate') rate = readRate(options[(at += 1)]);
    else throw new UsageError(`${option} is not known here.`);
  }
  return { source, lines, rate };
}

function readRate(text: string | undefined): number {
  const rate = Number(text);
  if (text === undefined || !(rate >= 0.000001 && rate <= 0.1))
    throw new UsageError('--rate is a number from 0.000001 to 0.1.');
  return rate;
}
