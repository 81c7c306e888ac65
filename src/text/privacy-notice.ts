import type { CategoryName } from '../policy/categories.ts';
import type { notice } from '../policy/notice.ts';
import { bilingual } from './bilingual.ts';

/** Categories that no section of the notice speaks of, but that are stored all the same. */
export type CategoryAround = Exclude<CategoryName, (typeof notice.what)[number]['category']>;

/** What surrounds the notice's own words on its page. */
export const noticeText = bilingual({
  sv: {
    contents: 'På den här sidan',
    responsible: 'Ansvarig',
    validFrom: 'Gäller från',
    standing: 'Löftena',
    keptOf: (kept: number, all: number) =>
      `${kept} av ${all} löften prövas mot systemet i dag, och alla de hålls.`,
    keptBut: (kept: number, all: number, broken: number) =>
      `${kept} av ${all} löften hålls. ${broken === 1 ? 'Ett' : broken} hålls inte just nu.`,
    neverProven: 'Inget löfte är prövat än. Den första prövningen görs i natt.',
    seePromises: 'Se alla löften',
    brokenTitle: 'Allt stämmer inte just nu',
    brokenText: 'Den senaste prövningen visade att det här inte hålls. Vi vet om det.',
    what: 'Vad vi sparar och varför',
    around: {
      traces:
        'När en medarbetare öppnar dina uppgifter, eller när vi lämnar ut något, skriver vi upp det. Så kan du se vem som har tittat och vem som har fått något.',
      messages: 'Ett meddelande till dig ligger hos oss tills det är skickat. Sedan raderas det.',
      erasure:
        'Stänger du kontot minns vi en kort tid vad vi ska leta efter, för att kunna visa att allt är borta.',
      staff: 'Om den som arbetar hos oss sparar vi det som behövs för att logga in.',
      purchases:
        'När du stänger kontot kan du välja att behålla ett köpbevis, utan namn och utan koppling till kontot. Bara en kod som du får leder dit.',
      holds:
        'Om det finns ett rättsligt anspråk, eller om en myndighet har beslutat det, kan vissa beställningar behöva bevaras fast kontot stängs. Två medarbetare bestämmer vilka, varför och till när. Du ser det innan du stänger och på kvittot, om inte beslutet förbjuder oss att berätta.',
      bookkeeping:
        'Varje köp och återbetalning blir ett underlag i bokföringen: kvittot som du fick det, under nyckeln för sitt räkenskapsår. Där finns ingen hänvisning till ditt konto. Bara den som sköter bokföringen öppnar det, med ett skäl, och hela året förstörs när lagens tid är ute.',
    } satisfies Record<CategoryAround, string>,
    fields: 'Det vi kan spara',
    nothingYet: 'Vi sparar inget här än.',
    keptFor: 'Hur länge',
    source: 'Varifrån',
    who: 'Vem kan se det',
    whoOwn: 'Du.',
    whoRoutine: 'Systemet självt, utan att någon människa ser.',
    reachUs: 'Så når du oss',
    whoStaff: (roles: string) => `${roles}, när de anger varför. Du ser när det hände.`,
    exactly: 'Exakt vad, hur länge, varför och vem som ser det',
    purposes: 'Varför',
    clearTitle: 'Det här är inte krypterat',
    clearText:
      'Systemet måste kunna sortera och räkna. Därför ligger det här öppet i databasen, utan något som säger vem det gäller:',
    cookies: 'Kakor',
    cookie: 'Kaka',
    cookieDoes: 'Vad den gör',
    cookieLasts: 'Hur länge',
    untilBrowserCloses: 'Tills webbläsaren stängs',
    noOthers: 'Systemet kan inte sätta några andra kakor.',
    recipients: 'Mottagare',
    kind: 'Vem',
    mayReceive: 'Kan få',
    receivesNothing: 'Inget än.',
    role: 'Ansvar',
    roles: {
      processor: 'Arbetar åt oss, med avtal',
      controller: 'Ansvarar själv',
      either: 'Arbetar åt oss med avtal, eller ansvarar själv',
    },
    now: 'Just nu',
    nobodyNow: 'Ingen',
    ownNotice: 'så hanterar de uppgifter',
    allPurposes: 'Alla skäl vi använder uppgifter för',
    purpose: 'För att',
    basis: 'Rättslig grund',
    stops: 'Det här stoppar det',
    stopWords: { restriction: 'begränsning', objection: 'invändning' },
    stopsNothing: '–',
    mustYou: 'Måste du lämna uppgifterna?',
    mustYouText:
      'Nej. Men utan e-postadress kan du inte ha ett konto, och utan adress kan vi inte leverera det du beställer.',
    rights: 'Dina rättigheter',
    see: 'Se allt',
    seeText:
      'På Mina uppgifter ser du allt vi har sparat om dig, varför, vem som har fått det och vem som har tittat.',
    promises: 'Så prövas löftena',
    promisesText:
      'Varje mening här ovanför som säger vad som händer med dina uppgifter är ett löfte. Ett program tittar i systemet som är i drift och ser efter om det stämmer. Det vi inte kan pröva än säger vi.',
    promise: 'Vi lovar',
    state: 'Läge',
    proven: 'Senast prövat',
    lookedAt: 'Granskat',
    sectionPromises: 'Löften',
    states: { kept: 'Hålls', broken: 'Hålls inte', 'not yet checked': 'Prövas inte än' },
    never: '–',
    organisationNumber: 'Organisationsnummer',
  },
  en: {
    contents: 'On this page',
    responsible: 'Responsible',
    validFrom: 'Holds from',
    standing: 'The promises',
    keptOf: (kept, all) =>
      `${kept} of ${all} promises are tested against the system today, and all of those are kept.`,
    keptBut: (kept, all, broken) =>
      `${kept} of ${all} promises are kept. ${broken === 1 ? 'One is' : `${broken} are`} not kept at present.`,
    neverProven: 'No promise has been tested yet. The first test is made tonight.',
    seePromises: 'See all promises',
    brokenTitle: 'Not everything is true at present',
    brokenText: 'The latest test showed that this is not kept. We know about it.',
    what: 'What we store and why',
    around: {
      traces:
        'When a member of staff opens your data, or when we hand something out, we write it down. That is how you can see who has looked and who has received something.',
      messages: 'A message to you lies with us until it is sent. Then it is erased.',
      erasure:
        'If you close the account we remember for a short time what to search for, so that we can show that all is gone.',
      staff: 'About those who work for us we store what is needed to sign in.',
      purchases:
        'When you close the account you can choose to keep a proof of purchase, without a name and without a link to the account. Only a code that you get leads to it.',
      holds:
        'If there is a legal claim, or if an authority has ordered it, some orders may have to be preserved although the account is closed. Two members of staff decide which, why and until when. You see it before you close and on the receipt, unless the order forbids us to tell.',
      bookkeeping:
        'Each purchase and refund becomes a record in the books: the receipt as you got it, under the key of its fiscal year. There is no reference to your account in it. Only who keeps the books opens it, for a reason, and the whole year is destroyed when the time of the law is up.',
    },
    fields: 'What we can store',
    nothingYet: 'We store nothing here yet.',
    keptFor: 'How long',
    source: 'Where from',
    who: 'Who can see it',
    whoOwn: 'You.',
    whoRoutine: 'The system itself, without any human seeing it.',
    reachUs: 'How to reach us',
    whoStaff: (roles) => `${roles}, when they say why. You see when it happened.`,
    exactly: 'Exactly what, how long, why and who sees it',
    purposes: 'Why',
    clearTitle: 'What is not encrypted',
    clearText:
      'The system must be able to sort and count. That is why this lies open in the database, with nothing that says whom it concerns:',
    cookies: 'Cookies',
    cookie: 'Cookie',
    cookieDoes: 'What it does',
    cookieLasts: 'How long',
    untilBrowserCloses: 'Until the browser is closed',
    noOthers: 'The system cannot set any other cookies.',
    recipients: 'Recipients',
    kind: 'Who',
    mayReceive: 'May receive',
    receivesNothing: 'Nothing yet.',
    role: 'Responsibility',
    roles: {
      processor: 'Works for us, under a contract',
      controller: 'Is responsible itself',
      either: 'Works for us under a contract, or is responsible itself',
    },
    now: 'At present',
    nobodyNow: 'Nobody',
    ownNotice: 'how they handle data',
    allPurposes: 'All reasons that we use data for',
    purpose: 'In order to',
    basis: 'Legal ground',
    stops: 'What stops it',
    stopWords: { restriction: 'restriction', objection: 'objection' },
    stopsNothing: '–',
    mustYou: 'Must you give us the data?',
    mustYouText:
      'No. But without an e-mail address you cannot have an account, and without an address we cannot deliver what you order.',
    rights: 'Your rights',
    see: 'See everything',
    seeText:
      'My data shows everything that we have stored about you, why, who has received it and who has looked.',
    promises: 'How the promises are tested',
    promisesText:
      'Each sentence above that says what happens to your data is a promise. A program looks into the running system and sees whether it is true. What we cannot test yet, we say.',
    promise: 'We promise',
    state: 'State',
    proven: 'Last tested',
    lookedAt: 'Looked at',
    sectionPromises: 'Promises',
    states: { kept: 'Kept', broken: 'Not kept', 'not yet checked': 'Not yet tested' },
    never: '–',
    organisationNumber: 'Company registration number',
  },
});
