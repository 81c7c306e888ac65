import { categories } from './categories.ts';
import type { CategoryName } from './categories.ts';
import { cookies } from './cookies.ts';
import { keeping } from './keeping.ts';
import { limitWords } from './limits.ts';
import { purposes } from './purposes.ts';
import type { Purpose } from './purposes.ts';
import { recipients } from './recipients.ts';
import type { Notice } from './shape.ts';

/**
 * The privacy notice of the company, as data. It renders the notice page, decides what may be opened and handed
 * out, drives retention and erasure, and is checked against the running system by `varsam prove`.
 */
export const notice = {
  version: '2026-11-26',
  controller: {
    name: 'Wise Steps Solution AB',
    organisation_number: '559468-7062',
    street: 'Skaraborgsvägen 3A',
    postal_code: '506 30',
    town: 'Borås',
    country: 'SE',
  },
  categories,
  purposes,
  keeping,
  recipients,
  cookies,
  clear: [
    {
      sv: 'tidpunkter, till exempel när en beställning gjordes',
      en: 'times, such as when an order was made',
    },
    { sv: 'belopp och antal', en: 'amounts and quantities' },
    {
      sv: 'tillstånd, till exempel ”beställd” eller ”avbokad”',
      en: 'states, such as “ordered” or “cancelled”',
    },
    {
      sv: 'hänvisningar inuti systemet, som är slumptal, och kontrollvärden av slumptal',
      en: 'references inside the system, which are random numbers, and check values of random numbers',
    },
    {
      sv: 'kontrollvärden som skyddar mot gissningar: av försök att logga in, och av nätverk som du har loggat in från; de går inte att räkna baklänges utan nycklar som förstörs',
      en: 'check values that guard against guessing: of attempts to sign in, and of networks that you have signed in from; they cannot be reversed without keys that are destroyed',
    },
  ],
  introduction: {
    heading: { sv: 'Så hanterar vi dina uppgifter', en: 'How we handle your data' },
    paragraphs: [
      {
        sv: 'Här står vad vi sparar om dig, varför, hur länge och vem som kan få ta del av det. Texten är samtidigt ett program: systemet kan bara göra det som står här, och varje natt prövas löftena mot verkligheten.',
        en: 'This page says what we store about you, why, for how long and who may receive it. The text is also a program: the system can only do what is written here, and every night the promises are tested against reality.',
      },
    ],
  },
  what: [
    {
      id: 'credentials',
      category: 'credentials',
      heading: categories.credentials.heading,
      promises: ['P01', 'P02', 'P03', 'P04'],
      paragraphs: [
        {
          sv: 'Har du ett kundkonto sparar vi det du loggar in med, så att du enkelt kommer tillbaka.',
          en: 'If you have a customer account we store what you sign in with, so that coming back is easy.',
        },
        {
          sv: 'Allt som namnger dig, går att nå dig på, visar vem du är eller beskriver dig är krypterat med en nyckel som bara är din. Vi säljer aldrig uppgifterna.',
          en: 'Everything that names you, can reach you, shows who you are or describes you is encrypted with a key that is yours alone. We never sell the data.',
        },
        {
          sv: 'Du kan stänga kontot när du vill. Då förstör vi din nyckel och raderar dina uppgifter ur våra system, och du får ett signerat kvitto på det.',
          en: 'You can close the account whenever you like. Then we destroy your key and erase your data from our systems, and you get a signed receipt for it.',
        },
        {
          sv: 'Varje natt kommer en provkund: den skapar ett konto, loggar in med lösenord och med passkey, stänger kontot, och sedan letar vi efter den.',
          en: 'Every night a probe customer comes: it creates an account, signs in by password and by passkey, closes the account, and then we search for it.',
        },
        {
          sv: 'När du stänger kontot kan du behålla ett köpbevis utan namn, som bara en kod leder till, och få ett sista mejl. Något kan behöva bevaras för ett rättsligt anspråk eller ett beslut av en myndighet; då har två medarbetare bestämt det, med ett slut, och du ser det före stängningen och på kvittot, om inte beslutet förbjuder oss att berätta.',
          en: 'When you close the account you can keep a proof of purchase without a name, which only a code leads to, and get one last mail. Something may have to be preserved for a legal claim or an order of an authority; then two members of staff decided it, with an end, and you see it before closing and on the receipt, unless the order forbids us to tell.',
        },
      ],
    },
    {
      id: 'history',
      category: 'history',
      heading: categories.history.heading,
      promises: ['P05', 'P06'],
      paragraphs: [
        {
          sv: 'När du beställer tjänster, bokningar eller produkter med kontot sparar vi historiken, så att du kan sköta dem efteråt.',
          en: 'When you order services, bookings or products with the account we keep the history, so that you can manage them afterwards.',
        },
        {
          sv: 'Stänger du kontot raderas historiken och allt som pekar från den till dig. Kvitton ligger kvar för sig i bokföringen så länge bokföringslagen kräver, utan hänvisning till dig, och bara den som sköter bokföringen kan öppna dem, med ett skäl.',
          en: 'If you close the account, the history and everything that points from it to you is erased. Receipts stay apart in the books for as long as the Bookkeeping Act demands, without a reference to you, and only who keeps the books can open them, for a reason.',
        },
        {
          sv: 'Du kan också beställa utan konto. Då är beställningen sin egen, kvar i 400 dagar eller tills du tar bort den, och en kod i bekräftelsen leder dit. Skapar du ett konto med samma adress kan du ta med den dit.',
          en: 'You can also order without an account. Then the order stands by itself, for 400 days or until you remove it, and a code in the confirmation leads to it. If you create an account with the same address you can take it along.',
        },
        {
          sv: 'Bokar du en tid kan vi fråga om sådant som behövs för den, och påminner dig dagen före. Vi frågar bara det som står i listan över vad vi sparar.',
          en: 'If you book a time we may ask for what is needed for it, and remind you the day before. We only ask for what is in the list of what we store.',
        },
      ],
    },
    {
      id: 'settings',
      category: 'settings',
      heading: categories.settings.heading,
      promises: ['P07'],
      paragraphs: [
        {
          sv: 'Vi använder bara kakor som behövs för det du ber om, till exempel för att minnas ditt språk och att du har läst det här, så att rutan om det inte kommer tillbaka. De står i tabellen här. Ändrar vi det som står här visar vi rutan en gång till, med det som är nytt.',
          en: 'We only use cookies that are needed for what you ask for, such as remembering your language and that you have read this, so that the box about it does not come back. They are in the table here. If we change what is written here we show the box once more, with what is new.',
        },
      ],
    },
    {
      id: 'newsletters',
      category: 'newsletters',
      heading: categories.newsletters.heading,
      promises: ['P08', 'P09'],
      paragraphs: [
        {
          sv: 'Väljer du att prenumerera på nyheter kan vi höra av oss med information och erbjudanden, till exempel via e-post och sms. Vi har ännu inga utskick och sparar därför inget för dem.',
          en: 'If you choose to subscribe to news we may contact you with information and offers, for example by e-mail and text message. We have no newsletters yet and so store nothing for them.',
        },
        {
          sv: 'Avslutar du prenumerationen raderar vi dina kontaktuppgifter.',
          en: 'If you end the subscription we erase your contact details.',
        },
      ],
    },
  ],
  more: {
    heading: { sv: 'Läs mer', en: 'Read more' },
    sections: [
      {
        id: 'cloud',
        heading: { sv: 'Molntjänster', en: 'Cloud services' },
        promises: ['P10', 'P11'],
        paragraphs: [
          {
            sv: 'Vi väljer drift som är säker, pålitlig och tillgänglig. Vår molnleverantör är DigitalOcean, och personuppgifterna lagras inom EU/EES.',
            en: 'We choose hosting that is secure, reliable and available. Our cloud supplier is DigitalOcean, and personal data is stored within the EU/EEA.',
          },
          limitWords,
        ],
      },
      {
        id: 'routines',
        heading: { sv: 'Rutiner för personuppgifter', en: 'Routines for personal data' },
        promises: ['P12', 'P13', 'P14'],
        paragraphs: [
          {
            sv: 'Uppgifter sparas bara så länge syftet eller lagen kräver det. Sedan raderas de, eller görs om till summor som inte kan kopplas till någon. Hur länge kontot finns bestämmer du.',
            en: 'Data is kept only as long as its purpose or the law needs. After that it is erased, or turned into sums that cannot be linked to anybody. You decide how long the account exists.',
          },
          {
            sv: 'Under Inställningar väljer du: tills du stänger det, efter 12, 24 eller 36 månader utan användning, eller ett datum. Väljer du inget stänger vi kontot när du inte har loggat in på 36 månader. Vi skriver till dig minst 30 dagar och minst 7 dagar före. Har du en beställning på väg, eller går våra brev inte fram, väntar vi, men högst 90 dagar.',
            en: 'In Settings you choose: until you close it, after 12, 24 or 36 months without use, or a date. If you choose nothing we close the account when you have not signed in for 36 months. We write to you at least 30 days and at least 7 days before. If an order is on its way to you, or our letters cannot be delivered, we wait, but for 90 days at most.',
          },
          {
            sv: 'För statistik räknar vi en gång i månaden ihop antal och belopp. Ett tal visas bara om minst fem kunder ingår och ingen av dem står för mer än hälften, och det avrundas.',
            en: 'For statistics we add up numbers and amounts once a month. A figure is shown only if at least five customers are in it and none of them makes up more than half, and it is rounded.',
          },
        ],
      },
      {
        id: 'third-parties',
        heading: { sv: 'Tredjepart', en: 'Third parties' },
        promises: ['P03', 'P15', 'P16', 'P17'],
        paragraphs: [
          {
            sv: 'Vi säljer aldrig dina uppgifter. Vi kan lämna ut dem till mottagarna i listan här, och varje utlämnande skrivs upp så att du kan se det på Mina sidor.',
            en: 'We never sell your data. We may hand it out to the recipients in the list here, and each disclosure is written down so that you can see it on My pages.',
          },
          {
            sv: 'Den som hanterar uppgifter för vår räkning har alltid ett personuppgiftsbiträdesavtal med oss: ett avtal om att bara göra det vi bestämt. Utan giltigt avtal lämnar inget vårt system. Den som själv är personuppgiftsansvarig, som en bank eller en myndighet, följer sin egen information om personuppgifter.',
            en: 'Anyone who handles data on our behalf always has a data processing agreement with us: a contract to do only what we decided. Without a valid agreement nothing leaves our system. A recipient that is a controller of its own, such as a bank or an authority, follows its own privacy notice.',
          },
        ],
      },
      {
        id: 'duties',
        heading: { sv: 'Skyldigheter enligt lag', en: 'Legal duties' },
        promises: ['P18'],
        paragraphs: [
          {
            sv: 'Ibland måste vi hantera uppgifter för att lagen kräver det: bokföringslagen, arbetsrättsliga lagar eller en begäran från en myndighet.',
            en: 'Sometimes we must handle data because the law demands it: the Bookkeeping Act, employment law or a request from an authority.',
          },
          {
            sv: 'Det bokföringslagen kräver ligger för sig, krypterat under en nyckel för varje räkenskapsår och utan hänvisning till dig. Bara den som sköter bokföringen öppnar det, och skälet skrivs upp. När lagens tid är ute raderas hela året, om ingen granskning pågår. Varje natt prövar vi att inget fattas, att pengarna stämmer och att inget ligger kvar för länge.',
            en: 'What the Bookkeeping Act demands is kept apart, encrypted under one key for each fiscal year and without a reference to you. Only who keeps the books opens it, and the reason is written down. When the time of the law is up the whole year is erased, unless it is under audit. Every night we test that nothing is missing, that the money adds up and that nothing stays too long.',
          },
        ],
      },
      {
        id: 'contact',
        heading: { sv: 'Kontaktuppgifter och frågor', en: 'Contact and questions' },
        promises: ['P19', 'P20', 'P21'],
        paragraphs: [
          {
            sv: 'Är du inloggad hittar du det mesta under Mina uppgifter, och det räcker för att vi ska veta vem du är. Du kan också skicka ett undertecknat brev med namn, adress, e-post, telefonnummer och personnummer och berätta vad det gäller. En kopia av din legitimation behövs bara om vi har skäl att tvivla på vem som skriver.',
            en: 'When you are signed in you find most of it under My data, and that is enough for us to know who you are. You can also send a signed letter with your name, address, e-mail, phone number and personal identity number and say what it concerns. A copy of your identity document is needed only if we have reason to doubt who is writing.',
          },
          {
            sv: 'Vi svarar skriftligt till din folkbokföringsadress inom en månad. Är du inte nöjd kan du klaga hos Integritetsskyddsmyndigheten (imy.se).',
            en: 'We answer in writing to your address in the population register within one month. If you are not satisfied you can complain to the Swedish Authority for Privacy Protection (imy.se).',
          },
        ],
      },
    ],
  },
} as const satisfies Notice<CategoryName, Purpose>;
