import { bilingual } from './bilingual.ts';

/** What a letter before a closing says: the day of it, and the last day on which it can be stopped. */
type Said = { readonly company: string; readonly day: string; readonly lastDay: string };

/** Letters that come before an account is closed. They hold no link: signing in as usual is all it takes. */
export const keepingMailText = bilingual({
  sv: {
    unused: {
      subject: {
        month: ({ day }: Said) => `Vi stänger ditt konto den ${day}`,
        week: ({ day }: Said) => `Påminnelse: vi stänger ditt konto den ${day}`,
      },
      text: {
        month: ({ company, day, lastDay }: Said) =>
          `Hej!\n\nDu har inte använt ditt kundkonto hos ${company} på länge. Därför stänger vi det den ${day} och raderar uppgifterna.\n\nVill du behålla kontot? Logga in senast den ${lastDay}. Mer behövs inte. Gå till vår webbplats som du brukar; vi skickar ingen länk, så att du kan lita på att brevet är från oss. Har du glömt lösenordet kan du välja ett nytt där.\n\nVill du inte ha kvar kontot behöver du inte göra något. Vill du spara något laddar du ner det under Mina uppgifter innan dess.\n\nVi skriver en gång till en vecka före. Hur länge kontot ska finnas bestämmer du under Inställningar.\n\n${company}\n`,
        week: ({ company, day, lastDay }: Said) =>
          `Hej!\n\nSnart stänger vi ditt kundkonto hos ${company}, eftersom du inte har använt det på länge. Det sker den ${day}. Då raderas uppgifterna, och det går inte att ångra.\n\nVill du behålla kontot? Logga in på vår webbplats senast den ${lastDay}. Mer behövs inte.\n\nVill du inte ha kvar det behöver du inte göra något.\n\n${company}\n`,
      },
    },
    'until-date': {
      subject: {
        month: ({ day }: Said) => `Ditt konto stängs den ${day}`,
        week: ({ day }: Said) => `Påminnelse: ditt konto stängs den ${day}`,
      },
      text: {
        month: ({ company, day, lastDay }: Said) =>
          `Hej!\n\nDu har valt att ditt kundkonto hos ${company} ska stängas den ${day}. Då raderar vi uppgifterna, och det går inte att ångra.\n\nVill du behålla kontot längre? Logga in på vår webbplats senast den ${lastDay} och välj en annan tid under Inställningar. Det räcker inte att logga in.\n\nVill du spara något laddar du ner det under Mina uppgifter innan dess.\n\nVar det inte du som valde det? Logga in, ändra tiden och byt lösenord.\n\n${company}\n`,
        week: ({ company, day, lastDay }: Said) =>
          `Hej!\n\nSnart stänger vi ditt kundkonto hos ${company}, som du har valt. Det sker den ${day}. Då raderas uppgifterna, och det går inte att ångra.\n\nHar du ändrat dig? Logga in på vår webbplats senast den ${lastDay} och välj en annan tid under Inställningar.\n\n${company}\n`,
      },
    },
  },
  en: {
    unused: {
      subject: {
        month: ({ day }) => `We will close your account on ${day}`,
        week: ({ day }) => `Reminder: we will close your account on ${day}`,
      },
      text: {
        month: ({ company, day, lastDay }) =>
          `Hello,\n\nYou have not used your customer account with ${company} for a long time. We will therefore close it on ${day} and erase the data.\n\nDo you want to keep the account? Sign in on ${lastDay} at the latest. Nothing more is needed. Go to our website as you usually do; we send no link, so that you can trust that this letter is ours. If you have forgotten your password you can choose a new one there.\n\nIf you do not want the account any more you need not do anything. If there is something you want to save, download it from My data before then.\n\nWe will write once more a week before. You decide in Settings how long the account exists.\n\n${company}\n`,
        week: ({ company, day, lastDay }) =>
          `Hello,\n\nSoon we will close your customer account with ${company}, because you have not used it for a long time. It happens on ${day}. The data is erased then, and that cannot be undone.\n\nDo you want to keep the account? Sign in on our website on ${lastDay} at the latest. Nothing more is needed.\n\nIf you do not want it any more you need not do anything.\n\n${company}\n`,
      },
    },
    'until-date': {
      subject: {
        month: ({ day }) => `Your account will be closed on ${day}`,
        week: ({ day }) => `Reminder: your account will be closed on ${day}`,
      },
      text: {
        month: ({ company, day, lastDay }) =>
          `Hello,\n\nYou have chosen that your customer account with ${company} is to be closed on ${day}. We erase the data then, and that cannot be undone.\n\nDo you want to keep the account longer? Sign in on our website on ${lastDay} at the latest and choose another time in Settings. Signing in alone is not enough.\n\nIf there is something you want to save, download it from My data before then.\n\nWas it not you who chose this? Sign in, change the time and change your password.\n\n${company}\n`,
        week: ({ company, day, lastDay }) =>
          `Hello,\n\nSoon we will close your customer account with ${company}, as you have chosen. It happens on ${day}. The data is erased then, and that cannot be undone.\n\nHave you changed your mind? Sign in on our website on ${lastDay} at the latest and choose another time in Settings.\n\n${company}\n`,
      },
    },
  },
});

/** The page on which a customer chooses how long the account stays. */
export const keepingText = bilingual({
  sv: {
    back: 'Inställningar',
    title: 'Hur länge kontot ska finnas',
    lead: 'Du bestämmer när vi stänger kontot och raderar dina uppgifter. Du kan ändra dig när du vill, och stänga kontot själv när som helst.',
    now: 'Så är det nu',
    outcome: {
      untilClosed: 'Kontot finns kvar tills du stänger det.',
      unused: (day: string) => `Om du inte loggar in stänger vi kontot den ${day}.`,
      unusedMoves: (months: number) =>
        `Varje gång du loggar in eller använder kontot räknas det om: ${months} månader framåt.`,
      untilDate: (day: string) => `Vi stänger kontot den ${day}, också om du använder det.`,
    },
    notChosen: 'Det här gäller för den som inte har valt något.',
    chosen: (day: string) => `Du valde det den ${day}.`,
    question: 'Hur länge vill du ha kvar kontot?',
    options: {
      untilClosed: 'Tills jag stänger det själv',
      untilClosedHint: 'Vi stänger det aldrig av oss själva.',
      months: (months: number) => `Tills jag inte har använt det på ${months} månader`,
      monthsHint: (day: string) => `Om du inte loggar in från och med nu: den ${day}.`,
      untilDate: 'Till ett visst datum',
      untilDateHint: 'Kontot stängs då även om du använder det.',
    },
    date: 'Datum',
    dateHint: (first: string, last: string) =>
      `Gäller bara om du väljer ett visst datum. Tidigast ${first}, senast ${last}.`,
    save: 'Spara valet',
    errorTitle: 'Valet är inte sparat',
    faults: {
      stay: { missing: 'Välj hur länge kontot ska finnas.' },
      date: {
        missing: 'Skriv datumet då kontot ska stängas.',
        'not-a-date': 'Skriv datumet så här: 2027-11-22.',
        'too-early':
          'Datumet är för nära. Vill du stänga kontot redan nu gör du det under Stäng mitt konto.',
        'too-late': 'Datumet är för långt fram. Välj ett inom tio år.',
      },
    },
    saved: 'Sparat',
    before: 'Innan vi stänger kontot',
    beforeText: [
      'Vi skriver till dig minst 30 dagar före, och en gång till minst 7 dagar före. Väljer du ett datum som är närmare än så skriver vi genast.',
      'Har du en beställning som inte är levererad, eller går våra brev inte fram, väntar vi. Men vi väntar högst 90 dagar.',
      'Har du begärt att vi begränsar användningen av dina uppgifter stänger vi inte kontot så länge det gäller.',
      'Uppgifterna raderas på samma sätt som när du stänger kontot själv, och du får koden till kvittot i ett sista brev.',
    ],
    close: 'Stäng mitt konto nu',
    change: 'Ändra',
    atSignUp: (months: number) =>
      `Använder du inte kontot på ${months} månader stänger vi det. Vi skriver till dig i god tid före, och du kan välja en annan tid under Inställningar.`,
  },
  en: {
    back: 'Settings',
    title: 'How long the account is to exist',
    lead: 'You decide when we close the account and erase your data. You can change your mind whenever you like, and close the account yourself at any time.',
    now: 'This is how it is now',
    outcome: {
      untilClosed: 'The account stays until you close it.',
      unused: (day) => `If you do not sign in we will close the account on ${day}.`,
      unusedMoves: (months) =>
        `Each time you sign in or use the account it is counted anew: ${months} months ahead.`,
      untilDate: (day) => `We will close the account on ${day}, even if you are using it.`,
    },
    notChosen: 'This holds for those who have chosen nothing.',
    chosen: (day) => `You chose this on ${day}.`,
    question: 'How long do you want to keep the account?',
    options: {
      untilClosed: 'Until I close it myself',
      untilClosedHint: 'We will never close it of our own accord.',
      months: (months) => `Until I have not used it for ${months} months`,
      monthsHint: (day) => `If you do not sign in from now on: on ${day}.`,
      untilDate: 'Until a certain date',
      untilDateHint: 'The account is closed then even if you are using it.',
    },
    date: 'Date',
    dateHint: (first, last) =>
      `Only if you choose a certain date. ${first} at the earliest, ${last} at the latest.`,
    save: 'Save the choice',
    errorTitle: 'The choice has not been saved',
    faults: {
      stay: { missing: 'Choose how long the account is to exist.' },
      date: {
        missing: 'Enter the date on which the account is to be closed.',
        'not-a-date': 'Enter the date like this: 2027-11-22.',
        'too-early': 'The date is too close. To close the account now, use Close my account.',
        'too-late': 'The date is too far ahead. Choose one within ten years.',
      },
    },
    saved: 'Saved',
    before: 'Before we close the account',
    beforeText: [
      'We write to you at least 30 days before, and once more at least 7 days before. If you choose a date that is closer than that we write at once.',
      'If you have an order that has not been delivered, or our letters cannot be delivered, we wait. But we wait 90 days at most.',
      'If you have asked us to restrict the use of your data we do not close the account while that holds.',
      'The data is erased in the same way as when you close the account yourself, and you get the code of the receipt in a last letter.',
    ],
    close: 'Close my account now',
    change: 'Change',
    atSignUp: (months) =>
      `If you do not use the account for ${months} months we close it. We write to you well before, and you can choose another time in Settings.`,
  },
});
