import { createHash } from 'node:crypto';
import type { Cell } from './cells.ts';
import type { Personal } from './personal.ts';
import { isPersonalNumber } from './patterns.ts';

/** What one column gave away: what it says openly, and what was learned about people. */
export type ColumnReport = {
  readonly place: string;
  readonly rows: number;
  readonly says: string;
  /** Empty when nothing about anybody was learned. */
  readonly learned: readonly string[];
};

/** How many values are remembered to see whether one comes again. */
const rememberedMax = 1_000_000;
const histogramBytesMax = 64 * 1024 * 1024;
/** With fewer bytes a low entropy is chance. */
const histogramBytesMin = 4096;
/** Ciphertext of any good cipher has eight bits a byte; compressed or written text is well below this. */
const entropyMin = 7;
/** Two bytes of version and twelve of nonce begin each sealed value. */
const nonceEnd = 14;
const sealedMin = 28;
const hashLengths = new Set([16, 20, 28, 32, 48, 64]);
const printableShare = 0.95;
const printableMin = 12;
/** Of numbers that happen to be dates one in ten has the check digit; of identity numbers each. */
const numberShare = 0.5;
const wordsMax = 1000;

/** Watches one column, row by row, in bounded memory. */
export class ColumnLook {
  readonly place: string;
  readonly #personal: Personal;
  readonly #kinds = new Map<Cell['kind'], number>();
  readonly #values = new Set<string>();
  readonly #beginnings = new Set<string>();
  readonly #words = new Set<string>();
  readonly #histogram = new Uint32Array(256);
  readonly #found = new Map<string, number>();
  #rows = 0;
  #bytes = 0;
  #shortest = Number.POSITIVE_INFINITY;
  #longest = 0;
  #repeated = 0;
  #nonces = 0;
  #printable = 0;
  #personalNumbers = 0;

  constructor(place: string, personal: Personal) {
    this.place = place;
    this.#personal = personal;
  }

  /** Another backup: that a row stands in two of them is no wonder. */
  begin(): void {
    this.#values.clear();
    this.#beginnings.clear();
  }

  add(cell: Cell): void {
    this.#rows += 1;
    this.#kinds.set(cell.kind, (this.#kinds.get(cell.kind) ?? 0) + 1);
    if (cell.kind === 'number' && isPersonalNumber(padded(cell.bytes))) this.#personalNumbers += 1;
    if (cell.kind !== 'text' && cell.kind !== 'bytes') return;
    for (const [found, count] of this.#personal.lookAt(cell.bytes)) this.#count(found, count);
    if (cell.kind === 'bytes') this.#addBytes(cell.bytes);
    else if (this.#words.size < wordsMax) this.#words.add(cell.bytes.toString('latin1', 0, 100));
  }

  report(): ColumnReport {
    const learned = [...this.#found].map(([found, count]) => `${found}: ${count}`);
    const numbers = this.#kinds.get('number') ?? 0;
    if (this.#personalNumbers > numbers * numberShare) {
      learned.push(`personal identity number (number): ${this.#personalNumbers}`);
    }
    if (this.#printable > 0) learned.push(`readable text among bytes: ${this.#printable}`);
    if (this.#repeated > 0 && !this.#isHash()) learned.push(`equal ciphertexts: ${this.#repeated}`);
    if (this.#nonces > 0) learned.push(`a nonce used twice: ${this.#nonces}`);
    const entropy = this.#entropy();
    if (entropy !== null && entropy < entropyMin) {
      learned.push(`not encrypted: ${entropy.toFixed(1)} bits a byte`);
    }
    return { place: this.place, rows: this.#rows, says: this.#says(entropy), learned };
  }

  #addBytes(bytes: Buffer): void {
    this.#shortest = Math.min(this.#shortest, bytes.length);
    this.#longest = Math.max(this.#longest, bytes.length);
    if (this.#bytes < histogramBytesMax) {
      for (const byte of bytes) this.#histogram[byte] = (this.#histogram[byte] ?? 0) + 1;
      this.#bytes += bytes.length;
    }
    if (bytes.length >= printableMin && isPrintable(bytes)) this.#printable += 1;
    if (this.#values.size >= rememberedMax) return;
    const value = createHash('sha256').update(bytes).digest('base64').slice(0, 20);
    const isAgain = this.#values.has(value);
    if (isAgain && bytes.length > 0) this.#repeated += 1;
    this.#values.add(value);
    if (bytes.length < sealedMin || isAgain || hashLengths.has(bytes.length)) return;
    const beginning = bytes.toString('latin1', 0, nonceEnd);
    if (this.#beginnings.has(beginning)) this.#nonces += 1;
    this.#beginnings.add(beginning);
  }

  #says(entropy: number | null): string {
    const kinds = [...this.#kinds].filter(([kind]) => kind !== 'nothing');
    const parts = kinds.map(([kind, count]) => {
      if (kind === 'text')
        return `${this.#words.size}${this.#words.size >= wordsMax ? ' or more' : ''} different texts`;
      if (kind !== 'bytes') return `${count} × ${kind}`;
      const lengths =
        this.#shortest === this.#longest
          ? `${this.#longest}`
          : `${this.#shortest} to ${this.#longest}`;
      const again = this.#repeated > 0 ? `, ${this.#repeated} come again` : '';
      const bits = entropy === null ? '' : `, ${entropy.toFixed(2)} bits a byte`;
      return `${count} × ${lengths} bytes${bits}${again}`;
    });
    return parts.length === 0 ? 'nothing' : parts.join(', ');
  }

  /** Of a fixed length that hashes have: the same input gives the same, which links rows and names nobody. */
  #isHash(): boolean {
    return this.#shortest === this.#longest && hashLengths.has(this.#longest);
  }

  #entropy(): number | null {
    if (this.#bytes < histogramBytesMin) return null;
    return [...this.#histogram].reduce((sum, count) => {
      const share = count / this.#bytes;
      return share === 0 ? sum : sum - share * Math.log2(share);
    }, 0);
  }

  #count(found: string, count: number): void {
    this.#found.set(found, (this.#found.get(found) ?? 0) + count);
  }
}

function isPrintable(bytes: Buffer): boolean {
  const readable = bytes.filter((byte) => (byte >= 32 && byte < 127) || byte === 10 || byte === 9);
  return readable.length / bytes.length >= printableShare;
}

function padded(bytes: Buffer): string {
  const digits = bytes.toString('latin1');
  return /^\d{9,12}$/.test(digits) && digits.length !== 11 ? digits.padStart(10, '0') : 'none';
}
