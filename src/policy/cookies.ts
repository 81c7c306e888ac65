import type { Cookie } from './shape.ts';

/** Every cookie that the server may set. A cookie that is not here cannot be set. */
export const cookies = {
  '__Host-session': {
    words: {
      sv: 'Håller dig inloggad på den här enheten.',
      en: 'Keeps you signed in on this device.',
    },
    max_age_seconds: 30 * 24 * 3600,
  },
  '__Host-sign-in': {
    words: {
      sv: 'Minns i tio minuter att du har skrivit rätt lösenord och att bara engångskoden fattas.',
      en: 'Remembers for ten minutes that you have entered the right password and only the one-time code is missing.',
    },
    max_age_seconds: 600,
  },
  '__Host-staff': {
    words: { sv: 'Håller en medarbetare inloggad.', en: 'Keeps a member of staff signed in.' },
    max_age_seconds: null,
  },
  '__Host-language': {
    words: {
      sv: 'Minns vilket språk du har valt. Sätts bara om du väljer.',
      en: 'Remembers the language you chose. Set only if you choose.',
    },
    max_age_seconds: 365 * 24 * 3600,
  },
  '__Host-notice': {
    words: {
      sv: 'Minns att du har läst hur vi hanterar dina uppgifter, så att rutan inte kommer tillbaka. Sätts bara när du säger det.',
      en: 'Remembers that you have read how we handle your data, so that the box does not come back. Set only when you say so.',
    },
    max_age_seconds: 365 * 24 * 3600,
  },
  '__Host-basket': {
    words: {
      sv: 'Minns vad du har lagt i varukorgen. Sätts bara när du lägger något i den.',
      en: 'Remembers what you have put into the basket. Set only when you put something into it.',
    },
    max_age_seconds: 7 * 24 * 3600,
  },
  '__Host-guest': {
    words: {
      sv: 'Leder dig tillbaka till din beställning när du har betalat utan konto, i en timme.',
      en: 'Leads you back to your order when you have paid without an account, for one hour.',
    },
    max_age_seconds: 3600,
  },
  '__Host-receipt': {
    words: {
      sv: 'Visar ditt kvitto på raderingen, i en timme.',
      en: 'Shows your erasure receipt, for one hour.',
    },
    max_age_seconds: 3600,
  },
} as const satisfies Record<string, Cookie>;

export type CookieName = keyof typeof cookies;
