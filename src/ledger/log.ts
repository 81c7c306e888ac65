import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, truncate } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { Problem } from '../problem.ts';
import { leafHash, MerkleTree } from './merkle.ts';

/** What is written down for ever. The payload lies beside the log and can be pruned; its hash stays. */
export type Entry =
  | { readonly kind: 'started'; readonly payload: { readonly store: string } }
  | {
      readonly kind: 'fence';
      readonly payload: { readonly owner: string; readonly key_fingerprint: string | null };
    }
  | { readonly kind: 'done'; readonly payload: { readonly receipt_sha256: string } }
  /** An objection or restriction, and its end (`lifted`): replayed into records that come back from a backup. */
  | {
      readonly kind: 'no' | 'lifted';
      readonly payload: {
        readonly owner: string;
        readonly purpose: string;
        readonly ground: 'restriction' | 'objection';
        readonly at: string;
      };
    }
  /** The root key of an epoch is gone: what was wrapped under it alone can be unwrapped no more, anywhere. */
  | {
      readonly kind: 'root-destroyed';
      readonly payload: { readonly epoch: number; readonly root_fingerprint: string };
    };

/** One line of the log. Its bytes are the leaf of the Merkle tree. */
export type Line = {
  readonly at: string;
  readonly index: number;
  readonly kind: Entry['kind'];
  readonly payload_sha256: string;
};

const logFile = 'log';
const checkpointFile = 'checkpoint';
const payloadFolder = 'payloads';
/** Files written and synced side by side: the disk then makes many durable in one turn. */
const filesAtOnce = 32;

/**
 * The append-only files of the ledger. Writes are made by whoever holds the writer's row in the keys store; any
 * process may read. Each entry is durable (fsync) before `append` returns.
 */
export class LedgerLog {
  readonly folder: string;
  readonly tree = new MerkleTree();
  readonly #lines: string[] = [];
  readonly #byPayload = new Map<string, number>();
  #bytesRead = 0;
  #reading: Promise<void> = Promise.resolve();

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(folder: string): Promise<LedgerLog> {
    await mkdir(join(folder, payloadFolder), { recursive: true, mode: 0o700 });
    const log = new LedgerLog(folder);
    await log.refresh();
    return log;
  }

  get size(): number {
    return this.#lines.length;
  }

  /** Reads what another process has appended. A torn tail is left alone: it is not an entry yet. */
  refresh(): Promise<void> {
    // One reader at a time, or the same lines would be taken twice. One that failed does not stop those after it.
    this.#reading = this.#reading.catch(() => undefined).then(() => this.#readOn());
    return this.#reading;
  }

  async #readOn(): Promise<void> {
    const bytes = await readFrom(this.#path(logFile), this.#bytesRead);
    const whole = bytes.subarray(0, bytes.lastIndexOf(10) + 1);
    for (const line of whole.toString('utf8').split('\n').slice(0, -1)) this.#take(line);
    this.#bytesRead += whole.length;
  }

  /**
   * Appends an entry and returns its index; an entry that is there already is not written again, so a step that was
   * interrupted can be repeated.
   */
  async append(entry: Entry, at: Temporal.Instant): Promise<number> {
    const [index] = await this.appendAll([entry], at);
    return index ?? this.size - 1;
  }

  /** The same for many: all payloads are durable before the first line, and all lines are written in one go. */
  async appendAll(entries: readonly Entry[], at: Temporal.Instant): Promise<number[]> {
    await this.refresh();
    const added = new Map<string, { readonly payload: string; readonly line: Line }>();
    const indexes = entries.map(({ kind, payload }) => {
      const text = canonical(payload);
      const payload_sha256 = sha256(text);
      const name = `${kind} ${payload_sha256}`;
      const found = this.#byPayload.get(name) ?? added.get(name)?.line.index;
      if (found !== undefined) return found;
      const index = this.size + added.size;
      added.set(name, { payload: text, line: { at: at.toString(), index, kind, payload_sha256 } });
      return index;
    });
    if (added.size > 0) {
      await this.#writePayloads([...added.values()]);
      await this.#appendLines([...added.values()].map(({ line }) => canonical(line)));
    }
    return indexes;
  }

  line(index: number): string {
    const line = this.#lines[index];
    if (line === undefined) throw new RangeError('no such ledger entry');
    return line;
  }

  parsedLine(index: number): Line {
    return JSON.parse(this.line(index)) as Line;
  }

  /** The payload of an entry, or null when it has been pruned. Throws if it is not what the log says. */
  async payload(index: number): Promise<Entry['payload'] | null> {
    const path = this.#payloadPath(index);
    if (!existsSync(path)) return null;
    const text = await readFile(path, 'utf8');
    if (sha256(text) !== this.parsedLine(index).payload_sha256) throw tampered();
    return JSON.parse(text) as Entry['payload'];
  }

  hasPayload(index: number): boolean {
    return existsSync(this.#payloadPath(index));
  }

  /** Removes what an entry says; that it was said, when, and its hash stay for ever. */
  async prune(index: number): Promise<void> {
    const path = this.#payloadPath(index);
    await rm(path, { force: true });
    await syncFolder(join(path, '..'));
  }

  async readCheckpoint(): Promise<string | null> {
    const path = this.#path(checkpointFile);
    return existsSync(path) ? await readFile(path, 'utf8') : null;
  }

  /** Replaces the checkpoint in one step, so that a reader sees the old one or the new one, whole. */
  async writeCheckpoint(note: string): Promise<void> {
    const fresh = this.#path(`${checkpointFile}.new`);
    await writeDurably(fresh, 'w', note);
    await rename(fresh, this.#path(checkpointFile));
    await syncFolder(this.folder);
  }

  #take(line: string): void {
    const parsed = parseLine(line);
    if (parsed?.index !== this.size) throw tampered();
    this.#lines.push(line);
    this.tree.push(leafHash(Buffer.from(line)));
    this.#byPayload.set(`${parsed.kind} ${parsed.payload_sha256}`, parsed.index);
  }

  async #writePayloads(
    added: readonly { readonly payload: string; readonly line: Line }[],
  ): Promise<void> {
    const folders = new Set(added.map(({ line }) => join(this.#payloadPath(line.index), '..')));
    for (const folder of folders) await mkdir(folder, { recursive: true, mode: 0o700 });
    for (let from = 0; from < added.length; from += filesAtOnce) {
      const some = added.slice(from, from + filesAtOnce);
      await Promise.all(
        some.map(({ payload, line }) => writeDurably(this.#payloadPath(line.index), 'w', payload)),
      );
    }
    for (const folder of folders) await syncFolder(folder);
  }

  async #appendLines(lines: readonly string[]): Promise<void> {
    // A writer that died in mid-line left a tail without a newline; it was never acknowledged, so it is cut.
    if (existsSync(this.#path(logFile))) await truncate(this.#path(logFile), this.#bytesRead);
    await writeDurably(this.#path(logFile), 'a', `${lines.join('\n')}\n`);
    if (this.size === 0) await syncFolder(this.folder);
    await this.refresh();
  }

  #payloadPath(index: number): string {
    const group = String(Math.floor(index / 1000)).padStart(6, '0');
    return this.#path(join(payloadFolder, group, `${String(index).padStart(9, '0')}.json`));
  }

  #path(name: string): string {
    return join(this.folder, name);
  }
}

/** The one serialisation of a value (RFC 8785), so that its hash can be computed again by anyone. */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('only JSON values have a canonical form');
  return text;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function parseLine(line: string): Line | null {
  try {
    return JSON.parse(line) as Line | null;
  } catch {
    return null;
  }
}

async function readFrom(path: string, position: number): Promise<Buffer> {
  if (!existsSync(path)) return Buffer.alloc(0);
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.max(0, size - position));
    await file.read(bytes, 0, bytes.length, position);
    return bytes;
  } finally {
    await file.close();
  }
}

async function writeDurably(path: string, flag: 'w' | 'a', text: string): Promise<void> {
  const file = await open(path, flag, 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a name in a folder, such as one that was just renamed, survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function tampered(): Problem {
  return new Problem(
    'store-went-back',
    'The ledger does not hold together: an entry is not what was written. Restore the newest copy of the ledger folder.',
  );
}
