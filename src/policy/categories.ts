import { intake } from './intake.ts';
import type { Category } from './shape.ts';

const fromYou = {
  sv: 'Du har själv lämnat uppgifterna.',
  en: 'You gave us the data yourself.',
} as const;
const fromUse = {
  sv: 'Uppgifterna uppstår i systemet när du eller vi använder det.',
  en: 'The data arises in the system when you or we use it.',
} as const;

/** What is stored about people, by the headings of the notice. A field that is not here cannot be sealed. */
export const categories = {
  credentials: {
    heading: { sv: 'Inloggningsuppgifter', en: 'Credentials' },
    source: fromYou,
    fields: {
      email: { sv: 'E-postadress', en: 'E-mail address' },
      former_email: { sv: 'Tidigare e-postadress', en: 'Former e-mail address' },
      name: { sv: 'Namn', en: 'Name' },
      password_hash: {
        sv: 'Lösenord (bara ett kontrollvärde som inte går att räkna baklänges)',
        en: 'Password (only a check value that cannot be reversed)',
      },
      one_time_secret: { sv: 'Nyckel för engångskoder', en: 'Key for one-time codes' },
      recovery_code: {
        sv: 'Reservkod (bara ett kontrollvärde som inte går att räkna baklänges)',
        en: 'Recovery code (only a check value that cannot be reversed)',
      },
      credential_id: { sv: 'Passkeyns nummer', en: "The passkey's number" },
      public_key: {
        sv: 'Passkeyns öppna nyckel (den hemliga finns bara hos dig)',
        en: "The passkey's public key (the secret one is only with you)",
      },
      passkey_counter: {
        sv: 'Hur många gånger passkeyn har räknat att den använts',
        en: 'How often the passkey has counted that it was used',
      },
      passkey_name: { sv: 'Passkeyns namn', en: "The passkey's name" },
      provider: { sv: 'Var passkeyn är sparad', en: 'Where the passkey is saved' },
      transports: { sv: 'Hur passkeyn når webbläsaren', en: 'How the passkey reaches the browser' },
      device: { sv: 'Enhet och webbläsare', en: 'Device and browser' },
      language: { sv: 'Språk', en: 'Language' },
      protected_identity: { sv: 'Skyddade personuppgifter', en: 'Protected identity' },
    },
  },
  history: {
    heading: { sv: 'Historik', en: 'History' },
    source: fromYou,
    fields: {
      recipient_name: { sv: 'Mottagarens namn', en: "Recipient's name" },
      street: { sv: 'Gatuadress', en: 'Street address' },
      postal_code: { sv: 'Postnummer', en: 'Postal code' },
      town: { sv: 'Ort', en: 'Town' },
      description: { sv: 'Det du beställde', en: 'What you ordered' },
      item_reference: {
        sv: 'Vilken vara eller tjänst det är, i vårt sortiment',
        en: 'Which of our products or services it is',
      },
      message: { sv: 'Ditt meddelande till oss', en: 'Your message to us' },
      number: { sv: 'Beställningsnummer', en: 'Order number' },
      email: {
        sv: 'E-postadress, om du handlar utan konto',
        en: 'E-mail address, if you order without an account',
      },
      phone: { sv: 'Telefonnummer', en: 'Phone number' },
      language: { sv: 'Språk', en: 'Language' },
      ...intake,
      receipt: { sv: 'Kvitto', en: 'Receipt' },
      bank_reference: {
        sv: 'Bankens nummer på betalningen',
        en: "The bank's number of the payment",
      },
      pay_link: {
        sv: 'Väg till bankens betalsida, så länge du inte har betalat',
        en: "The way to the bank's payment page, until you have paid",
      },
      failure: {
        sv: 'Bankens kod för varför en betalning inte gick igenom',
        en: "The bank's code for why a payment did not go through",
      },
      statement: {
        sv: 'Det du skrev när du ångrade eller avbeställde',
        en: 'What you wrote when you withdrew or cancelled',
      },
    },
  },
  settings: {
    heading: { sv: 'Inställningar', en: 'Settings' },
    source: fromYou,
    fields: {
      language: { sv: 'Språk', en: 'Language' },
    },
  },
  newsletters: {
    heading: { sv: 'Nyhetsutskick', en: 'Newsletters' },
    source: fromYou,
    fields: {
      email: { sv: 'E-postadress', en: 'E-mail address' },
      phone: { sv: 'Telefonnummer', en: 'Phone number' },
    },
  },
  traces: {
    heading: {
      sv: 'Vem som har tittat på och fått dina uppgifter',
      en: 'Who has looked at and received your data',
    },
    source: fromUse,
    fields: {
      looked_by: { sv: 'Den medarbetare som tittade', en: 'The member of staff who looked' },
      reference: { sv: 'Mottagarens referens', en: "The recipient's reference" },
    },
  },
  messages: {
    heading: { sv: 'Meddelanden på väg till dig', en: 'Messages on their way to you' },
    source: fromUse,
    fields: {
      email: { sv: 'E-postadress', en: 'E-mail address' },
      subject: { sv: 'Ämnesrad', en: 'Subject' },
      text: { sv: 'Meddelandets text', en: 'Text of the message' },
      language: { sv: 'Språk', en: 'Language' },
    },
  },
  erasure: {
    heading: { sv: 'Ärende om radering', en: 'Erasure case' },
    source: fromUse,
    fields: {
      search_strings: {
        sv: 'Det vi letar efter för att se att allt är borta',
        en: 'What we search for to see that all is gone',
      },
      references: { sv: 'Mottagarnas referenser', en: "The recipients' references" },
      reference_key: {
        sv: 'Nyckel till mottagarnas referenser',
        en: "Key to the recipients' references",
      },
      email: { sv: 'Adressen för det sista mejlet', en: 'The address for the last mail' },
      language: { sv: 'Språk', en: 'Language' },
      receipt_link: { sv: 'Länk till kvittot', en: 'Link to the receipt' },
      proof_link: { sv: 'Länk till köpbeviset', en: 'Link to the proof of purchase' },
    },
  },
  purchases: {
    heading: {
      sv: 'Köpbevis som du valde att behålla',
      en: 'Proof of purchase that you chose to keep',
    },
    source: fromYou,
    fields: {
      number: { sv: 'Beställningsnummer', en: 'Order number' },
      bought: { sv: 'Det du köpte', en: 'What you bought' },
      total: { sv: 'Pris', en: 'Price' },
      vat: { sv: 'Moms', en: 'VAT' },
    },
  },
  holds: {
    heading: {
      sv: 'Det som måste bevaras för ett anspråk eller ett beslut',
      en: 'What must be preserved for a claim or an order',
    },
    source: fromUse,
    fields: {
      reason: { sv: 'Skäl', en: 'Reason' },
      proposed_by: { sv: 'Den som föreslog', en: 'Who proposed' },
      confirmed_by: { sv: 'Den som bekräftade', en: 'Who confirmed' },
      content: { sv: 'Det som bevaras', en: 'What is preserved' },
    },
  },
  bookkeeping: {
    heading: { sv: 'Bokföring', en: 'Bookkeeping' },
    source: fromUse,
    fields: {
      number: { sv: 'Beställningsnummer', en: 'Order number' },
      counterparty: { sv: 'Namn på den som köpte', en: 'Name of who bought' },
      receipt: { sv: 'Kvittot som det gavs', en: 'The receipt as it was issued' },
      text: { sv: 'Vad det gäller', en: 'What it concerns' },
      bank_reference: {
        sv: 'Bankens nummer på betalningen',
        en: "The bank's number of the payment",
      },
      refund_reference: {
        sv: 'Bankens nummer på återbetalningen',
        en: "The bank's number of the refund",
      },
      reason: {
        sv: 'Varför arkivet öppnades, eller ett år sparas längre',
        en: 'Why the archive was opened, or a year is kept longer',
      },
      opened_by: { sv: 'Den som öppnade det', en: 'Who opened it' },
      made_by: { sv: 'Den som bokförde', en: 'Who booked it' },
    },
  },
  staff: {
    heading: { sv: 'Medarbetare', en: 'Staff' },
    source: {
      sv: 'Uppgifterna kommer från arbetsgivaren.',
      en: 'The data comes from the employer.',
    },
    fields: {
      name: { sv: 'Namn', en: 'Name' },
      email: { sv: 'E-postadress', en: 'E-mail address' },
      role: { sv: 'Behörighet', en: 'Role' },
    },
  },
} as const satisfies Record<string, Category>;

export type CategoryName = keyof typeof categories;
/** The fields that the notice names for a category. */
export type FieldOf<C extends CategoryName> = keyof (typeof categories)[C]['fields'] & string;
