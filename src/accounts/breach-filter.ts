import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';

// A Bloom filter of leaked passwords, in pages: all bits of a password lie in one page, so that a question reads one
// page of the file and nothing is held in memory, however many passwords there are. The first page is the header.
// What is asked for is SHA-1 because leaked passwords are published by it; it protects nothing here.
export const pageSize = 4096;
/** Each page ends with a CRC-32 of the rest of it. */
export const pageBytes = pageSize - 4;
export const pageBits = pageBytes * 8;
const formatName = 'varsam breached passwords';
const formatVersion = 1;
/** A page is a little fuller than the average now and then; so much room keeps the declared rate true. */
const roomForChance = 1.03;
const hashesMax = 30;

export type FilterHeader = {
  readonly format: typeof formatName;
  readonly version: typeof formatVersion;
  readonly entries: number;
  readonly pages: number;
  /** Bits that are set for a password. */
  readonly hashes: number;
  /** How often a password that did not leak is taken for one that did. */
  readonly rate: number;
};

/** Where the server looks for the filter in its data folder. */
export function breachFilterIn(dataFolder: string): string {
  return path.join(dataFolder, 'passwords', 'breached.filter');
}

/** The smallest filter that keeps to the rate (from 0 to 1) for so many passwords. */
export function headerFor(entries: number, rate: number): FilterHeader {
  const bitsEach = -Math.log2(rate) / Math.LN2;
  const pages = Math.max(1, Math.ceil((entries * bitsEach * roomForChance) / pageBits));
  const hashes = Math.min(hashesMax, Math.max(1, Math.round(bitsEach * Math.LN2)));
  return { format: formatName, version: formatVersion, entries, pages, hashes, rate };
}

export function writeHeader(header: FilterHeader): Buffer {
  const page = Buffer.alloc(pageSize);
  page.write(JSON.stringify(header), 'utf8');
  return sealPage(page);
}

/** Puts the checksum at the end of a page. */
export function sealPage(page: Buffer): Buffer {
  page.writeUInt32BE(crc32(page.subarray(0, pageBytes)), pageBytes);
  return page;
}

/** The first 48 bits of a hash, by which it is put on a page: in a list that is sorted, page comes after page. */
export function placeOf(hash: Uint8Array): number {
  const view = Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength);
  return view.readUIntBE(0, 6);
}

export function pageOf(place: number, pages: number): number {
  return Math.floor((place / 2 ** 48) * pages);
}

/** The bits of a hash within its page, by enhanced double hashing (Dillinger and Manolios, 2004). */
export function bitsOf(hash: Uint8Array, hashes: number): number[] {
  const view = Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength);
  let bit = view.readUInt32BE(8) % pageBits;
  let step = view.readUInt32BE(12) % pageBits;
  return Array.from({ length: hashes }, (_, index) => {
    const here = bit;
    bit = (bit + step) % pageBits;
    step = (step + index + 1) % pageBits;
    return here;
  });
}

export function hashOfPassword(password: string): Buffer {
  return createHash('sha1').update(password.normalize('NFC')).digest();
}

/** What a filter says; `damaged` when a page of it is not what was written. */
export type FilterAnswer = 'leaked' | 'not-leaked' | 'no-filter' | 'damaged';

/** Asks the filter in a file for one password, by reading two pages of it. */
export async function askFilter(file: string, password: string): Promise<FilterAnswer> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch {
    return 'no-filter';
  }
  try {
    const header = await readHeader(handle);
    const hash = hashOfPassword(password);
    const page = header && (await readPage(handle, 1 + pageOf(placeOf(hash), header.pages)));
    if (!header || !page) return 'damaged';
    const isThere = bitsOf(hash, header.hashes).every(
      (bit) => ((page[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0,
    );
    return isThere ? 'leaked' : 'not-leaked';
  } finally {
    await handle.close();
  }
}

/** The header, or null for a file that is no filter, of another version, or cut short. */
export async function readHeader(handle: FileHandle): Promise<FilterHeader | null> {
  const page = await readPage(handle, 0);
  if (page === null) return null;
  try {
    const text = page.subarray(0, page.indexOf(0)).toString('utf8');
    const header = JSON.parse(text) as FilterHeader;
    const { size } = await handle.stat();
    const isOurs = header.format === formatName && header.version === formatVersion;
    return isOurs && size === (header.pages + 1) * pageSize ? header : null;
  } catch {
    return null;
  }
}

async function readPage(handle: FileHandle, index: number): Promise<Buffer | null> {
  const page = Buffer.alloc(pageSize);
  const { bytesRead } = await handle.read(page, 0, pageSize, index * pageSize);
  if (bytesRead !== pageSize) return null;
  return page.readUInt32BE(pageBytes) === crc32(page.subarray(0, pageBytes)) ? page : null;
}

/**
 * The question that the rules for passwords ask. Without a filter nothing is leaked. Safety: a damaged filter is told to
 * the operator and not to the customer, who could do nothing about it; the lists that are always there still count.
 */
export function breachCheck(
  file: string,
  onDamage: () => void,
): (password: string) => Promise<boolean> {
  return async (password) => {
    const answer = await askFilter(file, password);
    if (answer === 'damaged') onDamage();
    return answer === 'leaked';
  };
}
