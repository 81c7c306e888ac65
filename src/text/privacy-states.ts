import type { Party } from '../policy/shape.ts';
import { bilingual } from './bilingual.ts';
import { historyStates } from './privacy-states-history.ts';
import type { StateWords } from './stored-words.ts';

/** The states of columns in words, as far as the types of the tables list them. */
export const stateText = bilingual<StateWords>({
  sv: {
    ...historyStates.sv,
    'accounts.credential': { kind: { password: 'Lösenord', 'one-time-code': 'Engångskod' } },
    'accounts.address_change': {
      state: {
        asked: 'Väntar på att bekräftas',
        making: 'Byts nu',
        made: 'Bytt, kan ångras',
        undoing: 'Ångras nu',
      },
    },
    'accounts.passkey': {
      backup: {
        'one-device': 'En enda enhet',
        'not-yet': 'En enhet, kan säkerhetskopieras',
        'backed-up': 'Alla dina enheter hos leverantören',
      },
    },
    'accounts.staff': {
      role: {
        support: 'Kundtjänst',
        administrator: 'Administratör',
        bookkeeper: 'Ekonomi',
        provider: 'Utförare',
      },
    },
    'accounts.invitation': { kind: { new: 'Ny medarbetare', reset: 'Ny inloggning' } },
    'routines.hold': {
      scope: { history: 'Hela historiken', orders: 'Vissa beställningar' },
      ground: { claim: 'Rättsligt anspråk', 'order-to-preserve': 'Beslut av en myndighet' },
      state: { proposed: 'Föreslaget', confirmed: 'Bekräftat' },
    },
    'settings.keeping': {
      choice: {
        'until-closed': 'Tills du stänger det',
        unused: 'Tills du inte har använt det på en tid',
        'until-date': 'Till ett visst datum',
      },
    },
    'vault.stop': { ground: { restriction: 'Begränsning', objection: 'Invändning' } },
    'recipients.outcome': {
      outcome: { accepted: 'Togs emot', refused: 'Togs inte emot', unknown: 'Ovisst' },
    },
    'messages.outbox': { channel: { mail: 'E-post' } },
    'messages.departure': { channel: { mail: 'E-post' } },
  },
  en: {
    ...historyStates.en,
    'accounts.credential': { kind: { password: 'Password', 'one-time-code': 'One-time code' } },
    'accounts.address_change': {
      state: {
        asked: 'Waiting to be confirmed',
        making: 'Being changed',
        made: 'Changed, can be undone',
        undoing: 'Being undone',
      },
    },
    'accounts.passkey': {
      backup: {
        'one-device': 'One device only',
        'not-yet': 'One device, can be backed up',
        'backed-up': 'All your devices with the provider',
      },
    },
    'accounts.staff': {
      role: {
        support: 'Customer service',
        administrator: 'Administrator',
        bookkeeper: 'Finance',
        provider: 'Provider',
      },
    },
    'accounts.invitation': { kind: { new: 'New member of staff', reset: 'New sign-in' } },
    'routines.hold': {
      scope: { history: 'The whole history', orders: 'Some orders' },
      ground: { claim: 'A legal claim', 'order-to-preserve': 'An order of an authority' },
      state: { proposed: 'Proposed', confirmed: 'Confirmed' },
    },
    'settings.keeping': {
      choice: {
        'until-closed': 'Until you close it',
        unused: 'Until you have not used it for a time',
        'until-date': 'Until a certain date',
      },
    },
    'vault.stop': { ground: { restriction: 'Restriction', objection: 'Objection' } },
    'recipients.outcome': {
      outcome: { accepted: 'Received', refused: 'Not received', unknown: 'Uncertain' },
    },
    'messages.outbox': { channel: { mail: 'E-mail' } },
    'messages.departure': { channel: { mail: 'E-mail' } },
  },
});

/** Everybody who can look at something, in words. */
export const partyText = bilingual<{ readonly [P in Party]: string }>({
  sv: {
    nobody: 'Någon som inte är inloggad',
    customer: 'Du',
    support: 'Kundtjänst',
    administrator: 'Administratör',
    bookkeeper: 'Ekonomi',
    provider: 'Utförare',
    client: 'Anslutet system',
    routine: 'Systemet, av sig självt',
  },
  en: {
    nobody: 'Somebody who is not signed in',
    customer: 'You',
    support: 'Customer service',
    administrator: 'Administrator',
    bookkeeper: 'Finance',
    provider: 'Provider',
    client: 'Connected system',
    routine: 'The system, by itself',
  },
});
