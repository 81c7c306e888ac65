import { bilingual } from './bilingual.ts';

/** Removing one order. */
export const buyerRemoveText = bilingual({
  sv: {
    title: 'Ta bort ur historiken?',
    titleGuest: 'Ta bort beställningen?',
    back: 'Tillbaka till beställningen',
    lead: (number: string) => `Beställning ${number} tas bort härifrån. Det går inte att ångra.`,
    goes: 'Det här försvinner',
    goesList: [
      'Beställningen med allt som hör till den: vad du köpte, tider, adress och meddelanden.',
      'Betalningar, återbetalningar och din kopia av kvittona.',
    ],
    goesGuest: 'Din e-postadress. Länken i bekräftelsen leder sedan ingenstans.',
    stays: 'Det här finns kvar',
    staysList: [
      'Kvittot i vår bokföring, med namnet på den som köpte, så länge bokföringslagen kräver: till och med det sjunde året efter räkenskapsåret. Bara den som sköter böckerna kan öppna det.',
      'Mejlen som du redan har fått av oss.',
      'Pengar som är på väg tillbaka till dig kommer fram ändå.',
    ],
    think: 'Tänk på det här först',
    thinkText:
      'Att ångra köpet och att reklamera går lättare med beställningen kvar. Ladda ner kvittot om du vill ha det.',
    yes: 'Ta bort nu',
    keep: 'Behåll beställningen',
    obstacle: 'Beställningen kan inte tas bort än',
    obstacles: {
      'not-over':
        'Den är inte klar. Avboka den först, eller vänta tills den är levererad eller utförd.',
      'not-paid':
        'Den är inte betald. När du har betalat på plats, eller vi har kommit överens om något annat, kan du ta bort den.',
      'awaits-goods':
        'Du har ångrat köpet, och vi väntar på varorna. När de är tillbaka och pengarna på väg kan du ta bort den.',
      'payment-under-way': 'En betalning pågår. När banken har svarat kan du ta bort den.',
    },
    done: 'Beställningen är borttagen',
    doneText: 'Det finns inget kvar av den här.',
  },
  en: {
    title: 'Remove from the history?',
    titleGuest: 'Remove the order?',
    back: 'Back to the order',
    lead: (number) => `Order ${number} is removed from here. That cannot be undone.`,
    goes: 'This goes',
    goesList: [
      'The order with all that belongs to it: what you bought, times, address and messages.',
      'Payments, refunds and your copy of the receipts.',
    ],
    goesGuest: 'Your e-mail address. The link in the confirmation then leads nowhere.',
    stays: 'This stays',
    staysList: [
      'The receipt in our books, with the name of who bought, for as long as the Bookkeeping Act demands: through the seventh year after the fiscal year. Only who keeps the books can open it.',
      'The mails that you have received from us already.',
      'Money that is on its way back to you arrives all the same.',
    ],
    think: 'Think of this first',
    thinkText:
      'Withdrawing from the purchase and complaining about a fault are easier with the order there. Download the receipt if you want it.',
    yes: 'Remove now',
    keep: 'Keep the order',
    obstacle: 'The order cannot be removed yet',
    obstacles: {
      'not-over': 'It is not done. Cancel it first, or wait until it is delivered or carried out.',
      'not-paid':
        'It is not paid. When you have paid on site, or we have agreed on something else, you can remove it.',
      'awaits-goods':
        'You have withdrawn from the purchase, and we are waiting for the goods. When they are back and the money is on its way you can remove it.',
      'payment-under-way': 'A payment is under way. When the bank has answered you can remove it.',
    },
    done: 'The order is removed',
    doneText: 'Nothing of it is left here.',
  },
});
