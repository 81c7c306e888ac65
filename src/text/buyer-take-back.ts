import { bilingual } from './bilingual.ts';

/** Cancelling and withdrawing: before, during and after. */
export const buyerTakeBackText = bilingual({
  sv: {
    back: 'Tillbaka till beställningen',
    line: (quantity: string, name: string) => `${quantity} × ${name}`,
    atTime: (name: string, time: string) => `${name}, ${time}`,
    keepThis: (left: string) => `Behåll alla ${left}`,
    keepOne: 'Behåll',
    ofMany: (quantity: string, left: string) => `${quantity} av ${left}`,
    one: 'Ta med',
    nothingChosen: 'Välj minst en sak.',
    faultsTitle: 'Något behöver rättas',
    refund: 'Du får tillbaka',
    nothingBack: 'Inget är betalt, så du betalar inget, och inget betalas tillbaka.',
    fees: {
      cancellation: 'Avgift för sen avbokning',
      withdrawal: 'För det du redan har fått av tjänsten',
    },
    feeText: (fee: string) => `${fee}. Den dras från det du får tillbaka.`,
    how: 'Hur och när',
    hows: {
      swish: 'Till ditt Swish, oftast inom några minuter. Kvittot kommer med mejl.',
      card: 'Till kortet som du betalade med, oftast inom 3–5 bankdagar. Kvittot kommer med mejl.',
      terminal:
        'Vi betalar tillbaka till ditt kort för hand och hör av oss. Kvittot kommer med mejl.',
      cash: 'Vi betalar tillbaka för hand och hör av oss. Kvittot kommer med mejl.',
    },
    howGoods:
      'När vi har fått varorna, eller du har visat att de är skickade. Senast 14 dagar efter det, på samma sätt som du betalade.',
    cancel: {
      title: { times: 'Avboka', order: 'Avbeställ' },
      choose: 'Välj vad det gäller. Allt är valt från början.',
      show: 'Visa vad jag får tillbaka',
      question: { times: 'Vill du avboka?', order: 'Vill du avbeställa?' },
      what: 'Det här gäller det',
      whole: 'Det som inte är betalt avbokas som en helhet.',
      reason: 'Varför? (om du vill)',
      reasonHint: 'Det hjälper oss att bli bättre. Skriv inget känsligt.',
      reasonTooLong: 'Texten är för lång. Den kan ha högst 500 tecken.',
      yes: { times: 'Ja, avboka', order: 'Ja, avbeställ' },
      keep: { times: 'Behåll bokningen', order: 'Behåll beställningen' },
      tooMany: 'Vänta en stund innan du avbokar',
      tooManyText:
        'Inget är avbokat. Vi mejlar en bekräftelse på varje ändring, och det har blivit många på kort tid. Försök igen om en kvart.',
      changed: 'Summan har ändrats',
      changedText: 'Inget är avbokat. Se vad som gäller nu, och välj om du fortfarande vill.',
      stuck: 'Banken har inte svarat än',
      stuckText:
        'En betalning är påbörjad, och vi måste veta hur den gick innan vi avbokar. Försök igen om en minut. Betala inte under tiden.',
      paid: 'Betalningen gick igenom i samma stund',
      paidText: 'Inget är avbokat. Se vad du får tillbaka, och välj om du fortfarande vill.',
      none: 'Det går inte att avboka här',
    },
    withdraw: {
      title: 'Ångra köpet här',
      lead: 'Du behöver inte säga varför. På nästa sida ser du allt och bekräftar.',
      name: 'Ditt namn',
      contract: 'Köpet det gäller',
      contractOf: (number: string, day: string) => `Beställning ${number} från ${day}`,
      choose: 'Det du vill ångra',
      email: 'E-postadress för bekräftelsen',
      sealed: (name: string) =>
        `${name}: förseglingen ska vara hel. Är den bruten gäller ingen ångerrätt, av hälsoskäl eller hygieniska skäl.`,
      emailHint: 'Hit mejlar vi genast en bekräftelse med innehåll, datum och klockslag.',
      next: 'Fortsätt',
      not: 'Det här går inte att ångra',
      confirmTitle: 'Bekräfta att du ångrar köpet',
      confirmLead: 'Köpet är inte ångrat än. Läs igenom och bekräfta.',
      statement: (name: string, number: string, lines: string) =>
        `Jag, ${name}, ångrar mitt köp enligt beställning ${number}: ${lines}.`,
      message: 'Ditt meddelande till oss',
      to: 'Bekräftelsen mejlas till',
      confirm: 'Bekräfta att du ångrar köpet',
      change: 'Ändra',
      keep: 'Behåll köpet',
      tooMany: 'Bekräftelsen kan inte mejlas just nu',
      tooManyText:
        'Köpet är inte ångrat än. Många mejl har gått till adressen, eller härifrån, på kort tid. Vänta en kvart och bekräfta igen.',
      changed: 'Något har ändrats',
      changedText: 'Köpet är inte ångrat än. Se vad som gäller nu och bekräfta igen.',
      none: 'Det finns inget att ångra här',
      unpaid: 'Avboka i stället',
      faults: {
        name: {
          missing: 'Skriv ditt namn.',
          'too-long': 'Namnet är för långt. Det kan ha högst 100 tecken.',
        },
        email: {
          missing: 'Skriv e-postadressen som bekräftelsen ska gå till.',
          'not-an-address': 'Skriv en hel e-postadress, till exempel namn@exempel.se.',
          'too-long': 'Adressen är för lång.',
        },
        lines: { missing: 'Välj minst en sak att ångra.' },
      },
    },
    sendBack: {
      title: 'Skicka tillbaka varorna',
      text: (company: string, address: string) =>
        `Skicka dem till ${company}, ${address}, inom 14 dagar. Lägg med beställningsnumret. Returen betalar du. Spara kvittot från posten: visar du det betalar vi även om paketet dröjer.`,
    },
    done: {
      cancelled: { times: 'Avbokat', order: 'Avbeställt' },
      withdrawn: 'Du har ångrat köpet',
      refunded: 'Återbetalning',
      cancelledLead: 'Det är klart. Vi mejlar det här till dig.',
      withdrawnLead:
        'Vi har tagit emot att du ångrar köpet. Vi mejlar den här bekräftelsen till dig.',
      received: 'Mottaget',
      what: 'Det gäller',
      order: 'Beställning',
      print: 'Skriv ut',
      toOrder: 'Till beställningen',
    },
    letter: {
      cancelSubject: (number: string) => `Avbokat: beställning ${number}`,
      withdrawSubject: (number: string) =>
        `Bekräftelse: du har ångrat köpet, beställning ${number}`,
      cancelled: (number: string) => `Du har avbokat det här i beställning ${number}:`,
      withdrawn:
        'Vi har tagit emot ditt meddelande om att du ångrar köpet. Spara den här bekräftelsen.',
      received: (time: string) => `Mottaget: ${time}`,
      refund: (amount: string) => `Du får tillbaka ${amount}.`,
      see: (link: string) => `Se beställningen: ${link}`,
    },
  },
  en: {
    back: 'Back to the order',
    line: (quantity, name) => `${quantity} × ${name}`,
    atTime: (name, time) => `${name}, ${time}`,
    keepThis: (left) => `Keep all ${left}`,
    keepOne: 'Keep',
    ofMany: (quantity, left) => `${quantity} of ${left}`,
    one: 'Include',
    nothingChosen: 'Choose at least one thing.',
    faultsTitle: 'Something needs to be corrected',
    refund: 'You get back',
    nothingBack: 'Nothing is paid, so you pay nothing, and nothing is paid back.',
    fees: {
      cancellation: 'Fee for cancelling late',
      withdrawal: 'For what you have had of the service',
    },
    feeText: (fee) => `${fee}. It is taken from what you get back.`,
    how: 'How and when',
    hows: {
      swish: 'To your Swish, mostly within minutes. The receipt comes by e-mail.',
      card: 'To the card that you paid with, mostly within 3–5 banking days. The receipt comes by e-mail.',
      terminal: 'We pay back to your card by hand and get in touch. The receipt comes by e-mail.',
      cash: 'We pay back by hand and get in touch. The receipt comes by e-mail.',
    },
    howGoods:
      'When we have received the goods, or you have shown that they are sent. Within 14 days of that, in the way that you paid.',
    cancel: {
      title: { times: 'Cancel a booking', order: 'Cancel the order' },
      choose: 'Choose what it is about. Everything is chosen from the beginning.',
      show: 'Show what I get back',
      question: { times: 'Do you want to cancel?', order: 'Do you want to cancel the order?' },
      what: 'This is what it is about',
      whole: 'What is not paid is cancelled as a whole.',
      reason: 'Why? (if you like)',
      reasonHint: 'It helps us to get better. Write nothing sensitive.',
      reasonTooLong: 'The text is too long. It can have 500 characters at most.',
      yes: { times: 'Yes, cancel', order: 'Yes, cancel the order' },
      keep: { times: 'Keep the booking', order: 'Keep the order' },
      tooMany: 'Wait a while before you cancel',
      tooManyText:
        'Nothing is cancelled. We confirm each change by e-mail, and there have been many in a short time. Try again in a quarter of an hour.',
      changed: 'The sum has changed',
      changedText:
        'Nothing is cancelled. See what holds now, and choose whether you still want to.',
      stuck: 'The bank has not answered yet',
      stuckText:
        'A payment has begun, and we must know how it went before we cancel. Try again in a minute. Do not pay meanwhile.',
      paid: 'The payment went through at the same moment',
      paidText:
        'Nothing is cancelled. See what you get back, and choose whether you still want to.',
      none: 'This cannot be cancelled here',
    },
    withdraw: {
      title: 'Withdraw from the purchase here',
      lead: 'You need not say why. On the next page you see everything and confirm.',
      name: 'Your name',
      contract: 'The purchase it is about',
      contractOf: (number, day) => `Order ${number} of ${day}`,
      choose: 'What you want to withdraw from',
      email: 'E-mail address for the acknowledgement',
      sealed: (name) =>
        `${name}: the seal must be whole. Once it is broken there is no right of withdrawal, for reasons of health or hygiene.`,
      emailHint:
        'To this address we e-mail an acknowledgement at once, with content, date and time.',
      next: 'Continue',
      not: 'This cannot be withdrawn from',
      confirmTitle: 'Confirm your withdrawal',
      confirmLead: 'You have not withdrawn yet. Read through and confirm.',
      statement: (name, number, lines) =>
        `I, ${name}, withdraw from my purchase under order ${number}: ${lines}.`,
      message: 'Your message to us',
      to: 'The acknowledgement is e-mailed to',
      confirm: 'Confirm withdrawal',
      change: 'Change',
      keep: 'Keep the purchase',
      tooMany: 'The acknowledgement cannot be e-mailed right now',
      tooManyText:
        'You have not withdrawn yet. Many letters have gone to the address, or from here, in a short time. Wait a quarter of an hour and confirm again.',
      changed: 'Something has changed',
      changedText: 'You have not withdrawn yet. See what holds now and confirm again.',
      none: 'There is nothing to withdraw from here',
      unpaid: 'Cancel instead',
      faults: {
        name: {
          missing: 'Enter your name.',
          'too-long': 'The name is too long. It can have 100 characters at most.',
        },
        email: {
          missing: 'Enter the e-mail address for the acknowledgement.',
          'not-an-address': 'Enter a whole e-mail address, such as name@example.com.',
          'too-long': 'The address is too long.',
        },
        lines: { missing: 'Choose at least one thing to withdraw from.' },
      },
    },
    sendBack: {
      title: 'Send the goods back',
      text: (company, address) =>
        `Send them to ${company}, ${address}, within 14 days. Enclose the order number. You pay for the return. Keep the receipt of the post office: if you show it we pay even if the parcel takes its time.`,
    },
    done: {
      cancelled: { times: 'Cancelled', order: 'Order cancelled' },
      withdrawn: 'You have withdrawn from the purchase',
      refunded: 'Refund',
      cancelledLead: 'It is done. We are e-mailing this to you.',
      withdrawnLead:
        'We have received your withdrawal. We are e-mailing this acknowledgement to you.',
      received: 'Received',
      what: 'It is about',
      order: 'Order',
      print: 'Print',
      toOrder: 'To the order',
    },
    letter: {
      cancelSubject: (number) => `Cancelled: order ${number}`,
      withdrawSubject: (number) => `Acknowledgement: you have withdrawn from order ${number}`,
      cancelled: (number) => `You have cancelled this in order ${number}:`,
      withdrawn:
        'We have received your message that you withdraw from the purchase. Keep this acknowledgement.',
      received: (time) => `Received: ${time}`,
      refund: (amount) => `You get back ${amount}.`,
      see: (link) => `See the order: ${link}`,
    },
  },
});
