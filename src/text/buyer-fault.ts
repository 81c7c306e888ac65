import { bilingual } from './bilingual.ts';

/** How to complain about a fault: with an order, or with a proof of purchase when there is no account any more. */
export const buyerFaultText = bilingual({
  sv: {
    title: 'Reklamera',
    back: 'Tillbaka till beställningen',
    lead: 'Är det fel på något du har köpt kan du reklamera. Det är något annat än att ångra köpet, och du kan göra det mycket längre.',
    how: 'Så gör du',
    soon: 'Skriv till oss så snart du har märkt felet. Inom två månader är alltid i tid.',
    tell: 'Berätta vad som är fel och när du märkte det. Skicka gärna en bild.',
    number: (number: string) =>
      `Skriv beställningsnumret: ${number}. Mer behövs inte för att visa att du har köpt det av oss.`,
    proof:
      'Skriv ut köpbeviset och lägg med det, eller skriv koden till det. Med koden ser vi köpet här. Ett konto behövs inte.',
    keep: 'Behåll varan tills vi har svarat.',
    answer:
      'Vi svarar vad vi gör: rättar felet, byter varan, sänker priset eller betalar tillbaka.',
    where: 'Hit skriver du',
    until: 'Så länge kan du',
    goods:
      'Felet ska ha visat sig inom tre år från att du fick varan, och du ska höra av dig inom två månader efter det.',
    lastDay: (day: string) => `Sista dagen är ${day}.`,
    services: 'För tjänster är det i regel tre år, och tio år för arbete på mark och byggnader.',
    disagree: 'Kommer vi inte överens?',
    board: 'Du kan vända dig till Allmänna reklamationsnämnden. Det kostar inget.',
    boardLink: 'Allmänna reklamationsnämnden',
    law: 'Konsumentköplagen 4 kap. 14\u00a0§ och 5 kap. 2\u00a0§.',
  },
  en: {
    title: 'Complain about a fault',
    back: 'Back to the order',
    lead: 'If something that you bought is faulty you can complain. That is something else than withdrawing from the purchase, and you can do it much longer.',
    how: 'How you do it',
    soon: 'Write to us as soon as you have noticed the fault. Within two months is always in time.',
    tell: 'Tell us what is wrong and when you noticed. A picture helps.',
    number: (number) =>
      `Give the order number: ${number}. Nothing more is needed to show that you bought it from us.`,
    proof:
      'Print the proof of purchase and enclose it, or give us its code. With the code we see the purchase here. No account is needed.',
    keep: 'Keep the goods until we have answered.',
    answer: 'We answer what we do: mend it, replace it, lower the price or pay back.',
    where: 'Where you write',
    until: 'For how long you can',
    goods:
      'The fault must show within three years of receiving the goods, and you must tell us within two months after that.',
    lastDay: (day) => `The last day is ${day}.`,
    services:
      'For services it is three years as a rule, and ten years for work on land and buildings.',
    disagree: 'Do we not agree?',
    board: 'You can turn to the National Board for Consumer Disputes. It costs nothing.',
    boardLink: 'National Board for Consumer Disputes',
    law: 'Consumer Sales Act, chapter 4, section 14, and chapter 5, section 2.',
  },
});
