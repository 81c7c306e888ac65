import { bilingual } from './bilingual.ts';

/** The words around every staff page, of signing in and of the first page. */
export const consoleText = bilingual({
  sv: {
    frame: {
      skipToContent: 'Hoppa till innehållet',
      menu: 'Meny',
      closeMenu: 'Stäng menyn',
      mainNavigation: 'Huvudmeny',
      signOut: 'Logga ut',
      otherLanguage: 'English',
      sandboxTitle: 'Provmiljö.',
      sandboxText: 'Här finns inga riktiga kunder.',
      sandboxMailbox: 'Öppna brevlådan',
    },
    room: 'Personal',
    toPortal: 'Kundernas sidor',
    today: 'I dag',
    customers: 'Kunder',
    orders: 'Beställningar',
    erasures: 'Raderingar',
    holds: 'Bevaranden',
    books: 'Bokföring',
    recipients: 'Mottagare',
    promises: 'Löften',
    retention: 'Gallring',
    figures: 'Statistik',
    operation: 'Drift',
    staff: 'Medarbetare',
    roles: {
      support: 'Kundtjänst',
      administrator: 'Administratör',
      bookkeeper: 'Bokföring',
      provider: 'Utförare',
    },
    partyRoles: {
      support: 'kundtjänst',
      administrator: 'en administratör',
      bookkeeper: 'bokföring',
      provider: 'utförare',
      other: 'systemet',
    },
    signedInAs: (role: string) => `Inloggad: ${role}`,
    signIn: {
      title: 'Logga in',
      lead: 'För dig som arbetar här.',
      sandboxHint: 'Inloggning för provföretagets medarbetare står i brevlådan.',
      goOn: 'Logga in för att fortsätta',
      goOnText:
        'Du är inte inloggad, eller så har du varit inloggad i tolv timmar eller inte gjort något på en timme. Om du skickade något är det inte gjort.',
      email: 'E-postadress',
      password: 'Lösenord',
      showPassword: 'Visa lösenordet',
      hidePassword: 'Dölj lösenordet',
      code: 'Engångskod',
      codeHint: 'De sex siffrorna i din autentiseringsapp.',
      button: 'Logga in',
      errorTitle: 'Du är inte inloggad än',
      missing: {
        email: 'Fyll i din e-postadress, till exempel namn@exempel.se.',
        password: 'Fyll i ditt lösenord.',
        code: 'Fyll i koden från din autentiseringsapp.',
      },
      notAnAddress: 'Skriv e-postadressen så här: namn@exempel.se.',
      notACode: 'Koden ska ha sex siffror.',
      wrong:
        'E-postadressen, lösenordet eller koden stämmer inte. En kod fungerar en gång; vänta på nästa och försök igen.',
      tooMany: 'Det har varit för många försök. Vänta en kvart och försök igen.',
    },
    home: {
      title: 'I dag',
      toDo: 'Läget just nu',
      orders: 'Beställningar att utföra',
      ordersValue: (waiting: string, today: string) => `${waiting}, varav ${today} från i dag`,
      seeOrders: 'Visa beställningar',
      erasures: 'Raderingar på väg',
      seeErasures: 'Visa raderingar',
      noErasures: 'Inga',
      mail: 'Mejl som väntar',
      noMail: 'Inga',
      mailValue: (waiting: string, held: string) => `${waiting}, varav stoppade: ${held}`,
      mailOnTheWay: (waiting: string) => `${waiting}, på väg`,
      seeRecipients: 'Visa mottagare',
      promises: 'Löften till kunderna',
      promisesValue: (kept: string, broken: string, unchecked: string) =>
        `${kept} hålls, ${broken} bryts, ${unchecked} är inte prövade än`,
      promisesNever: 'Inte prövade än',
      seePromises: 'Visa löften',
      mailStopped: 'Inga mejl går ut',
      mailStoppedWaiting: (held: string, many: boolean) =>
        many
          ? `${held} mejl väntar. De skickas av sig själva när hindret är borta, men ett mejl som har väntat i sju dagar tas bort.`
          : `${held} mejl väntar. Det skickas av sig självt när hindret är borta, men tas bort om det har väntat i sju dagar.`,
      mailStoppedNobody: 'Inget mejl väntar än, men nya kommer att göra det.',
      mailStoppedAct: 'Se mottagarna och deras avtal',
      broken: (count: string, many: boolean) =>
        many ? `${count} löften bryts` : `${count} löfte bryts`,
      brokenText: 'Den senaste prövningen fann något som inte stämmer med det vi lovar kunderna.',
      brokenAct: 'Se vad som fanns',
      calm: 'Inget är stoppat och inget löfte bryts.',
    },
    obstacles: {
      'no-recipient': 'Ingen mottagare i registret sköter det här.',
      'category-not-in-notice':
        'Mottagarens kategori står inte i informationen till kunderna. Då får inget lämnas ut dit.',
      'no-agreement':
        'Det finns inget personuppgiftsbiträdesavtal som gäller i dag. Utan avtal lämnas inget ut.',
      'no-transfer-tool':
        'Mottagaren finns utanför EU/EES och saknar ett giltigt skydd för överföringen.',
      'no-notice':
        'Mottagaren är själv ansvarig men har ingen egen information att visa för kunden.',
    },
    mailObstacle: {
      'no-recipient': 'Det finns ingen leverantör av mejl i registret.',
      'category-not-in-notice':
        'Mejlleverantörens kategori står inte i informationen till kunderna.',
      'no-agreement': 'Personuppgiftsbiträdesavtalet med mejlleverantören har upphört.',
      'no-transfer-tool':
        'Mejlleverantören finns utanför EU/EES och saknar ett giltigt skydd för överföringen.',
      'no-notice': 'Mejlleverantören har ingen egen information att visa för kunden.',
    },
  },
  en: {
    frame: {
      skipToContent: 'Skip to content',
      menu: 'Menu',
      closeMenu: 'Close the menu',
      mainNavigation: 'Main menu',
      signOut: 'Sign out',
      otherLanguage: 'Svenska',
      sandboxTitle: 'Sandbox.',
      sandboxText: 'There are no real customers here.',
      sandboxMailbox: 'Open the mailbox',
    },
    room: 'Staff',
    toPortal: 'Customer pages',
    today: 'Today',
    customers: 'Customers',
    orders: 'Orders',
    erasures: 'Erasures',
    holds: 'Holds',
    books: 'Bookkeeping',
    recipients: 'Recipients',
    promises: 'Promises',
    retention: 'Retention',
    figures: 'Figures',
    operation: 'Operation',
    staff: 'Staff',
    roles: {
      support: 'Customer service',
      administrator: 'Administrator',
      bookkeeper: 'Bookkeeping',
      provider: 'Provider',
    },
    partyRoles: {
      support: 'customer service',
      administrator: 'an administrator',
      bookkeeper: 'bookkeeping',
      provider: 'provider',
      other: 'the system',
    },
    signedInAs: (role) => `Signed in: ${role}`,
    signIn: {
      title: 'Sign in',
      lead: 'For those who work here.',
      sandboxHint: 'How to sign in as the demo company’s staff is in the mailbox.',
      goOn: 'Sign in to go on',
      goOnText:
        'You are not signed in, or you have been signed in for twelve hours or done nothing for an hour. If you sent something, it has not been done.',
      email: 'E-mail address',
      password: 'Password',
      showPassword: 'Show password',
      hidePassword: 'Hide password',
      code: 'One-time code',
      codeHint: 'The six digits in your authenticator app.',
      button: 'Sign in',
      errorTitle: 'You are not signed in yet',
      missing: {
        email: 'Enter your e-mail address, for example name@example.com.',
        password: 'Enter your password.',
        code: 'Enter the code from your authenticator app.',
      },
      notAnAddress: 'Write the e-mail address like this: name@example.com.',
      notACode: 'The code has six digits.',
      wrong:
        'The e-mail address, the password or the code is not right. A code works once; wait for the next one and try again.',
      tooMany: 'There have been too many attempts. Wait a quarter of an hour and try again.',
    },
    home: {
      title: 'Today',
      toDo: 'Right now',
      orders: 'Orders to carry out',
      ordersValue: (waiting, today) => `${waiting}, of which ${today} from today`,
      seeOrders: 'Show orders',
      erasures: 'Erasures under way',
      seeErasures: 'Show erasures',
      noErasures: 'None',
      mail: 'Mail waiting',
      noMail: 'None',
      mailValue: (waiting, held) => `${waiting}, of which stopped: ${held}`,
      mailOnTheWay: (waiting) => `${waiting}, on the way`,
      seeRecipients: 'Show recipients',
      promises: 'Promises to customers',
      promisesValue: (kept, broken, unchecked) =>
        `${kept} kept, ${broken} broken, ${unchecked} not yet checked`,
      promisesNever: 'Not yet checked',
      seePromises: 'Show promises',
      mailStopped: 'No mail is leaving',
      mailStoppedWaiting: (held, many) =>
        many
          ? `${held} messages are waiting. They leave by themselves when the obstacle is gone, but a message that has waited for seven days is removed.`
          : `${held} message is waiting. It leaves by itself when the obstacle is gone, but is removed when it has waited for seven days.`,
      mailStoppedNobody: 'No message is waiting yet, but new ones will.',
      mailStoppedAct: 'See the recipients and their agreements',
      broken: (count, many) =>
        many ? `${count} promises are broken` : `${count} promise is broken`,
      brokenText: 'The latest check found something that is not as we promise the customers.',
      brokenAct: 'See what was found',
      calm: 'Nothing is stopped and no promise is broken.',
    },
    obstacles: {
      'no-recipient': 'No recipient in the register does this.',
      'category-not-in-notice':
        'The recipient’s category is not in the notice to customers. Nothing may be handed out to it.',
      'no-agreement':
        'There is no data processing agreement that holds today. Without one nothing is handed out.',
      'no-transfer-tool':
        'The recipient is outside the EU/EEA and has no valid safeguard for the transfer.',
      'no-notice':
        'The recipient is a controller of its own but has no notice to show the customer.',
    },
    mailObstacle: {
      'no-recipient': 'There is no mail supplier in the register.',
      'category-not-in-notice': 'The mail supplier’s category is not in the notice to customers.',
      'no-agreement': 'The data processing agreement with the mail supplier has ended.',
      'no-transfer-tool':
        'The mail supplier is outside the EU/EEA and has no valid safeguard for the transfer.',
      'no-notice': 'The mail supplier has no notice of its own to show the customer.',
    },
  },
});
