import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { leafHash, MerkleTree, verifyInclusion } from './merkle.ts';

const sha256 = (...parts: Uint8Array[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

/** The definitions of RFC 6962 section 2.1, word by word and without any memory. */
function naiveRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0] as Buffer;
  const middle = splitOf(leaves.length);
  const left = naiveRoot(leaves.slice(0, middle));
  return sha256(Uint8Array.of(1), left, naiveRoot(leaves.slice(middle)));
}

function naiveProof(index: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length === 1) return [];
  const middle = splitOf(leaves.length);
  return index < middle
    ? [...naiveProof(index, leaves.slice(0, middle)), naiveRoot(leaves.slice(middle))]
    : [...naiveProof(index - middle, leaves.slice(middle)), naiveRoot(leaves.slice(0, middle))];
}

function splitOf(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

function leavesOf(count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => leafHash(Buffer.from(`entry ${index}`)));
}

function treeOf(leaves: readonly Buffer[]): MerkleTree {
  const tree = new MerkleTree();
  for (const leaf of leaves) tree.push(leaf);
  return tree;
}

// The leaves and roots with which the implementations of Certificate Transparency test themselves.
const vectorLeaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const vectorRoots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

test('the tree has the roots that Certificate Transparency publishes for its test leaves', () => {
  const tree = treeOf(vectorLeaves.map((hex) => leafHash(Buffer.from(hex, 'hex'))));
  assert.deepEqual(
    vectorRoots.map((_, size) => tree.root(size).toString('hex')),
    vectorRoots,
  );
});

test('for every size up to 200 root and every inclusion proof are those of RFC 6962', () => {
  const leaves = leavesOf(200);
  const tree = treeOf(leaves);
  for (let size = 1; size <= 200; size += 1) {
    const part = leaves.slice(0, size);
    const root = naiveRoot(part);
    assert.ok(tree.root(size).equals(root), `root of ${size}`);
    for (let index = 0; index < size; index += 1) {
      const proof = tree.inclusionProof(index, size);
      const leaf = leaves[index] as Buffer;
      assert.ok(verifyInclusion({ index, size, leaf, proof, root }), `${index} of ${size}`);
    }
  }
});

test('an inclusion proof is the audit path, hash by hash', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(199), (size, wish) => {
      const leaves = leavesOf(size);
      const index = wish % size;
      assert.deepEqual(treeOf(leaves).inclusionProof(index), naiveProof(index, leaves));
    }),
    { numRuns: 60 },
  );
});

test('a proof holds for no other place, size, leaf or root, and not with a hash changed', () => {
  const size = fc.integer({ min: 2, max: 70 });
  fc.assert(
    fc.property(size, fc.nat(), fc.nat(), fc.nat(255), (count, place, otherPlace, bit) => {
      const leaves = leavesOf(count);
      const [index, other] = [place % count, otherPlace % count];
      const tree = treeOf(leaves);
      const [leaf, proof] = [leaves[index] as Buffer, tree.inclusionProof(index)];
      const right = { index, size: count, leaf, proof, root: tree.root() };
      const flip = (hash: Buffer) => {
        const copy = Buffer.from(hash);
        copy[bit >> 3]! ^= 1 << (bit & 7);
        return copy;
      };
      assert.ok(verifyInclusion(right));
      if (other !== index) {
        assert.ok(!verifyInclusion({ ...right, leaf: leaves[other] as Buffer }));
        assert.ok(!verifyInclusion({ ...right, index: other }));
      }
      assert.ok(!verifyInclusion({ ...right, root: flip(right.root) }));
      assert.ok(!verifyInclusion({ ...right, proof: proof.slice(1) }));
      assert.ok(!verifyInclusion({ ...right, proof: [...proof, right.root] }));
      const wrong = proof.with(bit % proof.length, flip(proof[bit % proof.length] as Buffer));
      assert.ok(!verifyInclusion({ ...right, proof: wrong }));
      assert.ok(!verifyInclusion({ ...right, index: -1 }));
      assert.ok(!verifyInclusion({ ...right, index: count }));
    }),
  );
});

test('a proof of a leaf that is not in the tree cannot be asked for', () => {
  const tree = treeOf(leavesOf(3));
  for (const [index, size] of [
    [3, 3],
    [-1, 3],
    [2, 2],
    [0, 4],
  ] as const) {
    assert.throws(() => tree.inclusionProof(index, size), RangeError);
  }
});
