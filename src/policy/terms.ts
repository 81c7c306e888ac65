import { notice } from './notice.ts';
import type { Words } from './shape.ts';

/** The conditions of sale, as they are shown, sent with each confirmation and kept. */
export type Terms = {
  /** The Swedish calendar date from which this wording holds; a new wording has a new date. */
  readonly version: string;
  readonly sections: readonly TermsSection[];
};

export type TermsSection = { readonly heading: Words; readonly paragraphs: readonly Words[] };

/** The days within which a consumer may withdraw (distansavtalslagen 2005:59, 2 kap. 10 §). */
export const withdrawalDays = 14;
/** Goods arrive within so many days unless something else was agreed (konsumentköplagen 2022:260, 2 kap. 2 §). */
export const deliveryDays = 30;

const { name, organisation_number, street, postal_code, town } = notice.controller;

/** The number under which a Swedish company is registered for VAT: its own, with a country in front and 01 behind. */
export const vatNumber = `SE${organisation_number.replaceAll(/\D/g, '')}01`;

/**
 * What holds between the company and who buys from it. It says what distansavtalslagen (2005:59) 2 kap. 2 §, lagen om
 * elektronisk handel (2002:562) 8–14 §§ and konsumentköplagen (2022:260) want said before somebody orders.
 */
export const terms: Terms = {
  version: '2026-11-26',
  sections: [
    {
      heading: { sv: 'Vem du handlar av', en: 'Who you buy from' },
      paragraphs: [
        {
          sv: `Säljare är ${name}, organisationsnummer ${organisation_number}, momsregistreringsnummer ${vatNumber}. Adress: ${street}, ${postal_code} ${town}.`,
          en: `The seller is ${name}, company registration number ${organisation_number}, VAT number ${vatNumber}. Address: ${street}, ${postal_code} ${town}, Sweden.`,
        },
        {
          sv: 'Villkoren gäller när du som konsument beställer på den här webbplatsen. Lagen ger dig rättigheter som inga villkor kan ta ifrån dig.',
          en: 'These conditions hold when you order on this site as a consumer. The law gives you rights that no conditions can take away.',
        },
      ],
    },
    {
      heading: { sv: 'Så beställer du', en: 'How you order' },
      paragraphs: [
        {
          sv: 'Du lägger det du vill ha i varukorgen, fyller i uppgifterna i kassan och granskar hela beställningen. Där kan du rätta allt. Du beställer först när du trycker på knappen som säger vad du ska betala.',
          en: 'You put what you want into the basket, fill in the details at the checkout and review the whole order. There you can correct everything. You only order when you press the button that says what you are to pay.',
        },
        {
          sv: 'När du har beställt, och betalat om du betalar i förväg, mejlar vi en bekräftelse. Avtalet finns på svenska och engelska. Vi sparar det med din beställning, och där kan du läsa det.',
          en: 'When you have ordered, and paid if you pay in advance, we e-mail a confirmation. The contract exists in Swedish and English. We keep it with your order, and you can read it there.',
        },
      ],
    },
    {
      heading: { sv: 'Priser och betalning', en: 'Prices and payment' },
      paragraphs: [
        {
          sv: 'Priserna är i svenska kronor och med moms. De är desamma för alla: inget pris anpassas efter vem du är eller vad du har gjort. Frakten ingår.',
          en: 'Prices are in Swedish kronor and include VAT. They are the same for everybody: no price is adapted to who you are or what you have done. Delivery is included.',
        },
        {
          sv: 'Du betalar med Swish eller kort när du beställer, eller på plats där det står att det går. Betalar du inte i tid förfaller beställningen, och inget dras.',
          en: 'You pay by Swish or card when you order, or on site where it says so. If you do not pay in time the order lapses, and nothing is charged.',
        },
      ],
    },
    {
      heading: { sv: 'Leverans', en: 'Delivery' },
      paragraphs: [
        {
          sv: `Det vi skickar kommer fram senast ${deliveryDays} dagar efter att du beställde, om inget annat står. Annat hämtar du hos oss, eller utför vi hos oss eller hos dig, på den tid som du har bokat.`,
          en: `What we ship arrives within ${deliveryDays} days of your order unless something else is said. Other things you collect from us, or we perform at our place or at yours, at the time that you have booked.`,
        },
        {
          sv: 'Kommer något inte i tid kan du kräva att få det, hålla inne betalningen eller häva köpet, så som konsumentköplagen och konsumenttjänstlagen säger.',
          en: 'If something does not come in time you can demand it, withhold payment or cancel the purchase, as the Consumer Sales Act and the Consumer Services Act say.',
        },
      ],
    },
    {
      heading: { sv: 'Bokade tider', en: 'Booked times' },
      paragraphs: [
        {
          sv: 'Före beställningen och i bekräftelsen står hur länge du kan avboka eller boka om utan kostnad, och vad det kostar i kronor därefter.',
          en: 'Before the order and in the confirmation it says until when you can cancel or rebook without charge, and what it costs in kronor after that.',
        },
        {
          sv: 'Måste vi ställa in en tid får du tillbaka allt du har betalat för den.',
          en: 'If we must cancel a time you get back everything that you have paid for it.',
        },
      ],
    },
    {
      heading: { sv: 'Ångerrätt', en: 'Right of withdrawal' },
      paragraphs: [
        {
          sv: `Du kan ångra ett köp inom ${withdrawalDays} dagar utan att säga varför. För varor räknas tiden från att du, eller någon som du har utsett, fick varan, och den sista om beställningen kom i flera delar. För tjänster räknas den från dagen då du beställde.`,
          en: `You can withdraw from a purchase within ${withdrawalDays} days without saying why. For goods the time counts from when you, or somebody you named, received them, and the last of them if the order came in several parts. For services it counts from the day of the order.`,
        },
        {
          sv: 'Du ångrar på beställningens sida, där knappen finns under hela tiden, eller genom att skriva till oss. Du kan använda standardblanketten men måste inte. Det räcker att du skickar det innan tiden är ute, och vi bekräftar genast att vi har fått det.',
          en: 'You withdraw on the page of the order, where the button is for the whole time, or by writing to us. You may use the standard form but need not. It is enough that you send it before the time is up, and we confirm at once that we have received it.',
        },
        {
          sv: `Vi betalar tillbaka allt, även frakten, utan dröjsmål och senast ${withdrawalDays} dagar efter att vi fick ditt meddelande, på samma sätt som du betalade. För varor kan vi vänta tills vi har fått dem eller du har visat att de är skickade.`,
          en: `We pay everything back, delivery too, without delay and within ${withdrawalDays} days of receiving your message, in the way you paid. For goods we may wait until we have them or you have shown that they are sent.`,
        },
        {
          sv: `Varor skickar du tillbaka till vår adress inom ${withdrawalDays} dagar från att du ångrade dig. Returen betalar du. Har du använt varan mer än vad som behövs för att se hur den är kan vi dra av det som den har förlorat i värde.`,
          en: `You send goods back to our address within ${withdrawalDays} days of withdrawing. You pay for the return. If you have used the goods more than is needed to see what they are like, we may deduct what they have lost in value.`,
        },
        {
          sv: 'Har du bett oss börja med en tjänst innan tiden är ute, och sedan ångrar dig, betalar du för det som redan är gjort. Är tjänsten helt utförd, och du har gått med på det, kan du inte längre ångra dig.',
          en: 'If you have asked us to begin a service before the time is up and then withdraw, you pay for what has been done already. When the service is fully performed, and you have agreed to that, you can no longer withdraw.',
        },
        {
          sv: 'Någon ångerrätt finns inte för det som tillverkas efter dina önskemål, det som snabbt blir för gammalt, förseglade varor som inte lämpar sig att lämna tillbaka när förseglingen är bruten, digitalt innehåll som du har gått med på att få genast, och inkvartering, transport, catering och fritidsaktiviteter på en bestämd dag. Står något av det i din beställning säger vi det innan du beställer.',
          en: 'There is no right of withdrawal for what is made to your wishes, what soon gets too old, sealed goods that are not fit to be returned once the seal is broken, digital content that you have agreed to get at once, and accommodation, transport, catering and leisure on a set day. If any of that is in your order we say so before you order.',
        },
      ],
    },
    {
      heading: { sv: 'Om något är fel', en: 'If something is wrong' },
      paragraphs: [
        {
          sv: 'Är det fel på en vara kan du reklamera i tre år från att du fick den. Skriv till vår adress så snart du har märkt felet. Inom två månader är alltid i tid. Du har rätt till rättelse, prisavdrag eller att häva köpet, enligt konsumentköplagen.',
          en: 'If goods are faulty you can complain for three years from when you received them. Write to our address as soon as you have noticed the fault. Within two months is always in time. You are entitled to a remedy, a reduction of the price or to cancel the purchase, under the Consumer Sales Act.',
        },
        {
          sv: 'För tjänster gäller konsumenttjänstlagen, där den är tillämplig: också där kan du reklamera i tre år, och i tio år för arbete på mark och byggnader.',
          en: 'For services the Consumer Services Act holds, where it applies: there too you can complain for three years, and for ten years about work on land and buildings.',
        },
        {
          sv: 'Kommer vi inte överens kan du vända dig till Allmänna reklamationsnämnden, Box 174, 101 23 Stockholm, arn.se. Vi följer nämndens beslut. Svensk lag gäller, och du kan alltid gå till domstol.',
          en: 'If we cannot agree you can turn to the National Board for Consumer Disputes (ARN), Box 174, 101 23 Stockholm, arn.se. We follow its decisions. Swedish law applies, and you can always go to court.',
        },
      ],
    },
    {
      heading: { sv: 'Dina uppgifter', en: 'Your data' },
      paragraphs: [
        {
          sv: 'Hur vi hanterar personuppgifter står i ”Så hanterar vi dina uppgifter” här på webbplatsen.',
          en: 'How we handle personal data stands in “How we handle your data” on this site.',
        },
      ],
    },
  ],
};
