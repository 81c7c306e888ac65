import { bilingual } from './bilingual.ts';

/** Letters about what a member of staff has done with an order. */
export const mailDeskText = bilingual({
  sv: {
    arranged: {
      subject: (number: string) => `Tid för din beställning ${number}`,
      text: (of: {
        company: string;
        what: string;
        when: string;
        place: string;
        number: string;
        link: string | null;
      }) =>
        `Hej!\n\nNu finns en tid för ${of.what} i beställning ${of.number}.\n\nTid: ${of.when}\nPlats: ${of.place}\n\n${of.link === null ? 'Passar det inte? Svara på mejlet.' : `Passar det inte? Svara på mejlet, eller se beställningen: ${of.link}`}\n\n${of.company}\n`,
      hiddenPlace: 'adressen i din beställning',
    },
    takenBack: {
      subject: {
        cancellation: (number: string) => `Avbeställt ur beställning ${number}`,
        withdrawal: (number: string) => `Du har ångrat beställning ${number}`,
      },
      lead: {
        cancellation: 'Vi har avbeställt det här åt dig:',
        withdrawal: 'Vi har tagit emot att du ångrar det här:',
      },
      line: (quantity: string, what: string) => `${quantity} × ${what}`,
      nothing: 'Du hade inte betalat, så det finns inget att betala tillbaka.',
      awaits: (amount: string) =>
        `${amount} betalas tillbaka när varorna är här. Skicka dem inom 14 dagar.`,
      paid: (amount: string) => `${amount} är på väg tillbaka till dig. Kvittot står längst ned.`,
      fee: {
        cancellation: (amount: string) => `Vi har behållit ${amount} för sen avbokning.`,
        withdrawal: (amount: string) =>
          `Vi har behållit ${amount} för det du redan hade fått av tjänsten.`,
      },
    },
  },
  en: {
    arranged: {
      subject: (number) => `A time for your order ${number}`,
      text: (of) =>
        `Hello,\n\nThere is now a time for ${of.what} in order ${of.number}.\n\nTime: ${of.when}\nPlace: ${of.place}\n\n${of.link === null ? 'Does it not suit you? Answer this mail.' : `Does it not suit you? Answer this mail, or see the order: ${of.link}`}\n\n${of.company}\n`,
      hiddenPlace: 'the address in your order',
    },
    takenBack: {
      subject: {
        cancellation: (number) => `Cancelled from order ${number}`,
        withdrawal: (number) => `You have withdrawn from order ${number}`,
      },
      lead: {
        cancellation: 'We have cancelled this for you:',
        withdrawal: 'We have received that you withdraw from this:',
      },
      line: (quantity, what) => `${quantity} × ${what}`,
      nothing: 'You had not paid, so there is nothing to pay back.',
      awaits: (amount) =>
        `${amount} is paid back when the goods are here. Send them within 14 days.`,
      paid: (amount) => `${amount} is on its way back to you. The receipt is below.`,
      fee: {
        cancellation: (amount) => `We have kept ${amount} for cancelling late.`,
        withdrawal: (amount) =>
          `We have kept ${amount} for what you had had of the service already.`,
      },
    },
  },
});
