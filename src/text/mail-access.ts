import { bilingual } from './bilingual.ts';

type Letter<Parts extends string[]> = {
  readonly subject: string;
  readonly text: (...parts: Parts) => string;
};
type WithLink = Letter<[company: string, link: string]>;
type Words = {
  /** Somebody asked for a new password. */
  readonly recover: WithLink;
  readonly noAccount: WithLink;
  /** To the new address, before anything is changed. */
  readonly confirmAddress: WithLink;
  /** To the new address, when it has an account of its own. */
  readonly addressTaken: WithLink;
  /** To the former address, when it has been changed. */
  readonly addressChanged: Letter<[company: string, when: string, link: string]>;
  /** To the address that the account had until somebody undid the change. */
  readonly addressTakenBack: Letter<[company: string, when: string]>;
};

/** Letters with which somebody gets back into an account, or moves it to another address. */
export const accessMailText = bilingual<Words>({
  sv: {
    recover: {
      subject: 'Välj ett nytt lösenord',
      text: (company, link) =>
        `Hej!\n\nNågon, förmodligen du, har bett om ett nytt lösenord till ditt kundkonto hos ${company}. Öppna länken för att välja ett:\n\n${link}\n\nLänken fungerar i 30 minuter och en gång. Innan du har använt den ändras inget.\n\nVar det inte du? Då behöver du inte göra något, och ditt lösenord fungerar som förut. Skicka inte länken vidare till någon, inte heller till oss.\n\n${company}\n`,
    },
    noAccount: {
      subject: 'Det finns inget kundkonto med den här adressen',
      text: (company, link) =>
        `Hej!\n\nNågon, förmodligen du, har bett om ett nytt lösenord till ett kundkonto hos ${company} med den här adressen. Det finns inget sådant konto. Kanske har du använt en annan adress.\n\nVill du skapa ett konto gör du det här:\n\n${link}\n\nVar det inte du? Då behöver du inte göra något.\n\n${company}\n`,
    },
    confirmAddress: {
      subject: 'Bekräfta din nya e-postadress',
      text: (company, link) =>
        `Hej!\n\nNågon, förmodligen du, vill byta till den här adressen för sitt kundkonto hos ${company}. Öppna länken där du är inloggad, eller logga in med adressen som kontot har nu:\n\n${link}\n\nLänken fungerar i ett dygn och en gång. Innan du har bekräftat bytet ändras inget.\n\nVar det inte du? Då behöver du inte göra något. Länken fungerar bara för den som kan logga in på kontot.\n\n${company}\n`,
    },
    addressTaken: {
      subject: 'Du har redan ett kundkonto',
      text: (company, link) =>
        `Hej!\n\nNågon, förmodligen du, ville byta till den här adressen för ett kundkonto hos ${company}. Adressen har redan ett eget konto, och därför har inget ändrats. Logga in här:\n\n${link}\n\nVar det inte du? Då behöver du inte göra något.\n\n${company}\n`,
    },
    addressChanged: {
      subject: 'E-postadressen till ditt kundkonto är bytt',
      text: (company, when, link) =>
        `Hej!\n\nDitt kundkonto hos ${company} har bytt från den här e-postadressen till en annan. Det gjordes ${when}. Hädanefter skriver vi till den nya adressen.\n\nVar det du? Då behöver du inte göra något.\n\nVar det inte du? Öppna länken inom sju dagar, så får kontot tillbaka den här adressen, alla enheter loggas ut och du väljer ett nytt lösenord:\n\n${link}\n\nDu behöver lösenordet som kontot har nu. Har någon ändrat det också, hör av dig till oss: kontaktuppgifterna står på vår webbplats.\n\n${company}\n`,
    },
    addressTakenBack: {
      subject: 'Bytet av e-postadress är ångrat',
      text: (company, when) =>
        `Hej!\n\nEtt kundkonto hos ${company} hade den här e-postadressen. Bytet till den har ångrats av någon som kunde öppna brevet till den tidigare adressen och kunde lösenordet. Det gjordes ${when}. Alla enheter är utloggade.\n\nVar det inte du, och är kontot ditt? Hör av dig till oss: kontaktuppgifterna står på vår webbplats.\n\n${company}\n`,
    },
  },
  en: {
    recover: {
      subject: 'Choose a new password',
      text: (company, link) =>
        `Hello,\n\nSomebody, probably you, has asked for a new password for your customer account with ${company}. Open the link to choose one:\n\n${link}\n\nThe link works for 30 minutes and once. Nothing changes until you have used it.\n\nWas it not you? Then you need not do anything, and your password works as before. Do not pass the link on to anybody, not to us either.\n\n${company}\n`,
    },
    noAccount: {
      subject: 'There is no customer account with this address',
      text: (company, link) =>
        `Hello,\n\nSomebody, probably you, has asked for a new password for a customer account with ${company} with this address. There is no such account. You may have used another address.\n\nIf you want to create an account, you do it here:\n\n${link}\n\nWas it not you? Then you need not do anything.\n\n${company}\n`,
    },
    confirmAddress: {
      subject: 'Confirm your new e-mail address',
      text: (company, link) =>
        `Hello,\n\nSomebody, probably you, wants to change to this address for a customer account with ${company}. Open the link where you are signed in, or sign in with the address that the account has now:\n\n${link}\n\nThe link works for one day and once. Nothing changes until you have confirmed.\n\nWas it not you? Then you need not do anything. The link works only for somebody who can sign in to the account.\n\n${company}\n`,
    },
    addressTaken: {
      subject: 'You already have a customer account',
      text: (company, link) =>
        `Hello,\n\nSomebody, probably you, wanted to change to this address for a customer account with ${company}. The address has an account of its own, and so nothing has been changed. Sign in here:\n\n${link}\n\nWas it not you? Then you need not do anything.\n\n${company}\n`,
    },
    addressChanged: {
      subject: 'The e-mail address of your customer account has been changed',
      text: (company, when, link) =>
        `Hello,\n\nYour customer account with ${company} has changed from this e-mail address to another one. It was done ${when}. From now on we write to the new address.\n\nWas it you? Then you need not do anything.\n\nWas it not you? Open the link within seven days; the account then has this address again, all devices are signed out and you choose a new password:\n\n${link}\n\nYou need the password that the account has now. If somebody has changed that as well, contact us: you find how on our website.\n\n${company}\n`,
    },
    addressTakenBack: {
      subject: 'The change of e-mail address has been undone',
      text: (company, when) =>
        `Hello,\n\nA customer account with ${company} had this e-mail address. The change to it has been undone by somebody who could open the message to the former address and knew the password. It was done ${when}. All devices are signed out.\n\nWas it not you, and is the account yours? Contact us: you find how on our website.\n\n${company}\n`,
    },
  },
});
