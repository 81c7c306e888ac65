import { begin } from '../begin.ts';
import { readConfig } from '../config.ts';
import { openInstallation } from '../installation.ts';
import { projectFolder } from '../project.ts';
import { forecastRetention } from '../routines/retention-forecast.ts';
import type {
  Forecast,
  RetentionForecast,
  Span,
  YearForecast,
} from '../routines/retention-forecast.ts';
import { parseArguments, UsageError } from './arguments.ts';
import type { Terminal } from './terminal.ts';

const nameWidth = 26;
const countWidth = 9;

/** Says what will be erased by itself and when. Removes nothing: that is the server's routine. */
export async function retention(args: readonly string[], terminal: Terminal): Promise<number> {
  const { flags } = parseArguments(args, { words: 0, flags: ['--dry-run', '--json'] });
  if (!flags.has('--dry-run')) {
    throw new UsageError('The server removes by itself what is due. Say --dry-run to see what.');
  }
  const config = readConfig(terminal.environment, projectFolder);
  const now = terminal.now();
  const installation = await openInstallation({ config, role: 'command', now });
  try {
    const { db, vault } = installation;
    const actor = { party: 'routine', routine: 'retention' } as const;
    const op = begin({ db, vault, actor, purpose: 'retention', now });
    const forecast = await forecastRetention(op);
    terminal.out(flags.has('--json') ? JSON.stringify(forecast) : table(forecast));
    return 0;
  } finally {
    await installation.close();
  }
}

function table({ weeks, months, accounts, holdings, years }: RetentionForecast): string {
  const rows = [
    { name: 'accounts to close', ...accounts },
    ...holdings.map((holding) => ({ name: holding.table, ...holding })),
  ];
  return [
    line('', ['now', `${weeks.length} weeks`, `${months.length} months`]),
    ...rows.map(({ name, ...of }) => line(name, [of.dueNow, sum(of.weeks), sum(of.months)])),
    '',
    ...bySpan('week from', weeks, rows, 'weeks'),
    '',
    ...bySpan('month from', months, rows, 'months'),
    '',
    line('books of', ['vouchers', 'go on']),
    ...years.map((year) => line(year.name, [year.vouchers, goesWhen(year)])),
  ].join('\n');
}

function goesWhen({ goesOn, heldUntil }: YearForecast): string {
  return heldUntil === null ? goesOn.toString() : `${goesOn.toString()} (held)`;
}

function bySpan(
  heading: string,
  spans: readonly Span[],
  [accounts, ...rows]: readonly Forecast[],
  which: 'weeks' | 'months',
): string[] {
  return [
    line(heading, ['accounts', 'rows']),
    ...spans.map(({ from }, place) =>
      line(from.toString(), [
        accounts?.[which][place] ?? 0,
        sum(rows.map((forecast) => forecast[which][place] ?? 0)),
      ]),
    ),
  ];
}

function line(name: string, counts: readonly (string | number)[]): string {
  const cells = counts.map((count) => String(count).padStart(countWidth));
  return `${name.padEnd(nameWidth)} ${cells.join(' ')}`;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
