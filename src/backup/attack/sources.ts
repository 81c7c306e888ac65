import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import type { Open } from '../age.ts';
import { manifestFile } from '../archive-files.ts';
import { openArchive, readEntry } from '../archive-reader.ts';
import { openFolder } from '../place-folder.ts';
import { binaryRows } from './cells.ts';
import type { Row } from './cells.ts';
import { dumpReader } from './dump-rows.ts';

/** A row whose columns are known, or bytes of which only the file is. */
export type Seen =
  /** Another backup begins, in which the same rows may stand again. */
  | { readonly kind: 'begin' }
  | { readonly kind: 'row'; readonly row: Row }
  | { readonly kind: 'bytes'; readonly place: string; readonly bytes: Buffer };

const chunkBytes = 1024 * 1024;
/** What is cut by the end of a chunk is whole at the beginning of the next. */
const overlapBytes = 4096;
const sniffedBytes = 64 * 1024;
const dumpSign = /^(?:COPY|INSERT INTO) |PostgreSQL database dump|MySQL dump|MariaDB dump/im;
const newline = 10;

/** Everything in a backup, whatever it is: an archive of ours, a dump, compressed or not, a folder of any files. */
export async function* readSource(
  source: string,
  open: Open | null,
): AsyncGenerator<Seen, void, undefined> {
  if (!statSync(source).isDirectory()) yield* readFile(source, path.basename(source));
  else if (existsSync(path.join(source, manifestFile)) && open !== null) {
    yield* readArchive(source, open);
  } else {
    for (const name of readdirSync(source).toSorted()) {
      const inside = path.join(source, name);
      const isReadable = statSync(inside, { throwIfNoEntry: false });
      if (isReadable?.isDirectory() || isReadable?.isFile()) yield* readSource(inside, open);
    }
  }
}

async function* readArchive(folder: string, open: Open): AsyncGenerator<Seen, void, undefined> {
  const archive = await openArchive(openFolder(path.dirname(folder)), path.basename(folder), open);
  yield { kind: 'begin' };
  for (const entry of archive.manifest.entries) {
    if (entry.kind === 'table') {
      for await (const row of binaryRows(entry, readEntry(archive, entry))) {
        yield { kind: 'row', row };
      }
    } else {
      for await (const bytes of readEntry(archive, entry)) {
        yield { kind: 'bytes', place: entry.name, bytes: Buffer.from(bytes) };
      }
    }
  }
}

async function* readFile(file: string, place: string): AsyncGenerator<Seen, void, undefined> {
  const head = await beginningOf(file);
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  const raw = createReadStream(file, { highWaterMark: chunkBytes });
  const bytes = (isGzip ? raw.pipe(createGunzip()) : raw) as AsyncIterable<Buffer>;
  // What a compressed file holds is not known before it is opened; most are dumps.
  if (isGzip || dumpSign.test(head.toString('latin1'))) yield* readDump(bytes, place);
  else yield* readBytes(bytes, place);
}

async function* readDump(
  chunks: AsyncIterable<Buffer>,
  place: string,
): AsyncGenerator<Seen, void, undefined> {
  yield { kind: 'begin' };
  const reader = dumpReader();
  let rest = Buffer.alloc(0);
  const seen = (line: Buffer): Seen[] => {
    const rows = reader.take(line.toString('utf8').replace(/\r$/, ''));
    return rows.length > 0
      ? rows.map((row) => ({ kind: 'row', row }))
      : [{ kind: 'bytes', place, bytes: line }];
  };
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = rest.indexOf(newline, from); end >= 0; end = rest.indexOf(newline, from)) {
      yield* seen(rest.subarray(from, end));
      from = end + 1;
    }
    rest = rest.subarray(from);
  }
  if (rest.length > 0) yield* seen(rest);
}

async function* readBytes(
  chunks: AsyncIterable<Buffer>,
  place: string,
): AsyncGenerator<Seen, void, undefined> {
  let tail = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([tail, chunk]);
    yield { kind: 'bytes', place, bytes };
    tail = bytes.subarray(-overlapBytes);
  }
}

async function beginningOf(file: string): Promise<Buffer> {
  const handle = await openFile(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(sniffedBytes), 0, sniffedBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
