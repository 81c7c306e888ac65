import {
  closeSync,
  fchmodSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { ClusterChange, ClusterName } from './database/cluster.ts';
import type { ProblemCode } from './problem.ts';

/**
 * Everything that can be logged. An event has only the fields that are declared here and no free text, so nothing
 * that a person typed can get into the log: routes are patterns, ids are those of requests, reasons are constants.
 */
export type LogEvent =
  | {
      readonly event: 'start';
      readonly version: string;
      readonly mode: 'sandbox' | 'production';
      readonly policyHash: string;
    }
  | { readonly event: 'ready'; readonly port: number; readonly ms: number }
  | { readonly event: 'stopping'; readonly reason: 'SIGTERM' | 'SIGINT' | 'failure' }
  | { readonly event: 'stopped'; readonly ms: number }
  | {
      readonly event: 'request';
      /** A random id of this request alone, shown to the person on an error page. */
      readonly id: string;
      readonly method: string;
      /** The route's pattern, never the URL. */
      readonly route: string;
      readonly status: number;
      readonly ms: number;
    }
  | {
      readonly event: 'problem';
      readonly id: string;
      readonly route: string;
      readonly code: ProblemCode | 'unexpected';
      /** From `placeOf`: where an unexpected error was thrown, without its message. */
      readonly place?: string;
      /** From `sqlStateOf`. */
      readonly sqlState?: string;
    }
  | {
      readonly event: 'routine';
      readonly routine: string;
      readonly outcome: 'done' | 'failed';
      /** How many things it did something about. */
      readonly count: number;
      readonly ms: number;
      readonly code?: ProblemCode | 'unexpected';
      readonly place?: string;
      readonly sqlState?: string;
    }
  | { readonly event: 'warning'; readonly warning: 'no-client-address' | 'breach-filter-damaged' }
  | {
      readonly event: 'store';
      readonly store: ClusterName | 'ledger';
      readonly change: ClusterChange | 'started' | 'recovered' | 'went-back';
    };

export type Log = {
  write(event: LogEvent): void;
  close(): void;
};

type LogOptions = {
  /** The data folder; the log is one file a day in `log/` below it. */
  readonly folder: string;
  readonly clock: () => Temporal.Instant;
};

type Field = 'string' | 'number';

/** Which fields of an event are written. The types say the same; this keeps to it when a type was got around. */
const fields = {
  start: { version: 'string', mode: 'string', policyHash: 'string' },
  ready: { port: 'number', ms: 'number' },
  stopping: { reason: 'string' },
  stopped: { ms: 'number' },
  request: { id: 'string', method: 'string', route: 'string', status: 'number', ms: 'number' },
  problem: { id: 'string', route: 'string', code: 'string', place: 'string', sqlState: 'string' },
  routine: {
    routine: 'string',
    outcome: 'string',
    count: 'number',
    ms: 'number',
    code: 'string',
    place: 'string',
    sqlState: 'string',
  },
  warning: { warning: 'string' },
  store: { store: 'string', change: 'string' },
} as const satisfies { readonly [E in LogEvent['event']]: Readonly<Record<string, Field>> };

const textLengthMax = 200;
const daysKept = 30;
const framesKept = 5;

/** JSON lines in `log/varsam-YYYY-MM-DD.log`, readable by the server's user alone; days after the thirtieth go. */
export function openLog({ folder, clock }: LogOptions): Log {
  const logFolder = path.join(folder, 'log');
  mkdirSync(logFolder, { recursive: true, mode: 0o700 });
  let open: { day: string; descriptor: number } | null = null;

  const descriptorOf = (day: string): number => {
    if (open?.day === day) return open.descriptor;
    if (open) closeSync(open.descriptor);
    removeOldDays(logFolder);
    open = { day, descriptor: openPrivately(path.join(logFolder, `varsam-${day}.log`)) };
    return open.descriptor;
  };

  return {
    write(event) {
      const at = clock().toString({ smallestUnit: 'millisecond' });
      const line = JSON.stringify({ at, event: event.event, ...declaredFields(event) });
      writeSync(descriptorOf(at.slice(0, 10)), `${line}\n`);
    },
    close() {
      if (open) closeSync(open.descriptor);
      open = null;
    },
  };
}

/** Where an error was thrown: its class and the first places in the code, without the message, which may quote input. */
export function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').flatMap((line) => {
    const frame = /^\s+at .*?([\w.-]+\.[jt]sx?:\d+):\d+\)?$/.exec(line);
    return frame ? [frame[1]] : [];
  });
  return [error.constructor.name, ...frames.slice(0, framesKept)].join(' ').slice(0, textLengthMax);
}

/** The SQLSTATE of an error from PostgreSQL, to be spread into an event. */
export function sqlStateOf(error: unknown): { sqlState?: string } {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? { sqlState: code } : {};
}

function declaredFields(event: LogEvent): Record<string, string | number> {
  const kept: Record<string, string | number> = {};
  for (const [name, type] of Object.entries(fields[event.event])) {
    const value: unknown = (event as Record<string, unknown>)[name];
    if (typeof value !== type) continue;
    if (typeof value === 'string') kept[name] = value.slice(0, textLengthMax);
    if (typeof value === 'number') kept[name] = Math.round(value * 10) / 10;
  }
  return kept;
}

function openPrivately(file: string): number {
  const descriptor = openSync(file, 'a', 0o600);
  fchmodSync(descriptor, 0o600);
  return descriptor;
}

function removeOldDays(logFolder: string): void {
  const days = readdirSync(logFolder).filter((name) => /^varsam-\d{4}-\d\d-\d\d\.log$/.test(name));
  for (const name of days.sort().slice(0, -daysKept)) rmSync(path.join(logFolder, name));
}
