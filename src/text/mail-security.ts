import { bilingual } from './bilingual.ts';

/** What a letter about the security of an account can tell of. */
export type SecurityChange =
  | 'passkey-added'
  | 'passkey-removed'
  | 'codes-on'
  | 'codes-off'
  | 'recovery-codes-new'
  | 'recovery-code-used'
  | 'password-changed'
  | 'password-recovered'
  | 'address-restored';

type Words = {
  readonly letter: (text: string, when: string, company: string) => string;
  readonly changes: {
    readonly [C in SecurityChange]: { readonly subject: string; readonly text: string };
  };
};

/** Letters after each change of what guards an account. */
export const securityMailText = bilingual<Words>({
  sv: {
    letter: (text, when, company) =>
      `Hej!\n\n${text} Det gjordes ${when}.\n\nVar det du? Då behöver du inte göra något.\n\nVar det inte du? Gå till vår webbplats som du brukar, logga in och öppna Inställningar. Byt lösenord och logga ut de enheter som du inte känner igen. Kommer du inte in väljer du Glömt lösenordet.\n\nDet finns med flit ingen länk i det här mejlet.\n\n${company}\n`,
    changes: {
      'passkey-added': {
        subject: 'En passkey har lagts till',
        text: 'En passkey har lagts till i ditt kundkonto. Med den går det att logga in utan lösenord.',
      },
      'passkey-removed': {
        subject: 'En passkey har tagits bort',
        text: 'En passkey har tagits bort från ditt kundkonto. Det går inte längre att logga in med den.',
      },
      'codes-on': {
        subject: 'Tvåstegsverifiering är på',
        text: 'Tvåstegsverifiering är nu på för ditt kundkonto. Den som loggar in med lösenordet behöver också en engångskod.',
      },
      'codes-off': {
        subject: 'Tvåstegsverifiering är av',
        text: 'Tvåstegsverifiering är nu av för ditt kundkonto. Det räcker med lösenordet för att logga in.',
      },
      'recovery-codes-new': {
        subject: 'Du har fått nya reservkoder',
        text: 'Nya reservkoder har skapats för ditt kundkonto. De gamla fungerar inte längre.',
      },
      'recovery-code-used': {
        subject: 'En reservkod har använts',
        text: 'En av reservkoderna till ditt kundkonto har använts i stället för en engångskod. Den koden fungerar inte igen.',
      },
      'password-changed': {
        subject: 'Ditt lösenord är ändrat',
        text: 'Lösenordet till ditt kundkonto har ändrats av någon som var inloggad.',
      },
      'password-recovered': {
        subject: 'Du har valt ett nytt lösenord',
        text: 'Ett nytt lösenord har valts till ditt kundkonto genom en länk i ett mejl till dig. Alla enheter är utloggade.',
      },
      'address-restored': {
        subject: 'Din e-postadress är som förut',
        text: 'Ett byte av e-postadress har ångrats, och kontot har den här adressen igen. Ett nytt lösenord har valts, alla enheter är utloggade, och alla passkeys och reservkoder är borttagna. Nya kan du skapa när du har loggat in.',
      },
    },
  },
  en: {
    letter: (text, when, company) =>
      `Hello,\n\n${text} It was done ${when}.\n\nWas it you? Then you need not do anything.\n\nWas it not you? Go to our website as you usually do, sign in and open Settings. Change your password and sign out the devices that you do not recognise. If you cannot get in, choose Forgot your password.\n\nThere is no link in this message, and that is on purpose.\n\n${company}\n`,
    changes: {
      'passkey-added': {
        subject: 'A passkey has been added',
        text: 'A passkey has been added to your customer account. It signs in without a password.',
      },
      'passkey-removed': {
        subject: 'A passkey has been removed',
        text: 'A passkey has been removed from your customer account. It no longer signs in.',
      },
      'codes-on': {
        subject: 'Two-step verification is on',
        text: 'Two-step verification is now on for your customer account. Whoever signs in with the password needs a one-time code as well.',
      },
      'codes-off': {
        subject: 'Two-step verification is off',
        text: 'Two-step verification is now off for your customer account. The password alone signs in.',
      },
      'recovery-codes-new': {
        subject: 'You have new recovery codes',
        text: 'New recovery codes have been made for your customer account. The old ones no longer work.',
      },
      'recovery-code-used': {
        subject: 'A recovery code has been used',
        text: 'One of the recovery codes of your customer account has been used instead of a one-time code. That code does not work again.',
      },
      'password-changed': {
        subject: 'Your password has been changed',
        text: 'The password of your customer account has been changed by somebody who was signed in.',
      },
      'password-recovered': {
        subject: 'You have chosen a new password',
        text: 'A new password has been chosen for your customer account by a link in a message to you. All devices are signed out.',
      },
      'address-restored': {
        subject: 'Your e-mail address is as before',
        text: 'A change of e-mail address has been undone, and the account has this address again. A new password has been chosen, all devices are signed out, and all passkeys and recovery codes are removed. You can make new ones when you have signed in.',
      },
    },
  },
});
