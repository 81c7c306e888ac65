import type { CategoryName } from './categories.ts';
import type { PurposeDeclaration } from './shape.ts';

const everything = [
  'credentials',
  'history',
  'settings',
  'newsletters',
  'traces',
  'messages',
] as const;

const ofStaff = ['credentials', 'staff', 'traces', 'messages'] as const;

/** Why data is opened, by whom. What is not listed does not compile, and what is listed is all that is allowed. */
export const purposes = {
  'sign-up': {
    words: {
      sv: 'skapa ditt konto och visa att adressen är din',
      en: 'create your account and show that the address is yours',
    },
    basis: 'contract',
    opens: { nobody: ['credentials', 'traces'] },
    stoppedBy: [],
  },
  'sign-in': {
    words: { sv: 'logga in dig och hålla dig inloggad', en: 'sign you in and keep you signed in' },
    basis: 'contract',
    opens: { nobody: ['credentials'], customer: ['credentials'] },
    stoppedBy: [],
  },
  account: {
    words: { sv: 'låta dig sköta ditt konto', en: 'let you manage your account' },
    basis: 'contract',
    opens: { customer: ['credentials', 'settings'], routine: ['credentials'] },
    stoppedBy: [],
  },
  order: {
    words: { sv: 'ta emot din beställning', en: 'receive your order' },
    basis: 'contract',
    opens: { customer: ['credentials', 'history'] },
    stoppedBy: [],
  },
  history: {
    words: { sv: 'visa dig det du har beställt', en: 'show you what you have ordered' },
    basis: 'contract',
    opens: { customer: ['credentials', 'history'] },
    stoppedBy: [],
  },
  'order-handling': {
    words: { sv: 'utföra din beställning', en: 'carry out your order' },
    basis: 'contract',
    opens: { support: ['credentials', 'history'], administrator: ['credentials', 'history'] },
    stoppedBy: ['restriction'],
  },
  support: {
    words: {
      sv: 'svara på din fråga till kundtjänst',
      en: 'answer your question to customer service',
    },
    basis: 'legitimate-interest',
    interest: {
      sv: 'att kunna hjälpa den som hör av sig',
      en: 'being able to help those who contact us',
    },
    opens: {
      support: ['credentials', 'history', 'settings'],
      administrator: ['credentials', 'history', 'settings'],
    },
    stoppedBy: ['restriction', 'objection'],
  },
  payment: {
    words: {
      sv: 'ta betalt för din beställning, och betala tillbaka',
      en: 'take payment for your order, and pay back',
    },
    basis: 'contract',
    opens: {
      customer: ['credentials', 'history'],
      routine: ['credentials', 'history', 'bookkeeping'],
    },
    stoppedBy: [],
  },
  reminder: {
    words: {
      sv: 'påminna dig dagen före det du har bokat',
      en: 'remind you the day before what you have booked',
    },
    basis: 'contract',
    opens: { routine: ['credentials', 'history'] },
    stoppedBy: ['restriction'],
  },
  performing: {
    words: {
      sv: 'låta den som utför tjänsten veta det som behövs för den',
      en: 'let those who perform the service know what is needed for it',
    },
    basis: 'contract',
    opens: { provider: ['history'] },
    stoppedBy: ['restriction'],
  },
  bookkeeping: {
    words: {
      sv: 'föra böcker som bokföringslagen kräver',
      en: 'keep the books that the Bookkeeping Act demands',
    },
    basis: 'legal-obligation',
    opens: { bookkeeper: ['bookkeeping'], routine: ['bookkeeping'] },
    stoppedBy: [],
  },
  'service-message': {
    words: {
      sv: 'skicka bekräftelser och påminnelser om ditt konto och dina beställningar',
      en: 'send confirmations and reminders of your account and your orders',
    },
    basis: 'contract',
    opens: { routine: ['messages'] },
    stoppedBy: [],
  },
  newsletter: {
    words: {
      sv: 'skicka de nyheter och erbjudanden som du har valt',
      en: 'send the news and offers that you have chosen',
    },
    basis: 'consent',
    opens: { customer: ['newsletters'], routine: ['newsletters'] },
    stoppedBy: ['restriction', 'objection'],
  },
  insight: {
    words: { sv: 'visa dig allt vi har om dig', en: 'show you everything we have about you' },
    basis: 'legal-obligation',
    opens: { customer: everything },
    stoppedBy: [],
  },
  leaving: {
    words: {
      sv: 'stänga kontot, radera uppgifterna och visa att det är gjort',
      en: 'close the account, erase the data and show that it is done',
    },
    basis: 'legal-obligation',
    opens: {
      customer: ['credentials', 'history', 'traces'],
      routine: ['traces', 'erasure'],
    },
    stoppedBy: [],
  },
  'proof-of-purchase': {
    words: {
      sv: 'visa det köpbevis som du valde att behålla när du stängde kontot',
      en: 'show the proof of purchase that you chose to keep when you closed the account',
    },
    basis: 'consent',
    opens: { nobody: ['purchases'] },
    stoppedBy: [],
  },
  holds: {
    words: {
      sv: 'bevara det som ett rättsligt anspråk eller ett beslut av en myndighet kräver',
      en: 'preserve what a legal claim or an order of an authority demands',
    },
    basis: 'legitimate-interest',
    interest: {
      sv: 'att kunna fastställa, göra gällande eller försvara rättsliga anspråk',
      en: 'to be able to establish, exercise or defend legal claims',
    },
    opens: { administrator: ['holds'], bookkeeper: ['holds'] },
    stoppedBy: [],
  },
  keeping: {
    words: {
      sv: 'stänga konton när tiden du valt är ute, och säga till i god tid före',
      en: 'close accounts when the time that you chose is up, and tell you well before',
    },
    basis: 'legal-obligation',
    opens: { routine: ['credentials', 'history', 'traces'] },
    stoppedBy: ['restriction'],
  },
  security: {
    words: { sv: 'skydda kontona mot intrång', en: 'protect the accounts against intrusion' },
    basis: 'legitimate-interest',
    interest: {
      sv: 'att ingen annan kommer åt ditt konto',
      en: 'that nobody else gets into your account',
    },
    opens: {},
    stoppedBy: [],
  },
  retention: {
    words: { sv: 'ta bort det som inte längre behövs', en: 'remove what is no longer needed' },
    basis: 'legal-obligation',
    opens: {},
    stoppedBy: [],
  },
  proof: {
    words: {
      sv: 'pröva att det vi lovar här stämmer',
      en: 'test that what we promise here is true',
    },
    basis: 'legal-obligation',
    opens: {
      routine: [...everything, 'staff', 'erasure', 'purchases', 'holds', 'bookkeeping'],
    },
    stoppedBy: ['restriction'],
  },
  employment: {
    words: {
      sv: 'låta medarbetare och utförare logga in och arbeta',
      en: 'let members of staff and providers sign in and work',
    },
    basis: 'contract',
    opens: {
      nobody: ['credentials', 'staff'],
      support: ['credentials', 'staff'],
      administrator: ['credentials', 'staff'],
      bookkeeper: ['credentials', 'staff'],
      provider: ['credentials', 'staff'],
    },
    own: true,
    stoppedBy: [],
  },
  'staff-administration': {
    words: {
      sv: 'bjuda in medarbetare, bestämma deras behörighet och avsluta den',
      en: 'invite members of staff, decide what they may do and end it',
    },
    basis: 'contract',
    opens: { administrator: ['staff'], routine: ['staff'] },
    stoppedBy: [],
  },
  'staff-insight': {
    words: {
      sv: 'visa medarbetare allt vi har om dem',
      en: 'show members of staff everything we have about them',
    },
    basis: 'legal-obligation',
    opens: {
      support: ofStaff,
      administrator: ofStaff,
      bookkeeper: ofStaff,
      provider: ofStaff,
    },
    own: true,
    stoppedBy: [],
  },
} as const satisfies Record<string, PurposeDeclaration<CategoryName>>;

export type Purpose = keyof typeof purposes;
