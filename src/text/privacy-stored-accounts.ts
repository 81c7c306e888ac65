import { bilingual } from './bilingual.ts';
import type { StoredWords } from './stored-words.ts';

type AccountsWords = Pick<StoredWords, Extract<keyof StoredWords, `accounts.${string}`>>;

/** What the tables of accounts, and their columns that are not sealed, are called. */
export const accountsText = bilingual<AccountsWords>({
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
    'accounts.engagement': {
      heading: 'Uppdrag som utförare',
      count: (rows) => (rows === 1 ? 'ett uppdrag' : `${rows} uppdrag`),
      columns: { began_at: 'Började', ended_at: 'Slutade' },
    },
    'accounts.provider_resource': {
      heading: 'Kalendrar',
      count: (rows) => (rows === 1 ? 'en kalender' : `${rows} kalendrar`),
      columns: {},
    },
    'accounts.invitation': {
      heading: 'Inbjudan att logga in',
      count: (rows) => (rows === 1 ? 'en inbjudan' : `${rows} inbjudningar`),
      columns: { kind: 'Slag', sent_at: 'Skickades' },
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
    'accounts.engagement': {
      heading: 'Engagements as a provider',
      count: (rows) => (rows === 1 ? 'one engagement' : `${rows} engagements`),
      columns: { began_at: 'Began', ended_at: 'Ended' },
    },
    'accounts.provider_resource': {
      heading: 'Calendars',
      count: (rows) => (rows === 1 ? 'one calendar' : `${rows} calendars`),
      columns: {},
    },
    'accounts.invitation': {
      heading: 'Invitation to sign in',
      count: (rows) => (rows === 1 ? 'one invitation' : `${rows} invitations`),
      columns: { kind: 'Kind', sent_at: 'Sent' },
    },
  },
});
