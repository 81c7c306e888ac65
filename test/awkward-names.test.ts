import assert from 'node:assert/strict';
import { proofParts } from './proof-parts.ts';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { prove } from '../src/routines/proof/prove.ts';
import { demoItems } from '../src/sandbox/demo-items.ts';
import { testSystem } from './system.ts';
import { erase, sendAll } from './used-company.ts';

const names = [
  'support',
  'service-message',
  'credentials',
  'routine',
  'history.order',
  'request',
  '"event":"request"',
  '{"at":"2026-11-',
  'Exempelposten AB',
  demoItems[0]?.name.sv ?? '',
  'Wise Steps Solution AB',
  'Skaraborgsvägen 3A',
  '%',
  '😀😀😀😀😀😀',
];

test('whoever is named like a word of our own can be erased, and breaks no promise by it', async () => {
  await using system = await testSystem();
  const line = { at: '2026-11-22T12:00:00.000Z', event: 'request', route: '/history/:order' };
  writeFileSync(path.join(system.around.logFolder, 'varsam.log'), `${JSON.stringify(line)}\n`);
  const parts = proofParts(system);
  for (const [index, name] of names.entries()) {
    system.now = system.now.add({ minutes: 20 });
    const who = { email: `person${index}@example.se`, name, street: name, town: name };
    const owner = await system.newCustomer(who);
    await system.placeOrderFor(owner, who);
    await sendAll(system);
    const finding = await prove(system.op('routine', 'proof'), parts, 'P02');
    assert.deepEqual(finding.found, [], name);
    await erase(system, owner);
  }
});
