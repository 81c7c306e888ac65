import { createHash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Seal } from './age.ts';
import { manifestFile, partFile, sumsFile, sumsOf } from './archive-files.ts';
import { sha256, writeManifest } from './manifest.ts';
import type { ArchiveEntry, ArchivePart, Manifest } from './manifest.ts';
import type { Draft } from './place.ts';

/** How much of an archive is in memory, is sealed and is checked as one. */
const partBytes = 8 * 1024 * 1024;

export type Written = { readonly manifest: Manifest; readonly sealedBytes: number };

/**
 * Writes entries one after the other into parts of equal size, each sealed by itself. What is in memory is one part,
 * however large the entries are.
 */
export class ArchiveWriter {
  readonly #draft: Draft;
  readonly #seal: Seal;
  readonly #entries: ArchiveEntry[] = [];
  readonly #parts: ArchivePart[] = [];
  readonly #part = Buffer.alloc(partBytes);
  #filled = 0;
  #offset = 0;

  constructor(draft: Draft, seal: Seal) {
    this.#draft = draft;
    this.#seal = seal;
  }

  async addFile(name: string, bytes: Uint8Array): Promise<void> {
    await this.#add({ name, kind: 'file', columns: [] }, [bytes], () => 0);
  }

  /** @param rowCount is asked when the stream has ended. */
  async addTable(
    table: { readonly name: string; readonly columns: ArchiveEntry['columns'] },
    bytes: AsyncIterable<Uint8Array>,
    rowCount: () => number,
  ): Promise<ArchiveEntry> {
    const { name, columns } = table;
    return this.#add({ name, kind: 'table', columns }, bytes, rowCount);
  }

  /** Writes what is left and, last of all, the manifest: before that nothing looks whole. */
  async finish(
    head: Omit<Manifest, 'entries' | 'parts'>,
    signing: { readonly key: KeyObject; readonly origin: string },
  ): Promise<Written> {
    if (this.#filled > 0 || this.#parts.length === 0) await this.#writePart();
    const manifest: Manifest = { ...head, entries: this.#entries, parts: this.#parts };
    const sealed = await this.#seal(writeManifest(manifest, signing.key, signing.origin));
    await this.#draft.write(sumsFile, Buffer.from(sumsOf(this.#parts, sha256(sealed))));
    await this.#draft.finish(manifestFile, sealed);
    const sizes = this.#parts.map(({ sealed_bytes }) => sealed_bytes);
    return { manifest, sealedBytes: sizes.reduce((sum, size) => sum + size, sealed.length) };
  }

  async #add(
    entry: Pick<ArchiveEntry, 'name' | 'kind' | 'columns'>,
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    rowCount: () => number,
  ): Promise<ArchiveEntry> {
    const hash = createHash('sha256');
    const offset = this.#offset;
    for await (const chunk of chunks) {
      hash.update(chunk);
      await this.#append(chunk);
    }
    const bytes = this.#offset - offset;
    const added = {
      ...entry,
      columns: [...entry.columns],
      offset,
      bytes,
      sha256: hash.digest('hex'),
      rows: rowCount(),
    };
    this.#entries.push(added);
    return added;
  }

  async #append(chunk: Uint8Array): Promise<void> {
    for (let from = 0; from < chunk.length;) {
      const piece = chunk.subarray(from, from + partBytes - this.#filled);
      this.#part.set(piece, this.#filled);
      this.#filled += piece.length;
      from += piece.length;
      if (this.#filled === partBytes) await this.#writePart();
    }
    this.#offset += chunk.length;
  }

  async #writePart(): Promise<void> {
    const plain = this.#part.subarray(0, this.#filled);
    const sealed = await this.#seal(plain);
    const file = partFile(this.#parts.length + 1);
    await this.#draft.write(file, sealed);
    this.#parts.push({
      file,
      bytes: plain.length,
      sha256: sha256(plain),
      sealed_bytes: sealed.length,
      sealed_sha256: sha256(sealed),
    });
    // What stood in it was people's, if only sealed: the next part may be shorter.
    this.#part.fill(0);
    this.#filled = 0;
  }
}
