import { Zip, ZipDeflate } from 'fflate';
import type { OwnerId } from '../ids.ts';
import type { Operation } from '../operation.ts';
import { notice } from '../policy/notice.ts';
import type { Language } from '../text/bilingual.ts';
import { dateTime } from '../text/format.ts';
import { archiveText } from '../text/privacy-file.ts';
import { exportInsight } from './insight-file.ts';
import { openShown } from './insight.ts';
import { insightPdf } from './insight-pdf.ts';
import { tableFiles, writeTable } from './insight-tables.ts';
import { assertStillThere } from './still-there.ts';

/**
 * Beyond what the server needs anyway, a download takes at most this much memory, however much there is about its
 * customer: rows are read, written and packed a few hundred at a time, and nothing is laid down on a disk.
 */
export const archiveMemoryBytes = 64 * 1024 * 1024;

type File = {
  readonly name: string;
  readonly pieces: () => AsyncIterable<string | Uint8Array>;
};

/**
 * Everything about a customer in one archive (ZIP), in pieces as it is written: a text that says what is what, a PDF
 * for people, JSON for machines, and a CSV of each table.
 * @throws Problem `fenced` when the customer was erased while it was written
 */
export async function* writeArchive(
  op: Operation,
  owner: OwnerId,
  language: Language,
): AsyncGenerator<Uint8Array> {
  const isWhole = () => assertStillThere(op, owner);
  yield* pack(await filesOf(op, owner, language), op.now, isWhole);
}

async function filesOf(op: Operation, owner: OwnerId, language: Language): Promise<File[]> {
  const openers = await openShown(op, owner);
  const words = archiveText[language];
  const tables = await tableFiles(op, openers, language);
  const readMe = words.readMe({
    company: notice.controller.name,
    taken: dateTime(op.now, language),
    name: words.name,
    tables: tables.map(({ name }) => name),
    folder: words.tablesFolder,
  });
  return [
    { name: words.readMeName, pieces: () => once(Promise.resolve(readMe)) },
    { name: `${words.name}.pdf`, pieces: () => once(insightPdf(op, owner, language)) },
    { name: `${words.name}.json`, pieces: () => exportInsight(op, owner, language) },
    ...tables.map((table) => ({
      name: `${words.tablesFolder}/${table.name}`,
      pieces: () => writeTable(op, openers, table, language),
    })),
  ];
}

async function* once<T>(piece: Promise<T>): AsyncGenerator<T> {
  yield await piece;
}

/** Smaller pieces cost more to pack than they are worth. */
const pieceBytes = 32 * 1024;

/** Without its end, which comes when all is known to be there, no program takes the archive for whole. */
async function* pack(
  files: readonly File[],
  at: Temporal.Instant,
  isWhole: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  const packed: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    packed.push(chunk);
  });
  for (const { name, pieces } of files) {
    const file = new ZipDeflate(name);
    file.mtime = at.epochMilliseconds;
    zip.add(file);
    for await (const piece of inPieces(pieces())) {
      file.push(piece);
      yield* packed.splice(0);
    }
    file.push(new Uint8Array(0), true);
    yield* packed.splice(0);
  }
  await isWhole();
  zip.end();
  yield* packed.splice(0);
}

/** Text as bytes, collected until it is worth while. */
export async function* inPieces(
  source: AsyncIterable<string | Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let text = '';
  for await (const piece of source) {
    if (typeof piece !== 'string') {
      yield piece;
      continue;
    }
    text += piece;
    if (text.length < pieceBytes) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}
