import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from '../ledger/log.ts';
import { Problem } from '../problem.ts';
import {
  bitsOf,
  hashOfPassword,
  headerFor,
  pageOf,
  pageSize,
  placeOf,
  sealPage,
  writeHeader,
} from './breach-filter.ts';
import type { FilterHeader } from './breach-filter.ts';

export type FilterBuild = {
  /** Leaked passwords, one a line. */
  readonly source: string;
  /** `sha1`: `40 HEX DIGITS:COUNT`, as they are published. `plain`: the password itself. */
  readonly lines: 'sha1' | 'plain';
  readonly target: string;
  readonly rate: number;
  readonly progress: (step: 'counting' | 'writing', done: number, total: number) => void;
  /** How much of the filter is held in memory at a time. A list that is not sorted is read once for each part. */
  readonly memoryBytes?: number;
};

const memoryBytesDefault = 256 * 1024 * 1024;
const chunkBytes = 1024 * 1024;
const lineLengthMax = 4096;
const newline = 0x0a;

/**
 * Builds the filter beside its place and puts it there whole. Memory stays bounded, whatever the size of the list: a
 * sorted list is read twice, another one once for each part of the filter besides.
 * @throws Problem `bad-input` naming the line that is not as it should be, never what stands in it
 */
export async function buildBreachFilter(build: FilterBuild): Promise<FilterHeader> {
  const { entries, isSorted } = await countLines(build);
  if (entries === 0) throw new Problem('bad-input', `${build.source} holds no passwords.`);
  const header = headerFor(entries, build.rate);
  const fresh = `${build.target}.new`;
  await mkdir(path.dirname(build.target), { recursive: true, mode: 0o700 });
  await rm(fresh, { force: true });
  const file = await open(fresh, 'wx', 0o600);
  try {
    await writePages(build, header, isSorted, file);
    await file.write(writeHeader(header), 0, pageSize, 0);
    await file.sync();
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await rename(fresh, build.target);
  await syncFolder(path.dirname(build.target));
  return header;
}

async function countLines(build: FilterBuild): Promise<{ entries: number; isSorted: boolean }> {
  let [entries, last, isSorted] = [0, 0, true];
  await readLines(build, 0, 'counting', (line, number) => {
    const place = placeOf(hashIn(build, line, number));
    isSorted &&= place >= last;
    last = place;
    entries += 1;
    return true;
  });
  return { entries, isSorted };
}

/** Part after part, each filled in memory and then written; a sorted list is taken up where the last part ended. */
async function writePages(
  build: FilterBuild,
  header: FilterHeader,
  isSorted: boolean,
  file: FileHandle,
): Promise<void> {
  const atOnce = Math.max(1, Math.floor((build.memoryBytes ?? memoryBytesDefault) / pageSize));
  let from = 0;
  for (let first = 0; first < header.pages; first += atOnce) {
    const part = Buffer.alloc(Math.min(atOnce, header.pages - first) * pageSize);
    const past = first + part.length / pageSize;
    from = await readLines(build, from, 'writing', (line, number) => {
      const hash = hashIn(build, line, number);
      const page = pageOf(placeOf(hash), header.pages);
      if (page >= past) return !isSorted;
      if (page >= first) setBits(part, (page - first) * pageSize, hash, header.hashes);
      return true;
    });
    if (!isSorted) from = 0;
    for (let at = 0; at < part.length; at += pageSize) sealPage(part.subarray(at, at + pageSize));
    await file.write(part, 0, part.length, (first + 1) * pageSize);
  }
}

function setBits(part: Buffer, at: number, hash: Uint8Array, hashes: number): void {
  for (const bit of bitsOf(hash, hashes)) {
    const place = at + (bit >> 3);
    part[place] = (part[place] ?? 0) | (1 << (bit & 7));
  }
}

const hexDigits = /^[0-9A-Fa-f]{40}$/;

function hashIn({ lines, source }: FilterBuild, line: Buffer, number: number): Buffer {
  if (lines === 'plain') return hashOfPassword(line.toString('utf8'));
  const digits = line.toString('latin1', 0, 40);
  if (!hexDigits.test(digits) || (line.length > 40 && line[40] !== 0x3a))
    throw new Problem(
      'bad-input',
      `Line ${number} of ${source} is not 40 hexadecimal digits and a count. For plain passwords add --plain.`,
    );
  return Buffer.from(digits, 'hex');
}

/**
 * Hands out line after line, empty ones left out, until one is not wanted.
 * @returns where the line begins that was not wanted, or the size of the file
 */
async function readLines(
  build: FilterBuild,
  from: number,
  step: 'counting' | 'writing',
  take: (line: Buffer, number: number) => boolean,
): Promise<number> {
  const { size } = await stat(build.source);
  let [at, number] = [from, 0];
  let rest: Buffer = Buffer.alloc(0);
  const stream = createReadStream(build.source, { start: from, highWaterMark: chunkBytes });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const text = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = text.indexOf(newline); end !== -1; end = text.indexOf(newline, start)) {
      number += 1;
      if (!isTaken(text.subarray(start, end), number, take)) return at + start;
      start = end + 1;
    }
    at += start;
    rest = text.subarray(start);
    if (rest.length > lineLengthMax) throw tooLong(build, number + 1);
    build.progress(step, at, size);
  }
  return isTaken(rest, number + 1, take) ? size : at;
}

function isTaken(
  line: Buffer,
  number: number,
  take: (line: Buffer, number: number) => boolean,
): boolean {
  const end = line.at(-1) === 0x0d ? line.length - 1 : line.length;
  return end === 0 || take(line.subarray(0, end), number);
}

function tooLong({ source }: FilterBuild, number: number): Problem {
  return new Problem(
    'bad-input',
    `Line ${number} of ${source} is too long for a list of passwords.`,
  );
}
