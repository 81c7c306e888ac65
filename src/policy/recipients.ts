import type { CategoryName } from './categories.ts';
import { intakeFields } from './intake.ts';
import type { Purpose } from './purposes.ts';
import type { RecipientCategory } from './shape.ts';

/** A recipient that is asked to erase gets back the references it gave itself, and nothing else. */
const erasure = { erasure: ['references'] } as const;
const mail = { messages: ['email', 'subject', 'text', 'language'] } as const;
/** What the actor who performs a service needs for it: whom to meet, where, and what to bring. */
const visit = {
  history: [
    'recipient_name',
    'phone',
    'street',
    'postal_code',
    'town',
    'message',
    'description',
    ...intakeFields,
  ],
} as const;

/** The four kinds of recipients of the notice, and all that each may ever be given. */
export const recipients = {
  bank: {
    words: {
      sv: 'Din bank, när du legitimerar dig med BankID eller betalar med kort eller Swish',
      en: 'Your bank, when you identify yourself with BankID or pay by card or Swish',
    },
    role: 'controller',
    receives: {
      payment: { history: ['number'], bookkeeping: ['number', 'bank_reference'] },
    },
  },
  supplier: {
    words: {
      sv: 'Leverantörer inom och utanför EU/EES som till exempel sköter IT-tjänster åt oss',
      en: 'Suppliers inside and outside the EU/EEA who, for example, run IT services for us',
    },
    role: 'processor',
    receives: { 'service-message': mail, newsletter: mail, leaving: erasure },
  },
  performer: {
    words: {
      sv: 'De som använder våra produkter för att utföra tjänster åt dig',
      en: 'Those who use our products to perform services for you',
    },
    role: 'either',
    receives: { performing: visit, leaving: erasure },
  },
  authority: {
    words: {
      sv: 'Andra, när en lag eller ett beslut av en myndighet kräver det',
      en: 'Others, when a law or a decision of an authority demands it',
    },
    role: 'controller',
    receives: {},
  },
} as const satisfies Record<string, RecipientCategory<CategoryName, Purpose>>;

export type RecipientCategoryName = keyof typeof recipients;
