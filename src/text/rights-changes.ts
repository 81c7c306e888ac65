import { bilingual } from './bilingual.ts';

/** The pages on which customers hide their identity, and change where an order goes. */
export const changesText = bilingual({
  sv: {
    protected: {
      title: 'Skyddade personuppgifter',
      lead: 'Har du sekretessmarkering eller skyddad folkbokföring kan du be oss gömma ditt namn och din adress för alla utom några få.',
      isOn: 'Dina uppgifter är skyddade',
      isOff: 'Dina uppgifter är inte skyddade',
      on: 'Skydda mina uppgifter',
      off: 'Ta bort skyddet',
      savedOn: 'Dina uppgifter är skyddade nu',
      savedOnText: 'Bara administratörer kan öppna dem, och du ser varje gång.',
      savedOff: 'Skyddet är borttaget',
      savedOffText: 'Kundtjänst kan öppna dina uppgifter igen när de anger varför.',
      what: 'Det här händer',
      rows: {
        who: [
          'Vem som kan öppna',
          'Bara en administratör, för att utföra en beställning eller svara på en fråga från dig. Varje gång skrivs upp under Mina uppgifter.',
        ],
        others: [
          'Alla andra',
          'Kundtjänst ser varken namn, adress eller beställningar. De får bara veta att det är ett fåtal som får öppna kunden.',
        ],
        performers: ['De som utför tjänster åt oss', 'Får inget om dig från systemet.'],
        letters: [
          'Våra mejl till dig',
          'Ditt namn och din adress står aldrig i ämnesraden, och adressen inte heller i mejlet.',
        ],
        proof: [
          'Intyg',
          'Vi frågar inte efter något. Att uppgifterna är skyddade ligger krypterat och går inte att söka fram.',
        ],
      } as const,
      think: 'Tänk på det här',
      thinkText:
        'Den adress du skriver i en beställning är den vi levererar till. Har du skyddad adress, använd en du vågar lämna ut, till exempel ett ombud. Skatteverkets förmedlingsadress tar bara emot brev.',
      when: 'Med en gång, och tills du själv tar bort det.',
    },
    delivery: {
      title: 'Ändra leveransen',
      lead: (number: string) =>
        `Beställning ${number}. Det du har beställt, och vad det kostar, ändras inte.`,
      back: 'Beställningen',
      save: 'Spara ändringen',
      saved: 'Leveransen är ändrad',
      savedText: 'Vi mejlar en bekräftelse till dig.',
      change: 'Ändra',
      about: 'leveransen',
      tooLate: 'Det går inte längre att ändra leveransen',
      tooLateText: {
        performed: 'Beställningen är redan levererad.',
        cancelled: 'Beställningen är avbeställd.',
        unpaid: 'Beställningen är inte betald än. Betala den först.',
        lapsed: 'Beställningen förföll, för den betalades inte i tid.',
      },
      tooLateWay: 'Så rättar du annat',
      subject: (number: string) => `Leveransen är ändrad, beställning ${number}`,
      tooMany: 'Vänta en stund innan du ändrar igen',
      tooManyText:
        'Vi mejlar en bekräftelse på varje ändring, och det har blivit många på kort tid. Inget är ändrat nu. Det du har skrivit står kvar: försök igen om en kvart.',
      letter: (of: {
        company: string;
        number: string;
        address: string;
        link: string;
        notYou: string;
      }) =>
        `Hej!\n\nDu har ändrat leveransen av beställning ${of.number}. Den levereras nu till:\n\n${of.address}\n\nSe beställningen: ${of.link}\n\n${of.notYou}\n\n${of.company}\n`,
      notYou: 'Var det inte du? Logga in, byt lösenord och ändra tillbaka.',
      notYouGuest:
        'Var det inte du? Någon annan har länken till beställningen. Ändra tillbaka och skriv till oss.',
      letterHidden: 'adressen som du ser när du loggar in',
    },
  },
  en: {
    protected: {
      title: 'Protected identity',
      lead: 'If your data is marked as confidential or protected in the population register, you can ask us to hide your name and address from all but a few.',
      isOn: 'Your data is protected',
      isOff: 'Your data is not protected',
      on: 'Protect my data',
      off: 'Remove the protection',
      savedOn: 'Your data is protected now',
      savedOnText: 'Only administrators can open it, and you see each time.',
      savedOff: 'The protection is removed',
      savedOffText: 'Customer service can open your data again when they say why.',
      what: 'What happens',
      rows: {
        who: [
          'Who can open it',
          'Only an administrator, to carry out an order or to answer a question of yours. Each time is written down on My data.',
        ],
        others: [
          'Everybody else',
          'Customer service sees neither name, address nor orders. They are only told that few may open the customer.',
        ],
        performers: [
          'Those who perform services for us',
          'Are given nothing about you by the system.',
        ],
        letters: [
          'Our letters to you',
          'Your name and address never stand in the subject, and the address not in the letter either.',
        ],
        proof: [
          'Certificates',
          'We ask for none. That the data is protected lies encrypted and cannot be searched for.',
        ],
      },
      think: 'Bear this in mind',
      thinkText:
        "The address you write in an order is the one we deliver to. If your address is protected, use one that you dare to give, such as an agent. The Tax Agency's forwarding address takes letters only.",
      when: 'At once, and until you remove it yourself.',
    },
    delivery: {
      title: 'Change the delivery',
      lead: (number) =>
        `Order ${number}. What you have ordered, and what it costs, does not change.`,
      back: 'The order',
      save: 'Save the change',
      saved: 'The delivery is changed',
      savedText: 'We send you a confirmation by e-mail.',
      change: 'Change',
      about: 'the delivery',
      tooLate: 'The delivery can no longer be changed',
      tooLateText: {
        performed: 'The order has been delivered already.',
        cancelled: 'The order is cancelled.',
        unpaid: 'The order is not paid yet. Pay for it first.',
        lapsed: 'The order lapsed because it was not paid in time.',
      },
      tooLateWay: 'How you correct other things',
      subject: (number) => `The delivery is changed, order ${number}`,
      tooMany: 'Wait a while before you change it again',
      tooManyText:
        'We confirm each change by e-mail, and there have been many in a short time. Nothing has been changed now. What you have written is still here: try again in a quarter of an hour.',
      letter: (of) =>
        `Hello,\n\nYou have changed the delivery of order ${of.number}. It is now delivered to:\n\n${of.address}\n\nSee the order: ${of.link}\n\n${of.notYou}\n\n${of.company}\n`,
      notYou: 'Was it not you? Sign in, change your password and change it back.',
      notYouGuest:
        'Was it not you? Somebody else has the link to the order. Change it back and write to us.',
      letterHidden: 'the address that you see when you sign in',
    },
  },
});
