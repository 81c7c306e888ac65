import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readPdf } from '../../pdf/read-pdf.fixture.ts';
import { receiptPdf } from './receipt-pdf.ts';
import { receiptSubject, receiptText } from './receipt-text.ts';
import { issueReceipt, readReceipt } from './receipt.ts';
import { anySaleWithRefunds, refundFacts, saleFacts } from './receipts.fixture.ts';

const issued = issueReceipt(saleFacts);
const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const refund = issueReceipt(
  refundFacts(issued.document, [
    { line: 1, quantity: 2, amountOre: 199_00 },
    { line: 2, quantity: null, amountOre: 50_00 },
  ]),
);

test('the letter says everything that a receipt must say', () => {
  assert.equal(
    plain(receiptText(issued.document)),
    `Kvitto
Wise Steps Solution AB, organisationsnummer 559468-7062

Kvittonummer: K17-2026
Utfärdat: 22 november 2026, kl. 13.00
Beställning: K7QF-3M2P
Leverans: 20 november 2026
Köpare: Maja Provsson
Säljare: Wise Steps Solution AB, Skaraborgsvägen 3A, 506 30 Borås, momsregistreringsnummer SE559468706201

Det du har köpt
3 × Kaffe, hela bönor, 99,50 kr per styck, moms 12 %: 298,50 kr
2 × Kopp av stengods, 249,00 kr per styck, moms 25 %: 498,00 kr
1 × Provning för en, 333,33 kr per styck, moms 25 %: 333,33 kr

Totalt: 1 129,83 kr
Varav moms: 198,25 kr
Betalt: 1 129,83 kr med Swish, 22 november 2026

Moms
Moms 25 %: 166,27 kr på 665,06 kr, tillsammans 831,33 kr
Moms 12 %: 31,98 kr på 266,52 kr, tillsammans 298,50 kr

Ångerrätt: varor kan du ångra inom 14 dagar från den dag du fick dem.

Det som enligt beställningen saknar ångerrätt kan du inte ångra.

Reklamation: är det fel på en vara kan du reklamera i tre år från att du fick den. Hör av dig inom två månader från att du märkte felet, då är du alltid i tid.

Reklamation: är det fel på en tjänst, hör av dig till oss så snart du har märkt det.
`,
  );
  assert.equal(receiptSubject(issued.document), 'Kvitto K17-2026 från Wise Steps Solution AB');
});

test('the letter of a refund names the receipt that it changes, and the lines', () => {
  const text = plain(receiptText(refund.document));
  for (const words of [
    'Kvitto på återbetalning',
    'Kvittonummer: K18-2026',
    'Gäller kvitto: K17-2026',
    'på kvitto K17-2026, utfärdat 22 november 2026',
    'Rad 1, Kaffe, hela bönor (2 i retur), moms 12 %: 199,00 kr',
    'Rad 2, Kopp av stengods (prisavdrag), moms 25 %: 50,00 kr',
    'Återbetalt: 249,00 kr med Swish, 25 november 2026',
  ])
    assert.ok(text.includes(words), words);
  assert.ok(receiptSubject(refund.document).startsWith('Återbetalning K18-2026'));
});

test('a receipt in English says the same, and a receipt of a sandbox says that it is one', () => {
  const { document } = issueReceipt({ ...saleFacts, language: 'en', sandbox: true });
  const text = plain(receiptText(document));
  for (const words of ['Receipt number: K17-2026', 'SEK 1,129.83 by Swish', 'from a sandbox'])
    assert.ok(text.includes(words), words);
  assert.ok(!receiptText(issued.document).includes('provmiljö'));
});

test('rounding of cash stands on the receipt, and delivery after payment too', () => {
  const paid = { ...saleFacts.paid, way: 'cash' as const };
  const { document } = issueReceipt({ ...saleFacts, paid, deliveredOn: null, counterparty: null });
  const text = plain(receiptText(document));
  assert.ok(text.includes('Öresavrundning: 0,17 kr'));
  assert.ok(text.includes('Betalt: 1 130,00 kr kontant, 22 november 2026'));
  assert.ok(text.includes('Leverans: sker efter betalningen'));
  assert.ok(!text.includes('Köpare'));
});

test('letter and PDF come from the kept bytes alone, and are the same each time', async () => {
  const { document, bytes } = issued;
  assert.equal(receiptText(readReceipt(bytes)), receiptText(document));
  const [one, other] = [await receiptPdf(document), await receiptPdf(readReceipt(bytes))];
  assert.ok(Buffer.from(one).equals(Buffer.from(other)));
});

test('the PDF is one page, says what the letter says, and carries the receipt with it', async () => {
  for (const { document, bytes, sha256 } of [issued, refund]) {
    const { pages, text, raw } = readPdf(await receiptPdf(document));
    assert.equal(pages.length, 1);
    const drawn = plain(text).replaceAll('\n', ' ');
    for (const words of [
      document.number.number.toString(),
      'SE559468706201',
      'Kaffe, hela bönor',
      'Maja Provsson',
      sha256,
    ])
      assert.ok(drawn.includes(words), words);
    assert.ok(raw.includes('(receipt.json)'));
    assert.ok(raw.includes(`/Size ${bytes.length}`));
  }
});

test('every receipt has words and a PDF, and no amount of it is broken over lines', async () => {
  await fc.assert(
    fc.asyncProperty(anySaleWithRefunds, async ({ sale, refunds }) => {
      for (const document of [sale, ...refunds.slice(0, 1)]) {
        const letter = receiptText(document);
        const { text } = readPdf(await receiptPdf(document));
        const lines = text.split('\n').map(plain);
        for (const amount of plain(letter).match(/moms \d+ %: [\d ]+,\d\d kr/g) ?? []) {
          const only = amount.replace(/^.*: /, '');
          assert.ok(lines.includes(only), only);
        }
      }
    }),
    { numRuns: 25 },
  );
});
