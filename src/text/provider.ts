import { bilingual } from './bilingual.ts';

/** The words of the pages on which somebody who performs services sees their bookings. */
export const providerText = bilingual({
  sv: {
    frame: {
      room: 'Dina bokningar',
      today: 'I dag',
      week: 'Vecka',
      me: 'Din sida',
      signedIn: 'Du är inloggad som utförare.',
    },
    booking: 'Bokning',
    span: (from: string, to: string) => `kl.\u00a0${from}–${to}`,
    clock: (hours: string, minutes: string) => `${hours}.${minutes}`,
    participant: (number: number, of: number) => `deltagare ${number} av ${of}`,
    atCustomer: 'Hos kunden',
    onSite: (company: string) => `Hos ${company}`,
    states: {
      booked: 'Bokad',
      performed: 'Utförd',
      'no-show': 'Kunden kom inte',
    },
    today: {
      title: 'I dag',
      nothing: 'Inget bokat i dag',
      next: (when: string) => `Nästa bokning är ${when}.`,
      noNext: 'Det finns inget bokat de närmaste åtta veckorna.',
      toMark: 'Från i går, att markera',
      toMarkText: 'Säg hur det gick. Det går till och med i dag.',
      noCalendars: 'Du har ingen kalender än',
      noCalendarsText: (company: string) =>
        `Säg till ${company} vilka bokningar du utför, så visas de här.`,
    },
    week: {
      title: 'Vecka',
      heading: (week: number) => `Vecka ${week}`,
      span: (from: string, to: string) => `${from} till ${to}`,
      nothing: 'Inget bokat',
      label: 'Andra veckor',
      previous: 'Veckan före',
      next: 'Veckan efter',
      thisWeek: 'Den här veckan',
      otherWeek: 'En annan vecka',
    },
    stopped: {
      title: 'Inget om kunderna kan visas i dag',
      'no-engagement': (company: string) =>
        `Ditt uppdrag är avslutat. Du ser tid och plats, men inget om kunderna. Fråga ${company} om bokningarna ska utföras.`,
      'no-agreement': (company: string) =>
        `Det finns inget avtal som gäller i dag, och utan avtal lämnas inget ut. Bokningarna gäller ändå: du kan utföra dem på tid och plats. Fråga ${company} om avtalet.`,
    },
    one: {
      back: 'Vecka',
      when: 'När',
      where: 'Var',
      state: 'Läge',
      needed: 'Det du behöver veta',
      neededText: (recipient: string) =>
        `Namn, telefonnummer och det kunden har svarat visas när du ber om det. Kunden ser på sin sida att ${recipient} har fått uppgifterna, när och varför.`,
      open: 'Visa uppgifterna',
      until: (day: string) => `Uppgifterna går att visa till och med ${day}.`,
      seen: 'Kunden ser att uppgifterna är lämnade',
      seenText: (recipient: string, when: string) =>
        `${recipient} har fått dem ${when} för att utföra bokningen. Använd dem inte till något annat, och spara dem inte.`,
      customer: 'Kunden',
      name: 'Namn',
      phone: 'Telefon',
      address: 'Adress',
      booked: 'Bokat',
      message: 'Meddelande',
      nothing: 'Inget angivet',
      close: 'Dölj uppgifterna',
      over: 'Bokningen är över',
      overText:
        'Uppgifter om kunden visas till och med dagen efter bokningen. Nu behövs de inte längre.',
      withheld: 'Den här kundens uppgifter lämnas inte ut',
      withheldText: (company: string) =>
        `Bokningen gäller ändå: utför den på tid och plats. Behöver du veta något mer, fråga ${company}.`,
    },
    mark: {
      title: 'Hur gick det?',
      early: (when: string) => `Du kan svara från ${when}, när bokningen börjar.`,
      text: (day: string) => `Svara senast ${day}.`,
      performed: 'Markera som utförd',
      'no-show': 'Kunden kom inte',
      booked: 'Ta bort markeringen',
      undo: (day: string) => `Blev det fel? Du kan ta bort markeringen till och med ${day}.`,
      late: (company: string) =>
        `Det går inte längre att ändra här. Hör av dig till ${company} om något inte stämmer.`,
    },
    done: {
      performed: 'Bokningen är markerad som utförd',
      'no-show': 'Bokningen är markerad: kunden kom inte',
      booked: 'Markeringen är borttagen',
    },
    refused: {
      'too-early': 'Bokningen har inte börjat än, så den är inte markerad.',
      'too-late': 'Det är för sent att ändra, så inget är ändrat.',
    },
  },
  en: {
    frame: {
      room: 'Your bookings',
      today: 'Today',
      week: 'Week',
      me: 'Your page',
      signedIn: 'You are signed in as a provider.',
    },
    booking: 'Booking',
    span: (from, to) => `${from}–${to}`,
    clock: (hours, minutes) => `${hours}:${minutes}`,
    participant: (number, of) => `participant ${number} of ${of}`,
    atCustomer: 'At the customer’s',
    onSite: (company) => `At ${company}`,
    states: {
      booked: 'Booked',
      performed: 'Performed',
      'no-show': 'The customer did not come',
    },
    today: {
      title: 'Today',
      nothing: 'Nothing is booked today',
      next: (when) => `The next booking is on ${when}.`,
      noNext: 'Nothing is booked in the next eight weeks.',
      toMark: 'From yesterday, to be marked',
      toMarkText: 'Say how it went. You can do so until the end of today.',
      noCalendars: 'You have no calendar yet',
      noCalendarsText: (company) =>
        `Tell ${company} which bookings you perform, and they will be shown here.`,
    },
    week: {
      title: 'Week',
      heading: (week) => `Week ${week}`,
      span: (from, to) => `${from} to ${to}`,
      nothing: 'Nothing booked',
      label: 'Other weeks',
      previous: 'Week before',
      next: 'Week after',
      thisWeek: 'This week',
      otherWeek: 'Another week',
    },
    stopped: {
      title: 'Nothing about customers can be shown today',
      'no-engagement': (company) =>
        `Your engagement has ended. You see times and places, but nothing about the customers. Ask ${company} whether the bookings are to be performed.`,
      'no-agreement': (company) =>
        `There is no agreement that holds today, and without one nothing is handed out. The bookings still hold: you can perform them at their time and place. Ask ${company} about the agreement.`,
    },
    one: {
      back: 'Week',
      when: 'When',
      where: 'Where',
      state: 'State',
      needed: 'What you need to know',
      neededText: (recipient) =>
        `Name, phone number and what the customer has answered are shown when you ask for them. The customer sees on a page of their own that ${recipient} has received the data, when and why.`,
      open: 'Show the data',
      until: (day) => `The data can be shown until the end of ${day}.`,
      seen: 'The customer sees that the data has been handed over',
      seenText: (recipient, when) =>
        `${recipient} received it on ${when} to perform the booking. Do not use it for anything else, and do not keep it.`,
      customer: 'The customer',
      name: 'Name',
      phone: 'Phone',
      address: 'Address',
      booked: 'Booked',
      message: 'Message',
      nothing: 'Not given',
      close: 'Hide the data',
      over: 'The booking is over',
      overText:
        'Data about the customer is shown until the end of the day after the booking. Now it is no longer needed.',
      withheld: 'This customer’s data is not handed out',
      withheldText: (company) =>
        `The booking still holds: perform it at its time and place. If you need to know more, ask ${company}.`,
    },
    mark: {
      title: 'How did it go?',
      early: (when) => `You can answer from ${when}, when the booking begins.`,
      text: (day) => `Answer by the end of ${day}.`,
      performed: 'Mark as performed',
      'no-show': 'The customer did not come',
      booked: 'Take the mark away',
      undo: (day) => `Was that wrong? You can take the mark away until the end of ${day}.`,
      late: (company) =>
        `It can no longer be changed here. Tell ${company} if something is not right.`,
    },
    done: {
      performed: 'The booking is marked as performed',
      'no-show': 'The booking is marked: the customer did not come',
      booked: 'The mark is gone',
    },
    refused: {
      'too-early': 'The booking has not begun yet, so it is not marked.',
      'too-late': 'It is too late to change it, so nothing has changed.',
    },
  },
});
