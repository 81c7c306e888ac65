import { bilingual } from './bilingual.ts';

/** The receipt as a PDF. */
export const receiptPdfText = bilingual({
  sv: {
    title: 'Kvitto på radering',
    subtitle: (company: string, organisationNumber: string) =>
      `${company}, organisationsnummer ${organisationNumber}`,
    sandbox:
      'Det här är ett kvitto från en provmiljö. Det är signerat med en provnyckel och gäller bara för att prova.',
    lead: (number: string) =>
      `Det här kvittot visar vad som hände när ett kundkonto stängdes. Det säger inte vems. Ärendets nummer är ${number}.`,
    destroyed: 'Det som förstördes',
    key: 'Nyckelns fingeravtryck',
    fencedAt: 'Förstördes',
    line: 'Rad i loggen',
    horizonText: (day: string) =>
      `Från och med ${day} går inte heller en kopia av nyckeln i någon säkerhetskopia att använda, enligt den plan som gällde när den förstördes.`,
    steps: 'Raderingen steg för steg',
    step: 'Steg',
    when: 'När',
    recipients: 'Mottagare som har fått veta',
    recipient: 'Mottagare',
    country: 'Land',
    answer: 'Svar',
    nobody: 'Ingen hade fått uppgifter.',
    kept: 'Det som finns kvar',
    nothing: 'Inget.',
    farewell: 'Det sista mejlet',
    farewellText: (day: string) =>
      `När kvittot signerades var ett sista mejl på väg till den adress som kontot hade. Adressen förstörs när mejlet har gått i väg, senast ${day}. Den som skickar mejlet åt oss blir ombedd att radera det efteråt; det kan kvittot inte visa, för det hände senare.`,
    check: 'Så prövar du kvittot',
    checkText: (file: string) =>
      `Kvittot är en text som är signerad. Den ligger som bilaga i den här filen (${file}). På vår sida /verify lämnar du in PDF-filen eller bilagan och ser om den är äkta. Utan oss: kör kommandot varsam receipt verify på filen, på en dator som har programmet Varsam. Det behövs inget nät.`,
    hash: 'Textens kontrollvärde (SHA-256)',
    verifier: 'Nyckeln som det är signerat med',
    limits:
      'Kvittot visar vad vi har gjort och när. Det kan inte visa att ingen har en kopia någon annanstans.',
    foot: (number: string) => `Kvitto på radering, ärende ${number}`,
  },
  en: {
    title: 'Erasure receipt',
    subtitle: (company, organisationNumber) =>
      `${company}, organisation number ${organisationNumber}`,
    sandbox:
      'This is a receipt from a sandbox. It is signed with a key for trying things out and counts for nothing else.',
    lead: (number) =>
      `This receipt shows what happened when a customer account was closed. It does not say whose. The number of the case is ${number}.`,
    destroyed: 'What was destroyed',
    key: 'Fingerprint of the key',
    fencedAt: 'Destroyed',
    line: 'Line in the log',
    horizonText: (day) =>
      `From ${day} on not even a copy of the key in any backup can be used, by the plan that held when it was destroyed.`,
    steps: 'The erasure step by step',
    step: 'Step',
    when: 'When',
    recipients: 'Recipients that have been told',
    recipient: 'Recipient',
    country: 'Country',
    answer: 'Answer',
    nobody: 'Nobody had received any data.',
    kept: 'What remains',
    nothing: 'Nothing.',
    farewell: 'The last mail',
    farewellText: (day) =>
      `When the receipt was signed a last mail was on its way to the address that the account had. The address is destroyed when the mail has left, ${day} at the latest. Whoever sends the mail for us is asked to erase it afterwards; the receipt cannot show that, because it happened later.`,
    check: 'How to check the receipt',
    checkText: (file) =>
      `The receipt is a text that is signed. It is attached to this file (${file}). On our page /verify you hand in the PDF or the attachment and see whether it is genuine. Without us: run the command varsam receipt verify on the file, on a computer that has the program Varsam. No network is needed.`,
    hash: 'Check value of the text (SHA-256)',
    verifier: 'The key that it is signed with',
    limits:
      'The receipt shows what we have done and when. It cannot show that nobody has a copy elsewhere.',
    foot: (number) => `Erasure receipt, case ${number}`,
  },
});
