import { bilingual } from './bilingual.ts';
import { accountsText } from './privacy-stored-accounts.ts';
import { historyText } from './privacy-stored-history.ts';
import type { StoredWords } from './stored-words.ts';

/** What each table that holds personal data, and each of its columns that is not sealed, is called in words. */
export const storedText = bilingual<StoredWords>({
  sv: {
    ...accountsText.sv,
    ...historyText.sv,
    'settings.keeping': {
      heading: 'Hur länge kontot ska finnas',
      count: () => 'ditt val av hur länge kontot ska finnas',
      columns: {
        choice: 'Du har valt',
        unused_months: 'Månader utan användning',
        closes_at: 'Kontot stängs',
        chosen_at: 'Du valde det',
      },
    },
    'settings.closing': {
      heading: 'Att kontot snart stängs',
      count: () => 'besked om att kontot stängs',
      columns: {
        counted_to: 'Tiden är ute',
        closes_at: 'Kontot stängs',
        began_at: 'Vi började skriva till dig',
        month_letter_at: 'Första brevet skrevs',
        week_letter_at: 'Andra brevet skrevs',
      },
    },
    'vault.look': {
      heading: 'Vem som har tittat',
      count: (rows) =>
        rows === 1 ? 'en gång som någon tittat' : `${rows} gånger som någon tittat`,
      columns: { looked_at: 'När', party: 'Vem', purpose: 'Varför', category: 'Vad' },
    },
    'vault.stop': {
      heading: 'Begränsningar och invändningar',
      count: (rows) => (rows === 1 ? 'en begränsning' : `${rows} begränsningar`),
      columns: { purpose: 'Gäller', ground: 'Slag', since: 'Sedan' },
    },
    'recipients.disclosure': {
      heading: 'Vem som har fått uppgifter',
      count: (rows) => (rows === 1 ? 'en utlämning' : `${rows} utlämningar`),
      columns: { disclosed_at: 'När', purpose: 'Varför', category: 'Vad', fields: 'Uppgifter' },
    },
    'recipients.outcome': {
      heading: 'Hur utlämningarna gick',
      count: (rows) => (rows === 1 ? 'ett utfall' : `${rows} utfall`),
      columns: { told_at: 'När', outcome: 'Utfall' },
    },
    'messages.outbox': {
      heading: 'Meddelanden som väntar på att skickas',
      count: (rows) => (rows === 1 ? 'ett meddelande' : `${rows} meddelanden`),
      columns: {
        channel: 'Skickas med',
        purpose: 'Varför',
        written_at: 'Skrevs',
        due_at: 'Skickas tidigast',
        attempts: 'Försök hittills',
        held: 'Stoppat hos oss',
      },
    },
    'messages.departure': {
      heading: 'När meddelanden skickades',
      count: (rows) => (rows === 1 ? 'ett skickat meddelande' : `${rows} skickade meddelanden`),
      columns: { departed_at: 'Skickades', channel: 'Skickades med' },
    },
    'routines.erasure_case': {
      heading: 'Pågående radering',
      count: (rows) => (rows === 1 ? 'en radering' : `${rows} raderingar`),
      columns: { created_at: 'Började' },
    },
    'routines.erasure_reference': {
      heading: 'Mottagarnas referenser',
      count: (rows) => (rows === 1 ? 'en sida referenser' : `${rows} sidor referenser`),
      columns: { removed: 'Antal' },
    },
    'routines.hold': {
      heading: 'Det som måste bevaras',
      count: (rows) => (rows === 1 ? 'ett beslut att bevara' : `${rows} beslut att bevara`),
      columns: {
        scope: 'Omfattar',
        ground: 'Grund',
        state: 'Läge',
        secret: 'Får inte berättas',
        proposed_at: 'Föreslogs',
        confirmed_at: 'Bekräftades',
        ends_at: 'Slutar',
        renewed_at: 'Förlängdes',
        renewal_ends_at: 'Föreslaget nytt slut',
      },
    },
    'routines.hold_order': {
      heading: 'Beställningar som ska bevaras',
      count: (rows) => (rows === 1 ? 'en beställning' : `${rows} beställningar`),
      columns: {},
    },
    'routines.held_record': {
      heading: 'Bevarade beställningar',
      count: (rows) => (rows === 1 ? 'en bevarad beställning' : `${rows} bevarade beställningar`),
      columns: { held_at: 'Bevarades' },
    },
  },
  en: {
    ...accountsText.en,
    ...historyText.en,
    'settings.keeping': {
      heading: 'How long the account is to exist',
      count: () => 'your choice of how long the account is to exist',
      columns: {
        choice: 'You have chosen',
        unused_months: 'Months without use',
        closes_at: 'The account is closed',
        chosen_at: 'You chose it',
      },
    },
    'settings.closing': {
      heading: 'That the account is soon to be closed',
      count: () => 'word that the account is to be closed',
      columns: {
        counted_to: 'The time is up',
        closes_at: 'The account is closed',
        began_at: 'We began to write to you',
        month_letter_at: 'First letter written',
        week_letter_at: 'Second letter written',
      },
    },
    'vault.look': {
      heading: 'Who has looked',
      count: (rows) => (rows === 1 ? 'one look' : `${rows} looks`),
      columns: { looked_at: 'When', party: 'Who', purpose: 'Why', category: 'What' },
    },
    'vault.stop': {
      heading: 'Restrictions and objections',
      count: (rows) => (rows === 1 ? 'one restriction' : `${rows} restrictions`),
      columns: { purpose: 'Concerns', ground: 'Kind', since: 'Since' },
    },
    'recipients.disclosure': {
      heading: 'Who has received data',
      count: (rows) => (rows === 1 ? 'one disclosure' : `${rows} disclosures`),
      columns: { disclosed_at: 'When', purpose: 'Why', category: 'What', fields: 'Data' },
    },
    'recipients.outcome': {
      heading: 'How the disclosures went',
      count: (rows) => (rows === 1 ? 'one outcome' : `${rows} outcomes`),
      columns: { told_at: 'When', outcome: 'Outcome' },
    },
    'messages.outbox': {
      heading: 'Messages waiting to be sent',
      count: (rows) => (rows === 1 ? 'one message' : `${rows} messages`),
      columns: {
        channel: 'Sent by',
        purpose: 'Why',
        written_at: 'Written',
        due_at: 'Sent at the earliest',
        attempts: 'Attempts so far',
        held: 'Held back by us',
      },
    },
    'messages.departure': {
      heading: 'When messages were sent',
      count: (rows) => (rows === 1 ? 'one message sent' : `${rows} messages sent`),
      columns: { departed_at: 'Sent', channel: 'Sent by' },
    },
    'routines.erasure_case': {
      heading: 'Erasure in progress',
      count: (rows) => (rows === 1 ? 'one erasure' : `${rows} erasures`),
      columns: { created_at: 'Began' },
    },
    'routines.erasure_reference': {
      heading: "The recipients' references",
      count: (rows) => (rows === 1 ? 'one page of references' : `${rows} pages of references`),
      columns: { removed: 'How many' },
    },
    'routines.hold': {
      heading: 'What must be preserved',
      count: (rows) => (rows === 1 ? 'one decision to preserve' : `${rows} decisions to preserve`),
      columns: {
        scope: 'Covers',
        ground: 'Ground',
        state: 'State',
        secret: 'May not be told',
        proposed_at: 'Proposed',
        confirmed_at: 'Confirmed',
        ends_at: 'Ends',
        renewed_at: 'Renewed',
        renewal_ends_at: 'Proposed new end',
      },
    },
    'routines.hold_order': {
      heading: 'Orders to be preserved',
      count: (rows) => (rows === 1 ? 'one order' : `${rows} orders`),
      columns: {},
    },
    'routines.held_record': {
      heading: 'Preserved orders',
      count: (rows) => (rows === 1 ? 'one preserved order' : `${rows} preserved orders`),
      columns: { held_at: 'Preserved' },
    },
  },
});
