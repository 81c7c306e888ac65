import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { projectFolder } from '../project.ts';
import { policyMatrix } from './matrix.ts';
import { categoryNames, leavesTrace, mayOpen, mayReceive, purposeNames } from './rules.ts';
import { notice } from './notice.ts';
import { parties } from './shape.ts';

const golden = path.join(projectFolder, 'src', 'policy', 'matrix.txt');

test('the matrix that a lawyer reads is the policy that the system keeps', () => {
  // Read what changed before it is committed: VARSAM_WRITE_GOLDEN=1 npm test -- matrix
  if (process.env['VARSAM_WRITE_GOLDEN'] === '1') writeFileSync(golden, policyMatrix());
  assert.equal(policyMatrix(), readFileSync(golden, 'utf8'));
});

test('the matrix shows every opening that is allowed, and no other', () => {
  const [openings = ''] = policyMatrix().split('WHO MAY BE GIVEN WHAT');
  for (const purpose of purposeNames()) {
    const [, block = ''] = openings.split(new RegExp(`^${purpose} \\(.*$`, 'm'));
    const rows = block.split(/^\S/m)[0]?.split('\n') ?? [];
    for (const category of categoryNames()) {
      const row = rows.find((line) => line.trim().split(/\s+/)[0] === category) ?? '';
      const shown = row
        .trim()
        .split(/[\s,]+/)
        .slice(1);
      const allowed = parties
        .filter((party) => mayOpen(party, purpose, category))
        .map((party) => (leavesTrace(party) ? `${party}*` : party));
      assert.deepEqual(shown, allowed, `${purpose}: ${category}`);
    }
  }
});

test('what the notice does not say is no', () => {
  assert.equal(mayOpen('nobody', 'support', 'credentials'), false);
  assert.equal(mayOpen('provider', 'order', 'history'), false);
  assert.equal(mayOpen('support', 'insight', 'traces'), false);
  assert.deepEqual(mayReceive('bank', 'order', 'credentials'), []);
  assert.deepEqual(mayReceive('supplier', 'service-message', 'credentials'), []);
});

test('every legitimate interest is named, and nobody but the customer opens without a trace', () => {
  for (const purpose of purposeNames()) {
    const declared: { basis: string; interest?: unknown } = notice.purposes[purpose];
    assert.equal(declared.basis === 'legitimate-interest', 'interest' in declared, purpose);
  }
  assert.deepEqual(
    parties.filter((party) => !leavesTrace(party)),
    ['nobody', 'customer'],
  );
});
