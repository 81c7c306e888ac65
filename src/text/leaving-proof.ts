import { bilingual } from './bilingual.ts';

/** The page of a proof of purchase that outlives its account. */
export const proofText = bilingual({
  sv: {
    title: 'Köpbevis',
    lead: 'Valde du att behålla ett köpbevis när du stängde ditt konto? Med koden ser du vad du har köpt av oss.',
    code: 'Koden till köpbeviset',
    codeHint: '26 tecken. Den stod på kvittosidan och i det sista mejlet från oss.',
    missing: 'Skriv koden',
    wrong:
      'Koden leder inte till något köpbevis. Se efter att alla 26 tecken är med. Köpbeviset kan också vara borttaget eller för gammalt.',
    errorTitle: 'Köpbeviset hittades inte',
    show: 'Visa köpbeviset',
    whose: (company: string, organisationNumber: string) =>
      `Köpt av ${company}, organisationsnummer ${organisationNumber}.`,
    caption: 'Köpen, de senaste först',
    number: 'Beställning',
    day: 'Dag',
    bought: 'Vad',
    total: 'Pris',
    vat: 'Varav moms',
    until: 'Sparas till och med',
    about:
      'Skriv ut sidan eller spara den. Den säger inte vem du är; visa den tillsammans med varan när du reklamerar.',
    removeTitle: 'Ta bort köpbeviset',
    removeText: 'Då finns det inte längre, och det går inte att ångra.',
    remove: 'Ta bort köpbeviset nu',
    removedTitle: 'Köpbeviset är borttaget',
    removed: 'Det finns inget kvar här som koden leder till. Nyckeln förstörs inom en timme.',
    toStart: 'Till startsidan',
  },
  en: {
    title: 'Proof of purchase',
    lead: 'Did you choose to keep a proof of purchase when you closed your account? With the code you see what you bought from us.',
    code: 'The code of the proof of purchase',
    codeHint: '26 characters. It was on the receipt page and in the last mail from us.',
    missing: 'Enter the code',
    wrong:
      'The code does not lead to a proof of purchase. Check that all 26 characters are there. The proof may also have been removed, or be too old.',
    errorTitle: 'The proof of purchase was not found',
    show: 'Show the proof of purchase',
    whose: (company, organisationNumber) =>
      `Bought from ${company}, organisation number ${organisationNumber}.`,
    caption: 'The purchases, latest first',
    number: 'Order',
    day: 'Day',
    bought: 'What',
    total: 'Price',
    vat: 'Of which VAT',
    until: 'Kept until',
    about:
      'Print the page or save it. It does not say who you are; show it with the thing when you complain.',
    removeTitle: 'Remove the proof of purchase',
    removeText: 'Then it exists no longer, and that cannot be undone.',
    remove: 'Remove the proof of purchase now',
    removedTitle: 'The proof of purchase is removed',
    removed: 'Nothing is left here that the code leads to. The key is destroyed within an hour.',
    toStart: 'To the start page',
  },
});
