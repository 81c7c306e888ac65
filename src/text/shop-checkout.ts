import { bilingual } from './bilingual.ts';

/** The checkout: who orders, where it goes, what is asked, and how it is paid. */
export const shopCheckoutText = bilingual({
  sv: {
    form: {
      title: 'Kassa',
      back: 'Varukorgen',
      lead: 'Du beställer inte än. Först får du se hela beställningen.',
      guest: 'Beställ utan konto',
      guestText:
        'Beställningen blir din egen: en kod i bekräftelsen leder dit, och du kan ta bort den när den är klar.',
      haveAccount: 'Har du ett konto?',
      signIn: 'Logga in',
      signInText: 'Det som ligger i varukorgen följer med.',
      who: 'Vem beställer',
      whoAndWhere: 'Vem beställer, och vart',
      email: 'E-postadress',
      emailHint: 'Dit mejlar vi bekräftelsen och koden till beställningen.',
      name: 'Namn',
      phone: 'Telefonnummer',
      phoneHint: 'Om vi behöver nå dig om tiden, till exempel 070-123 45 67.',
      street: 'Gatuadress',
      postalCode: 'Postnummer',
      postalCodeHint: 'Fem siffror, till exempel 506 30.',
      town: 'Ort',
      message: 'Meddelande till oss (om du vill)',
      messageHint: 'Skriv inget känsligt, som uppgifter om hälsa.',
      prefilled: 'Vi har fyllt i det du skrev i din senaste beställning.',
      questions: 'Det här behöver vi veta',
      questionsText: 'Skriv inget känsligt, som uppgifter om hälsa.',
      optional: (question: string) => `${question} (om du vill)`,
      pay: 'Hur vill du betala?',
      ways: {
        swish: 'Swish',
        card: 'Kort',
        'on-site': 'På plats',
      },
      whoKnows: {
        swish: (name: string) =>
          `${name} får veta beställningens nummer och beloppet, inte vad du köper.`,
        card: (name: string) =>
          `${name} får veta beställningens nummer och beloppet, inte vad du köper. Kortnumret skriver du hos dem.`,
        'on-site':
          'Du betalar när du kommer, eller när du får varorna. Ingen annan får veta något.',
      },
      theirNotice: 'Så hanterar de dina uppgifter',
      notOfferedWays: { swish: 'Swish', card: 'kort' },
      notOffered: (ways: string) => `Just nu går det inte att betala med ${ways}.`,
      nothingOffered: 'Just nu kan vi inte ta betalt',
      nothingOfferedText: 'Varukorgen ligger kvar. Försök igen senare, eller hör av dig.',
      toReview: 'Granska beställningen',
      signedOut: 'Du är inte inloggad längre',
      signedOutText:
        'Det du skrev finns kvar. Logga in igen, eller skriv en e-postadress och beställ utan konto.',
    },
    faults: {
      email: {
        missing: 'Skriv din e-postadress.',
        'too-long': 'E-postadressen är för lång. Den kan ha högst 254 tecken.',
        'not-an-address': 'Skriv adressen så här: namn@exempel.se.',
      },
      recipient_name: {
        missing: 'Skriv ditt namn.',
        'too-long': 'Namnet är för långt. Det kan ha högst 100 tecken.',
      },
      phone: {
        missing: 'Skriv ditt telefonnummer.',
        'too-long': 'Telefonnumret är för långt.',
        'not-a-phone-number': 'Skriv numret med siffror, till exempel 070-123 45 67.',
      },
      street: {
        missing: 'Skriv gatuadressen.',
        'too-long': 'Gatuadressen är för lång. Den kan ha högst 100 tecken.',
      },
      postal_code: {
        missing: 'Skriv postnumret.',
        'not-a-postal-code': 'Skriv postnumret med fem siffror, till exempel 506 30.',
      },
      town: {
        missing: 'Skriv orten.',
        'too-long': 'Orten är för lång. Den kan ha högst 60 tecken.',
      },
      message: {
        missing: 'Skriv meddelandet igen.',
        'too-long': 'Meddelandet är för långt. Det kan ha högst 500 tecken.',
      },
      pay_way: { missing: 'Välj hur du vill betala.' },
    },
    answerFaults: {
      missing: (question: string) => `Svara på frågan: ${question}.`,
      'too-long': (question: string) => `Svaret kan ha högst 300 tecken: ${question}.`,
    },
  },
  en: {
    form: {
      title: 'Checkout',
      back: 'The basket',
      lead: 'You are not ordering yet. First you see the whole order.',
      guest: 'Order without an account',
      guestText:
        'The order stands by itself: a code in the confirmation leads to it, and you can remove it when it is done.',
      haveAccount: 'Do you have an account?',
      signIn: 'Sign in',
      signInText: 'What is in the basket comes along.',
      who: 'Who orders',
      whoAndWhere: 'Who orders, and where to',
      email: 'E-mail address',
      emailHint: 'We e-mail the confirmation and the code of the order there.',
      name: 'Name',
      phone: 'Phone number',
      phoneHint: 'If we need to reach you about the time, such as 070-123 45 67.',
      street: 'Street address',
      postalCode: 'Postal code',
      postalCodeHint: 'Five digits, such as 506 30.',
      town: 'Town',
      message: 'Message to us (if you like)',
      messageHint: 'Write nothing sensitive, such as facts about health.',
      prefilled: 'We have filled in what you wrote in your latest order.',
      questions: 'What we need to know',
      questionsText: 'Write nothing sensitive, such as facts about health.',
      optional: (question) => `${question} (if you like)`,
      pay: 'How do you want to pay?',
      ways: {
        swish: 'Swish',
        card: 'Card',
        'on-site': 'On site',
      },
      whoKnows: {
        swish: (name) =>
          `${name} gets to know the number of the order and the amount, not what you buy.`,
        card: (name) =>
          `${name} gets to know the number of the order and the amount, not what you buy. You enter the card number with them.`,
        'on-site':
          'You pay when you come, or when you receive the goods. Nobody else gets to know anything.',
      },
      theirNotice: 'How they handle your data',
      notOfferedWays: { swish: 'Swish', card: 'card' },
      notOffered: (ways) => `At the moment you cannot pay by ${ways}.`,
      nothingOffered: 'We cannot take payment at the moment',
      nothingOfferedText: 'The basket stays as it is. Try again later, or contact us.',
      toReview: 'Review the order',
      signedOut: 'You are no longer signed in',
      signedOutText:
        'What you wrote is still here. Sign in again, or enter an e-mail address and order without an account.',
    },
    faults: {
      email: {
        missing: 'Enter your e-mail address.',
        'too-long': 'The e-mail address is too long. It can have 254 characters at most.',
        'not-an-address': 'Write the address like this: name@example.se.',
      },
      recipient_name: {
        missing: 'Enter your name.',
        'too-long': 'The name is too long. It can have 100 characters at most.',
      },
      phone: {
        missing: 'Enter your phone number.',
        'too-long': 'The phone number is too long.',
        'not-a-phone-number': 'Write the number in digits, such as 070-123 45 67.',
      },
      street: {
        missing: 'Enter the street address.',
        'too-long': 'The street address is too long. It can have 100 characters at most.',
      },
      postal_code: {
        missing: 'Enter the postal code.',
        'not-a-postal-code': 'Write the postal code with five digits, such as 506 30.',
      },
      town: {
        missing: 'Enter the town.',
        'too-long': 'The town is too long. It can have 60 characters at most.',
      },
      message: {
        missing: 'Write the message again.',
        'too-long': 'The message is too long. It can have 500 characters at most.',
      },
      pay_way: { missing: 'Choose how you want to pay.' },
    },
    answerFaults: {
      missing: (question) => `Answer the question: ${question}.`,
      'too-long': (question) => `The answer can have 300 characters at most: ${question}.`,
    },
  },
});
