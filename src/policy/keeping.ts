import type { Keeping } from './shape.ts';

/** How long each kind of row is kept. The retention routine runs these numbers; the notice prints these words. */
export const keeping = {
  account: {
    rule: { kind: 'while' },
    words: {
      sv: 'tills du stänger kontot, eller tills tiden du har valt är ute',
      en: 'until you close the account, or until the time that you have chosen is up',
    },
  },
  session: {
    rule: { kind: 'days', days: 30 },
    words: {
      sv: '30 dagar efter att du senast använde enheten',
      en: '30 days after you last used the device',
    },
  },
  unconfirmed: {
    rule: { kind: 'days', days: 1 },
    words: {
      sv: 'ett dygn, om du inte bekräftar adressen',
      en: 'one day, unless you confirm the address',
    },
  },
  day: {
    rule: { kind: 'days', days: 3 },
    words: { sv: 'högst tre dygn', en: 'three days at most' },
  },
  recovery: {
    rule: { kind: 'days', days: 1 },
    words: {
      sv: 'ett dygn efter att någon bad om ett nytt lösenord',
      en: 'one day after somebody asked for a new password',
    },
  },
  'address-change': {
    rule: { kind: 'days', days: 7 },
    words: {
      sv: 'sju dagar, så att ett byte av e-postadress kan ångras',
      en: 'seven days, so that a change of e-mail address can be undone',
    },
  },
  'known-network': {
    rule: { kind: 'days', days: 180 },
    words: {
      sv: '180 dagar efter att du senast loggade in därifrån',
      en: '180 days after you last signed in from there',
    },
  },
  message: {
    rule: { kind: 'days', days: 7 },
    words: {
      sv: 'tills meddelandet är skickat, högst sju dagar',
      en: 'until the message is sent, seven days at most',
    },
  },
  trace: {
    rule: { kind: 'days', days: 730 },
    words: {
      sv: 'två år, eller tills du stänger kontot',
      en: 'two years, or until you close the account',
    },
  },
  case: {
    rule: { kind: 'owner-days', days: 30 },
    words: {
      sv: 'tills raderingen är klar och det sista mejlet har gått i väg, högst en månad',
      en: 'until the erasure is complete and the last mail has left, one month at most',
    },
  },
  purchase: {
    // Three years to complain (konsumentköplagen 2022:260, 5 kap.) and the two months within which one has to.
    rule: { kind: 'days', days: 1158 },
    words: {
      sv: 'tre år och två månader efter köpet, eller tills du tar bort det',
      en: 'three years and two months after the purchase, or until you remove it',
    },
  },
  'guest-order': {
    // A payment by Swish can be paid back within thirteen months; after that nothing here is needed any more.
    rule: { kind: 'owner-days', days: 400 },
    words: {
      sv: '400 dagar efter att du beställde utan konto, eller tills du tar bort beställningen',
      en: '400 days after you ordered without an account, or until you remove the order',
    },
  },
  books: {
    // Bokföringslagen (1999:1078) 7 kap. 2 §: through the seventh year after the calendar year in which the fiscal year ended.
    rule: { kind: 'law', years: 7 },
    words: {
      sv: 'till och med det sjunde året efter det kalenderår då räkenskapsåret tog slut (bokföringslagen 7 kap. 2 §)',
      en: 'through the seventh year after the calendar year in which the fiscal year ended (Bookkeeping Act, chapter 7, section 2)',
    },
  },
  hold: {
    rule: { kind: 'while' },
    words: {
      sv: 'till det slutdatum som två medarbetare har bestämt, högst ett år åt gången',
      en: 'until the end that two members of staff decided, one year at a time at most',
    },
  },
  employment: {
    // As long as customers are shown who has looked: until then somebody must be able to say who it was.
    rule: { kind: 'owner-days', days: 730 },
    words: {
      sv: 'så länge medarbetaren arbetar här, och namn och behörighet i två år efter det',
      en: 'as long as the member of staff works here, and name and role for two years after that',
    },
  },
  invitation: {
    rule: { kind: 'owner-days', days: 7 },
    words: {
      sv: 'tills inbjudan är besvarad, högst sju dagar',
      en: 'until the invitation is answered, seven days at most',
    },
  },
} as const satisfies Record<string, Keeping>;

export type KeepingName = keyof typeof keeping;

/** How long an account stays, as its customer may choose it; `unusedMonths` holds for those who have not chosen. */
export const accountStay = {
  offeredMonths: [12, 24, 36],
  unusedMonths: 36,
  /** A date that is chosen lies at most so far ahead. */
  yearsMax: 10,
  /** The letters that come before an account is closed: so long before, at least. */
  letterDays: { month: 30, week: 7 },
  /** For so long a closing waits for a delivery, or for letters that cannot be sent; no longer. */
  waitDays: 90,
} as const;
