import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { person, testSystem } from '../../test/system.ts';
import type { TestSystem } from '../../test/system.ts';
import { readPdf } from '../pdf/read-pdf.fixture.ts';
import { receiptInPdf } from '../ledger/receipt-in-pdf.ts';
import { verifyReceipt } from '../ledger/verify-receipt.ts';
import { advanceErasure } from '../routines/erasure.ts';
import { askErasure } from '../routines/erasure-ask.ts';
import { readReceipt } from '../routines/erasure-receipt.ts';
import type { Receipt } from '../routines/erasure-receipt.ts';
import { newReceiptCode } from '../routines/receipt-code.ts';
import { openVisitor } from './privacy-visitor.fixture.ts';
import { receiptJson, receiptPdf } from './privacy-receipt-pdf.ts';

let system: TestSystem;
let receipt: Receipt;

before(async () => {
  system = await testSystem();
  const owner = await system.newCustomer();
  await system.placeOrderFor(owner);
  const op = system.op({ party: 'customer', owner }, 'leaving');
  const erasureId = await askErasure(op, owner, newReceiptCode());
  const routine = system.op('routine', 'leaving');
  await advanceErasure(routine, erasureId, system.around);
  receipt = (await readReceipt(routine, erasureId)) as Receipt;
});
after(() => system[Symbol.asyncDispose]());

const paste = (text: string) => openVisitor(system).post('/verify', { text });

/** Hands in a file as a browser does. */
async function upload(bytes: Uint8Array | string, name = 'receipt') {
  const form = new FormData();
  form.set('file', new Blob([bytes as BlobPart]), name);
  form.set('text', '');
  const request = new Request('http://localhost', { method: 'POST', body: form });
  const body = Buffer.from(await request.arrayBuffer());
  return openVisitor(system).send('/verify', {
    method: 'POST',
    body,
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
  });
}

test('the page of a receipt of ours says what was checked, and that a sandbox signed it', async () => {
  for (const seen of [await paste(receiptJson(receipt)), await upload(receiptJson(receipt))]) {
    assert.equal(seen.status, 200);
    assert.match(seen.text, /A receipt from the sandbox/);
    assert.match(seen.text, /It stands in the log/);
    assert.ok(seen.text.includes(receipt.verifier_key));
  }
});

test('the PDF alone is enough: it carries the very receipt that is checked', async () => {
  for (const language of ['sv', 'en'] as const) {
    const pdf = await receiptPdf(receipt, language);
    assert.equal(receiptInPdf(pdf), receiptJson(receipt));
    assert.match((await upload(pdf, 'receipt.pdf')).text, /A receipt from the sandbox/);
    const { text } = readPdf(pdf);
    const fenced = receipt.body.steps.find(({ step }) => step === 'fenced')?.evidence;
    const { key_fingerprint } = fenced as { key_fingerprint: string };
    const written = text.replaceAll(/\s/g, '');
    for (const shown of [receipt.body.number, key_fingerprint, 'Exempelposten'])
      assert.ok(written.includes(shown), shown);
    for (const word of [person.name, person.email, person.street]) assert.ok(!text.includes(word));
  }
});

test('the same receipt is the same PDF, byte for byte', async () => {
  const one = await receiptPdf(receipt, 'sv');
  assert.ok(Buffer.from(one).equals(Buffer.from(await receiptPdf(receipt, 'sv'))));
});

test('a receipt in which one character was changed is not genuine, and the page says why', async () => {
  const changed = receiptJson(receipt).replace('"kept": []', '"kept": [1]');
  const seen = await paste(changed);
  assert.match(seen.text, /not genuine/);
  assert.match(seen.text, /Something has been changed/);
});

test('what is no receipt is told kindly, and what was typed stays', async () => {
  const wrong = await paste('<b>hello</b>');
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /not a receipt of ours/);
  assert.match(wrong.source, /&lt;b&gt;hello/);
  assert.match((await paste('')).text, /Choose a file or paste the text/);
  const empty = await upload('%PDF-1.7\nnothing');
  assert.match(empty.text, /has no receipt in it/);
  for (const strange of ['null', '[]', '{}', '"x"', '{"body":{}}'])
    assert.equal((await paste(strange)).status, 422, strange);
});

test('a file that is too large is refused before it is read', async () => {
  assert.match((await upload('x'.repeat(1_000_001))).text, /too large/);
  assert.equal((await upload('x'.repeat(2_100_000))).status, 413);
});

test('a PDF that unpacks to very much is no receipt', async () => {
  const { deflateSync } = await import('node:zlib');
  const packed = deflateSync(Buffer.alloc(50_000_000));
  const head = `%PDF-1.7\n1 0 obj\n<<\n/Type /EmbeddedFile\n/Length ${packed.length}\n/Filter /FlateDecode\n>>\nstream\n`;
  const bomb = Buffer.concat([Buffer.from(head), packed, Buffer.from('\nendstream')]);
  assert.equal(receiptInPdf(bomb), null);
});

test('a receipt that somebody signed himself is not called ours', async () => {
  const { generateKeyPairSync } = await import('node:crypto');
  const { openLedger, donePayload } = await import('../ledger/ledger.ts');
  const { openKysely } = await import('../database/pool.ts');
  await using other = await testSystem();
  const ledger = await openLedger({
    folder: `${other.folder}/other-ledger`,
    keys: openKysely(other.fresh.keys.pool),
    signing: generateKeyPairSync('ed25519').privateKey,
    origin: '559468-7062/varsam-ledger',
  });
  const fence = await ledger.append(
    { kind: 'fence', payload: { owner: 'x', key_fingerprint: null } },
    other.now,
  );
  const body = structuredClone(receipt.body) as {
    -readonly [K in keyof typeof receipt.body]: unknown;
  };
  body.sandbox = false;
  body.steps = receipt.body.steps.map((step) =>
    step.step === 'fenced' ? { ...step, evidence: { ledger_index: fence } } : step,
  );
  const done = await ledger.append({ kind: 'done', payload: donePayload(body) }, other.now);
  const made = {
    body,
    proof: { done: await ledger.prove(done), fence: await ledger.prove(fence) },
    verifier_key: ledger.verifierKey,
  };
  assert.equal(verifyReceipt(JSON.stringify(made)).genuine, true, 'it holds together');
  const { text } = await paste(JSON.stringify(made));
  assert.match(text, /we did not sign it/);
  assert.match(text, /It is not ours/);
});
