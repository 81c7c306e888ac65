// Benchmarks against a named baseline that is measured in the same run. What they measure: bench/README.md.
// `npm run -s bench` lists them; `npm run -s bench -- NAME|all [--json]` runs them. Progress goes to stderr.
import { onStopSignal } from '../src/stop-signals.ts';
import { availability, availabilityGrowth } from './availability.ts';
import type { Benchmark, Measured } from './benchmark.ts';
import { checkout } from './checkout.ts';
import { epoch } from './epoch.ts';
import { erase } from './erase.ts';
import { historyDepth } from './history-depth.ts';
import { historyPage } from './history-page.ts';
import { historyRead } from './history-read.ts';
import { closeInstallations } from './installation.ts';
import { retention } from './retention.ts';
import { restore } from './restore.ts';
import { session } from './session.tsx';
import { signIn } from './sign-in.ts';
import { space } from './space.ts';
import { start } from './start.ts';

const benchmarks: readonly Benchmark[] = [
  historyRead,
  historyPage,
  historyDepth,
  erase,
  epoch,
  retention,
  session,
  space,
  start,
  signIn,
  restore,
  checkout,
  availability,
  availabilityGrowth,
];
const usageError = 2;
const nameWidth = Math.max(...benchmarks.map(({ name }) => name.length));

onStopSignal(closeInstallations);
process.exitCode = await main(process.argv.slice(2));

async function main(given: readonly string[]): Promise<number> {
  const asJson = given.includes('--json');
  const names = given.filter((word) => word !== '--json');
  if (names.length === 0) return list();
  const chosen = names.includes('all') ? benchmarks : choose(names);
  if (chosen === null) return usageError;
  for (const benchmark of chosen) {
    const measured = await benchmark.run((words) => note(`${benchmark.name}: ${words}`));
    process.stdout.write(`${asJson ? jsonOf(benchmark, measured) : lineOf(benchmark, measured)}\n`);
  }
  return 0;
}

function list(): number {
  for (const { name, target, about } of benchmarks) {
    process.stdout.write(`${name.padEnd(nameWidth)} ${about} (at least ${target})\n`);
  }
  return 0;
}

function choose(names: readonly string[]): Benchmark[] | null {
  const chosen = benchmarks.filter(({ name }) => names.includes(name));
  const unknown = names.filter((name) => !benchmarks.some((one) => one.name === name));
  if (unknown.length === 0) return chosen;
  note(`There is no benchmark ${unknown.join(' or ')}. Without a name they are listed.`);
  return null;
}

function jsonOf({ name }: Benchmark, { ratio, ours, baseline, unit, more }: Measured): string {
  const rounded = Object.entries(more ?? {}).map(([key, value]) => [key, rounding(value)]);
  return JSON.stringify({
    name,
    ratio: rounding(ratio),
    ours: rounding(ours),
    baseline: rounding(baseline),
    unit,
    ...Object.fromEntries(rounded),
  });
}

function lineOf({ name, target }: Benchmark, { ratio, ours, baseline, unit }: Measured): string {
  const compared = `ours ${rounding(ours)} ${unit}, baseline ${rounding(baseline)} ${unit}`;
  return `${name.padEnd(nameWidth)} ${ratio.toFixed(2)} (at least ${target}): ${compared}`;
}

/** Four significant digits: more would be noise. */
function rounding(figure: number): number {
  return Number(figure.toPrecision(4));
}

function note(words: string): void {
  process.stderr.write(`${words}\n`);
}
