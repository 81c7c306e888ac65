import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { issueReceipt } from '../history/receipts/receipt.ts';
import {
  anySaleWithRefunds,
  fiscalYear2026,
  refundFacts,
  saleFacts,
} from '../history/receipts/receipts.fixture.ts';
import { isProblem } from '../problem.ts';
import { entriesOfRefund, entriesOfSale } from './entries.ts';
import type { BookEntry } from './entries.ts';
import { sieFileName, sieVouchersMax, writeSie } from './sie.ts';
import type { SieExport, SieVoucher } from './sie.ts';
import { crcOf, faultsOf, faultsOfBytes, readSie } from './sie.fixture.ts';
import { textOfVoucher, voucherName } from './voucher-words.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const isBadInput = (error: unknown) => isProblem(error, 'bad-input');
const sale = issueReceipt(saleFacts).document;
const entries: BookEntry[] = [
  { account: '1930', amountOre: 1250_00 },
  { account: '3001', amountOre: -1000_00 },
  { account: '2611', amountOre: -250_00 },
];
const voucher = (more: Partial<SieVoucher> = {}): SieVoucher => ({
  series: 'K',
  number: 17,
  occurredOn: day('2026-07-31'),
  registeredOn: day('2026-08-01'),
  text: 'Kvitto K17-2026',
  entries,
  ...more,
});
const sie = (vouchers: readonly SieVoucher[], more: Partial<SieExport> = {}): SieExport => ({
  company: { name: 'Örtagården & Söner AB', organisation_number: '559468-7062' },
  year: fiscalYear2026,
  vouchers,
  generatedOn: day('2027-01-02'),
  version: '0.1.0',
  ...more,
});

test('the file is what an accountant’s program imports, byte by byte', () => {
  const expected = `#FLAGGA 0
#KSUMMA
#PROGRAM "Varsam" "0.1.0"
#FORMAT PC8
#GEN 20270102
#SIETYP 4
#ORGNR 559468-7062
#FNAMN "\u0099rtag\u0086rden & S\u0094ner AB"
#RAR 0 20260101 20261231
#VALUTA SEK
#KONTO 1930 "F\u0094retagskonto"
#KONTO 2611 "Utg\u0086ende moms 25 %"
#KONTO 3001 "F\u0094rs\u0084ljning varor 25 % moms"
#VER "K" "17" 20260731 "Kvitto K17-2026" 20260801
{
#TRANS 1930 {} 1250.00 20260731 "Kvitto K17-2026"
#TRANS 3001 {} -1000.00 20260731 "Kvitto K17-2026"
#TRANS 2611 {} -250.00 20260731 "Kvitto K17-2026"
}
`;
  const body = expected.split('\n').slice(2, -1);
  const counted = body.map((line) => line.replaceAll(/[ "{}]/g, '')).join('');
  const spaced = body.flatMap((line) => [...line.matchAll(/"([^"]*)"|([^\s"{}]+)/g)]);
  const sum = crc32(
    Buffer.from(spaced.map(([, quoted, bare]) => quoted ?? bare ?? '').join(''), 'latin1'),
  );
  assert.notEqual(sum, crc32(Buffer.from(counted, 'latin1')), 'spaces inside texts count');
  const bytes = writeSie(sie([voucher()]));
  assert.equal(
    Buffer.from(bytes).toString('latin1'),
    `${expected}#KSUMMA ${sum}\n`.replaceAll('\n', '\r\n'),
  );
  assert.deepEqual([...faultsOf(bytes), ...faultsOfBytes(bytes)], []);
});

test('the check sum is the CRC-32 that everybody means by it', () => {
  assert.equal(crcOf('123456789'), 0xcbf43926);
  assert.equal(crc32('123456789'), 0xcbf43926);
  assert.equal(crcOf(''), 0);
  assert.equal(crcOf('a'), 0xe8b7be43);
});

test('one changed character, one changed amount and one line less are seen by the check sum', () => {
  const text = Buffer.from(writeSie(sie([voucher()]))).toString('latin1');
  for (const changed of [
    text.replace('K17-2026', 'K18-2026'),
    text.replace('1250.00', '1250.01').replace('-1000.00', '-1000.01'),
    text.replace('#VALUTA SEK\r\n', ''),
  ])
    assert.deepEqual(faultsOf(Buffer.from(changed, 'latin1')), ['the check sum is wrong']);
  const spaced = text.replaceAll('\r\n', '\n').replaceAll(' {} ', '  {}  ');
  assert.deepEqual(faultsOf(Buffer.from(spaced, 'latin1')), []);
});

test('vouchers stand ascending in their series, whatever order they come in', () => {
  const numbered = (series: string, number: number) => voucher({ series, number });
  const { vouchers } = readSie(
    writeSie(sie([numbered('R', 2), numbered('K', 10), numbered('K', 9), numbered('R', 1)])),
  );
  assert.deepEqual(
    vouchers.map(({ series, number }) => `${series}${number}`),
    ['K9', 'K10', 'R1', 'R2'],
  );
});

test('what cannot be imported is not written', () => {
  const write = (more: Partial<SieVoucher>) => writeSie(sie([voucher(more)]));
  for (const inside of ['2026-01-01', '2026-12-31']) write({ occurredOn: day(inside) });
  for (const outside of ['2025-12-31', '2027-01-01'])
    assert.throws(() => write({ occurredOn: day(outside) }), isBadInput);
  assert.throws(() => write({ entries: [] }), isBadInput);
  assert.throws(() => write({ entries: entries.slice(1) }), isBadInput);
  assert.throws(() => writeSie(sie([voucher(), voucher()])), isBadInput);
  const company = { name: 'Örtagården AB', organisation_number: '5594687062" #IB' };
  assert.throws(() => writeSie(sie([voucher()], { company })), isBadInput);
  const many = { length: sieVouchersMax + 1 };
  const vouchers = Array.from(many, (_, number) => voucher({ number }));
  assert.throws(
    () => writeSie(sie(vouchers)),
    (error) => isProblem(error, 'too-large'),
  );
});

test('texts in any script come through as something that can be read', () => {
  const awkward = ['"', '\\', '{', '}', '#', '\r\n', 'å', ' ', '\u00a0', 'ø', 'A\u030a', '0'];
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 25 }),
    fc.string({ unit: 'grapheme', maxLength: 25 }),
    fc.string({ unit: fc.constantFrom(...awkward), maxLength: 60 }),
  );
  fc.assert(
    fc.property(text, text, (one, name) => {
      const company = { name: `X${name}`, organisation_number: '559468-7062' };
      const bytes = writeSie(sie([voucher({ text: one })], { company }));
      assert.deepEqual([...faultsOf(bytes), ...faultsOfBytes(bytes)], []);
      const { vouchers, records } = readSie(bytes);
      assert.equal(vouchers[0]?.rows.length, 3);
      // What people in Sweden write is there, in its order; what else there is may stand between.
      let read = vouchers[0]?.text ?? '';
      for (const letter of one.normalize('NFC').match(/[A-Za-z0-9ÅÄÖåäöÉé]/g) ?? []) {
        const at = read.indexOf(letter);
        assert.ok(at >= 0, `${letter} of ${one}`);
        read = read.slice(at + 1);
      }
      assert.ok(records.find(({ label }) => label === '#FNAMN')?.fields[0]?.startsWith('X'));
    }),
    { numRuns: 1000 },
  );
});

test('letters that code page 437 lacks are written as near as they can be', () => {
  const read = (text: string) => readSie(writeSie(sie([voucher({ text })]))).vouchers[0]?.text;
  for (const [text, expected] of [
    ['Åsa Öberg, é ü æ ñ ß ½ °', 'Åsa Öberg, é ü æ ñ ß ½ °'],
    ['Søren – 5 € §3', 'Soren - 5 EUR par.3'],
    ['Şükrü Łukasz Čapek Đorđe', 'Sükrü Lukasz Capek Dorde'],
    ['”citat” ’s "AB"', "'citat' 's 'AB'"],
    ['a\\b {c}', 'a/b (c)'],
    ['a\r\n\tb\u0000c\u202ed\u200be', 'a b cde'],
    ['张伟 Иван', '?? ????'],
    ['e\u0301 ﬁ №', 'é fi No'],
    ['\ud800x', '?x'],
    ['😀', '?'],
    [' ', ''],
  ] as const)
    assert.equal(read(text), expected, text);
  assert.equal(read('å'.repeat(500))?.length, 120);
});

test('amounts are written with two decimals and a sign, however small or large', () => {
  const read = (ore: number) => {
    const rows: BookEntry[] = [
      { account: '1930', amountOre: ore },
      { account: '3001', amountOre: -ore },
    ];
    const bytes = writeSie(sie([voucher({ entries: rows })]));
    const found = readSie(bytes).records.filter(({ label }) => label === '#TRANS');
    return found.map(({ fields }) => fields[2]);
  };
  assert.deepEqual(read(1), ['0.01', '-0.01']);
  assert.deepEqual(read(99), ['0.99', '-0.99']);
  assert.deepEqual(read(1_00), ['1.00', '-1.00']);
  assert.deepEqual(read(123_456_789_05), ['123456789.05', '-123456789.05']);
});

test('receipts become vouchers that hold their numbers, and nobody’s name', () => {
  const refund = issueReceipt(
    refundFacts(sale, [{ line: 1, quantity: 1, amountOre: 99_50 }]),
  ).document;
  const of = { series: 'K', year: fiscalYear2026 };
  const sold = { ...of, number: 17, kind: 'sale' } as const;
  const paidBack = { ...of, number: 18, kind: 'refund' } as const;
  const wrong = { ...of, series: 'X', number: 1, kind: 'correction' } as const;
  const disputed = { ...of, series: 'D', number: 1, kind: 'dispute' } as const;
  assert.equal(voucherName(sold), 'K17-2026');
  for (const [text, expected] of [
    [textOfVoucher(sold, null), 'Kvitto K17-2026'],
    [textOfVoucher(paidBack, sold), 'Återbetalning K18-2026, kvitto K17-2026'],
    // When the year of the sale has ended, its number is not known any more.
    [textOfVoucher(paidBack, null), 'Återbetalning K18-2026'],
    [textOfVoucher(wrong, sold), 'Rättelse av K17-2026'],
    [textOfVoucher(wrong, null), 'Rättelse'],
    [textOfVoucher(disputed, sold), 'Bestridd betalning D1-2026, kvitto K17-2026'],
    [textOfVoucher(disputed, null), 'Bestridd betalning D1-2026'],
  ])
    assert.equal(text, expected);
  const vouchers = [
    voucher({ text: textOfVoucher(sold, null), entries: entriesOfSale(sale) }),
    voucher({
      number: 18,
      text: textOfVoucher(paidBack, sold),
      entries: entriesOfRefund(refund),
    }),
  ];
  const text = Buffer.from(writeSie(sie(vouchers))).toString('latin1');
  for (const word of ['Maja', 'Provsson', 'Kaffe', 'K7QF']) assert.ok(!text.includes(word), word);
});

test('whatever is sold and paid back, the file balances and has its check sum', () => {
  fc.assert(
    fc.property(anySaleWithRefunds, ({ sale, refunds }) => {
      const booked = [entriesOfSale(sale), ...refunds.map((refund) => entriesOfRefund(refund))];
      const vouchers = booked.map((entries, index) => voucher({ number: index + 1, entries }));
      const bytes = writeSie(sie(vouchers));
      assert.deepEqual([...faultsOf(bytes), ...faultsOfBytes(bytes)], []);
      const rows = readSie(bytes).vouchers.map((read) => read.rows);
      assert.deepEqual(
        rows.map((of) => of.map(({ account, amountOre }) => ({ account, amountOre }))),
        booked,
      );
    }),
    { numRuns: 40 },
  );
});

test('the reader itself sees what is wrong with a file', () => {
  const lines = Buffer.from(writeSie(sie([voucher()])))
    .toString('latin1')
    .split('\r\n')
    .filter((line) => !line.startsWith('#KSUMMA'));
  const faults = (from: string, to: string) =>
    faultsOf(Buffer.from(lines.join('\r\n').replace(from, to), 'latin1'));
  assert.deepEqual(faults('', ''), []);
  assert.deepEqual(faults('-250.00', '-250.01'), ['voucher K 17 does not balance']);
  assert.deepEqual(faults('1250.00 20260731', '1250.00 20270101'), [
    'voucher K 17 is outside the year',
  ]);
  assert.deepEqual(faults('#VALUTA SEK', '#IB 0 1930 5.00'), ['#IB in a 4I']);
  assert.deepEqual(faults('#FLAGGA 0', '#PROSA "x"'), ['#FLAGGA is not first']);
  assert.deepEqual(faults('#FORMAT PC8', ''), ['no #FORMAT', 'another format']);
  assert.deepEqual(faults('1930 {}', '19 {}'), ['voucher K 17: an account']);
  assert.deepEqual(
    readSie(Buffer.from('#A "b \\"c\\"" {1 "Nord" 6 "0015"} ""\t d\n')).records[0]?.fields,
    ['b "c"', '{1 "Nord" 6 "0015"}', '', 'd'],
  );
});

test('the file has a name for its year that every file system takes', () => {
  assert.equal(sieFileName(fiscalYear2026), 'varsam-2026.SI');
  const broken = { startsOn: day('2026-07-01'), endsOn: day('2027-06-30') };
  assert.equal(sieFileName(broken), 'varsam-2026_2027.SI');
  const whole = { from: broken.startsOn, to: broken.endsOn };
  assert.equal(sieFileName(broken, whole), 'varsam-2026_2027.SI');
  const part = { ...whole, to: day('2026-07-31') };
  assert.equal(sieFileName(broken, part), 'varsam-2026_2027-20260701-20260731.SI');
});
