import { createHash, createHmac } from 'node:crypto';
import type { Row } from './cells.ts';

/** Hashes that were met, and values that could be the key of a hash. */
const rememberedMax = 500_000;
const keysMax = 20_000;
/** How many hashes are computed at most: an hour of guessing tells no more than a minute of it about what is possible. */
const attemptsMax = 4_000_000;
const hashBytes = new Set([16, 20, 28, 32, 48, 64]);
const keyBytesMin = 8;
const keyBytesMax = 64;
const plainHashes = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'];

export type Guessed = { readonly place: string; readonly how: string; readonly count: number };

/**
 * Tries whether addresses of a list can be recognised in hashed columns: by plain hashes, and by every value of the dump
 * as a key or a salt. Finding one tells that it stands there, so everybody's address can be tried.
 */
export class Guesses {
  readonly #candidates: readonly string[];
  /** Where each hash-like value stands, by its hexadecimal form. */
  readonly #hashes = new Map<string, string>();
  readonly #keys = new Set<string>();

  constructor(candidates: readonly string[]) {
    const cleaned = candidates.map((one) => one.trim()).filter((one) => one !== '');
    this.#candidates = [
      ...new Set(cleaned.flatMap((one) => [one, one.toLowerCase().normalize('NFC')])),
    ];
  }

  take({ table, columns, cells }: Row): void {
    if (this.#candidates.length === 0) return;
    for (const [index, cell] of cells.entries()) {
      const place = `${table}.${columns[index] ?? index}`;
      for (const bytes of cell.kind === 'bytes' ? [cell.bytes] : textForms(cell.bytes)) {
        this.#remember(bytes, place);
      }
    }
  }

  finish(): { readonly guessed: readonly Guessed[]; readonly isCut: boolean } {
    const found = new Map<string, number>();
    const hit = (digest: Buffer, how: string) => {
      const place = this.#hashes.get(digest.toString('hex'));
      if (place === undefined) return;
      const name = `${place}\n${how}`;
      found.set(name, (found.get(name) ?? 0) + 1);
    };
    let left = attemptsMax;
    for (const candidate of this.#candidates) {
      for (const hash of plainHashes) hit(createHash(hash).update(candidate).digest(), hash);
    }
    for (const key of this.#keys) {
      if ((left -= this.#candidates.length * 4) < 0) break;
      for (const candidate of this.#candidates)
        this.#tryKey(Buffer.from(key, 'latin1'), candidate, hit);
    }
    const guessed = [...found].map(([name, count]) => {
      const [place = '', how = ''] = name.split('\n');
      return { place, how, count };
    });
    return { guessed, isCut: left < 0 };
  }

  #tryKey(key: Buffer, candidate: string, hit: (digest: Buffer, how: string) => void): void {
    hit(
      createHmac('sha256', key).update(candidate).digest(),
      'HMAC-SHA-256 under a value of the dump',
    );
    hit(createHmac('sha1', key).update(candidate).digest(), 'HMAC-SHA-1 under a value of the dump');
    hit(
      createHash('sha256').update(key).update(candidate).digest(),
      'SHA-256 behind a value of the dump',
    );
    hit(
      createHash('sha256').update(candidate).update(key).digest(),
      'SHA-256 before a value of the dump',
    );
  }

  #remember(bytes: Buffer, place: string): void {
    if (hashBytes.has(bytes.length) && this.#hashes.size < rememberedMax) {
      this.#hashes.set(bytes.toString('hex'), place);
    }
    const couldBeKey = bytes.length >= keyBytesMin && bytes.length <= keyBytesMax;
    if (couldBeKey && this.#keys.size < keysMax) this.#keys.add(bytes.toString('latin1'));
  }
}

/** A text itself, as a key or a salt, and what it may be the hexadecimal or base64 form of. */
function textForms(bytes: Buffer): Buffer[] {
  if (bytes.length > keyBytesMax * 2 + 4) return [];
  const text = bytes.toString('latin1');
  if (/^(?:[0-9a-f]{2}){8,}$/i.test(text)) return [bytes, Buffer.from(text, 'hex')];
  if (/^[A-Za-z0-9+/_-]{11,}={0,2}$/.test(text)) return [bytes, Buffer.from(text, 'base64')];
  return [bytes];
}
