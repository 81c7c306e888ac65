import type { purposes, Purpose } from '../policy/purposes.ts';
import { bilingual } from './bilingual.ts';

/** The purposes that one of the customer's rights stops. One without words below does not compile. */
export type StoppablePurpose = {
  [P in Purpose]: (typeof purposes)[P]['stoppedBy'] extends readonly [] ? never : P;
}[Purpose];

type PurposeWords = { readonly name: string; readonly stopped: string };

/** The pages on which customers stop what is done with their data, and let it go on. */
export const stopsText = bilingual({
  sv: {
    stops: {
      restriction: {
        title: 'Begränsa hur vi använder uppgifterna',
        lead: 'Vi får ha kvar det du begränsar, men inte använda det. Dina egna sidor fungerar som vanligt.',
        all: 'Begränsa allt',
        none: 'Tillåt allt igen',
      },
      objection: {
        title: 'Invända mot hur vi använder uppgifterna',
        lead: 'Det här gör vi för att vi själva har ett skäl, eller för att du har sagt ja. Du behöver inte säga varför du säger nej.',
        all: 'Säg nej till allt',
        none: 'Tillåt allt igen',
      },
      stop: 'Stoppa',
      allow: 'Tillåt igen',
      isAllowed: 'Tillåtet',
      isStopped: (since: string) => `Stoppat sedan ${since}`,
      alsoStopped: {
        restriction: 'Också stoppat under Invända.',
        objection: 'Också stoppat under Begränsa.',
      },
      savedStopped: 'Det är stoppat',
      savedStoppedText: 'Det gäller från och med nu, tills du tillåter det igen.',
      savedAllowed: 'Det är tillåtet igen',
      savedAllowedText: 'Vi får använda uppgifterna som förut.',
      others: 'Det som inte går att stoppa',
      othersText:
        'Det som du själv ber oss om, och det som lagen kräver, går inte att stoppa utan att stänga kontot.',
      othersLink: 'Se allt vi gör, och på vilken grund',
      next: 'Från och med nu går uppgifterna inte att öppna för det du har stoppat. Den medarbetare som försöker får veta att du har sagt stopp, men inget om dig. Ditt nej ligger kvar även om vi skulle behöva återställa systemet från en säkerhetskopia.',
      told: 'De som redan har fått uppgifter av oss får inte veta det av sig själva. Under Mina uppgifter ser du vilka de är. Skriv till oss om du vill att vi meddelar dem.',
      when: 'Med en gång. Du kan ändra dig när du vill.',
      purposes: {
        'order-handling': {
          name: 'Utföra dina beställningar',
          stopped:
            'Så länge det är stoppat kan ingen hos oss öppna dina beställningar. Det du har beställt blir inte packat eller skickat.',
        },
        support: {
          name: 'Svara på frågor till kundtjänst',
          stopped:
            'Så länge det är stoppat kan kundtjänst inte öppna dina uppgifter, och inte hjälpa dig med det som rör dem.',
        },
        newsletter: {
          name: 'Skicka nyheter och erbjudanden',
          stopped:
            'Så länge det är stoppat får du inga nyheter eller erbjudanden, varken med e-post eller sms.',
        },
        reminder: {
          name: 'Påminna om det du har bokat',
          stopped: 'Så länge det är stoppat får du ingen påminnelse dagen före en bokad tid.',
        },
        performing: {
          name: 'Låta utföraren veta det som behövs',
          stopped:
            'Så länge det är stoppat ser den som utför tjänsten inte namn, telefon eller svar. Hör av dig till kundtjänst om en bokning ändå ska bli av.',
        },
        keeping: {
          name: 'Stänga kontot när tiden är ute',
          stopped:
            'Så länge det är stoppat stängs kontot inte av sig självt, och vi påminner inte om det. Det ligger kvar tills du själv stänger det.',
        },
        proof: {
          name: 'Pröva våra löften',
          stopped:
            'Varje natt prövar systemet att löftena hålls, och öppnar då namn och e-postadress för några kunder. Så länge det är stoppat öppnas inte dina.',
        },
      } satisfies Record<StoppablePurpose, PurposeWords>,
    },
  },
  en: {
    stops: {
      restriction: {
        title: 'Restrict how we use the data',
        lead: 'We may keep what you restrict, but not use it. Your own pages work as usual.',
        all: 'Restrict everything',
        none: 'Allow everything again',
      },
      objection: {
        title: 'Object to how we use the data',
        lead: 'This we do because we have a reason of our own, or because you have said yes. You need not say why you say no.',
        all: 'Say no to everything',
        none: 'Allow everything again',
      },
      stop: 'Stop',
      allow: 'Allow again',
      isAllowed: 'Allowed',
      isStopped: (since) => `Stopped since ${since}`,
      alsoStopped: {
        restriction: 'Also stopped under Object.',
        objection: 'Also stopped under Restrict.',
      },
      savedStopped: 'It is stopped',
      savedStoppedText: 'It holds from now on, until you allow it again.',
      savedAllowed: 'It is allowed again',
      savedAllowedText: 'We may use the data as before.',
      others: 'What cannot be stopped',
      othersText:
        'What you ask of us yourself, and what the law demands, cannot be stopped without closing the account.',
      othersLink: 'See all that we do, and on what ground',
      next: 'From now on the data cannot be opened for what you have stopped. A member of staff who tries is told that you have said stop, and nothing about you. Your no stays even if we should have to restore the system from a backup.',
      told: 'Those who have already received data from us are not told by themselves. On My data you see who they are. Write to us if you want us to tell them.',
      when: 'At once. You can change your mind whenever you want.',
      purposes: {
        'order-handling': {
          name: 'Carry out your orders',
          stopped:
            'While it is stopped nobody here can open your orders. What you have ordered is not packed or sent.',
        },
        support: {
          name: 'Answer questions to customer service',
          stopped:
            'While it is stopped customer service cannot open your data, and cannot help you with what concerns it.',
        },
        newsletter: {
          name: 'Send news and offers',
          stopped:
            'While it is stopped you get no news or offers, neither by e-mail nor by text message.',
        },
        reminder: {
          name: 'Reminding of what you have booked',
          stopped: 'As long as it is stopped you get no reminder the day before a booked time.',
        },
        performing: {
          name: 'Letting the provider know what is needed',
          stopped:
            'As long as it is stopped, whoever performs the service does not see name, phone or answers. Contact customer service if a booking is to take place all the same.',
        },
        keeping: {
          name: 'Close the account when the time is up',
          stopped:
            'While it is stopped the account does not close by itself, and we do not remind you of it. It stays until you close it.',
        },
        proof: {
          name: 'Test our promises',
          stopped:
            'Each night the system tests that the promises are kept, and opens name and e-mail address of some customers to do so. While it is stopped yours are not opened.',
        },
      },
    },
  },
});
