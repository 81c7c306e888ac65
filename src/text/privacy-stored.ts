import type { RecordsTables } from '../database/records.ts';
import type { impersonal } from '../holdings.ts';
import type { OwnerId, RowId } from '../ids.ts';
import type { Party } from '../policy/shape.ts';
import { bilingual } from './bilingual.ts';

/** The tables that hold personal data. One without words below does not compile. */
export type PersonalTable = Exclude<keyof RecordsTables, keyof typeof impersonal>;

/** Random numbers, hashes and sealed values say nothing to a reader; every other column has words. */
type WithoutWords = OwnerId | RowId | Uint8Array;
type Tables = RecordsTables;
type WordedColumn<T extends PersonalTable> = {
  [C in keyof Tables[T] & string]: NonNullable<Tables[T][C]> extends WithoutWords ? never : C;
}[keyof Tables[T] & string];

/** The states that a column can be in, where its type lists them. */
type StateOf<V> = V extends string ? (string extends V ? never : V) : never;
type StateColumn<T extends PersonalTable> = {
  [C in WordedColumn<T>]: [StateOf<Tables[T][C & keyof Tables[T]]>] extends [never] ? never : C;
}[WordedColumn<T>];
type TableWithStates = {
  [T in PersonalTable]: [StateColumn<T>] extends [never] ? never : T;
}[PersonalTable];

type StoredWords = {
  readonly [T in PersonalTable]: {
    readonly heading: string;
    readonly count: (rows: number) => string;
    readonly columns: { readonly [C in WordedColumn<T>]: string };
  };
};
type StateWords = {
  readonly [T in TableWithStates]: {
    readonly [C in StateColumn<T>]: {
      readonly [S in StateOf<Tables[T][C & keyof Tables[T]]>]: string;
    };
  };
};

/** What each table that holds personal data, and each of its columns that is not sealed, is called in words. */
export const storedText = bilingual<StoredWords>({
  sv: {
    'accounts.account': {
      heading: 'Ditt konto',
      count: () => 'ditt konto',
      columns: { created_at: 'Kontot skapades', used_at: 'Du loggade senast in' },
    },
    'accounts.credential': {
      heading: 'Det du loggar in med',
      count: (rows) => (rows === 1 ? 'ett sätt att logga in' : `${rows} sätt att logga in`),
      columns: {
        kind: 'Slag',
        changed_at: 'Ändrades senast',
        used_step: 'Senast använda tidssteg',
      },
    },
    'accounts.session': {
      heading: 'Inloggade enheter',
      count: (rows) => (rows === 1 ? 'en inloggad enhet' : `${rows} inloggade enheter`),
      columns: {
        created_at: 'Loggade in',
        used_at: 'Användes senast',
        confirmed_at: 'Bekräftade senast att det var du',
      },
    },
    'accounts.signup': {
      heading: 'Adresser som väntar på att bekräftas',
      count: (rows) => (rows === 1 ? 'en obekräftad adress' : `${rows} obekräftade adresser`),
      columns: { created_at: 'Lämnades' },
    },
    'accounts.attempt': {
      heading: 'Räknade försök att logga in',
      count: (rows) => `${rows} räknade försök`,
      columns: { window_start: 'Kvart', attempts: 'Antal försök' },
    },
    'accounts.staff': {
      heading: 'Medarbetare',
      count: (rows) => (rows === 1 ? 'en medarbetare' : `${rows} medarbetare`),
      columns: { role: 'Roll', created_at: 'Lades upp' },
    },
    'history.order': {
      heading: 'Beställningar',
      count: (rows) => (rows === 1 ? 'en beställning' : `${rows} beställningar`),
      columns: {
        placed_at: 'Beställdes',
        state: 'Läge',
        total_ore: 'Att betala',
        vat_ore: 'Varav moms',
      },
    },
    'history.order_line': {
      heading: 'Det du har beställt',
      count: (rows) => (rows === 1 ? 'en orderrad' : `${rows} orderrader`),
      columns: { quantity: 'Antal', unit_price_ore: 'Pris per styck', vat_percent: 'Moms' },
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
  },
  en: {
    'accounts.account': {
      heading: 'Your account',
      count: () => 'your account',
      columns: { created_at: 'Account created', used_at: 'You last signed in' },
    },
    'accounts.credential': {
      heading: 'What you sign in with',
      count: (rows) => (rows === 1 ? 'one way to sign in' : `${rows} ways to sign in`),
      columns: { kind: 'Kind', changed_at: 'Last changed', used_step: 'Last time step used' },
    },
    'accounts.session': {
      heading: 'Signed-in devices',
      count: (rows) => (rows === 1 ? 'one signed-in device' : `${rows} signed-in devices`),
      columns: {
        created_at: 'Signed in',
        used_at: 'Last used',
        confirmed_at: 'Last confirmed that it was you',
      },
    },
    'accounts.signup': {
      heading: 'Addresses waiting to be confirmed',
      count: (rows) => (rows === 1 ? 'one unconfirmed address' : `${rows} unconfirmed addresses`),
      columns: { created_at: 'Given' },
    },
    'accounts.attempt': {
      heading: 'Counted attempts to sign in',
      count: (rows) => `${rows} counted attempts`,
      columns: { window_start: 'Quarter of an hour', attempts: 'Number of attempts' },
    },
    'accounts.staff': {
      heading: 'Members of staff',
      count: (rows) => (rows === 1 ? 'one member of staff' : `${rows} members of staff`),
      columns: { role: 'Role', created_at: 'Added' },
    },
    'history.order': {
      heading: 'Orders',
      count: (rows) => (rows === 1 ? 'one order' : `${rows} orders`),
      columns: {
        placed_at: 'Ordered',
        state: 'State',
        total_ore: 'To pay',
        vat_ore: 'Including VAT',
      },
    },
    'history.order_line': {
      heading: 'What you have ordered',
      count: (rows) => (rows === 1 ? 'one order line' : `${rows} order lines`),
      columns: { quantity: 'Quantity', unit_price_ore: 'Price each', vat_percent: 'VAT' },
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
  },
});

/** The states of columns in words, as far as the types of the tables list them. */
export const stateText = bilingual<StateWords>({
  sv: {
    'accounts.credential': { kind: { password: 'Lösenord', 'one-time-code': 'Engångskod' } },
    'accounts.staff': {
      role: { support: 'Kundtjänst', administrator: 'Administratör', bookkeeper: 'Ekonomi' },
    },
    'history.order': {
      state: { placed: 'Beställd', performed: 'Levererad', cancelled: 'Avbeställd' },
    },
    'vault.stop': { ground: { restriction: 'Begränsning', objection: 'Invändning' } },
    'recipients.outcome': {
      outcome: { accepted: 'Togs emot', refused: 'Togs inte emot', unknown: 'Ovisst' },
    },
    'messages.outbox': { channel: { mail: 'E-post' } },
    'messages.departure': { channel: { mail: 'E-post' } },
  },
  en: {
    'accounts.credential': { kind: { password: 'Password', 'one-time-code': 'One-time code' } },
    'accounts.staff': {
      role: { support: 'Customer service', administrator: 'Administrator', bookkeeper: 'Finance' },
    },
    'history.order': {
      state: { placed: 'Ordered', performed: 'Delivered', cancelled: 'Cancelled' },
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
