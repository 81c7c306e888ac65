import { bilingual } from './bilingual.ts';

/** The confirmation of an order: plain text with all that the law wants in a form that lasts. */
export const shopLetterText = bilingual({
  sv: {
    subject: (number: string) => `Orderbekräftelse ${number}`,
    unpaidSubject: (number: string) => `Beställning ${number} väntar på din betalning`,
    unpaid: (until: string) =>
      `Inte betald än. Betala senast ${until}, annars förfaller beställningen och inget dras.`,
    thanks: 'Tack för din beställning!',
    order: (number: string, placedAt: string) => `Beställning ${number}, gjord ${placedAt}`,
    line: (quantity: string, name: string, price: string) => `${quantity} × ${name}: ${price}`,
    total: (amount: string) => `Summa: ${amount}`,
    vat: (percent: string, amount: string) => `Varav moms ${percent}: ${amount}`,
    pay: {
      swish: 'Betald med Swish.',
      card: 'Betald med kort.',
      'on-site': 'Du betalar på plats, eller när du får varorna.',
      nothing: 'Det kostar inget.',
    },
    deliveredTo: 'Levereras till:',
    orderedBy: 'Beställt av:',
    hidden: 'adressen som du ser när du loggar in',
    see: 'Se, ändra eller ångra beställningen, och lägg in tider i kalendern:',
    guestKey:
      'Länken är din nyckel till beställningen. Spara den, och ge den inte till någon annan.',
    rules: 'DET HÄR GÄLLER',
    agreed: 'Du har godkänt:',
    seller: 'SÄLJARE',
    organisationNumber: 'Organisationsnummer',
    vatNumber: 'Momsregistreringsnummer',
    form: 'STANDARDBLANKETT FÖR ÅNGERRÄTT',
    terms: (version: string) => `KÖPVILLKOR, version ${version}`,
  },
  en: {
    subject: (number) => `Order confirmation ${number}`,
    unpaidSubject: (number) => `Order ${number} is waiting for your payment`,
    unpaid: (until) =>
      `Not paid yet. Pay by ${until} at the latest, or the order lapses and nothing is charged.`,
    thanks: 'Thank you for your order.',
    order: (number, placedAt) => `Order ${number}, placed ${placedAt}`,
    line: (quantity, name, price) => `${quantity} × ${name}: ${price}`,
    total: (amount) => `Total: ${amount}`,
    vat: (percent, amount) => `Of which VAT ${percent}: ${amount}`,
    pay: {
      swish: 'Paid by Swish.',
      card: 'Paid by card.',
      'on-site': 'You pay on site, or when you receive the goods.',
      nothing: 'It costs nothing.',
    },
    deliveredTo: 'Delivered to:',
    orderedBy: 'Ordered by:',
    hidden: 'the address that you see when you sign in',
    see: 'See, change or withdraw from the order, and add times to your calendar:',
    guestKey: 'The link is your key to the order. Keep it, and give it to nobody else.',
    rules: 'WHAT APPLIES',
    agreed: 'You have agreed to this:',
    seller: 'SELLER',
    organisationNumber: 'Company registration number',
    vatNumber: 'VAT number',
    form: 'STANDARD FORM FOR WITHDRAWAL',
    terms: (version) => `CONDITIONS OF SALE, version ${version}`,
  },
});
