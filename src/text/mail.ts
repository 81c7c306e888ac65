import { bilingual } from './bilingual.ts';

/** Letters that the system writes. Plain text: the message itself, not an invitation to sign in and read it. */
export const mailText = bilingual({
  sv: {
    confirm: {
      subject: 'Bekräfta din e-postadress',
      text: (company: string, link: string) =>
        `Hej!\n\nNågon, förmodligen du, vill skapa ett kundkonto hos ${company} med den här adressen. Öppna länken för att bekräfta adressen och välja ett lösenord:\n\n${link}\n\nLänken fungerar i ett dygn och en gång. Var det inte du? Då behöver du inte göra något: inget konto skapas.\n\n${company}\n`,
    },
    already: {
      subject: 'Du har redan ett kundkonto',
      text: (company: string, link: string) =>
        `Hej!\n\nNågon, förmodligen du, ville skapa ett kundkonto hos ${company} med den här adressen. Du har redan ett. Logga in här:\n\n${link}\n\nVar det inte du? Då behöver du inte göra något.\n\n${company}\n`,
    },
  },
  en: {
    confirm: {
      subject: 'Confirm your e-mail address',
      text: (company, link) =>
        `Hello,\n\nSomebody, probably you, wants to create a customer account with ${company} using this address. Open the link to confirm the address and choose a password:\n\n${link}\n\nThe link works for one day and once. Was it not you? Then you need not do anything: no account is created.\n\n${company}\n`,
    },
    already: {
      subject: 'You already have a customer account',
      text: (company, link) =>
        `Hello,\n\nSomebody, probably you, wanted to create a customer account with ${company} using this address. You already have one. Sign in here:\n\n${link}\n\nWas it not you? Then you need not do anything.\n\n${company}\n`,
    },
  },
});
