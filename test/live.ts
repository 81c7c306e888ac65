import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import PostalMime from 'postal-mime';
import { codeAt } from '../src/accounts/one-time-codes.ts';
import type { NewStaff } from '../src/accounts/staff.ts';
import { findRunning } from '../src/database/cluster.ts';
import type { ClusterName } from '../src/database/cluster.ts';
import { openClient } from '../src/database/pool.ts';
import { pause, processesIn, signal, waitUntilGone } from '../src/database/processes.ts';
import { readPassword } from '../src/database/secrets.ts';
import { administrator, clusterNames } from '../src/database/throw-away.ts';
import { canEnter, postgresIdentity } from '../src/database/unprivileged.ts';
import type { StaffRole } from '../src/database/records.ts';
import { projectFolder } from '../src/project.ts';
import { fairWeather } from '../src/sandbox/weather.ts';
import type { Weather } from '../src/sandbox/weather.ts';

/** A real server in a process of its own, with a data folder of its own, as `npm start` makes it. */
export type Live = {
  readonly origin: string;
  readonly mailboxUrl: string;
  /** The page of the sandbox's banks. */
  readonly bankUrl: string;
  readonly dataFolder: string;
  readonly pid: number;
  staff(role: StaffRole): StaffEntry;
  /** The newest message to an address whose subject or text has the words; waits for it. */
  mail(to: string, words?: string): Promise<Letter>;
  /** The messages that lie in the mailbox for an address, newest first, or those of them with the words. */
  letters(to: string, words?: string): Promise<Letter[]>;
  setWeather(weather: Partial<Weather>): Promise<void>;
  /** What waits in the outbox becomes due now, as if its minutes had passed. */
  letMailBeDue(): Promise<void>;
  /** A statement as the superuser of one store: what a test cannot wait for, or must see from below. */
  query(store: ClusterName, sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** The processes of one store's cluster. */
  postgres(store: ClusterName): number[];
  /** Ends the server and both clusters without any warning. */
  kill9(): Promise<void>;
  /** Asks the server to end and waits; its exit code. The data stays. */
  end(name: 'SIGTERM' | 'SIGINT'): Promise<number | null>;
  /** Starts on the same data and the same port. */
  restart(): Promise<void>;
  /** Runs a command of the command line against this data folder. */
  varsam(...args: string[]): Promise<Ran>;
  /** Everything that the server has written to its log files and its two streams. */
  logs(): string;
  stop(): Promise<void>;
};

export type StaffEntry = {
  readonly email: string;
  readonly password: string;
  /** The code of this half minute, or of the next one, which is taken already; each works once. */
  code(steps?: 0 | 1): string;
};

export type Letter = {
  readonly subject: string;
  readonly text: string;
  /** Its page in the sandbox's mailbox. */
  readonly url: string;
};

export type Ran = { readonly code: number | null; readonly out: string; readonly notes: string };

type Running = {
  readonly child: ChildProcess;
  readonly origin: string;
  readonly mailboxUrl: string;
  readonly bankUrl: string;
  readonly exited: Promise<number | null>;
};

const patienceMs = 60_000;
const mailPatienceMs = 20_000;
const pollMs = 100;
const codeStepMs = 30_000;

/** Starts a server on free ports. Call `stop` in `after`: it ends the server and removes the folder. */
export async function startLive(): Promise<Live> {
  const dataFolder = path.join(temporaryFolder(), `varsam-live-${randomBytes(6).toString('hex')}`);
  const said: string[] = [];
  const launch = (port: number) => launchServer(dataFolder, port, said);
  let running = await launch(0);
  const killWithUs = () => running.child.kill('SIGTERM');
  process.once('exit', killWithUs);
  const postgres = (store: ClusterName) => processesOf(dataFolder, store);
  const query: Live['query'] = (store, sql, values = []) => ask(dataFolder, store, sql, values);
  const end: Live['end'] = (name) => {
    running.child.kill(name);
    return running.exited;
  };
  return {
    get origin() {
      return running.origin;
    },
    get mailboxUrl() {
      return running.mailboxUrl;
    },
    get bankUrl() {
      return running.bankUrl;
    },
    get pid() {
      return running.child.pid ?? 0;
    },
    dataFolder,
    staff: (role) => staffEntry(dataFolder, role),
    mail: (to, words) => waitForMail(() => lettersTo(dataFolder, running.mailboxUrl, to, words)),
    letters: (to, words) => lettersTo(dataFolder, running.mailboxUrl, to, words),
    setWeather: (weather) => postWeather(running.mailboxUrl, { ...fairWeather, ...weather }),
    letMailBeDue: async () => {
      await query('records', 'update messages.outbox set due_at = written_at');
    },
    query,
    postgres,
    kill9: () => killEverything(running, postgres),
    end,
    restart: async () => {
      running = await launch(Number(new URL(running.origin).port));
    },
    varsam: (...args) => runVarsam(dataFolder, args),
    logs: () => `${readLogs(dataFolder)}${said.join('')}`,
    stop: async () => {
      await end('SIGTERM');
      process.off('exit', killWithUs);
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Runs the program as `npm start` does, until it ends by itself. For starts that must be refused. */
export function runServer(dataFolder: string): Promise<Ran> {
  return collect(spawnNode(['dist/src/main.js'], { VARSAM_DATA: dataFolder, PORT: '0' }));
}

/** The sandbox's messages lie one per file; the envelope stands on top of each. */
function mailFiles(dataFolder: string): { id: string; source: string }[] {
  const folder = path.join(dataFolder, 'sandbox', 'mail', 'messages');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .sort()
    .map((name) => ({
      id: name.slice(0, -4),
      source: readFileSync(path.join(folder, name), 'utf8'),
    }));
}

function isTo(source: string, address: string): boolean {
  return source.slice(0, 1_000).includes(`\nDelivered-To: ${address}\r\n`);
}

async function lettersTo(
  dataFolder: string,
  mailboxUrl: string,
  to: string,
  words = '',
): Promise<Letter[]> {
  const found: Letter[] = [];
  for (const { id, source } of mailFiles(dataFolder).reverse()) {
    if (!isTo(source, to)) continue;
    const { subject = '', text = '' } = await PostalMime.parse(source);
    const url = `${mailboxUrl}/messages/${id}`;
    if (`${subject}\n${text}`.includes(words)) found.push({ subject, text, url });
  }
  return found;
}

async function waitForMail(letters: () => Promise<Letter[]>): Promise<Letter> {
  for (let waitedMs = 0; waitedMs < mailPatienceMs; waitedMs += pollMs) {
    const [newest] = await letters();
    if (newest) return newest;
    await pause(pollMs);
  }
  throw new Error('the message does not come');
}

async function postWeather(mailboxUrl: string, weather: Weather): Promise<void> {
  const answer = await fetch(`${mailboxUrl}/weather`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(weather),
    redirect: 'manual',
  });
  if (answer.status !== 303) throw new Error(`the weather does not change: ${answer.status}`);
}

function staffEntry(dataFolder: string, role: StaffRole): StaffEntry {
  const file = path.join(dataFolder, 'sandbox', 'staff.json');
  const all = JSON.parse(readFileSync(file, 'utf8')) as NewStaff[];
  const person = all.find((one) => one.role === role);
  if (!person) throw new Error(`the demo company has no ${role}`);
  const at = (steps: number) => Temporal.Now.instant().add({ milliseconds: steps * codeStepMs });
  return { ...person, code: (steps = 0) => codeAt(person.secret, at(steps)) };
}

async function ask(dataFolder: string, store: ClusterName, sql: string, values: unknown[]) {
  const port = findRunning(dataFolder, store);
  if (port === null) throw new Error(`${store} does not run`);
  const superuserPassword = readPassword(dataFolder, store, 'superuser');
  const client = await openClient(administrator({ port, superuserPassword }, store));
  try {
    return (await client.query<Record<string, unknown>>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

function processesOf(dataFolder: string, store: ClusterName): number[] {
  return processesIn(path.join(realpathSync(dataFolder), store));
}

async function killEverything(running: Running, postgres: Live['postgres']): Promise<void> {
  const others = clusterNames.flatMap(postgres);
  for (const pid of [running.child.pid ?? 0, ...others]) signal(pid, 'SIGKILL');
  await running.exited;
  await waitUntilGone(others, patienceMs);
}

async function launchServer(dataFolder: string, port: number, said: string[]): Promise<Running> {
  const child = spawnNode(['--disallow-code-generation-from-strings', 'dist/src/main.js'], {
    VARSAM_DATA: dataFolder,
    PORT: String(port),
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let out = '';
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  child.stdout?.on('data', (chunk: Buffer) => {
    said.push(chunk.toString());
    out += chunk.toString();
    if (/ready at \S+\n/.test(out)) resolve(out);
  });
  void exited.then(() => reject(new Error(`the server did not start: ${said.join('')}`)));
  const timer = setTimeout(() => reject(new Error('the server takes too long')), patienceMs);
  const text = await promise.finally(() => clearTimeout(timer));
  return {
    child,
    exited,
    origin: urlIn(text, 'ready at'),
    mailboxUrl: urlIn(text, 'mailbox is at'),
    bankUrl: urlIn(text, 'bank is at'),
  };
}

function urlIn(text: string, words: string): string {
  const found = new RegExp(`${words} (\\S+)`).exec(text)?.[1];
  if (found === undefined) throw new Error(`the server does not say where it ${words}`);
  return found;
}

function runVarsam(dataFolder: string, args: readonly string[]): Promise<Ran> {
  return collect(spawnNode(['dist/src/cli/main.js', ...args], { VARSAM_DATA: dataFolder }));
}

async function collect(child: ChildProcess): Promise<Ran> {
  let out = '';
  let notes = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (notes += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, notes };
}

function spawnNode(args: readonly string[], environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ['--enable-source-maps', ...args], {
    cwd: projectFolder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function readLogs(dataFolder: string): string {
  const folder = path.join(dataFolder, 'log');
  return readdirSync(folder)
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('');
}

/** A folder that PostgreSQL's user can reach where the tests run as root. */
function temporaryFolder(): string {
  const folder = os.tmpdir();
  return canEnter(folder, postgresIdentity(folder)) ? folder : '/tmp';
}
