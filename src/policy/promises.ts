import type { Words } from './shape.ts';

/** The sentences of the notice that say what happens to data. Each has one check in `routines/proof/`. */
export const promises = {
  P01: {
    sv: 'Du loggar in med det lösenord eller den passkey som du har sparat',
    en: 'You sign in with the password or the passkey that you have saved',
  },
  P02: {
    sv: 'Allt som namnger, når, visar vem du är eller beskriver dig är krypterat',
    en: 'Everything that names, reaches, authenticates or describes you is encrypted',
  },
  P03: {
    sv: 'Inget säljs eller lämnas till någon utanför listan',
    en: 'Nothing is sold or handed to anybody outside the list',
  },
  P04: {
    sv: 'Du kan stänga kontot när du vill, och då raderas allt',
    en: 'You can close the account at any time, and then everything is erased',
  },
  P05: {
    sv: 'Det du beställt finns i historiken så att du kan sköta det',
    en: 'What you ordered is in the history so that you can manage it',
  },
  P06: {
    sv: 'Efter stängningen pekar inget i historiken på dig',
    en: 'After closing, nothing in the history points to you',
  },
  P07: {
    sv: 'Kakor används bara för dina inställningar',
    en: 'Cookies are used only for your settings',
  },
  P08: {
    sv: 'Utskick går bara till dem som prenumererar',
    en: 'Newsletters go only to those who subscribe',
  },
  P09: {
    sv: 'Avslutad prenumeration raderar kontaktuppgifterna',
    en: 'Ending a subscription erases the contact details',
  },
  P10: {
    sv: 'Personuppgifter lagras bara inom EU/EES',
    en: 'Personal data is stored only within the EU/EEA',
  },
  P11: {
    sv: 'Tjänsten är säker, pålitlig och tillgänglig',
    en: 'The service is secure, reliable and available',
  },
  P12: { sv: 'Inget sparas längre än det behövs', en: 'Nothing is kept longer than it is needed' },
  P13: {
    sv: 'Statistik går inte att koppla till någon',
    en: 'Statistics cannot be linked to anybody',
  },
  P14: { sv: 'Du bestämmer hur länge kontot finns', en: 'You decide how long the account exists' },
  P15: {
    sv: 'Varje mottagare hör till en kategori i listan',
    en: 'Each recipient belongs to a category in the list',
  },
  P16: {
    sv: 'Den som hanterar uppgifter åt oss har alltid ett avtal',
    en: 'Whoever handles data for us always has an agreement',
  },
  P17: {
    sv: 'En självständig mottagares egen information visas för dig',
    en: 'You are shown the own notice of an independent recipient',
  },
  P18: {
    sv: 'Det bokföringslagen kräver sparas för sig, och bara så länge',
    en: 'What the Bookkeeping Act demands is kept apart, and only that long',
  },
  P19: {
    sv: 'Det står vem som är ansvarig och hur du når oss',
    en: 'It says who is responsible and how to reach us',
  },
  P20: {
    sv: 'Du kan fråga genom brev utan onödiga krav',
    en: 'You can ask by letter without needless demands',
  },
  P21: {
    sv: 'Svaret går till din folkbokföringsadress, i tid',
    en: 'The answer goes to your registered address, in time',
  },
} as const satisfies Record<string, Words>;

export type PromiseId = keyof typeof promises;

export function promiseIds(): PromiseId[] {
  return Object.keys(promises) as PromiseId[];
}
