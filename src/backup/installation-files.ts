import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Problem } from '../problem.ts';

/** A file of the keyring's archive: its path in the data folder, with `/`, and what stands in it. */
export type InstallationFile = { readonly name: string; readonly bytes: Uint8Array };

const payloads = 'ledger/payloads';
const payloadsEnd = '.jsonl';
const newline = 10;

/**
 * What an installation is besides its databases: the keyring, secrets that cannot be made anew, and the ledger. The
 * ledger is read in the order in which it is checked, so that what comes in meanwhile makes it longer and never wrong.
 */
export async function* installationFiles(
  dataFolder: string,
): AsyncGenerator<InstallationFile, void, undefined> {
  for (const folder of ['keyring/long-lived', 'keyring/epochs', 'secrets']) {
    for (const name of await filesIn(dataFolder, folder)) {
      // The embedded clusters get new passwords when they are made anew.
      if (folder === 'secrets' && name.endsWith('-password')) continue;
      yield await fileOf(dataFolder, `${folder}/${name}`);
    }
  }
  for (const name of ['starts', 'checkpoint']) {
    if (existsSync(path.join(dataFolder, 'ledger', name))) {
      yield await fileOf(dataFolder, `ledger/${name}`);
    }
  }
  const log = await fileOf(dataFolder, 'ledger/log');
  // A tail without its newline is being written, and is no entry yet.
  const whole = log.bytes.subarray(0, log.bytes.lastIndexOf(newline) + 1);
  yield { name: log.name, bytes: whole };
  yield* payloadGroups(dataFolder, countLines(whole));
}

export function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (const byte of bytes) if (byte === newline) lines += 1;
  return lines;
}

/** Writes a file of the archive below a folder, readable by this user alone. */
export async function writeInstallationFile(
  folder: string,
  { name, bytes }: InstallationFile,
): Promise<void> {
  if (!isOurName(name)) {
    throw new Problem('unavailable', 'The archive of the keyring names a file that is none of it.');
  }
  if (!name.startsWith(`${payloads}/`)) return writePrivately(path.join(folder, name), bytes);
  const group = path.join(folder, name.slice(0, -payloadsEnd.length));
  for (const line of Buffer.from(bytes).toString('utf8').split('\n').slice(0, -1)) {
    const [file, text] = JSON.parse(line) as [string, string];
    if (!/^\d{9}\.json$/.test(file)) throw new Problem('unavailable', 'A payload has no name.');
    await writePrivately(path.join(group, file), Buffer.from(text));
  }
}

/** A thousand small files become one entry of an archive. */
async function* payloadGroups(
  dataFolder: string,
  entries: number,
): AsyncGenerator<InstallationFile, void, undefined> {
  for (const group of await filesIn(dataFolder, payloads)) {
    const lines: string[] = [];
    for (const file of await filesIn(dataFolder, `${payloads}/${group}`)) {
      if (!/^\d{9}\.json$/.test(file) || Number.parseInt(file, 10) >= entries) continue;
      const { bytes } = await fileOf(dataFolder, `${payloads}/${group}/${file}`);
      lines.push(`${JSON.stringify([file, Buffer.from(bytes).toString('utf8')])}\n`);
    }
    yield { name: `${payloads}/${group}${payloadsEnd}`, bytes: Buffer.from(lines.join('')) };
  }
}

function isOurName(name: string): boolean {
  return /^(?:keyring\/(?:long-lived|epochs)|secrets|ledger|ledger\/payloads)\/[\w-][\w.-]*$/.test(
    name,
  );
}

async function filesIn(dataFolder: string, folder: string): Promise<string[]> {
  const at = path.join(dataFolder, folder);
  if (!existsSync(at)) return [];
  // What is being written aside has an ending of its own.
  return (await readdir(at)).filter((name) => !/\.(?:new|draft)$/.test(name)).toSorted();
}

async function fileOf(dataFolder: string, name: string): Promise<InstallationFile> {
  return { name, bytes: await readFile(path.join(dataFolder, name)) };
}

async function writePrivately(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
