import { bilingual } from './bilingual.ts';

/** Receipts of sales and refunds, as a letter and as a PDF. */
export const receiptsText = bilingual({
  sv: {
    title: { sale: 'Kvitto', refund: 'Kvitto på återbetalning' },
    mailSubject: {
      sale: (name: string, company: string) => `Kvitto ${name} från ${company}`,
      refund: (name: string, company: string) => `Återbetalning ${name} från ${company}`,
    },
    sandbox: 'Det här är ett kvitto från en provmiljö. Det gäller bara för att prova.',
    refundLead: (original: string, day: string) =>
      `Vi har betalat tillbaka en del av eller hela köpet på kvitto ${original}, utfärdat ${day}. Nedan står de rader som ändras.`,
    seller: 'Säljare',
    organisationNumber: (number: string) => `organisationsnummer ${number}`,
    vatNumber: (number: string) => `momsregistreringsnummer ${number}`,
    number: 'Kvittonummer',
    issued: 'Utfärdat',
    order: 'Beställning',
    original: 'Gäller kvitto',
    buyer: 'Köpare',
    delivery: 'Leverans',
    deliveredLater: 'sker efter betalningen',
    paid: { sale: 'Betalt', refund: 'Återbetalt' },
    paidHow: (amount: string, way: string, day: string) => `${amount} ${way}, ${day}`,
    ways: {
      swish: 'med Swish',
      card: 'med kort',
      terminal: 'med kort på plats',
      cash: 'kontant',
    },
    lines: 'Det du har köpt',
    changedLines: 'Rader som ändras',
    line: 'Rad',
    description: 'Vara eller tjänst',
    quantity: 'Antal',
    unitPrice: 'Pris',
    vat: 'Moms',
    amount: 'Summa',
    change: 'Ändring',
    refunded: 'Återbetalas',
    lineInText: (line: {
      quantity: string;
      description: string;
      price: string;
      percent: string;
      amount: string;
    }) =>
      `${line.quantity} × ${line.description}, ${line.price} per styck, moms ${line.percent}: ${line.amount}`,
    refundedInText: (line: {
      line: string;
      quantity: string;
      description: string;
      percent: string;
      amount: string;
    }) =>
      `Rad ${line.line}, ${line.description} (${line.quantity}), moms ${line.percent}: ${line.amount}`,
    returned: (quantity: string) => `${quantity} i retur`,
    priceLowered: 'prisavdrag',
    vatRows: 'Moms',
    vatRate: 'Momssats',
    net: 'Utan moms',
    gross: 'Med moms',
    vatInText: (row: { percent: string; net: string; vat: string; gross: string }) =>
      `Moms ${row.percent}: ${row.vat} på ${row.net}, tillsammans ${row.gross}`,
    total: { sale: 'Totalt', refund: 'Totalt tillbaka' },
    ofWhichVat: 'Varav moms',
    rounding: 'Öresavrundning',
    information: {
      withdrawal: {
        goods: 'Ångerrätt: varor kan du ångra inom 14 dagar från den dag du fick dem.',
        service: 'Ångerrätt: tjänster kan du ångra inom 14 dagar från den dag du beställde.',
        none: 'Det som enligt beställningen saknar ångerrätt kan du inte ångra.',
      },
      complaint: {
        goods:
          'Reklamation: är det fel på en vara kan du reklamera i tre år från att du fick den. Hör av dig inom två månader från att du märkte felet, då är du alltid i tid.',
        service:
          'Reklamation: är det fel på en tjänst, hör av dig till oss så snart du har märkt det.',
      },
      refund: 'Stämmer något inte? Hör av dig till oss.',
    },
    attached: (file: string) => `Kvittot finns också som data i den här filen, i bilagan ${file}.`,
    check: (hash: string) => `Bilagans kontrollvärde (SHA-256): ${hash}`,
    foot: (name: string, company: string) => `Kvitto ${name}, ${company}`,
  },
  en: {
    title: { sale: 'Receipt', refund: 'Refund receipt' },
    mailSubject: {
      sale: (name, company) => `Receipt ${name} from ${company}`,
      refund: (name, company) => `Refund ${name} from ${company}`,
    },
    sandbox:
      'This is a receipt from a sandbox. It is for trying things out and counts for nothing else.',
    refundLead: (original, day) =>
      `We have paid back all or part of the purchase on receipt ${original}, issued ${day}. These are the lines that change.`,
    seller: 'Seller',
    organisationNumber: (number) => `organisation number ${number}`,
    vatNumber: (number) => `VAT number ${number}`,
    number: 'Receipt number',
    issued: 'Issued',
    order: 'Order',
    original: 'Of receipt',
    buyer: 'Buyer',
    delivery: 'Delivery',
    deliveredLater: 'takes place after payment',
    paid: { sale: 'Paid', refund: 'Paid back' },
    paidHow: (amount, way, day) => `${amount} ${way}, ${day}`,
    ways: { swish: 'by Swish', card: 'by card', terminal: 'by card on site', cash: 'in cash' },
    lines: 'What you have bought',
    changedLines: 'Lines that change',
    line: 'Line',
    description: 'Product or service',
    quantity: 'Quantity',
    unitPrice: 'Price',
    vat: 'VAT',
    amount: 'Sum',
    change: 'Change',
    refunded: 'Paid back',
    lineInText: (line) =>
      `${line.quantity} × ${line.description}, ${line.price} each, VAT ${line.percent}: ${line.amount}`,
    refundedInText: (line) =>
      `Line ${line.line}, ${line.description} (${line.quantity}), VAT ${line.percent}: ${line.amount}`,
    returned: (quantity) => `${quantity} returned`,
    priceLowered: 'price reduction',
    vatRows: 'VAT',
    vatRate: 'Rate',
    net: 'Without VAT',
    gross: 'With VAT',
    vatInText: (row) => `VAT ${row.percent}: ${row.vat} on ${row.net}, together ${row.gross}`,
    total: { sale: 'Total', refund: 'Total paid back' },
    ofWhichVat: 'Of which VAT',
    rounding: 'Rounding',
    information: {
      withdrawal: {
        goods:
          'Withdrawal: you can withdraw from buying goods within 14 days of the day you received them.',
        service:
          'Withdrawal: you can withdraw from a service within 14 days of the day you ordered it.',
        none: 'What has no right of withdrawal according to the order cannot be withdrawn from.',
      },
      complaint: {
        goods:
          'Complaints: if something is wrong with goods you can complain for three years from receiving them. Tell us within two months of noticing the fault, then you are always in time.',
        service:
          'Complaints: if something is wrong with a service, tell us as soon as you have noticed.',
      },
      refund: 'Is something not right? Tell us.',
    },
    attached: (file) => `The receipt is also in this file as data, in the attachment ${file}.`,
    check: (hash) => `Check value of the attachment (SHA-256): ${hash}`,
    foot: (name, company) => `Receipt ${name}, ${company}`,
  },
});
