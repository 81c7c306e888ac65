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
    'accounts.passkey': {
      heading: 'Dina passkeys',
      count: (rows) => (rows === 1 ? 'en passkey' : `${rows} passkeys`),
      columns: {
        added_at: 'Lades till',
        used_at: 'Användes senast',
        went_back_at: 'Räknaren gick bakåt',
        backup: 'Finns på',
      },
    },
    'accounts.recovery_code': {
      heading: 'Dina reservkoder',
      count: (rows) => (rows === 1 ? 'en reservkod' : `${rows} reservkoder`),
      columns: { made_at: 'Skapades' },
    },
    'accounts.used_ticket': {
      heading: 'Engångsnummer som har använts',
      count: (rows) => `${rows} använda engångsnummer`,
      columns: { used_at: 'Användes' },
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
    'accounts.recovery': {
      heading: 'Begärda nya lösenord',
      count: (rows) => (rows === 1 ? 'en begäran' : `${rows} begäranden`),
      columns: { created_at: 'Begärdes' },
    },
    'accounts.address_change': {
      heading: 'Byten av e-postadress',
      count: (rows) => (rows === 1 ? 'ett byte av e-postadress' : `${rows} byten av e-postadress`),
      columns: { state: 'Läge', stated_at: 'Sedan' },
    },
    'accounts.failure': {
      heading: 'Räknade fel i rad',
      count: (rows) => `${rows} räknade fel`,
      columns: { failures: 'Antal fel', failed_at: 'Senast' },
    },
    'accounts.known_network': {
      heading: 'Nätverk som du har loggat in från',
      count: (rows) => (rows === 1 ? 'ett nätverk' : `${rows} nätverk`),
      columns: { used_at: 'Senast' },
    },
    'accounts.staff': {
      heading: 'Medarbetare',
      count: (rows) => (rows === 1 ? 'en medarbetare' : `${rows} medarbetare`),
      columns: { role: 'Roll', created_at: 'Lades upp', left_at: 'Slutade' },
    },
    'accounts.invitation': {
      heading: 'Inbjudan att logga in',
      count: (rows) => (rows === 1 ? 'en inbjudan' : `${rows} inbjudningar`),
      columns: { kind: 'Slag', sent_at: 'Skickades' },
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
    'routines.erasure_reference': {
      heading: 'Mottagarnas referenser',
      count: (rows) => (rows === 1 ? 'en sida referenser' : `${rows} sidor referenser`),
      columns: { removed: 'Antal' },
    },
    'history.proof_of_purchase': {
      heading: 'Köpbevis',
      count: (rows) => (rows === 1 ? 'ett köpbevis' : `${rows} köpbevis`),
      columns: { purchased_at: 'Köpt' },
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
    'accounts.passkey': {
      heading: 'Your passkeys',
      count: (rows) => (rows === 1 ? 'one passkey' : `${rows} passkeys`),
      columns: {
        added_at: 'Added',
        used_at: 'Last used',
        went_back_at: 'The counter went back',
        backup: 'Is on',
      },
    },
    'accounts.recovery_code': {
      heading: 'Your recovery codes',
      count: (rows) => (rows === 1 ? 'one recovery code' : `${rows} recovery codes`),
      columns: { made_at: 'Made' },
    },
    'accounts.used_ticket': {
      heading: 'Single-use numbers that have been used',
      count: (rows) => `${rows} used single-use numbers`,
      columns: { used_at: 'Used' },
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
    'accounts.recovery': {
      heading: 'New passwords asked for',
      count: (rows) => (rows === 1 ? 'one request' : `${rows} requests`),
      columns: { created_at: 'Asked for' },
    },
    'accounts.address_change': {
      heading: 'Changes of e-mail address',
      count: (rows) =>
        rows === 1 ? 'one change of e-mail address' : `${rows} changes of e-mail address`,
      columns: { state: 'State', stated_at: 'Since' },
    },
    'accounts.failure': {
      heading: 'Counted failures in a row',
      count: (rows) => `${rows} counted failures`,
      columns: { failures: 'Number of failures', failed_at: 'Last' },
    },
    'accounts.known_network': {
      heading: 'Networks that you have signed in from',
      count: (rows) => (rows === 1 ? 'one network' : `${rows} networks`),
      columns: { used_at: 'Last' },
    },
    'accounts.staff': {
      heading: 'Members of staff',
      count: (rows) => (rows === 1 ? 'one member of staff' : `${rows} members of staff`),
      columns: { role: 'Role', created_at: 'Added', left_at: 'Left' },
    },
    'accounts.invitation': {
      heading: 'Invitation to sign in',
      count: (rows) => (rows === 1 ? 'one invitation' : `${rows} invitations`),
      columns: { kind: 'Kind', sent_at: 'Sent' },
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
    'routines.erasure_reference': {
      heading: "The recipients' references",
      count: (rows) => (rows === 1 ? 'one page of references' : `${rows} pages of references`),
      columns: { removed: 'How many' },
    },
    'history.proof_of_purchase': {
      heading: 'Proof of purchase',
      count: (rows) => (rows === 1 ? 'one proof of purchase' : `${rows} proofs of purchase`),
      columns: { purchased_at: 'Bought' },
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

/** The states of columns in words, as far as the types of the tables list them. */
export const stateText = bilingual<StateWords>({
  sv: {
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
      role: { support: 'Kundtjänst', administrator: 'Administratör', bookkeeper: 'Ekonomi' },
    },
    'accounts.invitation': { kind: { new: 'Ny medarbetare', reset: 'Ny inloggning' } },
    'routines.hold': {
      scope: { history: 'Hela historiken', orders: 'Vissa beställningar' },
      ground: { claim: 'Rättsligt anspråk', 'order-to-preserve': 'Beslut av en myndighet' },
      state: { proposed: 'Föreslaget', confirmed: 'Bekräftat' },
    },
    'history.order': {
      state: { placed: 'Beställd', performed: 'Levererad', cancelled: 'Avbeställd' },
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
      role: { support: 'Customer service', administrator: 'Administrator', bookkeeper: 'Finance' },
    },
    'accounts.invitation': { kind: { new: 'New member of staff', reset: 'New sign-in' } },
    'routines.hold': {
      scope: { history: 'The whole history', orders: 'Some orders' },
      ground: { claim: 'A legal claim', 'order-to-preserve': 'An order of an authority' },
      state: { proposed: 'Proposed', confirmed: 'Confirmed' },
    },
    'history.order': {
      state: { placed: 'Ordered', performed: 'Delivered', cancelled: 'Cancelled' },
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
