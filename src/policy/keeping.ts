import type { Keeping } from './shape.ts';

/** How long each kind of row is kept. The retention routine runs these numbers; the notice prints these words. */
export const keeping = {
  account: {
    rule: { kind: 'while' },
    words: { sv: 'tills du stänger kontot', en: 'until you close the account' },
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
      sv: 'tills raderingen är klar, högst en månad',
      en: 'until the erasure is complete, one month at most',
    },
  },
  employment: {
    rule: { kind: 'while' },
    words: {
      sv: 'så länge medarbetaren arbetar här',
      en: 'as long as the member of staff works here',
    },
  },
} as const satisfies Record<string, Keeping>;

export type KeepingName = keyof typeof keeping;
