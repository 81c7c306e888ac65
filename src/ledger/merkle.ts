import { createHash } from 'node:crypto';

// Hashing of RFC 6962 section 2.1: leaves and nodes are told apart by their first byte.
const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

export function leafHash(entry: Uint8Array): Buffer {
  return createHash('sha256').update(leafPrefix).update(entry).digest();
}

function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(nodePrefix).update(left).update(right).digest();
}

/**
 * A growing Merkle tree. Hashes of complete subtrees are kept by level, so that a root or a proof costs the height of
 * the tree and not its size.
 */
export class MerkleTree {
  readonly #levels: Buffer[][] = [[]];

  get size(): number {
    return this.#levels[0]?.length ?? 0;
  }

  push(leaf: Buffer): void {
    let hash = leaf;
    for (let level = 0; ; level += 1) {
      const row = (this.#levels[level] ??= []);
      row.push(hash);
      if (row.length % 2 === 1) return;
      hash = nodeHash(row.at(-2) as Buffer, hash);
    }
  }

  /** The tree's hash when it had `size` leaves; of the empty string for none. */
  root(size: number = this.size): Buffer {
    if (size === 0) return createHash('sha256').digest();
    return this.#subtree(0, size);
  }

  /** The inclusion proof of a leaf in the tree of `size` leaves (RFC 6962 section 2.1.1), from the leaf upwards. */
  inclusionProof(index: number, size: number = this.size): Buffer[] {
    if (index < 0 || index >= size || size > this.size) throw new RangeError('no such leaf');
    return this.#path(index, 0, size);
  }

  #subtree(start: number, end: number): Buffer {
    const width = end - start;
    const level = Math.log2(width);
    if (Number.isInteger(level)) return this.#levels[level]?.[start / width] as Buffer;
    const middle = start + largestPowerOfTwoBelow(width);
    return nodeHash(this.#subtree(start, middle), this.#subtree(middle, end));
  }

  #path(index: number, start: number, end: number): Buffer[] {
    if (end - start === 1) return [];
    const middle = start + largestPowerOfTwoBelow(end - start);
    return index < middle
      ? [...this.#path(index, start, middle), this.#subtree(middle, end)]
      : [...this.#path(index, middle, end), this.#subtree(start, middle)];
  }
}

/** Does the proof lead from this leaf to this root? (RFC 9162 section 2.1.3.2) */
export function verifyInclusion(claim: {
  index: number;
  size: number;
  leaf: Uint8Array;
  proof: readonly Uint8Array[];
  root: Uint8Array;
}): boolean {
  if (claim.index < 0 || claim.index >= claim.size) return false;
  let [position, last] = [claim.index, claim.size - 1];
  let hash: Uint8Array = claim.leaf;
  for (const sibling of claim.proof) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      hash = nodeHash(sibling, hash);
      while (position % 2 === 0 && position !== 0) {
        [position, last] = [position / 2, Math.floor(last / 2)];
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    [position, last] = [Math.floor(position / 2), Math.floor(last / 2)];
  }
  return last === 0 && Buffer.from(hash).equals(claim.root);
}

function largestPowerOfTwoBelow(count: number): number {
  return 2 ** Math.ceil(Math.log2(count) - 1);
}
