import { bilingual } from './bilingual.ts';

/** What stays after a closing, on which ground and until when; the proof of purchase; what became of the last letter. */
export const keptText = bilingual({
  sv: {
    what: {
      'held-orders': 'Beställningar som måste bevaras',
      'proof-of-purchase': 'Köpbeviset som du valde att behålla',
      books: 'Kvittona i bokföringen',
    },
    until: (ground: string, day: string) => `Till och med ${day}. ${ground}`,
    ground: {
      claim:
        'De behövs för ett rättsligt anspråk. De ligger för sig under en egen nyckel, och två medarbetare har bestämt det.',
      'order-to-preserve':
        'En myndighet har beslutat det. De ligger för sig under en egen nyckel, och två medarbetare har bestämt det.',
      'own-choice': 'Du kan ta bort det när du vill, med koden.',
      bookkeeping:
        'Bokföringslagen (7 kap. 2 §) kräver det. De ligger för sig under räkenskapsårets nyckel, utan hänvisning till kontot, och bara den som sköter bokföringen öppnar dem, med ett skäl.',
    },
    proof: {
      choice: 'Behåll ett köpbevis',
      hint: (purchases: number, day: string) =>
        purchases === 1
          ? `Du har ett köp som du kan vilja reklamera. Köpbeviset säger vad, när och för hur mycket, men inte vem du är. Det sparas till och med ${day}, och bara en kod som du får leder dit.`
          : `Du har ${purchases} köp som du kan vilja reklamera. Köpbeviset säger vad, när och för hur mycket, men inte vem du är. Varje köp sparas i tre år och två månader, det sista till och med ${day}, och bara en kod som du får leder dit.`,
      most: (purchases: number) => `Det rymmer de ${purchases} senaste köpen.`,
      title: 'Ditt köpbevis',
      text: 'Med den här koden kan du visa vad du har köpt, om du behöver reklamera. Den leder inte till någon annan uppgift om dig.',
      code: 'Din kod till köpbeviset',
      link: 'Länk till köpbeviset, att spara',
    },
    farewell: {
      choice: 'Skicka ett sista mejl när allt är klart',
      hint: (email: string) =>
        `Det går till ${email} och leder till kvittot. När mejlet har gått i väg förstörs adressen, och vi ber den som skickade det åt oss att också radera det.`,
      title: 'Det sista mejlet',
      states: {
        none: '',
        waiting:
          'Det är på väg. Adressen ligger kvar, låst för sig, tills det har gått i väg, högst en månad från det att du stängde kontot.',
        erased:
          'Det är skickat. Sedan förstörde vi adressen, och den som skickade mejlet åt oss har bekräftat att den har raderat det.',
        kept: 'Det är skickat. Sedan förstörde vi adressen. Vi bad den som skickade mejlet åt oss att radera det, men den har inte bekräftat.',
        unsent: 'Det gick inte att skicka. Adressen är förstörd.',
      },
    },
  },
  en: {
    what: {
      'held-orders': 'Orders that must be preserved',
      'proof-of-purchase': 'The proof of purchase that you chose to keep',
      books: 'The receipts in the books',
    },
    until: (ground, day) => `Until ${day}. ${ground}`,
    ground: {
      claim:
        'They are needed for a legal claim. They stand apart under a key of their own, and two members of staff decided it.',
      'order-to-preserve':
        'An authority has ordered it. They stand apart under a key of their own, and two members of staff decided it.',
      'own-choice': 'You can remove it whenever you like, with the code.',
      bookkeeping:
        'The Bookkeeping Act (chapter 7, section 2) demands it. They stand apart under the key of the fiscal year, without a reference to the account, and only who keeps the books opens them, for a reason.',
    },
    proof: {
      choice: 'Keep a proof of purchase',
      hint: (purchases, day) =>
        purchases === 1
          ? `You have one purchase that you may want to complain about later. The proof says what, when and for how much, but not who you are. It is kept until ${day}, and only a code that you get leads to it.`
          : `You have ${purchases} purchases that you may want to complain about later. The proof says what, when and for how much, but not who you are. Each is kept for three years and two months, the last until ${day}, and only a code that you get leads to it.`,
      most: (purchases) => `It holds the latest ${purchases} purchases.`,
      title: 'Your proof of purchase',
      text: 'With this code you can show what you bought, if you need to complain. It leads to nothing else about you.',
      code: 'Your code to the proof of purchase',
      link: 'Link to the proof of purchase, to save',
    },
    farewell: {
      choice: 'Send one last mail when everything is done',
      hint: (email) =>
        `It goes to ${email} and leads to the receipt. When it has left the address is destroyed, and we ask the one who sent it for us to erase it as well.`,
      title: 'The last mail',
      states: {
        none: '',
        waiting:
          'It is on its way. The address stays, locked apart, until it has left, one month from when you closed the account at most.',
        erased:
          'It has been sent. Then we destroyed the address, and the one who sent the mail for us has confirmed that it erased it.',
        kept: 'It has been sent. Then we destroyed the address. We asked the one who sent the mail for us to erase it, but it has not confirmed.',
        unsent: 'It could not be sent. The address is destroyed.',
      },
    },
  },
});
