import { bilingual } from './bilingual.ts';

type Reminder = {
  readonly company: string;
  readonly what: string;
  readonly when: string;
  readonly number: string;
  /** Null for guests: their code stands in the confirmation and nowhere else. */
  readonly link: string | null;
  /** Null once it costs to cancel. */
  readonly freeUntil: string | null;
};

/** Letters about booked times. */
export const bookingMail = bilingual({
  sv: {
    reminder: {
      subject: (when: string) => `Påminnelse: ${when}`,
      text: (of: Reminder) =>
        [
          `Hej!`,
          `Du har bokat ${of.what} hos ${of.company}: ${of.when}.`,
          ...(of.freeUntil === null
            ? []
            : [`Du kan avboka utan kostnad till och med ${of.freeUntil}.`]),
          of.link === null
            ? `Vill du boka om eller avboka, följ länken i bekräftelsen av beställning ${of.number}.`
            : `Boka om eller avboka: ${of.link}`,
          `Du får det här mejlet för att du har en bokning. Det är ingen reklam.`,
        ].join('\n\n'),
    },
  },
  en: {
    reminder: {
      subject: (when) => `Reminder: ${when}`,
      text: (of) =>
        [
          `Hello,`,
          `You have booked ${of.what} at ${of.company}: ${of.when}.`,
          ...(of.freeUntil === null ? [] : [`It is free to cancel until ${of.freeUntil}.`]),
          of.link === null
            ? `To rebook or cancel, follow the link in the confirmation of order ${of.number}.`
            : `Rebook or cancel: ${of.link}`,
          `You get this mail because you have a booking. It is not an advertisement.`,
        ].join('\n\n'),
    },
  },
});
