import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Problem } from '../problem.ts';
import { manifestFile } from './archive-files.ts';
import type { Draft, Place } from './place.ts';

const unfinished = '.unfinished';

/** A folder, on a disk of its own if it is to help. Archives are written beside and renamed as the last step. */
export function openFolder(folder: string): Place {
  return {
    kind: 'folder',
    words: folder,
    list: async () => {
      const entries = await readdir(folder, { withFileTypes: true }).catch(whenMissing);
      return entries
        .filter((entry) => entry.isDirectory() && !entry.name.endsWith(unfinished))
        .map(({ name }) => name);
    },
    begin: (archive) => guarded(folder, () => begin(folder, archive)),
    read: async (archive, file) => {
      try {
        return await readFile(path.join(folder, archive, file));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        throw new Problem('not-found', `${path.join(folder, archive, file)} is missing.`);
      }
    },
    remove: async (archive) => {
      // Renamed first: what is being removed must not look whole when it is cut off.
      const away = path.join(folder, `${archive}${unfinished}`);
      await rename(path.join(folder, archive), away);
      await rm(away, { recursive: true, force: true });
    },
    clear: async (isOurs) => {
      const names = (await readdir(folder).catch(whenMissing)) as string[];
      const left = names.filter(
        (name) => name.endsWith(unfinished) && isOurs(name.slice(0, -unfinished.length)),
      );
      for (const name of left) await rm(path.join(folder, name), { recursive: true, force: true });
    },
  };
}

async function begin(folder: string, archive: string): Promise<Draft> {
  const draft = path.join(folder, `${archive}${unfinished}`);
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  const write = (file: string, bytes: Uint8Array) =>
    guarded(folder, () => writeDurably(path.join(draft, file), bytes));
  return {
    write,
    finish: async (file, bytes) => {
      await write(file, bytes);
      if (file !== manifestFile) throw new Error('the manifest comes last');
      await syncFolder(draft);
      await rename(draft, path.join(folder, archive));
      await syncFolder(folder);
    },
  };
}

async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What a disk says when it is full or closed, in words that help. */
async function guarded<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new Problem('unavailable', `${folder} is full. Make room, and run the backup again.`);
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM')
      throw new Problem('unavailable', `${folder} cannot be written to by this user.`);
    throw error;
  }
}

function whenMissing(error: unknown): [] {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
  throw error;
}
